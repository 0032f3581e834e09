import type { Entry, Finding, Report, StreamFigures } from '../../src/findings/report.ts';
import { entry, finding, now, report, situations } from './situations.ts';

const stream = (name: string, more: Partial<StreamFigures> = {}): StreamFigures => ({
  name,
  days: [],
  retentionDays: null,
  believedBytes: null,
  objects: null,
  bytes: null,
  complete: false,
  dataObjects: null,
  dataBytes: null,
  manifests: null,
  lookedAt: null,
  ...more,
});

/** A stream as a deep audit counted it. */
const counted = (name: string, bytes: number, more: Partial<StreamFigures> = {}): StreamFigures =>
  stream(name, {
    days: ['2026-10-26..2026-11-24'],
    retentionDays: 30,
    believedBytes: bytes,
    objects: 4_000,
    bytes: bytes + 120_000,
    complete: true,
    dataObjects: 3_900,
    dataBytes: bytes,
    manifests: 30,
    lookedAt: now.toISOString(),
    ...more,
  });

const own: Entry[] = ['.alerts/', '.parseable/', '.users/'].map((name) => entry(name, 'deployment'));
const rowOf = ({ name }: StreamFigures): Entry =>
  entry(name, 'stream', { metadataVersion: 'v7', newest: '2026-11-24T05:00:00.000Z' });

const deepStreams: StreamFigures[] = [
  counted('api/', 81e9),
  counted('audit/', 12e9, { days: ['2026-09-01..2026-11-24'] }),
  counted('gaps/', 4e9, { days: ['2026-11-01..2026-11-09', '2026-11-12', '2026-11-15..2026-11-24'], dataBytes: 3.2e9 }),
  counted('ledger/', 44e9, { days: ['2024-01-01..2026-11-24'], retentionDays: null }),
  stream('locked/', { days: null }),
  counted('orders/', 7e9, { dataBytes: 9.4e9 }),
  stream('quiet/', {
    believedBytes: 0,
    dataBytes: 0,
    objects: 2,
    bytes: 4_000,
    complete: true,
    dataObjects: 0,
    manifests: 0,
  }),
  counted('torn/', 5e9, { dataBytes: 3e9, complete: false }),
];

const dump = { objects: 310, bytes: 18e9, newest: '2026-11-02T06:00:00.000Z', oldest: '2026-10-02T06:00:00.000Z' };

const dataFile = (stream: string, day: string): string =>
  `${stream}/date=${day}/hour=05/minute=07/ingest-0.data.01KY43JFV84TFF59TDWH9EDD1R.parquet`;

const deep: Report = {
  ...report(
    [
      ...own,
      ...deepStreams.map(rowOf),
      entry('dump/', 'foreign', { objects: 310, bytes: 18e9, newest: dump.newest }),
      entry('wide/', 'orphaned', { objects: 153, bytes: 2.4e9, newest: dump.newest }),
    ],
    [
      finding('foreign-prefix', 'dump/', { evidence: { ...dump, keys: ['dump/a.sql', 'dump/b.sql'] } }),
      finding('orphaned-stream-data', 'wide/', { evidence: { ...dump, objects: 153, bytes: 2.4e9 } }),
      finding('retention-overdue', 'audit/', { details: { retention: '30' } }),
      finding('data-missing', 'gaps/', {
        evidence: { objects: 12, bytes: 800e6, keys: [dataFile('gaps', '2026-11-03')] },
        details: { firstDay: '2026-11-03', lastDay: '2026-11-05', days: '3' },
      }),
      finding('data-unreferenced', 'orders/', {
        evidence: { ...dump, objects: 220, bytes: 2.4e9, keys: [dataFile('orders', '2026-11-01')] },
        details: { firstDay: '2026-11-01', lastDay: '2026-11-02', days: '2' },
      }),
      finding('scan-incomplete', 'torn/', {
        evidence: { operation: 'ListObjectsV2', code: 'SlowDown', status: 503 },
      }),
    ],
  ),
  mode: 'deep',
  completeness: 'partial',
  streams: deepStreams,
  depth: {
    streams: 6,
    ofStreams: 7,
    days: 1_210,
    ofDays: 1_240,
    objects: 23_600,
    share: 0.976,
    lastListed: '2026-11-20T06:00:00.000Z',
  },
};

const tenants = ['acme', 'globex'];
const multiTenant: Report = {
  ...report(
    [
      ...own,
      ...tenants.flatMap((tenant) => [
        entry(`${tenant}/`, 'tenant', { metadataVersion: 'v8' }),
        ...['app/', 'web/'].map((name) => entry(`${tenant}/${name}`, 'stream', { metadataVersion: 'v7' })),
      ]),
      entry('stray/', 'stream', { metadataVersion: 'v7' }),
    ],
    [finding('stream-outside-tenant', 'stray/', { multiTenant: true })],
  ),
  deployment: { id: '01K3YPQ3C8JMRNV7E9Z0C1HT0H', metadataVersion: 'v8', multiTenant: true },
};

/** A foreign prefix that a server would meet, and what a pre-flight says to it. */
const inTheWay = finding('foreign-prefix', 'backups/', { evidence: { objects: 7, bytes: 1_100_000 } });

/** Every entry of a bucket of many: streams that nobody counted, and some that need an eye. */
function many(count: number): Report {
  const findings: Finding[] = [];
  const entries = Array.from({ length: count }, (_, at): Entry => {
    const name = `s-${String(at).padStart(5, '0')}/`;
    if (at % 500 !== 7) return entry(name, 'stream', { objects: at, bytes: (at % 97) * 1e6 });
    findings.push(finding('foreign-prefix', name, { evidence: { objects: at, bytes: at } }));
    return entry(name, 'foreign', { objects: at, bytes: at });
  });
  return report(entries, findings);
}

/** What else a person may get to see, by the name of its golden file. */
export const moreSituations: Record<string, Report[]> = {
  deep: [deep],
  'multi-tenant': [multiTenant],
  'preflight-not-ready': [
    {
      ...report([...own, entry('backups/', 'foreign', { objects: 7, bytes: 1_100_000 })], [inTheWay]),
      mode: 'preflight',
      preflight: {
        ready: false,
        reasons: [`${inTheWay.message} ${inTheWay.why}`, 'Something that no finding tells.'],
        advice: ['Versioning is on: deleted data stays.'],
      },
    },
  ],
  'preflight-ready': [{ ...report([], []), mode: 'preflight', preflight: { ready: true, reasons: [], advice: [] } }],
};

/** Ten thousand entries with figures, twenty of them foreign. */
export const tenThousand: Report[] = [many(10_000)];

/** All that the tests of a format go through, but for what is too large to be read. */
export const readable: Record<string, Report[]> = Object.fromEntries(
  Object.entries({ ...situations, ...moreSituations }).filter(([name]) => name !== 'ten-thousand-streams'),
);
