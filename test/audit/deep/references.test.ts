import { describe, expect, it } from 'vitest';
import { referencesOf } from '../../../src/audit/deep/references.ts';
import type { MarkerFact } from '../../../src/audit/facts.ts';
import type { StreamMetadata } from '../../../src/parseable/stream-metadata.ts';

const [early, late] = ['2026-11-01T00:00:00.000Z', '2026-11-20T00:00:00.000Z'];
const id = '4b8a8f48e53fd8c';
const manifest = 'app/date=2026-11-20/host.manifest.json';

interface Given {
  at?: string;
  node?: string;
  snapshot?: StreamMetadata['snapshot'];
  reading?: MarkerFact['reading'];
}
const snapshot = (...days: string[]): StreamMetadata['snapshot'] => ({
  manifests: { 'app/date=*/host.manifest.json': days },
  oldest: days[0]?.slice(0, 10) ?? null,
  repeated: [],
});
const metadata = (of: StreamMetadata['snapshot']): StreamMetadata => ({
  createdAt: null,
  owner: null,
  lifetime: null,
  stored: null,
  retention: null,
  snapshot: of,
});
function marker({ at = early, node, snapshot: of = snapshot('2026-11-20'), reading }: Given = {}): MarkerFact {
  const file = node === undefined ? '.stream.json' : `.ingestor.${node}.stream.json`;
  return {
    key: `app/.stream/${file}`,
    place: { place: '.stream/.stream.json', form: 'versioned', rank: 0 },
    node: node !== undefined,
    size: 1,
    lastModified: at,
    etag: '"a"',
    reading: reading ?? {
      state: 'present',
      value: { state: 'usable', version: 'v7', newer: false, metadata: metadata(of) },
    },
  };
}
const of = (markers: MarkerFact[], nodes: string[] | null = []) =>
  referencesOf('app/', markers, nodes === null ? null : new Set(nodes));
const naming = (markers: MarkerFact[], nodes?: string[] | null) =>
  of(markers, nodes).byDay.get('2026-11-20')?.get(manifest);
const failure = { operation: 'GetObject', code: 'AccessDenied', status: 403, message: '' };

describe('the references of a stream', () => {
  it('are what all its metadata files name, with the ages of those that do', () => {
    const markers = [marker({ at: late }), marker({ node: id, snapshot: snapshot('2026-11-19..2026-11-20') })];
    const { byDay, whole, unread, snapshots, oldest } = of(markers, [id]);
    expect([...byDay.keys()].sort()).toEqual(['2026-11-19', '2026-11-20']);
    expect(naming(markers, [id])).toEqual({ oldest: early, newest: late, dead: false });
    expect({ whole, unread, snapshots, oldest }).toEqual({
      whole: true,
      unread: false,
      snapshots: true,
      oldest: '2026-11-19',
    });
  });

  it.each<[string, MarkerFact[], string[] | null, boolean]>([
    ['only by files of nodes that are gone', [marker({ node: id })], [], true],
    ['by the file of a node that is there', [marker({ node: id })], [id], false],
    ['by a node of which nobody can tell whether it is there', [marker({ node: id })], null, true],
    ['by the base file, and a node that is gone', [marker(), marker({ node: id })], [], false],
    ['by a node that is gone, and the base file', [marker({ node: id }), marker()], [], false],
  ])('are dead where a manifest is named %s: %#', (_, markers, nodes, dead) => {
    expect(naming(markers, nodes)?.dead).toBe(dead);
  });

  it.each<[string, MarkerFact['reading']]>([
    ['could not be read', { state: 'unknown', failure }],
    ['cannot be used', { state: 'present', value: { state: 'unusable', why: 'it is not JSON' } }],
  ])('are not whole with a file that %s', (_, reading) => {
    const { whole, unread, byDay } = of([marker(), marker({ node: id, reading })]);
    expect([whole, unread, byDay.size]).toEqual([false, reading.state === 'unknown', 1]);
  });

  it('are not whole with a snapshot that cannot be read, and whole with none', () => {
    expect(of([marker({ snapshot: 'unreadable' })])).toMatchObject({ whole: false, snapshots: false });
    expect(of([marker({ snapshot: null })])).toMatchObject({ whole: true, snapshots: false, oldest: null });
  });

  it('leave out what is no manifest of a day of the stream', () => {
    const odd = {
      manifests: { 'elsewhere/x.json': [], 'app/date=2026-13-45/manifest.json': [] },
      oldest: null,
      repeated: [],
    };
    expect(of([marker({ snapshot: odd })]).byDay.size).toBe(0);
  });
});
