import fc from 'fast-check';
import { spawnSync } from 'node:child_process';
import { describe as suite, expect, it } from 'vitest';
import { remedyParts } from '../../src/findings/commands.ts';
import { describe, type Circumstances } from '../../src/findings/describe.ts';
import { isKind, kinds, type Kind } from '../../src/findings/kinds.ts';

const allKinds = Object.keys(kinds).filter(isKind);
const now = new Date('2026-11-24T06:00:00Z');

const circumstances = (more: Partial<Circumstances> = {}): Circumstances => ({
  bucket: 'logs-prod',
  endpoint: null,
  subject: 'wide/',
  serverVersion: '2.9.5',
  multiTenant: false,
  hidden: false,
  evidence: {},
  now,
  ...more,
});

const figures = {
  objects: 153,
  bytes: 2_400_000,
  oldest: '2026-11-01T06:00:00Z',
  newest: '2026-11-21T06:00:00Z',
  sizeComplete: true,
};

const words = (kind: Kind, more: Partial<Circumstances> = {}) => describe(kind, circumstances(more));

suite('the words about a finding', () => {
  it('name the prefix, what happened, the figures, the consequence and the next command', () => {
    expect(words('orphaned-stream-data', { evidence: figures })).toEqual({
      severity: 'warning',
      title: 'orphaned stream data wide/',
      message:
        'The data of a stream is in wide/ (153 objects, 2.4 MB, newest 3 days ago), its metadata is not: a delete was probably cut short.',
      why: 'Parseable 2.9.5 does not show it, does not count it, and will never remove it.',
      remedy:
        'Look first: `aws s3 ls --recursive s3://logs-prod/wide/`. Then copy it elsewhere if anybody may miss it, and remove it here.',
    });
  });

  it('say that figures are lower bounds', () => {
    const { message } = words('foreign-prefix', { evidence: { ...figures, sizeComplete: false } });
    expect(message).toContain('at least 153 objects, 2.4 MB, newest 3 days ago');
  });

  it('say which version is assumed when none is configured, and judge for it', () => {
    const { message, why } = words('foreign-prefix', { serverVersion: null, evidence: figures });
    expect(message).toMatch(/; no server version is set, so 2\.9\.5 is assumed\.$/);
    expect(why).toMatch(/^Parseable 2\.9\.5 ignores it/);
    expect(words('foreign-prefix', { serverVersion: '1.6.2' }).why).toMatch(/^Parseable 1\.6\.2 does not start/);
  });

  it('assume no version where none matters', () => {
    for (const kind of ['foreign-root-object', 'not-parseable', 'scan-incomplete'] as const) {
      expect(words(kind, { serverVersion: null }).message).not.toContain('assumed');
    }
  });

  it('send the commands to the endpoint that was audited', () => {
    const { remedy } = words('foreign-prefix', { endpoint: 'http://minio:9000' });
    expect(remedy).toContain('`aws s3 ls --recursive s3://logs-prod/wide/ --endpoint-url http://minio:9000`');
  });

  it('tell apart how a metadata file is damaged', () => {
    const key = 'wide/.stream/.stream.json';
    const why = (reason: string, file = key) =>
      words('stream-metadata-corrupt', { details: { key: file, reason } }).why;
    expect(why('it has 0 bytes')).toContain('logs nothing');
    expect(why('it is not JSON')).toContain('panics');
    expect(why('its field owner is missing')).toContain('default metadata');
    expect(why('it is not JSON', 'wide/.stream/.ingestor.86a3146fed055d2.stream.json')).toContain('ingest node');
  });

  it('print stream metadata, never a file that holds passwords', () => {
    const remedy = (key: string) =>
      words('stream-metadata-corrupt', { details: { key, reason: 'it is not JSON' } }).remedy;
    expect(remedy('wide/.stream/.stream.json')).toContain('aws s3 cp ');
    expect(remedy('wide/.parseable.json')).not.toContain('aws s3 cp ');
    expect(words('deployment-metadata-corrupt', { subject: '.parseable/' }).remedy).not.toContain('aws s3 cp ');
  });

  it('call a tenant without metadata a copied stream first of all', () => {
    expect(words('tenant-metadata-missing').message).toMatch(
      /^In a bucket without other tenants this is nearly always a copied stream/,
    );
  });

  it('know a prefix in a tenant, which no start deletes, from one at the root', () => {
    const at = (subject: string) => words('foreign-prefix', { subject, multiTenant: true });
    expect(at('junk/')).toMatchObject({
      severity: 'error',
      why: expect.stringContaining('deletes it, all of it') as string,
    });
    expect(at('acme/junk/')).toMatchObject({
      severity: 'warning',
      why: expect.stringContaining('ignores it') as string,
    });
  });

  it('tell many that were folded from one object that bears that name', () => {
    const many = words('foreign-root-object', { subject: '*', evidence: { ...figures, keys: ['a', 'b'] } });
    expect(many.title).toBe('foreign object at the root, a great many');
    expect(many.remedy).toContain('`aws s3 ls s3://logs-prod/`');
    const one = words('foreign-root-object', { subject: '*', evidence: { ...figures, objects: 1, keys: ['*'] } });
    expect(one.title).toBe('foreign object at the root *');
    expect(one.remedy).toContain("`aws s3 ls 's3://logs-prod/*'`");
  });

  it('tell an empty bucket from a wrong one', () => {
    expect(words('not-parseable', { subject: '/', evidence: { rows: 0 } }).message).toMatch(/is empty/);
    expect(words('not-parseable', { subject: '/', evidence: { rows: 3 } }).message).toMatch(
      /3 entries: .*wrong bucket/,
    );
  });

  it('tell which request got which answer', () => {
    const evidence = { operation: 'ListObjectsV2', code: 'AccessDenied', status: 403, answer: 'no \u001b[31m way.' };
    const { message, remedy } = words('scan-incomplete', { subject: '/', evidence });
    expect(message).toBe(
      String.raw`The bucket logs-prod could not be looked at: ListObjectsV2 was answered with 403 AccessDenied (no \x1b[31m way).`,
    );
    expect(remedy).toContain('s3:ListBucket on arn:aws:s3:::logs-prod');
  });
});

suite('the words about who wrote it and what it costs', () => {
  const restic = { evidence: { ...figures, likelyWriter: 'restic' }, details: { writer: 'restic' } };

  it('name the likely writer of a prefix, an object and of files in a stream', () => {
    expect(words('foreign-prefix', restic).message).toBe(
      'wide/ holds 153 objects, 2.4 MB, newest 3 days ago, by its keys probably restic, and belongs to no Parseable stream.',
    );
    expect(words('foreign-root-object', { ...restic, subject: 'config' }).message).toContain(
      '), by its keys probably restic, lies at the root of the bucket,',
    );
    expect(words('foreign-in-stream', restic).message).toContain(', by its keys probably restic, that');
  });

  it('take its id where nobody knows a name, and say nothing where nobody knows the writer', () => {
    expect(words('foreign-prefix', { evidence: { likelyWriter: 'aws-elb' } }).message).toContain(
      'by its keys probably aws-elb',
    );
    expect(words('foreign-prefix', { evidence: figures }).message).not.toContain('by its keys');
    expect(words('foreign-root-object', { evidence: figures }).message).toContain('ago) lies at');
  });

  const costs = (costPerMonth: number, currency?: string, sizeComplete = true) =>
    words('foreign-prefix', {
      evidence: { ...figures, sizeComplete, costPerMonth },
      details: currency === undefined ? {} : { currency },
    }).message;

  it.each([
    [0.4249, 'newest 3 days ago, about 0.42 USD a month, and'],
    [0.01, 'about 0.01 USD'],
    [99.5, 'about 99.50 USD'],
    [1234.5, 'about 1,235 USD'],
  ])('tell %d a month from a cent on', (cost, text) => {
    expect(costs(cost, 'USD')).toContain(text);
  });

  it('tell no cost below a cent or without a currency, and a lower bound as one', () => {
    expect(costs(0.0099, 'USD')).not.toContain('a month');
    expect(costs(5)).not.toContain('a month');
    expect(costs(5, 'EUR', false)).toContain(
      'at least 153 objects, 2.4 MB, newest 3 days ago, at least 5.00 EUR a month',
    );
  });
});

suite('the words about what the metadata of a stream tells', () => {
  it('name what changed in rewritten metadata, and where an older version would be', () => {
    const { severity, message, remedy } = words('stream-metadata-rewritten', {
      subject: 'app/',
      evidence: { keys: ['app/.stream/.stream.json', 'app/.stream/.ingestor.86a3146fed055d2.stream.json'] },
      details: {
        key: 'app/.stream/.stream.json',
        reason: 'its created-at changed',
        before: '2025-01-02T03:04:05Z',
        now: '2026-11-24T03:00:00Z',
      },
    });
    expect(severity).toBe('error');
    expect(message).toBe(
      'The metadata file app/.stream/.stream.json has been written anew: its created-at changed (created-at was 2025-01-02T03:04:05Z and is 2026-11-24T03:00:00Z), and 1 more file of it.',
    );
    expect(remedy).toContain('--prefix=app/.stream/.stream.json`');
    expect(remedy).toContain('30 days');
  });

  it('tell no dates of rewritten metadata that stayed the same', () => {
    const details = { reason: 'its lifetime counters went backwards', before: 'then', now: 'then' };
    expect(words('stream-metadata-rewritten', { details }).message).toBe(
      'The metadata of wide/ has been written anew: its lifetime counters went backwards.',
    );
  });

  const days = { days: '12', firstDay: '2026-11-01', lastDay: '2026-11-12' };

  it.each([
    [
      'empty',
      { ...days, reason: 'empty' },
      'The snapshot of wide/ names no data at all, though manifests of 12 days lie there, 2026-11-01 to 2026-11-12.',
    ],
    [
      'young',
      { ...days, reason: 'young', since: '2026-11-20' },
      'The snapshot of wide/ knows nothing from before 2026-11-20, though manifests of 12 days lie there, 2026-11-01 to 2026-11-12.',
    ],
    [
      'of one day',
      { reason: 'empty', days: '1', firstDay: '2026-11-01', lastDay: '2026-11-01' },
      'The snapshot of wide/ names no data at all, though manifests of 1 day lie there, 2026-11-01.',
    ],
    ['unknown', {}, 'The snapshot of wide/ knows young data only, though manifests of older days lie there.'],
  ])('tell a snapshot that was reset: %s', (_, details, message) => {
    expect(words('snapshot-reset', { details }).message).toBe(message);
  });

  it('have figures of a reset snapshot, and stop who would make it worse', () => {
    const { message, remedy } = words('snapshot-reset', { evidence: figures, details: { reason: 'empty', ...days } });
    expect(message).toContain('2026-11-12 (153 objects, 2.4 MB, newest 3 days ago).');
    expect(remedy).toMatch(/^Stop ingesting/);
    expect(remedy).toContain('--prefix=wide/.stream`');
  });

  it('tell a server without snapshots from one with', () => {
    const why = (serverVersion: string) => words('snapshot-reset', { serverVersion }).why;
    expect(why('0.7.1')).toContain('has no snapshots');
    expect(why('0.7.2')).toContain('slowly');
    expect(why('2.9.5')).toContain('probably not all of them');
  });

  it('count the manifests that are listed twice, and name one', () => {
    const evidence = { manifests: 3, keys: ['wide/date=2026-11-24/a.manifest.json', 'b'] };
    expect(words('manifest-duplicated', { evidence }).message).toBe(
      'The snapshot of wide/ lists 3 manifests more than once, such as wide/date=2026-11-24/a.manifest.json.',
    );
    expect(words('manifest-duplicated').message).toBe('The snapshot of wide/ lists manifests more than once.');
    expect(words('manifest-duplicated').why).toContain('host name');
    expect(words('manifest-duplicated', { serverVersion: '2.4.1' }).why).not.toContain('host name');
  });
});

suite('the words about what lies deep inside of a stream', () => {
  const key = 'app/date=2026-11-01/hour=00/minute=00/h.data.01KY43JFV84TFF59TDWH9EDD1R.parquet';
  const manifest = 'app/date=2026-11-01/h.manifest.json';
  const days = { days: '12', firstDay: '2026-11-01', lastDay: '2026-11-14' };
  const day = { days: '1', firstDay: '2026-11-01', lastDay: '2026-11-01' };
  const of = (kind: Kind, evidence: Circumstances['evidence'], details: Record<string, string> = days) =>
    words(kind, { subject: 'app/', evidence, details });
  const many = { ...figures, keys: [key, 'b'] };
  const between = 'of 12 days between 2026-11-01 and 2026-11-14';

  it.each<[Kind, Circumstances['evidence'], Record<string, string>, string]>([
    [
      'stream-schema-corrupt',
      { objects: 3, keys: ['app/.stream/.schema', 'b', 'c'] },
      { why: 'it is not JSON' },
      'The schema file app/.stream/.schema cannot be used: it is not JSON; 2 more of app/ cannot either.',
    ],
    ['stream-schema-corrupt', {}, {}, 'A schema file of app/ cannot be used: it is damaged.'],
    [
      'foreign-object-in-stream',
      many,
      days,
      `The stream app/ holds 153 objects, 2.4 MB, newest 3 days ago, among its data ${between}, that Parseable has not put there, such as ${key}.`,
    ],
    [
      'foreign-object-in-stream',
      {},
      {},
      'The stream app/ holds something, among its data, that Parseable has not put there.',
    ],
    [
      'data-unreferenced',
      many,
      days,
      `The stream app/ has data ${between} that no manifest lists (153 objects, 2.4 MB, newest 3 days ago), such as ${key}.`,
    ],
    [
      'data-unreferenced',
      { objects: 1, keys: [key] },
      day,
      `The stream app/ has data of 2026-11-01 that no manifest lists (1 object): ${key}.`,
    ],
    [
      'data-missing',
      many,
      days,
      `Manifests of the stream app/ list data ${between} that is not there (153 objects, 2.4 MB), such as ${key}.`,
    ],
    ['data-missing', {}, {}, 'Manifests of the stream app/ list data that is not there.'],
    [
      'data-size-mismatch',
      many,
      { ...days, claimedBytes: '3000000' },
      `The stream app/ has data files ${between} whose size is not the one that their manifests tell (153 objects, 2.4 MB in place of 3.0 MB), such as ${key}.`,
    ],
    [
      'data-size-mismatch',
      { ...figures, claimedBytes: 3_000_000 },
      {},
      'The stream app/ has data files whose size is not the one that their manifests tell (153 objects, 2.4 MB in place of 3.0 MB).',
    ],
    [
      'data-size-mismatch',
      {},
      day,
      'The stream app/ has data files of 2026-11-01 whose size is not the one that their manifests tell.',
    ],
    [
      'manifest-missing',
      { objects: 2, keys: [manifest, 'b'] },
      days,
      `The snapshot of app/ names 2 manifests ${between} that are not there, such as ${manifest}.`,
    ],
    [
      'manifest-missing',
      { objects: 1, keys: [manifest] },
      day,
      `The snapshot of app/ names 1 manifest of 2026-11-01 that is not there: ${manifest}.`,
    ],
    ['manifest-missing', {}, {}, 'The snapshot of app/ names manifests that are not there.'],
    [
      'manifest-unreferenced',
      { objects: 2, keys: [manifest, 'b'], fileBytes: 5_000_000 },
      { ...days, files: '1200' },
      `The stream app/ has 2 manifests ${between} that no snapshot names, and so knows nothing of 1,200 data files, 5.0 MB, that they list, such as ${manifest}.`,
    ],
    [
      'manifest-unreferenced',
      { objects: 1, keys: [manifest], files: 1 },
      day,
      `The stream app/ has 1 manifest of 2026-11-01 that no snapshot names, and so knows nothing of 1 data file that it lists: ${manifest}.`,
    ],
    [
      'manifest-unreferenced',
      {},
      {},
      'The stream app/ has manifests that no snapshot names, and so knows nothing of the data that they list.',
    ],
    [
      'manifest-corrupt',
      { objects: 1, keys: [manifest] },
      { why: 'it is cut off' },
      `The manifest ${manifest} cannot be used: it is cut off.`,
    ],
    [
      'stats-drift',
      { objects: 153 },
      { believedBytes: '2400000', actualBytes: '3100000' },
      'The metadata of app/ counts 2.4 MB of data, while 3.1 MB are stored, in 153 files.',
    ],
    [
      'stats-drift',
      { believedBytes: 0, actualBytes: 3_100_000 },
      {},
      'The metadata of app/ counts 0 B of data, while 3.1 MB are stored.',
    ],
    ['stats-drift', {}, {}, 'The metadata of app/ counts another size of data than is stored.'],
    [
      'newer-than-server',
      { ...many, objects: 4 },
      { ...days, reason: 'zstd-manifest' },
      `The stream app/ has 4 manifests ${between} that a newer Parseable than the 2.9.5 in use has compressed with zstd, such as ${key}.`,
    ],
  ])('tell %s with %j and %j', (kind, evidence, details, message) => {
    expect(of(kind, evidence, details).message).toBe(message);
  });

  it('tell days of which only the number, or only the bounds, are known', () => {
    const told = (details: Record<string, string>) => of('data-missing', {}, details).message;
    expect(told({ days: '12' })).toContain('data of 12 days that');
    expect(told({ firstDay: '2026-11-01', lastDay: '2026-11-03' })).toContain(
      'data of days between 2026-11-01 and 2026-11-03 that',
    );
  });

  it.each<[Kind, string]>([
    ['stream-schema-corrupt', `list-object-versions --bucket logs-prod --prefix=${key}`],
    ['foreign-object-in-stream', 'aws s3 ls s3://logs-prod/app/date=2026-11-01/hour=00/minute=00/`'],
    ['data-unreferenced', 'aws s3 ls --recursive s3://logs-prod/app/date=2026-11-01/`'],
    ['data-missing', `list-object-versions --bucket logs-prod --prefix=${key}`],
    ['data-size-mismatch', `list-object-versions --bucket logs-prod --prefix=${key}`],
    ['manifest-missing', `list-object-versions --bucket logs-prod --prefix=${key}`],
    ['manifest-unreferenced', 'aws s3 ls s3://logs-prod/app/date=2026-11-01/`'],
    ['manifest-corrupt', `list-object-versions --bucket logs-prod --prefix=${key}`],
    ['stats-drift', 'aws s3 cp s3://logs-prod/app/.stream/.stream.json -`'],
  ])('send %s to the first of its files or days', (kind, command) => {
    expect(of(kind, many).remedy).toContain(command);
  });

  it('send to the whole stream where neither a file nor a day is known, or a day is none', () => {
    for (const firstDay of ['', '2026-11-01/../', '../']) {
      expect(of('data-unreferenced', {}, { firstDay }).remedy).toContain('--recursive s3://logs-prod/app/`');
      expect(of('foreign-object-in-stream', {}, { firstDay }).remedy).toContain('aws s3 ls s3://logs-prod/app/`');
    }
    expect(of('stream-schema-corrupt', {}, {}).remedy).toContain('--prefix=app/.stream/.schema`');
  });

  it('take a day from the evidence as well', () => {
    expect(of('data-unreferenced', { firstDay: '2026-11-03' }, {}).remedy).toContain('app/date=2026-11-03/`');
  });

  it('know the server that does not start with a damaged schema from one that does', () => {
    const why = (serverVersion: string) => words('stream-schema-corrupt', { serverVersion }).why;
    expect(why('2.9.5')).toContain('panics at its next start');
    expect(why('2.4.2')).toContain('fails with an error');
    expect(why('1.6.2')).toContain('does not start');
  });

  it('know which servers fall over compressed manifests, and that a folder is something else', () => {
    const zstd = (serverVersion: string) =>
      words('newer-than-server', { serverVersion, details: { reason: 'zstd-manifest' } });
    expect(zstd('2.9.5').why).toContain('cannot read such a manifest');
    expect(zstd('2.4.2').why).toContain('panics in each query');
    expect(zstd('2.9.5').remedy).toContain('unpacked under its own name');
    expect(words('newer-than-server', { serverVersion: '1.6.2', subject: '.alerts/' }).why).toContain('does not start');
  });

  it('tell of days in a tenant that retention never removes them', () => {
    const why = (subject: string) => words('foreign-object-in-stream', { subject }).why;
    expect(why('acme/app/')).toContain('in a tenant');
    expect(why('app/')).toContain('when retention removes its day');
  });

  it.each<Kind>(['snapshot-reset', 'manifest-duplicated', 'data-unreferenced', 'manifest-unreferenced'])(
    'offer a plan for %s, and say that the bucket is not touched',
    (kind) => {
      const { remedy } = words(kind, { endpoint: 'http://minio:9000' });
      expect(remedy).toContain(
        '`npx bucket-hygiene audit s3://logs-prod --deep --plan plan --endpoint-url http://minio:9000`',
      );
      expect(remedy).toContain('the bucket itself is not touched');
    },
  );
});

suite('the words about the identity of a deployment', () => {
  const at = { subject: '.parseable/', hidden: true };

  it('tell both IDs when it changed', () => {
    const { message, remedy } = words('deployment-changed', { ...at, details: { before: '01A', now: '01B' } });
    expect(message).toBe('The deployment in logs-prod is another one than before: its ID was 01A and is 01B now.');
    expect(remedy).toContain('30 days');
    expect(words('deployment-changed', at).message).toContain('its ID is not what it was.');
  });

  it('name the bucket that it was made for', () => {
    const { severity, message } = words('deployment-elsewhere', { ...at, details: { elsewhere: 'logs-old' } });
    expect(severity).toBe('warning');
    expect(message).toBe('The deployment file .parseable/.parseable.json was made for logs-old, not for logs-prod.');
    expect(words('deployment-elsewhere', at).message).toContain('another bucket');
  });

  it('name the buckets that share it', () => {
    const { message } = words('shared-deployment', { ...at, details: { id: '01A', others: 'logs-dev, logs-test' } });
    expect(message).toBe(
      'logs-dev, logs-test and logs-prod carry the same deployment ID, 01A: all but one are probably copies.',
    );
    expect(words('shared-deployment', at).message).toMatch(/^Another bucket and logs-prod carry/);
  });

  it('print no file that holds passwords', () => {
    for (const kind of ['deployment-changed', 'deployment-elsewhere', 'shared-deployment'] as const) {
      expect(words(kind, at).remedy).not.toContain('aws s3 cp ');
    }
  });
});

suite('the words about the inside of a stream', () => {
  const dateFolder = (details: Record<string, string>, more: Partial<Circumstances> = {}) =>
    words('malformed-date-prefix', { subject: 'app/date-backup/', evidence: figures, details, ...more });

  it.each([
    [
      'stops retention',
      { retention: '90' },
      'error',
      'the retention of the stream, 90 days, cannot read its name.',
      'panics on it each time',
      'retention works again',
    ],
    [
      'is taken for a day by it',
      { retention: '1', takenFor: '2026-11-24' },
      'error',
      'the retention of the stream, 1 day, takes it for 2026-11-24.',
      'deletes all that is in it',
      'before retention runs next',
    ],
    [
      'would stop it',
      {},
      'warning',
      'a retention would fail to read its name, but the stream sets none.',
      'each run panics',
      'before the stream is given a retention',
    ],
    [
      'would be taken for a day',
      { takenFor: '2026-11-24' },
      'warning',
      'a retention would take it for 2026-11-24, but the stream sets none.',
      'deleted with it',
      'before the stream is given a retention',
    ],
  ] as const)('tell a malformed date folder that %s', (_, details, severity, message, why, remedy) => {
    const told = dateFolder(details);
    expect(told.severity).toBe(severity);
    expect(told.message).toBe(
      `The folder app/date-backup/ (153 objects, 2.4 MB, newest 3 days ago) is named much like a day, and is none: ${message}`,
    );
    expect(told.why).toContain(why);
    expect(told.remedy).toContain(remedy);
    expect(told.remedy).toContain('`aws s3 ls --recursive s3://logs-prod/app/date-backup/`');
  });

  it('know what retention did before it panicked daily, and before there was any', () => {
    const why = (serverVersion: string) => dateFolder({ retention: '90' }, { serverVersion }).why;
    expect(why('0.7.3')).toContain('before a restart');
    expect(why('0.2.2')).toContain('has no retention');
  });

  it('know that no day of a tenant is deleted, and tell its streams from folders of a stream', () => {
    const details = { retention: '90', takenFor: '2026-11-24' };
    expect(dateFolder(details, { subject: 'acme/app/date=2026-11-24-old/' }).why).toContain('in a tenant');
    expect(dateFolder(details).why).not.toContain('in a tenant');
  });

  it('name some of the places of what is foreign', () => {
    const places = ['app/tmp/', 'app/x.txt', 'app/y', 'app/z'];
    const message = (evidence: Circumstances['evidence']) =>
      words('foreign-in-stream', { subject: 'app/', evidence }).message;
    expect(message({ ...figures, places })).toBe(
      'The stream app/ holds 153 objects, 2.4 MB, newest 3 days ago, that Parseable has not put there: app/tmp/, app/x.txt, app/y and more.',
    );
    expect(message({ places: places.slice(0, 1) })).toContain('there: app/tmp/.');
    expect(message({})).toBe('The stream app/ holds something, that Parseable has not put there.');
  });

  it('know the servers whose retention a foreign folder stops', () => {
    const why = (serverVersion: string) => words('foreign-in-stream', { serverVersion }).why;
    expect(why('0.9.0')).toContain('panics');
    expect(why('0.2.2')).not.toContain('panics');
    expect(why('1.0.0')).not.toContain('panics');
  });

  it('count the days that retention left, and send to the folder that may have stopped it first', () => {
    const details = { oldestDay: '2026-10-01', retention: '20', days: '32' };
    const { message, remedy } = words('retention-overdue', { details });
    expect(message).toBe('The stream wide/ keeps 20 days, and its oldest day is 2026-10-01: 32 days should be gone.');
    expect(remedy).toMatch(/^Look for a folder whose name begins with date .*restart the server/);
    expect(words('retention-overdue').message).toContain('keeps only so many days, and older days are still there.');
    const ofTenant = words('retention-overdue', { details, subject: 'acme/app/' });
    expect(ofTenant.why).toContain('never removed');
    expect(ofTenant.remedy).not.toContain('restart');
  });
});

suite('the words about the settings of a bucket', () => {
  const expires = { rule: 'old-logs', action: 'expires objects after 30 days' };
  const archives = { rule: 'without a name', action: 'moves objects to GLACIER after 30 days' };
  const key = '.parseable/.parseable.json';

  it('name the rule that reaches metadata, what it does and a file that it takes', () => {
    const { title, message, remedy } = words('lifecycle-reaches-metadata', {
      subject: '/',
      evidence: { objects: 14, rules: [{}, {}, {}], keys: [key] },
      details: { ...expires, key },
    });
    expect(title).toBe('lifecycle rule reaches metadata');
    expect(message).toBe(
      `The lifecycle rule old-logs expires objects after 30 days, Parseable’s own metadata among them (14 objects), such as ${key}; 2 more rules do so too.`,
    );
    expect(remedy).toContain('`aws s3api get-bucket-lifecycle-configuration --bucket logs-prod`');
    expect(remedy).toContain('date=');
    expect(remedy).not.toContain('restored');
  });

  it('tell a rule without a name and a prefix, and that archives have to be restored', () => {
    const { title, message, remedy } = words('lifecycle-reaches-metadata', { subject: 'app/', details: archives });
    expect(title).toBe('lifecycle rule reaches metadata app/');
    expect(message).toBe(
      'A lifecycle rule without a name moves objects to GLACIER after 30 days, Parseable’s own metadata among them.',
    );
    expect(remedy).toMatch(/restored to be read again\.$/);
  });

  it('set the days of a rule against those of the stream, or against for ever', () => {
    const told = (details: Record<string, string>) => words('lifecycle-before-retention', { details });
    expect(told({ ...expires, retention: '90' }).message).toBe(
      'The lifecycle rule old-logs expires objects after 30 days, while the stream wide/ keeps its data for 90 days.',
    );
    expect(told({ ...expires, retention: '90' }).remedy).toContain('more days than the stream keeps');
    expect(told(expires).message).toContain('keeps its data for ever.');
    expect(told(expires).remedy).not.toContain('more days');
    expect(told(archives).remedy).toContain('restored');
    expect(told({ action: `${expires.action}, ${archives.action}` }).remedy).toContain('restored');
  });

  it('count uploads that were never completed, and name the rule that ends them', () => {
    const evidence = { ...figures, uploads: 153, sizeComplete: false };
    const { severity, message, remedy } = words('incomplete-uploads', { evidence });
    expect(severity).toBe('note');
    expect(message).toBe(
      'wide/ has uploads that were begun and never completed (at least 153 uploads, 2.4 MB, newest 3 days ago); the first was begun 23 days ago.',
    );
    expect(remedy).toContain('`aws s3api list-multipart-uploads --bucket logs-prod --prefix=wide/`');
    expect(remedy).toContain('AbortIncompleteMultipartUpload');
    expect(words('incomplete-uploads').message).toBe('wide/ has uploads that were begun and never completed.');
  });

  it.each([
    ['0.4.0', 'makes no such uploads'],
    ['0.4.1', 'above 100 MiB'],
    ['1.7.5', 'makes no such uploads'],
    ['2.6.6', 'thousands a day'],
    ['2.7.0', '25 MiB or more'],
  ])('know what Parseable %s leaves behind of uploads', (serverVersion, text) => {
    expect(words('incomplete-uploads', { serverVersion }).why).toContain(text);
  });

  it('send commands about a whole bucket to the endpoint that was audited', () => {
    const { remedy } = words('incomplete-uploads', { endpoint: 'http://minio:9000' });
    expect(remedy.match(/--endpoint-url http:\/\/minio:9000`/g)).toHaveLength(2);
  });
});

/** Keys as attackers and accidents make them. */
const hostile = fc.oneof(
  fc.constantFrom('$(touch /tmp/ran)/', '`touch /tmp/ran`/', "'; rm -rf / #", '--endpoint-url=http://evil/', '*'),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }),
  fc.string({
    unit: fc.constantFrom(...Array.from('a/`\'"$(){};|&\\\n\u001b\u202e\u2028\u0000-* ')),
    minLength: 1,
    maxLength: 20,
  }),
);

/** Every detail that a check may give: what is read from a bucket is hostile there, too. */
const detailNames =
  'key reason why version owner expires writer currency before now id others elsewhere days firstDay lastDay since stream retention takenFor oldestDay rule action files claimedBytes believedBytes actualBytes'.split(
    ' ',
  );

const anyCircumstances: fc.Arbitrary<Circumstances> = fc.record({
  bucket: fc.constant('logs-prod'),
  endpoint: fc.constantFrom(null, 'http://minio:9000/a b'),
  subject: hostile,
  serverVersion: fc.constantFrom(null, '0.1.0', '0.9.0', '1.6.2', '2.0.0', '2.9.5', '3.1.4'),
  multiTenant: fc.boolean(),
  hidden: fc.boolean(),
  evidence: fc.constantFrom<Circumstances['evidence'][]>(
    {},
    figures,
    { ...figures, newest: null, sizeComplete: false },
    { operation: 'GetObject', code: 'AccessDenied', status: 403, answer: 'x\u001by' },
    { operation: 'ListObjectsV2', code: 'Stopped', status: null, places: 3 },
    { ...figures, likelyWriter: 'restic\u001b', costPerMonth: 4.2, places: ['a\u202e/', 'b\n', 'c', 'd'] },
    { ...figures, days: 2, firstDay: '2026-11-01', lastDay: '2026-11-02', keys: ['x\u001b`y', 'z'], fileBytes: 7 },
    {
      objects: 1,
      days: -1,
      firstDay: '../',
      files: 0.5,
      believedBytes: 1.8446744e19,
      actualBytes: null,
      keys: ['\u202e'],
    },
    { uploads: 3, objects: 3, oldest: 'never', rules: [{ id: 'a\u001b' }, {}], manifests: 2, keys: ['x\u001by', 'z'] },
  ),
  now: fc.constant(now),
  details: fc.dictionary(fc.constantFrom(...detailNames), fc.oneof(hostile, fc.constantFrom('zstd-manifest', '12')), {
    maxKeys: detailNames.length,
    size: 'max',
  }),
});

const unshowable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;

suite('the words about any key', () => {
  it.each(allKinds)('of %s are complete, and may be shown', (kind) => {
    fc.assert(
      fc.property(anyCircumstances, (c) => {
        const texts = describe(kind, c);
        for (const text of [texts.title, texts.message, texts.why, texts.remedy]) {
          expect(text).not.toBe('');
          expect(text).not.toMatch(unshowable);
          expect(text).not.toMatch(/undefined|\[object|NaN/);
        }
        expect(texts.message).toMatch(/\.$/);
        expect(texts.why).toMatch(/^[A-Z].*\.$/);
        expect(texts.remedy).toMatch(/\.$/);
      }),
      { numRuns: 40 },
    );
  });

  it('have at least one command for each kind but those that need none, and none that deletes', () => {
    fc.assert(
      fc.property(fc.constantFrom(...allKinds), anyCircumstances, (kind, c) => {
        for (const { command, text } of remedyParts(describe(kind, c).remedy)) {
          if (command)
            expect(text).toMatch(
              /^(aws (s3 ls |s3 cp .* -( |$)|s3api (list-object-versions|list-multipart-uploads|get-bucket-lifecycle-configuration) |sts get-caller-identity$)|npx bucket-hygiene audit s3:\/\/logs-prod --deep --plan plan( |$))/,
            );
        }
        expect(remedyParts(describe(kind, c).remedy).some(({ command }) => command || kind === 'scan-incomplete')).toBe(
          true,
        );
      }),
    );
  });

  it('have commands that mean exactly that key to a shell', () => {
    const keys = fc.sample(
      hostile.filter((key) => !key.includes('\0') && key.isWellFormed()),
      { numRuns: 150, seed: 11 },
    );
    const commands = keys.map(
      (subject) => remedyParts(words('foreign-prefix', { subject }).remedy).find(({ command }) => command)?.text ?? '',
    );
    // No command is run: a function of its name only prints what it was given last.
    const printLast = 'aws() { printf "%s\\0" "${@: -1}"; }';
    const { stdout, status } = spawnSync('bash', ['--norc', '-c', [printLast, ...commands].join('\n')]);
    expect(status).toBe(0);
    // Many that were folded have no key of their own.
    expect(stdout.toString('utf8').split('\0').slice(0, -1)).toEqual(
      keys.map((key) => `s3://logs-prod/${key === '*' ? '' : key}`),
    );
  });
});
