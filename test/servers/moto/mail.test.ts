import { beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../../src/findings/report.ts';
import { openAccount, type Account, type Content, type Mail } from './account.ts';
import { usuallyAhead } from './clock.ts';
import { deployMonitor, stateBucket, type Monitor } from './monitor.ts';
import { recordedBucket } from './recorded.ts';

const worst = 'logs-worst';
const quiet = 'standalone-full';
/** Each is listed twice, and moto goes through the whole bucket to answer. */
const prefixes = 300;
/** As many as are told one by one: more of them become one row. */
const objects = 1_000;

/**
 * Text as long as a key may be, of what terminals, mails and browsers take for orders. Moto takes no newline in a key, and
 * a bare carriage return gets lost there.
 */
const hostile = '\u202e\u0007\u001b[31m<b>"\'$(id)`&amp;%0A\u2028😀é\u200e';
function longKey(start: string, room: number): string {
  let key = start;
  while (Buffer.byteLength(key + hostile) <= room) key += hostile;
  return key.padEnd(key.length + room - Buffer.byteLength(key), 'x');
}
const many = (count: number, make: (number: string) => string): Content[] =>
  Array.from({ length: count }, (_, index) => ({ key: make(String(index).padStart(4, '0')) }));
const worstContents: Content[] = [
  ...many(prefixes, (number) => `${longKey(number, 1_000)}/dump.sql`),
  ...many(objects, (number) => longKey(`object-${number}`, 1_024)),
];

let account: Account;
let monitor: Monitor;
let all: Mail[];
let received: Record<'errors' | 'warnings' | 'prod' | 'foreign prefixes' | 'orphans', Mail[]>;
let report: Report;

beforeAll(async () => {
  account = await openAccount();
  const environment = `prod ${'ü'.repeat(100)}`;
  monitor = await deployMonitor(account, {
    buckets: [
      { name: worst, environment, serverVersion: '1.6.2' },
      { name: quiet, environment: 'dev' },
    ],
  });
  const mailboxes = {
    all: await account.subscribe(monitor.topicArn),
    errors: await account.subscribe(monitor.topicArn, { severity: ['error'] }),
    warnings: await account.subscribe(monitor.topicArn, { severity: ['warning'] }),
    prod: await account.subscribe(monitor.topicArn, { environment: [environment] }),
    'foreign prefixes': await account.subscribe(monitor.topicArn, { kinds: ['foreign-prefix'] }),
    orphans: await account.subscribe(monitor.topicArn, { kinds: ['orphaned-stream-data'] }),
  };
  await account.createBucket(worst);
  await account.fill(worst, [
    { key: '.parseable/.parseable.json', body: '{"version":"v5","deployment_id":"01K3YPQ3C8JMRNV7E9Z0C1HT0H"}' },
    ...worstContents,
  ]);
  await recordedBucket(account, quiet);
  await account.fill(quiet, [{ key: 'notes.txt', body: 'a note' }]);
  const { result, thrown } = await monitor.invoke({}, { ahead: usuallyAhead });
  expect(thrown).toBe('');
  const url = result?.buckets.find(({ name }) => name === worst)?.reportUrl ?? '';
  report = JSON.parse((await account.read(stateBucket, url.replace(`s3://${stateBucket}/`, ''))).toString()) as Report;
  all = await mailboxes.all();
  received = {
    errors: await mailboxes.errors(),
    warnings: await mailboxes.warnings(),
    prod: await mailboxes.prod(),
    'foreign prefixes': await mailboxes['foreign prefixes'](),
    orphans: await mailboxes.orphans(),
  };
  return async () => {
    await monitor.close();
    account.close();
  };
}, 400_000);

const bucketOf = ({ attributes }: Mail) => attributes['bucket']?.Value;

describe('the mail of the worst bucket', () => {
  const mail = (): Mail => {
    const found = all.find((one) => bucketOf(one) === worst);
    if (found === undefined) throw new Error('no mail of the worst bucket came');
    return found;
  };

  it('is the only one, of more than a thousand findings with exact keys in the report', () => {
    expect(all.map(bucketOf).sort()).toEqual([quiet, worst].sort());
    const subjects = new Set(report.findings.map(({ subject }) => subject));
    expect(worstContents.filter(({ key }) => !subjects.has(key.replace(/\/dump\.sql$/, '/')))).toEqual([]);
    expect(mail().message).toMatch(/and \d+ more, all of them in the report/);
  });

  it('has a subject that SNS takes: printable ASCII, fewer than 100 characters, beginning with a letter or sign', () => {
    expect(mail().subject).toMatch(/^[\x21-\x7e][\x20-\x7e]{0,98}$/);
    expect(mail().subject).toContain(`${String(prefixes)} errors`);
  });

  it('is smaller than SNS takes, attributes included', () => {
    const { message, attributes } = mail();
    const ofAttributes = Object.entries(attributes).reduce(
      (sum, [name, { Type, Value }]) => sum + Buffer.byteLength(name + Type + Value),
      0,
    );
    expect(Buffer.byteLength(message) + ofAttributes).toBeLessThanOrEqual(262_144);
  });

  it('has the attributes by which subscribers filter, of types and names that SNS and SQS take', () => {
    const { attributes } = mail();
    expect(Object.fromEntries(Object.entries(attributes).map(([name, { Type }]) => [name, Type]))).toEqual({
      severity: 'String',
      status: 'String',
      kinds: 'String.Array',
      bucket: 'String',
      environment: 'String',
      schemaVersion: 'String',
    });
    // A queue that gets the bare message takes ten attributes.
    expect(Object.keys(attributes).length).toBeLessThanOrEqual(10);
    for (const [name, { Value }] of Object.entries(attributes)) {
      expect(name).toMatch(/^[A-Za-z0-9_-]{1,256}$/);
      // Characters that XML, and so SNS and SQS, cannot carry.
      expect(Value).toMatch(/^[\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]+$/u);
    }
    expect(JSON.parse(attributes['kinds']?.Value ?? '')).toEqual(['foreign-prefix', 'foreign-root-object']);
  });

  it('shows no control or bidi character, and so gives no terminal or mail program an order', () => {
    expect(mail().message).not.toMatch(
      /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/,
    );
  });
});

describe('subscribers with a filter policy', () => {
  it.each([
    ['errors', [worst]],
    ['warnings', [quiet]],
    ['prod', [worst]],
    ['foreign prefixes', [worst]],
    ['orphans', []],
  ] as const)('that want %s get the mails of %j', (what, buckets) => {
    expect(received[what].map(bucketOf)).toEqual(buckets);
  });
});
