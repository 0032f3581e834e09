import { readFileSync } from 'node:fs';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { fromEnv, fromTemporaryCredentials } from '@aws-sdk/credential-providers';
import { loadConfig, loadSharedConfigFiles } from '@smithy/core/config';
import { ConfiguredRetryStrategy } from '@smithy/core/retry';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { Connection } from './connection.ts';

const fallbackRegion = 'us-east-1';
const usualAttempts = 5;

/** How patient a client is; tests make it impatient. */
export interface Patience {
  /** Requests under way at most. */
  concurrency?: number;
  /** Milliseconds before the first repetition; doubles each time, with jitter. */
  retryDelayMs?: number;
  /** Milliseconds without an answer after which a request has failed. */
  requestTimeoutMs?: number;
  /** How often a request is sent at most, where AWS_MAX_ATTEMPTS does not say. */
  attempts?: number;
}

/**
 * For the state and the alert: what comes after an audit has to end well before the Lambda does, also where the store or
 * SNS never answers.
 */
export const besideAnAudit: Patience = { requestTimeoutMs: 6_000, attempts: 3 };

/** What a CA bundle that cannot be read is told as. */
export class CaBundleError extends Error {
  override name = 'CaBundleError';
}

/**
 * The certificates to trust besides Node's own: AWS_CA_BUNDLE, which the AWS CLI honours and the SDK for JavaScript does not.
 * @throws CaBundleError when the variable names a file that cannot be read.
 */
export function caBundle(env: NodeJS.ProcessEnv = process.env): string | null {
  const path = env['AWS_CA_BUNDLE'];
  if (path === undefined || path === '') return null;
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new CaBundleError(
      `AWS_CA_BUNDLE names ${path}, which cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`,
    );
  }
}

const regionOf = (connection: Connection) => {
  if (connection.region !== null) return connection.region;
  return loadConfig(
    {
      environmentVariableSelector: (env) => env['AWS_REGION'] ?? env['AWS_DEFAULT_REGION'],
      configFileSelector: (profile) => profile['region'],
      default: fallbackRegion,
    },
    connection.profile === null ? {} : { profile: connection.profile },
  );
};

/** The endpoint that the SDK will use of itself, from the environment or the profile; null for AWS's own. */
export async function configuredEndpoint(connection: Connection): Promise<string | null> {
  const env = process.env;
  if (connection.endpoint !== null) return connection.endpoint;
  if (env['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS'] === 'true') return null;
  const fromEnvironment = env['AWS_ENDPOINT_URL_S3'] ?? env['AWS_ENDPOINT_URL'];
  if (fromEnvironment !== undefined) return fromEnvironment;
  const { configFile } = await loadSharedConfigFiles();
  const profile = configFile[connection.profile ?? env['AWS_PROFILE'] ?? 'default'];
  const services = configFile[`services.${profile?.['services'] ?? ''}`];
  return services?.['s3.endpoint_url'] ?? profile?.['endpoint_url'] ?? null;
}

/**
 * An endpoint as it may be told. Those of the environment and of a profile are the SDK's to read, and a user name, a
 * password or a token in a query may stand in them.
 */
export function withoutSecrets(endpoint: string | null): string | null {
  if (endpoint === null || !/[@?#]/.test(endpoint)) return endpoint;
  if (!URL.canParse(endpoint)) return null;
  const { protocol, host, pathname } = new URL(endpoint);
  return `${protocol}//${host}${pathname === '/' ? '' : pathname}`;
}

/** Exponential back-off with full jitter, at most 8 s: a throttled bucket must not be hit in step by every waiting request. */
const backOff = (firstMs: number) => (attempt: number) => Math.random() * Math.min(8_000, firstMs * 2 ** (attempt - 1));

/**
 * Keys in the environment win over AWS_PROFILE, as in the AWS CLI; the SDK of itself does the opposite, and warns on the way.
 * A profile that was asked for by name wins over both.
 */
function environmentKeys({ profile }: Connection) {
  const { AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: secret } = process.env;
  return profile === null && id !== undefined && secret !== undefined ? { credentials: fromEnv() } : {};
}

/**
 * The settings that S3, SNS, SSM and STS clients share: region, credentials, time-outs, retries, trusted certificates.
 * Unset fields of the connection follow the AWS default chain.
 * @throws CaBundleError
 */
export function awsClientConfig(connection: Connection, patience: Patience = {}) {
  const { concurrency = 32, retryDelayMs = 100, requestTimeoutMs = 30_000, attempts = usualAttempts } = patience;
  const ca = caBundle();
  const agent = { keepAlive: true, maxSockets: concurrency };
  const wished = Number(process.env['AWS_MAX_ATTEMPTS']);
  const region = regionOf(connection);
  const parent = connection.profile === null ? {} : { profile: connection.profile };
  return {
    region,
    ...parent,
    ...(connection.endpoint === null ? {} : { endpoint: connection.endpoint }),
    ...(connection.roleArn === null
      ? environmentKeys(connection)
      : {
          credentials: fromTemporaryCredentials({
            params: { RoleArn: connection.roleArn, RoleSessionName: 'bucket-hygiene' },
            clientConfig: { region: region, ...parent },
          }),
        }),
    requestHandler: new NodeHttpHandler({
      connectionTimeout: 5_000,
      requestTimeout: requestTimeoutMs,
      // Without it the SDK only warns when time is over, and waits for ever.
      throwOnRequestTimeout: true,
      socketTimeout: requestTimeoutMs,
      httpAgent: new HttpAgent(agent),
      httpsAgent: new HttpsAgent(ca === null ? agent : { ...agent, ca }),
    }),
    retryStrategy: new ConfiguredRetryStrategy(wished > 0 ? wished : attempts, backOff(retryDelayMs)),
  };
}

/** What an S3 client needs besides: the bucket's own region is followed, checksums only where the store requires them. */
export function s3ClientConfig(connection: Connection, patience: Patience = {}) {
  return {
    ...awsClientConfig(connection, patience),
    // A provider although the type says boolean: the SDK resolves either, and the profile's endpoint is known only later.
    forcePathStyle: (async () =>
      connection.pathStyle ?? (await configuredEndpoint(connection)) !== null) as unknown as boolean,
    followRegionRedirects: true,
    // Stores that are not AWS refuse or mangle the newer checksums.
    requestChecksumCalculation: 'WHEN_REQUIRED' as const,
    responseChecksumValidation: 'WHEN_REQUIRED' as const,
  };
}
