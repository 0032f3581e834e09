import { devNull } from 'node:os';

const ours = /^(AWS_|BUCKET_HYGIENE_|POWERTOOLS_)/;

/**
 * Points this process, and nothing else, at the embedded AWS: whatever account, profile, endpoint or proxy bundle the
 * caller's shell names is put aside, so that the demo can reach nothing real.
 * @returns puts everything back.
 */
export function enterDemoEnvironment(endpoint: string, configUrl: string): () => void {
  const before = Object.entries(process.env).filter(([name]) => ours.test(name));
  const clear = () => {
    for (const name of Object.keys(process.env)) if (ours.test(name)) Reflect.deleteProperty(process.env, name);
  };
  clear();
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: demoRegion,
    AWS_ACCESS_KEY_ID: 'demo',
    AWS_SECRET_ACCESS_KEY: 'demo',
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    AWS_EC2_METADATA_DISABLED: 'true',
    BUCKET_HYGIENE_CONFIG: configUrl,
    // On AWS these go to CloudWatch; here they would drown the story.
    POWERTOOLS_LOG_LEVEL: 'SILENT',
    POWERTOOLS_METRICS_DISABLED: 'true',
  });
  return () => {
    clear();
    Object.assign(process.env, Object.fromEntries(before));
  };
}

export const demoRegion = 'us-east-1';
