import { parseObject } from './json.ts';

/**
 * What a deployment's or tenant's `.parseable.json` tells: five fields are kept, everything else in it is secret or private.
 * `format`: a file of the same name that streams of 0.0.4 to 0.0.8 have.
 */
export type DeploymentReading =
  | {
      state: 'usable';
      id: string;
      version: string | null;
      mode: string | null;
      storage: string | null;
      serverMode: string | null;
    }
  | { state: 'format' }
  | { state: 'unusable'; why: string };

const text = (value: unknown): string | null => (typeof value === 'string' ? value.slice(0, 1_024) : null);

/** Reads a deployment file's body; nothing of the body but the five fields leaves this function. */
export function readDeployment(bytes: Buffer): DeploymentReading {
  const parsed = parseObject(bytes);
  if ('why' in parsed) return { state: 'unusable', why: parsed.why };
  const { object } = parsed;
  const id = text(object['deployment_id']);
  const version = text(object['version']);
  if (id === null) {
    return typeof object['objectstore-format'] === 'string'
      ? { state: 'format' }
      : { state: 'unusable', why: 'its field deployment_id is missing' };
  }
  return {
    state: 'usable',
    id,
    version,
    mode: text(object['mode']),
    storage: text(object['storage']),
    serverMode: text(object['server_mode']),
  };
}
