import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import recorded from '../../src/entry/demo/data/bucket.json' with { type: 'json' };
import { backupFolder, rootObject } from '../../src/entry/demo/intruders.ts';
import { makeHandler, type RunResult } from '../../src/entry/lambda.ts';
import type { TimeLimit } from '../../src/entry/time.ts';
import { startEmbedded, type Embedded } from './embedded.ts';

const hour = 3_600_000;
const schedule = { version: '0', source: 'aws.scheduler', 'detail-type': 'Scheduled Event', detail: '{}' };

let aws: Embedded;
let ahead: number;

/** One invocation, as Lambda makes it; each time a fresh handler, as after a cold start. */
const invoke = (event: unknown = schedule, context?: TimeLimit): Promise<RunResult> =>
  makeHandler({ now: () => new Date(Date.now() + ahead) })(event, context);

const mails = () => aws.account.receive(aws.queueUrl);
const subjects = async () =>
  (await mails()).map(({ attributes }) => `${attributes['bucket'] ?? ''} ${attributes['status'] ?? ''}`);

/** Names buckets in the configuration, with the topic that exists or another one. */
const watching = (buckets: object[], topicArn = aws.topicArn) =>
  aws.configure({ buckets, alerts: { topicArn }, stateUrl: 's3://ops-state/bucket-hygiene/' });

beforeEach(async () => {
  ahead = 48 * hour;
  aws = await startEmbedded();
  await aws.account.createBucket('ops-state');
  await aws.account.createBucket('logs-demo');
  await aws.account.write('logs-demo', recorded.written);
  await watching([{ name: 'logs-demo', environment: 'test', serverVersion: '2.9.5' }]);
});

afterEach(() => aws.stop());

describe('from the schedule to the mail', () => {
  it('a healthy bucket is never heard of', async () => {
    const { runId, buckets } = await invoke();
    expect(runId).toMatch(/^[0-9A-Z]{26}$/);
    expect(buckets).toEqual([
      {
        name: 'logs-demo',
        completeness: 'full',
        summary: expect.objectContaining({ error: 0, warning: 0 }) as unknown,
        reportUrl: expect.stringMatching(/^s3:\/\/ops-state\/bucket-hygiene\/.*\.json$/) as unknown,
      },
    ]);
    expect(await mails()).toEqual([]);
  });

  it('a foreign prefix is told once, and its end once', async () => {
    await invoke();
    await aws.account.write('logs-demo', backupFolder);
    await invoke();
    const [told, ...more] = await mails();
    expect(more).toEqual([]);
    expect(told?.attributes).toMatchObject({
      status: 'new',
      severity: 'warning',
      bucket: 'logs-demo',
      environment: 'test',
      kinds: '["foreign-prefix"]',
    });
    expect(told?.message).toContain('backups/');

    ahead += hour;
    await invoke();
    expect(await mails()).toEqual([]);

    await aws.account.remove('logs-demo', backupFolder);
    ahead += hour;
    await invoke();
    expect((await mails()).map(({ attributes }) => attributes['status'])).toEqual(['resolved']);

    ahead += hour;
    await invoke();
    expect(await mails()).toEqual([]);
  });

  it('an interrupted delete and an object at the root are told in the same mail', async () => {
    await aws.account.write('logs-demo', [...recorded.interruptedDelete, rootObject]);
    await invoke();
    const [told] = await mails();
    expect(JSON.parse(told?.attributes['kinds'] ?? '[]')).toEqual(
      expect.arrayContaining(['foreign-root-object', 'orphaned-stream-data']),
    );
  });

  it('a lasting finding is brought to mind when its reminder is due', async () => {
    await aws.account.write('logs-demo', backupFolder);
    await invoke();
    expect(await subjects()).toEqual(['logs-demo new']);
    ahead += 169 * hour;
    await invoke();
    expect(await subjects()).toEqual(['logs-demo ongoing']);
    ahead += hour;
    await invoke();
    expect(await subjects()).toEqual([]);
  });

  it('a run that is not to notify leaves the news for the next one', async () => {
    await aws.account.write('logs-demo', backupFolder);
    await invoke({ notify: false });
    expect(await subjects()).toEqual([]);
    await invoke();
    expect(await subjects()).toEqual(['logs-demo new']);
  });
});

describe('what a run leaves in the log', () => {
  const logged = async (work: () => Promise<unknown>) => {
    vi.stubEnv('POWERTOOLS_DEV', 'true');
    vi.stubEnv('POWERTOOLS_LOG_LEVEL', 'INFO');
    vi.stubEnv('POWERTOOLS_METRICS_DISABLED', 'false');
    const lines: string[] = [];
    for (const method of ['log', 'info', 'warn', 'error'] as const) {
      vi.spyOn(console, method).mockImplementation((line: unknown) => void lines.push(String(line)));
    }
    try {
      await work();
    } finally {
      vi.restoreAllMocks();
    }
    return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  };

  it('is one line and one metrics document for each bucket, with the id of the run', async () => {
    await watching([{ name: 'logs-demo' }, { name: 'logs-gone' }]);
    const lines = await logged(() => invoke().catch(() => undefined));
    const documents = lines.filter((line) => '_aws' in line);
    const told = lines.filter((line) => !('_aws' in line));
    expect(documents.map(({ bucket, AuditCompleted }) => [bucket, AuditCompleted]).toSorted()).toEqual([
      ['logs-demo', 1],
      ['logs-gone', 0],
    ]);
    expect(told.map(({ bucket, level }) => [bucket, level]).toSorted()).toEqual([
      ['logs-demo', 'INFO'],
      ['logs-gone', 'ERROR'],
    ]);
    expect(new Set(told.map(({ runId }) => runId)).size).toBe(1);
    expect(told[0]?.['runId']).toMatch(/^[0-9A-Z]{26}$/);
  });

  it('holds no secret of the deployment file, nor does the mail', async () => {
    const secret = 'a-hash-nobody-may-see';
    const body = JSON.stringify({ version: 'v8', deployment_id: '01M86Z8A2K3MZ1GK1FSRS0YM79', password_hash: secret });
    await aws.account.write('logs-demo', [...backupFolder, { key: '.parseable/.parseable.json', body }]);
    const lines = await logged(() => invoke());
    expect(lines.length).toBeGreaterThan(0);
    expect(JSON.stringify([lines, await mails()])).not.toContain(secret);
  });
});

describe('when something goes wrong', () => {
  it('news that could not be published is told by the next run', async () => {
    await aws.account.write('logs-demo', backupFolder);
    await watching([{ name: 'logs-demo' }], `${aws.topicArn}-gone`);
    await expect(invoke()).rejects.toThrow(/logs-demo: the alert could not be published \(NotFound/);
    await watching([{ name: 'logs-demo' }]);
    ahead += hour;
    await invoke();
    expect(await subjects()).toEqual(['logs-demo new']);
    ahead += hour;
    await invoke();
    expect(await subjects()).toEqual([]);
  });

  it('a bucket that fails does not stop the others, and the run throws in the end', async () => {
    await aws.account.write('logs-demo', backupFolder);
    await watching([{ name: 'logs-gone' }, { name: 'logs-demo' }]);
    await expect(invoke()).rejects.toThrow(/1 of 2 buckets went wrong .*logs-gone: .*NoSuchBucket/);
    expect((await subjects()).toSorted()).toEqual(['logs-demo new', 'logs-gone failed']);
  });

  it('a failure that lasts is told once, its end as resolved', async () => {
    await watching([{ name: 'logs-late', ignoreKinds: ['deployment-elsewhere'] }]);
    await expect(invoke()).rejects.toThrow(/logs-late/);
    expect(await subjects()).toEqual(['logs-late failed']);
    ahead += hour;
    await expect(invoke()).rejects.toThrow(/logs-late/);
    expect(await subjects()).toEqual([]);
    await aws.account.createBucket('logs-late');
    await aws.account.write('logs-late', recorded.written);
    ahead += hour;
    await invoke();
    expect(await subjects()).toEqual(['logs-late resolved']);
  });

  it('without readable state the audit runs, nothing is alerted or saved, and the run throws', async () => {
    await aws.account.write('logs-demo', backupFolder);
    const wrote: string[] = [];
    aws.fail((request) => {
      if (!request.includes('/ops-state/')) return null;
      if (request.startsWith('PUT')) wrote.push(request);
      return request.startsWith('GET') ? { status: 403, code: 'AccessDenied' } : null;
    });
    await expect(invoke()).rejects.toThrow(/the state could not be read \(AccessDenied/);
    expect(wrote).toEqual([]);
    expect(await subjects()).toEqual([]);
    aws.fail(null);
    await invoke();
    expect(await subjects()).toEqual(['logs-demo new']);
  });

  it('state that cannot be written after the alert lets the run throw, and the next one repeats itself rather than be silent', async () => {
    await aws.account.write('logs-demo', backupFolder);
    aws.fail((request) => (request.startsWith('PUT /ops-state/') ? { status: 503, code: 'SlowDown' } : null));
    await expect(invoke()).rejects.toThrow(/the state could not be written \(SlowDown/);
    expect(await subjects()).toEqual(['logs-demo new']);
    aws.fail(null);
    await invoke();
    expect(await subjects()).toEqual(['logs-demo new']);
  });

  it('a bucket that is not configured is refused before any audit', async () => {
    const asked: string[] = [];
    aws.fail((request) => {
      asked.push(request);
      return null;
    });
    await expect(invoke({ buckets: ['logs-demo', 'logs-other'] })).rejects.toThrow(/buckets\[1\], "logs-other"/);
    expect(asked).toEqual([]);
  });

  it('an audit that is about to run out of time is partial, and does not throw', async () => {
    await invoke();
    await aws.account.write('logs-demo', backupFolder);
    aws.fail((request) => (/list-type=2.*prefix=\w/.test(request) ? 'silence' : null));
    const { buckets } = await invoke(schedule, { getRemainingTimeInMillis: () => 1_000 });
    expect(buckets.map(({ completeness }) => completeness)).toEqual(['partial']);
    aws.fail(null);
    expect((await subjects()).filter((subject) => subject.includes('resolved'))).toEqual([]);
  });

  it('two runs at once may both tell the news, a later one never again', async () => {
    await aws.account.write('logs-demo', backupFolder);
    await Promise.all([invoke(), invoke()]);
    const told = await subjects();
    expect(new Set(told)).toEqual(new Set(['logs-demo new']));
    expect(told.length).toBeLessThanOrEqual(2);
    ahead += hour;
    await invoke();
    expect(await subjects()).toEqual([]);
  });
});
