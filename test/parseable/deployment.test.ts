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
    expect(read('PLANTED{')).toEqual({ state: 'unusable', why: 'it is not JSON' });
  });
  it.each(['7', '"text"', 'true', 'null', '[{"deployment_id":"x"}]'])('that is %s is no JSON object', (body) => {
    expect(read(body)).toEqual({ state: 'unusable', why: 'it is not a JSON object' });
  });
  it('is not trusted to keep its fields short', () => {
    const reading = read({ deployment_id: 'x'.repeat(100_000), version: 7 });
    expect(reading).toMatchObject({ state: 'usable', version: null });
    expect(JSON.stringify(reading).length).toBeLessThan(2_000);
  });
});
