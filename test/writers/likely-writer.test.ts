import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { likelyWriter } from '../../src/writers/likely-writer.ts';
import { isWriter, writers, type WriterId } from '../../src/writers/writers.ts';
import { examples } from './examples.ts';

const ids = Object.keys(writers).filter(isWriter);
const everyKey = ids.flatMap((id) => [...examples[id].keys, ...examples[id].near.keys]);
const tell = (id: WriterId, change: (keys: string[]) => string[] = (keys) => keys) =>
  likelyWriter(change(examples[id].keys), examples[id]);
const under = (folder: string, keys: readonly string[]) => keys.map((key) => folder + key);

describe('the likely writer', () => {
  it.each(ids)('%s is told by what it leaves, and no other', (id) => {
    expect(tell(id)).toBe(id);
  });

  it.each(ids)('%s is not told by what looks like it', (id) => {
    const { prefix, keys } = examples[id].near;
    expect(likelyWriter(keys, { prefix })).toBe(null);
  });

  it.each(ids)('%s is told in a tenant’s folder too, and some folders deeper', (id) => {
    for (const folder of ['acme/', 'a/b/c/']) {
      const { prefix, keys } = examples[id];
      expect(likelyWriter(under(folder, keys), { prefix: folder + prefix })).toBe(id);
    }
  });

  it.each(ids)('%s does not explain what lies beside it', (id) => {
    expect(tell(id, (keys) => [...keys, `${examples[id].prefix}somebody’s notes.txt`])).toBe(null);
  });

  it.each(ids)('%s is told among folder markers and keys of other prefixes', (id) => {
    const { prefix } = examples[id];
    const noise = [prefix, `${prefix}empty/`, `${prefix}hadoop_$folder$`, 'elsewhere/dump.sql', ''];
    expect(tell(id, (keys) => [...noise, ...keys])).toBe(id);
  });

  it.each(ids)('%s is not told where a second application shares the prefix', (id) => {
    const other: WriterId = id === 'duplicity' ? 'longhorn' : 'duplicity';
    const keys = [...under('shared/', examples[id].keys), ...under('shared/other/', examples[other].keys)];
    expect(likelyWriter(keys, { prefix: 'shared/' })).toBe(null);
  });

  it('does not depend on the order of the keys', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ids).chain((id) => {
          const { keys } = examples[id];
          return fc.tuple(fc.constant(id), fc.shuffledSubarray(keys, { minLength: keys.length }));
        }),
        ([id, keys]) => {
          expect(likelyWriter(keys, examples[id])).toBe(id);
        },
      ),
    );
  });

  it('tells of a mixture of keys what it tells of them sorted, or twice over, and never throws', () => {
    const anyKey = fc.oneof(fc.constantFrom(...everyKey), fc.string({ unit: 'binary', maxLength: 1024 }));
    fc.assert(
      fc.property(fc.array(anyKey, { maxLength: 30 }), fc.constantFrom('', 'AWSLogs/', 'backups/'), (keys, prefix) => {
        const told = likelyWriter(keys, { prefix });
        expect(told === null || isWriter(told)).toBe(true);
        expect(likelyWriter(keys.toSorted(), { prefix })).toBe(told);
        expect(likelyWriter([...keys, ...keys], { prefix })).toBe(told);
      }),
    );
  });

  it.each([
    ['nothing', []],
    ['folder markers', ['backups/', 'backups/restic/', 'backups/a_$folder$']],
    ['dumps', ['backups/shop-2026-11-24.sql.gz', 'backups/shop-2026-11-25.sql.gz']],
    ['hashes of 64 digits', [`backups/data/ab/${'ab'.repeat(32)}`, `backups/${'cd'.repeat(32)}`]],
    ['a Hive dataset by day and hour', ['backups/date=2026-11-24/hour=01/part-0.parquet', 'backups/_SUCCESS']],
    ['a root beyond the deepest', under('backups/'.repeat(20), ['kopia.repository'])],
  ])('says nothing of %s', (_, keys) => {
    expect(likelyWriter(keys, { prefix: 'backups/' })).toBe(null);
  });

  it.each([
    ['terraform.tfstate', 'terraform'],
    ['network.tfstate', null],
    ['loki_cluster_seed.json', 'loki'],
    ['2026-11-01-21-32-16-E568B2907131C0C0', 's3-access-logs'],
    ['config', null],
    ['export.csv', null],
  ] as const)('reads the root object %s', (key, id) => {
    expect(likelyWriter([key], { prefix: key })).toBe(id);
  });

  it('names two services of AWS together, and one alone by its name', () => {
    const keys = [...examples.cloudtrail.keys, ...examples.guardduty.keys];
    expect(likelyWriter(keys, { prefix: 'AWSLogs/' })).toBe('aws-logs');
    expect(likelyWriter(examples.guardduty.keys, { prefix: 'AWSLogs/' })).toBe('guardduty');
  });

  it('gives a repository inside Velero’s folder to Velero, and one by itself to its tool', () => {
    const { keys } = examples.velero;
    expect(likelyWriter(keys, { prefix: 'velero/kopia/' })).toBe('kopia');
    expect(likelyWriter(keys, { prefix: 'velero/restic/' })).toBe('restic');
    expect(likelyWriter(keys, { prefix: 'velero/' })).toBe('velero');
  });

  it('knows restic in the first page of a large repository, before its keys are listed', () => {
    const packs = examples.restic.keys.filter((key) => !/\/(index|keys|locks|snapshots)\//.test(key));
    expect(likelyWriter(packs, { prefix: 'backups/' })).toBe('restic');
  });

  it.each([
    'a',
    '/',
    'a/',
    '-1',
    '0',
    '0.',
    '1.2.3-',
    '+1',
    ':0',
    'AWSLogs/',
    'data/ab/',
    'a-1-2026-11-24-06-25-',
    'index/1',
    'terraform.tfstate',
    'duplicity-full.20261124T030001Z.',
    'docker/registry/v2/repositories/a/_manifests/',
    'dag_id=a/run_id=b/task_id=c/',
    'pool/a.deb/',
    '\n',
    '\ud800',
  ])('needs little time for keys of 1,024 bytes made of %j', (part) => {
    const keys = Array.from({ length: 200 }, (_, index) => part.repeat(1024).slice(0, 1020) + String(index));
    const before = process.cpuUsage();
    likelyWriter(keys, { prefix: '' });
    const { user, system } = process.cpuUsage(before);
    // A tenth of this is usual; an expression that backtracks without bounds takes hours.
    expect((user + system) / keys.length).toBeLessThan(5_000);
  });
});
