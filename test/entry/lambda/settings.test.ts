import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bucketDefaults, type Config } from '../../../src/config/config.ts';
import { loadSettings, settingsOf } from '../../../src/entry/settings.ts';

const config: Config = {
  buckets: [bucketDefaults('logs-prod')],
  alerts: { topicArn: null, minSeverity: 'warning', remindAfterHours: 168 },
  stateUrl: null,
  storagePrice: { perGiBMonth: 0.0049, currency: 'EUR' },
};
const stack = {
  BUCKET_HYGIENE_TOPIC_ARN: 'arn:aws:sns:eu-west-1:123456789012:stack',
  BUCKET_HYGIENE_STATE_URL: 's3://stack-state/',
};

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bucket-hygiene-test-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('the settings of the Lambda', () => {
  it('take topic and state place from the stack where the configuration names none', () => {
    expect(settingsOf(config, stack)).toMatchObject({
      storagePrice: config.storagePrice,
      topicArn: stack.BUCKET_HYGIENE_TOPIC_ARN,
      stateUrl: stack.BUCKET_HYGIENE_STATE_URL,
    });
  });

  it('let the configuration win', () => {
    const topicArn = 'arn:aws:sns:eu-west-1:123456789012:mine';
    const own = { ...config, alerts: { ...config.alerts, topicArn }, stateUrl: 's3://mine/' };
    expect(settingsOf(own, stack)).toMatchObject({ topicArn, stateUrl: 's3://mine/' });
  });

  it('name everything that is missing at once; an empty variable is missing', () => {
    expect(() => settingsOf(config, { BUCKET_HYGIENE_TOPIC_ARN: '' })).toThrow(/alerts\.topicArn[^]*stateUrl/);
  });

  it('refuse a state place inside a watched bucket, also when the stack names it', () => {
    expect(() => settingsOf(config, { ...stack, BUCKET_HYGIENE_STATE_URL: 's3://logs-prod/state/' })).toThrow(
      /lies in logs-prod, which is watched/,
    );
  });

  it('need to know where the configuration is', async () => {
    await expect(loadSettings({}, folder)).rejects.toThrow(/BUCKET_HYGIENE_CONFIG is not set/);
  });

  it('look for the file beside the bundle', async () => {
    await writeFile(join(folder, 'watched.json'), '{"buckets": [{"name": "logs-prod"}]}');
    const settings = await loadSettings({ ...stack, BUCKET_HYGIENE_CONFIG: 'watched.json' }, folder);
    expect(settings.buckets.map(({ name }) => name)).toEqual(['logs-prod']);
  });
});
