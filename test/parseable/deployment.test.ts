import { describe, expect, it } from 'vitest';
import { readDeployment } from '../../src/parseable/deployment.ts';

const read = (value: unknown) => readDeployment(Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)));

describe('a deployment file', () => {
  it('keeps five fields and nothing that is secret', () => {
    const reading = read({
      version: 'v8',
      mode: 's3',
      staging: '/parseable/staging',
      storage: 'https://s3.example/logs',
      deployment_id: '01K3YPQ3C8JMRNV7E9Z0C1HT0H',
      server_mode: 'All',
      users: [{ username: 'alice', password_hash: 'PLANTED' }],
      global_query_auth: 'PLANTED',
    });
    expect(reading).toEqual({
      state: 'usable',
      id: '01K3YPQ3C8JMRNV7E9Z0C1HT0H',
      version: 'v8',
      mode: 's3',
      storage: 'https://s3.example/logs',
      serverMode: 'All',
    });
  });
  it('without a deployment id, but with a format, is the stream file of 0.0.4 to 0.0.8', () => {
    expect(read({ 'objectstore-format': 'v1' })).toEqual({ state: 'format' });
  });
  it('with neither is unusable', () => {
    expect(read({ version: 'v8' })).toEqual({ state: 'unusable', why: 'its field deployment_id is missing' });
  });
  it('that is not JSON is unusable, and its body is not quoted', () => {
    expect(JSON.stringify(read('PLANTED{'))).not.toContain('PLANTED');
  });
});
