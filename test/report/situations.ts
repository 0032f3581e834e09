import { alienTotal, listPrice } from '../../src/findings/costs.ts';
import { describe } from '../../src/findings/describe.ts';
import type { Kind } from '../../src/findings/kinds.ts';
import type { Entry, Evidence, Finding, Report, Status, Verdict } from '../../src/findings/report.ts';

/** The clock of every report here. */
export const now = new Date('2026-11-24T06:00:00.000Z');

const ago = (hours: number): string => new Date(now.getTime() - hours * 3_600_000).toISOString();

export const entry = (name: string, verdict: Verdict, more: Partial<Entry> = {}): Entry => ({
  name,
  verdict,
  likelyWriter: null,
  objects: null,
  bytes: null,
  sizeComplete: true,
  newest: null,
  metadataVersion: null,
  ...more,
});

interface Facts {
  evidence?: Evidence;
  details?: Record<string, string>;
  status?: Status;
  firstSeen?: string;
  serverVersion?: string | null;
  endpoint?: string | null;
  multiTenant?: boolean;
}

/** A finding with the words that it really gets. */
export function finding(kind: Kind, subject: string, facts: Facts = {}): Finding {
  const { evidence = {}, status = 'new', firstSeen = now.toISOString(), serverVersion = '2.9.5' } = facts;
  const words = describe(kind, {
    bucket: 'logs-prod',
    endpoint: facts.endpoint ?? null,
    subject,
    serverVersion,
    multiTenant: facts.multiTenant ?? false,
    hidden: subject.startsWith('.'),
    evidence,
    now,
    details: facts.details ?? {},
  });
  return { id: `${kind} ${subject}`, kind, subject, status, firstSeen, evidence, ...words };
}

const total = (entries: readonly Entry[], what: 'objects' | 'bytes') =>
  entries.reduce((sum, one) => sum + (one[what] ?? 0), 0);

export function report(entries: Entry[], findings: Finding[], more: Partial<Report> = {}): Report {
  const count = (severity: Finding['severity']) =>
    findings.filter((one) => one.severity === severity && (one.status === 'new' || one.status === 'ongoing')).length;
  return {
    schemaVersion: 1,
    tool: { name: 'bucket-hygiene', version: '0.1.0' },
    bucket: { name: 'logs-prod', region: 'eu-west-1', endpoint: null, environment: 'prod' },
    mode: 'audit',
    startedAt: now.toISOString(),
    finishedAt: new Date(now.getTime() + 1_812).toISOString(),
    completeness: 'full',
    deployment: { id: '01K3YPQ3C8JMRNV7E9Z0C1HT0H', metadataVersion: 'v8', multiTenant: false },
    entries,
    findings,
    streams: [],
    summary: {
      error: count('error'),
      warning: count('warning'),
      note: count('note'),
      entries: entries.length,
      objects: total(entries, 'objects'),
      bytes: total(entries, 'bytes'),
      alien: alienTotal(
        findings.filter(({ status }) => status === 'new' || status === 'ongoing'),
        listPrice,
      ),
    },
    requests: { list: 17, get: 13, head: 0, other: 1 },
    skipped: [],
    ...more,
  };
}

const own = [entry('.alerts/', 'deployment'), entry('.parseable/', 'deployment'), entry('.users/', 'deployment')];

const streams = [
  'api',
  'batch',
  'checkout',
  'frontdoor',
  'gateway',
  'ledger',
  'mailer',
  'nginx',
  'orders',
  'payments',
  'search',
  'web',
].map((name) => entry(`${name}/`, 'stream', { metadataVersion: 'v7', newest: ago(1) }));

const sized = (objects: number, bytes: number, hours: number, more: Partial<Evidence> = {}) => ({
  objects,
  bytes,
  newest: ago(hours),
  oldest: ago(hours + 100),
  sizeComplete: true,
  ...more,
});

const row = (name: string, verdict: Verdict, { objects, bytes, newest, sizeComplete }: ReturnType<typeof sized>) =>
  entry(name, verdict, { objects, bytes, newest, sizeComplete });

/** A row and its finding. */
function both(kind: Kind, name: string, verdict: Verdict, figures: ReturnType<typeof sized>, facts: Facts = {}) {
  return { row: row(name, verdict, figures), finding: finding(kind, name, { ...facts, evidence: figures }) };
}

const backups = both('foreign-prefix', 'backups/', 'foreign', sized(7, 1_100_000, 2));
const wide = both('orphaned-stream-data', 'wide/', 'orphaned', sized(153, 2_400_000, 72), {
  status: 'ongoing',
  firstSeen: '2026-11-17T06:00:00.000Z',
});
const pendingStream = both('orphaned-stream-data', 'young/', 'orphaned', sized(12, 48_000, 3), { status: 'pending' });

const denied = {
  operation: 'ListObjectsV2',
  code: 'AccessDenied',
  status: 403,
  answer:
    'User: arn:aws:sts::123456789012:assumed-role/ops/me is not authorized to perform: s3:ListBucket on resource: "arn:aws:s3:::logs-prod"',
};

const failed = (evidence: Evidence, more: Partial<Report> = {}) =>
  report([], [finding('scan-incomplete', '/', { evidence })], {
    completeness: 'failed',
    deployment: { id: null, metadataVersion: null, multiTenant: false },
    requests: { list: 1, get: 0, head: 0, other: 0 },
    ...more,
  });

const healthy = report([...own, ...streams], []);
const oneForeign = report([...own, backups.row, ...streams], [backups.finding]);

const hostile = [
  'evil\u202egnp.exe/',
  'line\nfeed\r\u001b[31mred/',
  'a`b $(touch x) \'q\' "d"/',
  '日本語のとても長い名前の接頭辞が一つここにあります/',
  'emoji 🦊 family/',
  'cafe\u0301 zero\u200bwidth/',
  `long-${'x'.repeat(150)}-end/`,
  '-rf/',
].map((name, at) => both('foreign-prefix', name, 'foreign', sized(at + 1, 10 ** at, at)));

/** Foreign prefixes whose writer is known by its files. */
const written = (
  [
    ['backups/', 'restic', sized(7_000, 64e9, 2)],
    ['AWSLogs/', 'cloudtrail', sized(20_000, 4.1e11, 1, { sizeComplete: false })],
  ] as const
).map(([name, likelyWriter, figures]) => {
  const one = both('foreign-prefix', name, 'foreign', { ...figures, likelyWriter });
  return { ...one, row: { ...one.row, likelyWriter } };
});

/** What a person may get to see, by the name of its golden file. */
export const situations: Record<string, Report[]> = {
  'empty-bucket': [report([], [finding('not-parseable', '/', { evidence: { rows: 0, keys: [] } })])],
  'not-parseable': [
    report(
      ['photos/', 'videos/', 'index.html'].map((name) => row(name, 'foreign', sized(40, 9_000_000, 900))),
      [finding('not-parseable', '/', { evidence: { rows: 3, keys: ['photos/', 'videos/', 'index.html'] } })],
    ),
  ],
  healthy: [healthy],
  'one-foreign-prefix': [oneForeign],
  'a-hundred-foreign-prefixes': (() => {
    const all = Array.from({ length: 100 }, (_, at) =>
      both('foreign-prefix', `export-${String(at).padStart(3, '0')}/`, 'foreign', sized(at + 1, 1_000 * at, at)),
    );
    return [
      report(
        [...own, ...all.map((one) => one.row), ...streams],
        all.map((one) => one.finding),
      ),
    ];
  })(),
  'orphaned-and-corrupt': [
    report(
      [...own, entry('broken/', 'corrupt'), wide.row, ...streams],
      [
        finding('stream-metadata-corrupt', 'broken/', {
          serverVersion: null,
          evidence: { keys: ['broken/.stream/.stream.json'] },
          details: { key: 'broken/.stream/.stream.json', reason: 'it is not JSON' },
        }),
        wide.finding,
      ],
    ),
  ],
  'every-sort-of-row': [
    report(
      [
        ...own,
        entry('.widgets/', 'unrecognised', { objects: 3, bytes: 900, newest: ago(50) }),
        row('big/', 'foreign', sized(20_000, 4.1e11, 1, { sizeComplete: false })),
        entry('exports/', 'allowed', { objects: 30, bytes: 5_000_000, newest: ago(7) }),
        entry('locked/', 'unknown'),
        entry('test/', 'marker', { objects: 1, bytes: 0, newest: ago(4_000) }),
        pendingStream.row,
        ...streams,
      ],
      [
        finding('unrecognised-internal-prefix', '.widgets/', { evidence: sized(3, 900, 50) }),
        finding('foreign-prefix', 'big/', { evidence: sized(20_000, 4.1e11, 1, { sizeComplete: false }) }),
        finding('scan-incomplete', 'locked/', {
          evidence: { operation: 'ListObjectsV2', code: 'SlowDown', status: 503 },
        }),
        finding('folder-marker', 'test/', { evidence: sized(1, 0, 4_000) }),
        finding('stale-allow-entry', 'old/', { details: { reason: 'matches nothing' } }),
        finding('stream-metadata-base-missing', 'web/'),
        pendingStream.finding,
      ],
      { completeness: 'partial' },
    ),
  ],
  'likely-writers': [
    report(
      [...own, ...written.map((one) => one.row), entry('odd/', 'foreign', { objects: 1, bytes: 9 }), ...streams],
      [...written.map((one) => one.finding), finding('foreign-prefix', 'odd/', { evidence: { objects: 1, bytes: 9 } })],
    ),
  ],
  'nearly-healthy-without-permissions': [
    {
      ...healthy,
      skipped: [
        { what: 'lifecycle', why: 'AccessDenied' },
        { what: 'uploads', why: 'NotImplemented' },
        { what: 'shared-deployment', why: 'no answer from logs-dev' },
      ],
    },
  ],
  'only-pending': [report([...own, ...streams, pendingStream.row], [pendingStream.finding])],
  'only-known': [
    report(
      [...own, ...streams, backups.row, row('exports/', 'foreign', sized(30, 5_000_000, 7)), wide.row],
      [
        { ...backups.finding, status: 'known' },
        finding('foreign-prefix', 'exports/', { status: 'known', evidence: sized(30, 5_000_000, 7) }),
        { ...wide.finding, status: 'known' },
        finding('folder-marker', 'test/', { status: 'known' }),
      ],
    ),
  ],
  'known-beside-new-and-pending': [
    report(
      [...own, backups.row, row('exports/', 'foreign', sized(30, 5_000_000, 7)), ...streams, pendingStream.row],
      [
        backups.finding,
        finding('foreign-prefix', 'exports/', { status: 'known', evidence: sized(30, 5_000_000, 7) }),
        pendingStream.finding,
      ],
    ),
  ],
  partial: [
    report(
      [...own, backups.row, entry('slow/', 'unknown'), ...streams],
      [
        backups.finding,
        finding('scan-incomplete', '/', {
          evidence: { operation: 'ListObjectsV2', code: 'Stopped', status: null, places: 31 },
        }),
      ],
      { completeness: 'partial' },
    ),
  ],
  'failed-access-denied': [failed(denied)],
  'failed-no-such-bucket': [
    failed({
      operation: 'ListObjectsV2',
      code: 'NoSuchBucket',
      status: 404,
      answer: 'The specified bucket does not exist',
    }),
  ],
  'failed-unreachable': [
    report(
      [],
      [
        finding('scan-incomplete', '/', {
          endpoint: 'http://minio:9000',
          evidence: { operation: 'ListObjectsV2', code: 'ECONNREFUSED', status: null, answer: '' },
        }),
      ],
      {
        completeness: 'failed',
        bucket: { name: 'logs', region: null, endpoint: 'http://minio:9000', environment: null },
      },
    ),
  ],
  'several-buckets': [
    { ...healthy, bucket: { ...healthy.bucket, name: 'logs-test', environment: null } },
    oneForeign,
    failed(denied, { bucket: { name: 'logs-dev', region: null, endpoint: null, environment: 'dev' } }),
  ],
  'hostile-keys': [
    report(
      [...hostile.map((one) => one.row), ...own],
      hostile.map((one) => one.finding),
    ),
  ],
  'ten-thousand-streams': [
    report(
      [...own, ...Array.from({ length: 10_000 }, (_, at) => entry(`stream-${String(at).padStart(5, '0')}/`, 'stream'))],
      [],
      { requests: { list: 10_011, get: 10_001, head: 0, other: 0 } },
    ),
  ],
};
