import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Plan, StreamPlan } from '../../src/repair/plan.ts';
import { remarks, type Remark } from '../../src/repair/notes.ts';
import { data, day, days, fileOf, healthy, manifest, manifestOf, schema, without, but } from '../audit/deep/buckets.ts';
import { deployment, marker } from '../audit/checks/streams.ts';
import type { Fault, Faults } from '../s3/server.ts';
import { markerBody, object, type GeneratedObject } from '../support/generated.ts';
import { filesIn, namesIn } from './materials.ts';
import { planned } from './planned.ts';

const now = new Date('2026-11-24T06:00:00Z');
const base = 'app/.stream/.stream.json';
const [first = '', second = ''] = days;
const parquet = readFileSync(join(import.meta.dirname, 'three-rows.parquet'));
const forbidden: Fault = { kind: 'status', status: 403, code: 'AccessDenied' };
const missing: Fault = { kind: 'status', status: 404, code: 'NoSuchKey' };

const on =
  (key: string, fault: Fault): Faults =>
  (request) =>
    request.operation === 'GetObject' && request.key === key ? fault : null;

async function planOf(objects: readonly GeneratedObject[], faults?: Faults): Promise<Plan | null> {
  const { plan } = await planned('bucket', { objects: [deployment, ...objects] }, now, {
    ...(faults === undefined ? {} : { faults }),
  });
  return plan;
}

async function streamOf(objects: readonly GeneratedObject[], faults?: Faults): Promise<StreamPlan> {
  const [stream] = (await planOf(objects, faults))?.streams ?? [];
  if (stream === undefined) throw new Error('no plan');
  return stream;
}

const bodyOf = ({ writes }: StreamPlan, key: string): string =>
  writes.find((write) => write.key === key)?.body ?? `nothing is written to ${key}`;
const saysOf = ({ notes }: StreamPlan): Remark[] =>
  notes.map(({ words }) => (Object.keys(remarks) as Remark[]).find((one) => remarks[one] === words)!);

/** A file that its day's manifest does not list. */
const lost = fileOf(first, 2);
const recovered = manifestOf(first, 'recovered');

/** The stream without the day that its snapshot does not name. */
const unnamed = [marker('app/', days.slice(1)), schema, ...days.flatMap(day)];

describe('the plan of a bucket', () => {
  it('is none for a stream in order', async () => {
    expect(await planOf(healthy)).toBeNull();
  });

  it('enters data with the rows that its file tells', async () => {
    const stream = await streamOf([...healthy, object(lost, parquet)]);
    expect(filesIn(bodyOf(stream, recovered))).toMatchObject([
      {
        file_path: lost,
        num_rows: 3,
        file_size: parquet.length,
        ingestion_size: 687,
        columns: [{ name: 'p_timestamp' }],
      },
    ]);
    expect(namesIn(bodyOf(stream, base)).slice(0, 2)).toEqual([
      [manifestOf(first), 0],
      [recovered, 3],
    ]);
    expect(stream).toMatchObject({ why: null, unread: false });
  });

  it('reads a footer that is longer than the first piece of the end', async () => {
    const length = parquet.readUInt32LE(parquet.length - 8);
    // What follows the last field of the struct is nobody's.
    const long = Buffer.concat([parquet.subarray(0, -8), Buffer.alloc(100_000), parquet.subarray(-8)]);
    long.writeUInt32LE(length + 100_000, long.length - 8);
    const stream = await streamOf([...healthy, object(lost, long)]);
    expect(filesIn(bodyOf(stream, recovered))).toMatchObject([{ num_rows: 3, file_size: long.length }]);
  });

  it.each([
    ['zero bytes', data(lost), 1_000],
    ['text', object(lost, 'nothing of Parquet'), 18],
    ['nothing', data(lost, 0), 0],
    ['a footer longer than the file', object(lost, Buffer.from('ffff0000'.concat('50415231'), 'hex')), 8],
    ['a footer that is none', object(lost, Buffer.from(`${'ff'.repeat(8)}0800000050415231`, 'hex')), 16],
  ])('enters a file of %s with no rows, and tells so', async (_, file, size) => {
    const stream = await streamOf([...healthy, file]);
    expect(filesIn(bodyOf(stream, recovered))).toMatchObject([
      { num_rows: 0, file_size: size, ingestion_size: size, columns: [] },
    ]);
    expect(saysOf(stream)).toContain('damaged');
  });

  it('leaves data out that could not be read, and tells it as unread; what is gone meanwhile, too', async () => {
    const refused = await streamOf([...healthy, data(lost)], on(lost, forbidden));
    expect(refused).toMatchObject({ writes: [], unread: true, why: 'nothing is left to be changed' });
    expect(saysOf(refused)).toEqual(['unreadManifest']);
    const gone = await streamOf([...healthy, data(lost)], on(lost, missing));
    expect(gone).toMatchObject({ writes: [], unread: false });
    expect(saysOf(gone)).toEqual(['gone']);
  });

  it('leaves a day alone of which a manifest could not be read: its files must not be listed twice', async () => {
    const stream = await streamOf([...healthy, data(lost)], on(manifestOf(first), forbidden));
    expect(stream).toMatchObject({ writes: [], unread: true });
  });

  it('leaves a day alone when it is not known whether an earlier plan was there', async () => {
    const stream = await streamOf([...healthy, data(lost)], on(recovered, forbidden));
    expect(stream).toMatchObject({ writes: [], unread: true });
  });

  it.each([
    ['plain', (one: GeneratedObject) => one],
    ['compressed', (one: GeneratedObject) => object(one.key, zstdCompressSync(one.body!))],
  ])('adds to a manifest of an earlier plan, %s', async (_, written) => {
    const earlier = written(manifest(first, [fileOf(first, 1)], 'recovered'));
    const names = [marker('app/', [...days, first])].map((one) =>
      object(one.key, one.body!.toString().replace(manifestOf(first), recovered)),
    );
    const objects = but([...healthy, earlier, data(lost)], ...names, manifest(first, [fileOf(first, 0)]));
    const stream = await streamOf(objects);
    expect(filesIn(bodyOf(stream, recovered)).map((one) => one.file_path)).toEqual([fileOf(first, 1), lost]);
    expect(stream.writes.find(({ key }) => key === recovered)?.etag).toBe(`"${earlier.etag}"`);
  });

  it('names a manifest again, with the sums of its files', async () => {
    const stream = await streamOf(unnamed);
    expect(stream.answers.map(({ kind }) => kind)).toEqual(['manifest-unreferenced']);
    expect(namesIn(bodyOf(stream, base))[0]).toEqual([manifestOf(first), 2]);
  });

  it('does not name a manifest that servers cannot read', async () => {
    const stream = await streamOf(but(unnamed, object(manifestOf(first), '{"version":"v1","files":[{}]}')));
    expect(stream).toMatchObject({ writes: [], why: 'nothing is left to be changed', unread: false });
    expect(saysOf(stream)).toEqual(['unusableManifest']);
  });

  it('lists the days of a reset snapshot where their manifests are not told by name', async () => {
    const objects = [deployment, marker('app/', []), schema, ...days.flatMap(day)];
    const config = { ignoreKinds: ['manifest-unreferenced' as const] };
    const { plan } = await planned('bucket', { objects }, now, { config });
    const [stream] = plan?.streams ?? [];
    expect(stream?.answers.map(({ kind }) => kind)).toEqual(['snapshot-reset']);
    expect(namesIn(bodyOf(stream!, base)).map(([key]) => key)).toEqual(days.map((one) => manifestOf(one)));
    const faults: Faults = (request) => (request.query.get('prefix') === 'app/date=' ? forbidden : null);
    const refused = await planned('bucket', { objects }, now, { config, faults });
    expect(refused.plan?.streams[0]).toMatchObject({ writes: [], why: 'its days could not be listed', unread: true });
  });

  it.each([
    ['cannot be read', forbidden, { why: 'a metadata file could not be read (AccessDenied)', unread: true }],
    ['is gone', missing, { why: 'it has no metadata file', unread: false }],
  ])('is none for a stream whose metadata %s by then', async (_, fault, expected) => {
    expect(await streamOf(unnamed, on(base, fault))).toMatchObject({ writes: [], ...expected });
  });

  it('is none for a stream whose metadata cannot be listed by then', async () => {
    const faults: Faults = (request) => (request.query.get('prefix') === 'app/.' ? forbidden : null);
    expect(await streamOf(unnamed, faults)).toMatchObject({ writes: [], unread: true });
  });

  it('leaves the metadata file of an older layout alone once a newer one is there', async () => {
    const older = object('app/.stream.json', markerBody('v3', [manifestOf(first), manifestOf(first)]));
    const stream = await streamOf([...unnamed, older]);
    expect(stream.writes.map(({ key }) => key)).toEqual([base]);
    expect(namesIn(bodyOf(stream, base))[0]).toEqual([manifestOf(first), 2]);
  });

  it('reads no file that may hold a secret', async () => {
    const asked: string[] = [];
    const secrets = ['app/.alert.json', 'app/.stream/.alert.json', 'app/.parseable.json', 'app/.stream/.schema'];
    const objects = [...unnamed, data(lost), ...secrets.map((key) => object(key, '{"token":"PLANTED"}'))];
    await planOf(objects, ({ operation, key }) => {
      if (operation === 'GetObject') asked.push(key);
      return null;
    });
    expect(asked.sort()).toEqual([base, lost, manifestOf(first), recovered].sort());
  });

  it('numbers its files over all streams', async () => {
    const other = unnamed.map((one) =>
      object(one.key.replace('app/', 'web/'), one.body?.toString().replaceAll('app/', 'web/') ?? one.size),
    );
    const plan = await planOf([...unnamed, ...other]);
    expect(plan?.streams.map(({ prefix, writes }) => [prefix, writes.map((write) => write.number)])).toEqual([
      ['app/', ['0001']],
      ['web/', ['0002']],
    ]);
  });
});

it('a day of which the only manifest is lost is listed again from its data', async () => {
  const objects = but(
    without(healthy, manifestOf(second)),
    marker(
      'app/',
      days.filter((one) => one !== second),
    ),
  );
  const stream = await streamOf(objects);
  expect(filesIn(bodyOf(stream, manifestOf(second, 'recovered'))).map((one) => one.file_path)).toEqual([
    fileOf(second, 0),
    fileOf(second, 1),
  ]);
});
