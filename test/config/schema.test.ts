import { describe, expect, it } from 'vitest';
import { bucketDefaults } from '../../src/config/config.ts';
import { readConfig } from '../../src/config/schema.ts';

const problemsOf = (value: unknown): string[] => {
  const reading = readConfig(value);
  return 'problems' in reading ? reading.problems : [];
};

/** The problems of a configuration whose only bucket has these settings besides its name. */
const bucketProblems = (settings: Record<string, unknown>) => problemsOf({ buckets: [{ name: 'logs', ...settings }] });

describe('a configuration', () => {
  it('needs a name for each bucket, and nothing else', () => {
    expect(readConfig({ buckets: [{ name: 'logs' }] })).toEqual({
      config: {
        buckets: [bucketDefaults('logs')],
        alerts: { topicArn: null, minSeverity: 'warning', remindAfterHours: 168 },
        stateUrl: null,
        storagePrice: { perGiBMonth: 0.023, currency: 'USD' },
      },
    });
  });

  it('may set everything', () => {
    const section = {
      name: 'logs-prod',
      environment: 'prod',
      region: 'eu-west-1',
      endpoint: 'https://minio.internal:9000',
      roleArn: 'arn:aws:iam::123456789012:role/audit',
      expectedOwner: '123456789012',
      serverVersion: 'v2.9.5',
      multiTenant: true,
      deep: false,
      allow: [
        { prefix: 'exports/', reason: 'nightly', owner: 'data team', expires: '2027-03-31' },
        { prefix: 'index.html' },
      ],
      ignoreKinds: ['folder-marker'],
    };
    const reading = readConfig({
      $schema: './bucket-hygiene.schema.json',
      buckets: [{ ...section, suggestedAllow: [{ prefix: 'backups/' }] }],
      alerts: { topicArn: 'arn:aws:sns:eu-west-1:123456789012:alerts', minSeverity: 'note', remindAfterHours: 24 },
      stateUrl: 's3://ops-state/bucket-hygiene/',
      storagePrice: { perGiBMonth: 0.0049, currency: 'EUR' },
    });
    expect(reading).toEqual({
      config: {
        buckets: [
          {
            ...section,
            serverVersion: '2.9.5',
            allow: [section.allow[0], { prefix: 'index.html', reason: null, owner: null, expires: null }],
          },
        ],
        alerts: { topicArn: 'arn:aws:sns:eu-west-1:123456789012:alerts', minSeverity: 'note', remindAfterHours: 24 },
        stateUrl: 's3://ops-state/bucket-hygiene/',
        storagePrice: { perGiBMonth: 0.0049, currency: 'EUR' },
      },
    });
  });

  it('may leave unset with null what may be left out', () => {
    const settings = { environment: null, region: null, endpoint: null, roleArn: null, expectedOwner: null };
    const more = { serverVersion: null, multiTenant: null, deep: null, allow: null, ignoreKinds: null };
    const reading = readConfig({
      buckets: [{ name: 'logs', ...settings, ...more }],
      alerts: null,
      stateUrl: null,
      storagePrice: null,
    });
    expect(reading).toEqual(readConfig({ buckets: [{ name: 'logs' }] }));
  });

  it.each([
    ['alow', 'buckets[0].alow is not a setting (did you mean allow?)'],
    ['stateUrl', 'buckets[0].stateUrl is not a setting (it belongs at the top)'],
    ['frequency', 'buckets[0].frequency is not a setting'],
    ['two words', 'buckets[0]["two words"] is not a setting'],
    ['__proto__x', 'buckets[0].__proto__x is not a setting'],
  ])('refuses the unknown setting %s by its path', (name, problem) => {
    expect(bucketProblems({ [name]: [] })).toEqual([problem]);
  });

  it('refuses unknown settings at every depth', () => {
    expect(problemsOf({ buckets: [{ name: 'logs', allow: [{ prefix: 'a/', expire: null }] }], alert: {} })).toEqual([
      'buckets[0].allow[0].expire is not a setting (did you mean expires?)',
      'alert is not a setting (did you mean alerts?)',
    ]);
    expect(problemsOf({ buckets: [{ name: 'logs' }], alerts: { topic: 'x' }, topicArn: 'y' })).toEqual([
      'alerts.topic is not a setting (did you mean topicArn?)',
      'topicArn is not a setting (it belongs into alerts)',
    ]);
  });

  it.each([
    [{ region: 7 }, 'buckets[0].region is 7, expected a region such as "eu-west-1"'],
    [{ multiTenant: 'yes' }, 'buckets[0].multiTenant is "yes", expected true or false'],
    [
      { expectedOwner: 123456789012 },
      'buckets[0].expectedOwner is 123456789012, expected an account of 12 digits, in quotes',
    ],
    [{ serverVersion: '2.9' }, 'buckets[0].serverVersion is "2.9", expected a version such as 2.9.5'],
    [{ serverVersion: 2.9 }, 'buckets[0].serverVersion is 2.9, expected a version such as 2.9.5'],
    [
      { allow: 'exports/' },
      'buckets[0].allow is "exports/", expected a list of entries such as {"prefix": "exports/"}',
    ],
    [
      { allow: ['exports/'] },
      'buckets[0].allow[0] is "exports/", expected an entry such as {"prefix": "exports/", "reason": "nightly export"}',
    ],
    [
      { allow: [{}] },
      'buckets[0].allow[0].prefix is missing, expected a prefix such as "exports/" or the name of an object',
    ],
    [
      { allow: [{ prefix: '' }] },
      'buckets[0].allow[0].prefix is empty, which would allow everything; name a prefix such as "exports/"',
    ],
    [
      { allow: [{ prefix: 'a/', expires: '2027-02-30' }] },
      'buckets[0].allow[0].expires is "2027-02-30", expected a day that exists, such as "2027-03-31"',
    ],
    [
      { ignoreKinds: ['foreign-prefx'] },
      'buckets[0].ignoreKinds[0] is "foreign-prefx", which is no kind of finding (did you mean foreign-prefix?); bucket-hygiene explain lists them',
    ],
    [
      { ignoreKinds: 'folder-marker' },
      'buckets[0].ignoreKinds is "folder-marker", expected a list of kinds such as ["folder-marker"]',
    ],
    [{ ignoreKinds: [1] }, 'buckets[0].ignoreKinds[0] is 1, expected a kind of finding such as "folder-marker"'],
    [
      { roleArn: 'reader' },
      'buckets[0].roleArn is "reader", expected the ARN of a role, arn:aws:iam::123456789012:role/NAME',
    ],
    [
      { endpoint: 'minio:9000' },
      'buckets[0].endpoint is not a URL that starts with http:// or https://, expected one such as https://minio.internal:9000',
    ],
    [{ name: 's3://logs' }, 'buckets[0].name is "s3://logs", expected the name of a bucket, without s3://'],
    [{ name: undefined }, 'buckets[0].name is missing, expected the name of a bucket, without s3://'],
    [{ environment: ' ' }, 'buckets[0].environment is " ", expected a name such as "prod"'],
    [{ endpoint: 9000 }, 'buckets[0].endpoint is 9000, expected a URL such as https://minio.internal:9000'],
    [{ suggestedAllow: 'x' }, 'buckets[0].suggestedAllow is "x", expected a list'],
    [{ deep: 'no' }, 'buckets[0].deep is "no", expected true or false'],
    [{ allow: [{ prefix: 'a/', reason: 7 }] }, 'buckets[0].allow[0].reason is 7, expected a text'],
    [{ allow: [{ prefix: 'a/', owner: ['me'] }] }, 'buckets[0].allow[0].owner is a list, expected a text'],
  ])('names what is wrong in %j, and what was expected', (settings, problem) => {
    expect(bucketProblems(settings)).toEqual([problem]);
  });

  it.each([
    [
      { prefix: '' },
      'buckets[0].suggestedAllow[1].prefix is empty, which would allow everything; name a prefix such as "exports/"',
    ],
    [{ prefix: 'a/', ownr: 'me' }, 'buckets[0].suggestedAllow[1].ownr is not a setting (did you mean owner?)'],
    [
      { prefix: 'a/', expires: 'never' },
      'buckets[0].suggestedAllow[1].expires is "never", expected a day that exists, such as "2027-03-31"',
    ],
  ])('holds a suggestion such as %j to the form of an allow entry', (suggestion, problem) => {
    expect(bucketProblems({ suggestedAllow: [{ prefix: 'b/' }, suggestion] })).toEqual([problem]);
  });

  it('accepts suggestions that are no entries, without effect as all of them are', () => {
    const suggestedAllow = ['exports/', 7, null, [{}], { prefix: 'exports/', reason: 'nightly' }];
    expect(readConfig({ buckets: [{ name: 'logs', suggestedAllow }] })).toEqual(
      readConfig({ buckets: [{ name: 'logs' }] }),
    );
  });

  it.each([
    [null, 'the configuration is null, expected an object with buckets, alerts, stateUrl'],
    [[], 'the configuration is an empty list, expected an object with buckets, alerts, stateUrl'],
    [{}, 'buckets is missing, expected a list of buckets'],
    [{ buckets: [] }, 'buckets is empty, so nothing would be watched'],
    [
      { buckets: [{ name: 'logs' }], stateUrl: 'https://x' },
      'stateUrl is "https://x", expected s3://BUCKET/PREFIX/ or a folder',
    ],
    [
      { buckets: [{ name: 'logs' }], alerts: { minSeverity: 'high' } },
      'alerts.minSeverity is "high", expected "error", "warning" or "note"',
    ],
    [
      { buckets: [{ name: 'logs' }], alerts: { remindAfterHours: -1 } },
      'alerts.remindAfterHours is -1, expected a number of hours, 0 or more',
    ],
    [
      { buckets: [{ name: 'logs' }], alerts: { remindAfterHours: 'weekly' } },
      'alerts.remindAfterHours is "weekly", expected a number of hours',
    ],
    [
      { buckets: [{ name: 'logs' }], alerts: { topicArn: 'findings' } },
      'alerts.topicArn is "findings", expected the ARN of a standard SNS topic, arn:aws:sns:REGION:123456789012:NAME',
    ],
    [
      { buckets: [{ name: 'logs' }], alerts: 'findings' },
      'alerts is "findings", expected an object with topicArn, minSeverity, remindAfterHours',
    ],
    [{ buckets: [7] }, 'buckets[0] is 7, expected an object with the settings of one bucket'],
    [{ buckets: 'logs' }, 'buckets is "logs", expected a list of buckets'],
    [{ buckets: [{ name: 'logs' }], $schema: 7 }, '$schema is 7, expected the address of a JSON Schema'],
    [
      { buckets: [{ name: 'logs' }], storagePrice: 0.023 },
      'storagePrice is 0.023, expected an object such as {"perGiBMonth": 0.023, "currency": "USD"}',
    ],
    [
      { buckets: [{ name: 'logs' }], storagePrice: { perGiBMonth: -1, currency: 'USD' } },
      'storagePrice.perGiBMonth is -1, expected a price such as 0.023, 0 or more',
    ],
    [
      { buckets: [{ name: 'logs' }], storagePrice: { perGiBMonth: '0.023', currency: 'USD' } },
      'storagePrice.perGiBMonth is "0.023", expected a price such as 0.023, 0 or more',
    ],
    [
      { buckets: [{ name: 'logs' }], storagePrice: { perGiBMonth: 0.02 } },
      'storagePrice.currency is missing, expected a currency of three capital letters such as "USD"',
    ],
    [
      { buckets: [{ name: 'logs' }], storagePrice: { perGiBMonth: 0.02, currency: '€' } },
      'storagePrice.currency is "€", expected a currency of three capital letters such as "USD"',
    ],
    [
      { buckets: [{ name: 'logs' }], storagePrice: { perGibMonth: 0.02, perGiBMonth: 0.02, currency: 'EUR' } },
      'storagePrice.perGibMonth is not a setting (did you mean perGiBMonth?)',
    ],
    [{ buckets: [{ name: 'logs' }, { name: 'logs' }] }, 'buckets[1].name is "logs", as is buckets[0].name'],
  ])('names what is wrong in %j', (value, problem) => {
    expect(problemsOf(value)).toEqual([problem]);
  });

  it('takes reminders at every run, and a day that is the last of its month', () => {
    const reading = readConfig({
      buckets: [{ name: 'logs', allow: [{ prefix: 'a/', expires: '2028-02-29' }] }],
      alerts: { remindAfterHours: 0 },
    });
    expect(reading).toMatchObject({
      config: { buckets: [{ allow: [{ expires: '2028-02-29' }] }], alerts: { remindAfterHours: 0 } },
    });
  });

  it('tells all problems at once', () => {
    expect(
      problemsOf({
        buckets: [
          { name: 'a', region: 1 },
          { name: 'logs', alow: [] },
        ],
      }),
    ).toEqual([
      'buckets[0].name is "a", expected the name of a bucket, without s3://',
      'buckets[0].region is 1, expected a region such as "eu-west-1"',
      'buckets[1].alow is not a setting (did you mean allow?)',
    ]);
  });

  it('never repeats a password', () => {
    expect(bucketProblems({ endpoint: 'https://root:hunter2@minio' }).join()).not.toContain('hunter2');
  });

  it('lets no control character through to a terminal', () => {
    const problems = bucketProblems({ region: '\u001b[2J\u202e', 'a\u001b[31m': 1 });
    expect(problems.join()).not.toMatch(/[\u0000-\u001f\u202e]/);
  });
});
