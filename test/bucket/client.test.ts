import { S3Client } from '@aws-sdk/client-s3';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { caBundle, CaBundleError, s3ClientConfig } from '../../src/bucket/client.ts';
import { defaultConnection } from '../../src/bucket/connection.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

const clientOf = (connection = {}) => new S3Client(s3ClientConfig({ ...defaultConnection, ...connection }));

describe('a client', () => {
  it('takes the keys of the environment before AWS_PROFILE, as the AWS CLI does', async () => {
    vi.stubEnv('AWS_PROFILE', 'some-profile');
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'from-the-environment');
    expect(await clientOf().config.credentials()).toMatchObject({ accessKeyId: 'from-the-environment' });
  });
  it('asks us-east-1 where nothing names a region, and the named one otherwise', async () => {
    expect(await clientOf().config.region()).toBe('us-east-1');
    expect(await clientOf({ region: 'eu-west-1' }).config.region()).toBe('eu-west-1');
    vi.stubEnv('AWS_DEFAULT_REGION', 'eu-central-1');
    expect(await clientOf().config.region()).toBe('eu-central-1');
  });
});

describe('AWS_CA_BUNDLE', () => {
  it('is nothing when unset, and told by its name when its file cannot be read', () => {
    expect(caBundle({})).toBeNull();
    expect(() => caBundle({ AWS_CA_BUNDLE: '/nonexistent' })).toThrow(CaBundleError);
    expect(() => caBundle({ AWS_CA_BUNDLE: '/nonexistent' })).toThrow(/AWS_CA_BUNDLE names \/nonexistent/);
  });
});
