import { afterEach, describe, expect, it } from 'vitest';
import {
  cutsLongDelimiters,
  ignoresLongDelimiters,
  ignoresStartAfter,
  listsOutOfOrder,
  repeatsFolded,
  repeatsTokens,
} from '../../s3/oddities.ts';
import { startS3, type Fault, type S3, type S3Options, type S3Request } from '../../s3/server.ts';
import { deploymentBody, object, type GeneratedObject } from '../../support/generated.ts';
import { auditOn, bucketOf, delimiterOf, eager, lastDays, listingsOf, nameOf, streamOf } from './ways.ts';

const opened: S3[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((s3) => s3.close()));
});

async function start(objects: readonly GeneratedObject[], options: Partial<S3Options> = {}): Promise<S3> {
  const s3 = await startS3({ buckets: { bucket: { objects } }, ...options });
  opened.push(s3);
  return s3;
}

/** Seventy streams, some with strangers, a tenant, an orphan, and a foreign prefix. */
const objects: GeneratedObject[] = [
  ...bucketOf(70, lastDays(2)),
  object(`${nameOf(3)}tmp/half.csv`, 5),
  object(`${nameOf(4)}date=2026/x`, 5),
  object('acme/.parseable.json', deploymentBody()),
  ...streamOf('acme/app/', lastDays(2)),
  ...streamOf('lost/', lastDays(2)).filter(({ key }) => !key.startsWith('lost/.stream/')),
  ...Array.from({ length: 9 }, (_, n) => object(`svc-00030.dump/part-${String(n)}`, 5)),
];

const isLong = ({ query }: S3Request): boolean => (query.get('delimiter') ?? '').length > 1;
const refuses =
  (status: number, code: string) =>
  (request: S3Request): Fault | null =>
    isLong(request) ? { kind: 'status', status, code } : null;

const stores: [string, Partial<S3Options>][] = [
  ['refuses delimiters of several characters as wrong', { faults: refuses(400, 'InvalidArgument') }],
  ['refuses delimiters of several characters as unknown', { faults: refuses(501, 'NotImplemented') }],
  ['ignores delimiters of several characters', { oddity: ignoresLongDelimiters }],
  ['takes the first of several characters', { oddity: cutsLongDelimiters }],
  ['ignores where a listing is to start', { oddity: ignoresStartAfter, pageSize: 20 }],
  ['lists out of order', { oddity: listsOutOfOrder }],
];

describe('a bucket of many prefixes in a store that', () => {
  it.each<[string, () => Partial<S3Options>]>([
    ...stores.map(([name, options]): [string, () => Partial<S3Options>] => [name, () => options]),
    ['gives the same token twice', () => ({ oddity: repeatsTokens(), pageSize: 20 })],
    ['sends a folded row twice', () => ({ oddity: repeatsFolded(), pageSize: 20 })],
    ['sends few rows on each page', () => ({ pageSize: 7 })],
  ])('%s is judged as in any other', async (_, optionsOf) => {
    const calm = await auditOn(await start(objects), { listing: { way: 'plain' } });
    const disturbed = await auditOn(await start(objects, optionsOf()));
    expect({ ...disturbed.found, bucket: null, candidates: [] }).toEqual({
      ...calm.found,
      bucket: null,
      candidates: [],
    });
    const told = (audited: typeof calm) =>
      audited.found.candidates.map(({ kind, subject, evidence }) => [kind, subject, evidence]);
    expect(told(disturbed)).toEqual(told(calm));
    expect(disturbed.asked.some(isLong)).toBe(true);
  });

  it.each<[string, () => Partial<S3Options>, number]>([
    ['does not know long delimiters', () => ({ faults: refuses(501, 'NotImplemented') }), 1],
    ['ignores long delimiters', () => ({ oddity: ignoresLongDelimiters }), 1],
    ['lists out of order', () => ({ oddity: listsOutOfOrder }), 1],
    ['sends few rows on each page', () => ({ pageSize: 7 }), 11],
  ])('%s is soon asked no more in the swift way', async (_, optionsOf, most) => {
    const { asked } = await auditOn(await start(objects, optionsOf()));
    const long = asked.filter((one) => delimiterOf(one) === '/date=');
    expect(long.length).toBeLessThanOrEqual(most);
  });
});

/** What a request asks, whatever the order of arrival. */
const told = ({ found }: Awaited<ReturnType<typeof auditOn>>) => ({ ...found, bucket: null });

describe('a page of a common listing that cannot be had', () => {
  const listing = { way: 'swift' as const, thrift: { ...eager, shortPages: 1_000 } };
  /** Each is tried at every fourth page. */
  const faults: [string, Fault][] = [
    ['a 403', { kind: 'status', status: 403, code: 'AccessDenied' }],
    ['a 503', { kind: 'status', status: 503, code: 'SlowDown' }],
    ['a reset', { kind: 'reset' }],
    ['a page that is cut', { kind: 'truncate', arrives: 'whole' }],
    ['an error under status 200', { kind: 'error-body' }],
  ];

  it.each(faults.map(([name, fault], turn) => ({ name, fault, turn })))(
    'for $name: each prefix after it is listed of itself, and nothing else changes',
    async ({ fault, turn }) => {
      const s3 = await start(objects, { pageSize: 40 });
      const calm = await auditOn(s3, { listing });
      const targets = [...new Set(calm.asked.filter(isLong).map(({ target }) => target))];
      expect(targets.length).toBeGreaterThan(8);
      for (const target of targets.filter((__, index) => index % 4 === turn % 4)) {
        s3.fail((request) => (request.target === target ? fault : null));
        const disturbed = await auditOn(s3, { listing });
        expect(told(disturbed)).toEqual(told(calm));
        expect(listingsOf(disturbed.asked).own.length).toBeGreaterThan(listingsOf(calm.asked).own.length);
      }
    },
    120_000,
  );

  it('for prefixes that cannot be listed of themselves either: they are unknown, and nothing is inferred', async () => {
    const s3 = await start(objects, { pageSize: 40 });
    const calm = await auditOn(s3, { listing });
    const [, , third] = calm.asked.filter((request) => delimiterOf(request) === '/date=');
    s3.fail((request) =>
      request.target === third?.target || request.prefix.startsWith('svc-00069/')
        ? { kind: 'status', status: 403, code: 'AccessDenied' }
        : null,
    );
    const { found } = await auditOn(s3, { listing });
    expect(found.completeness).toBe('partial');
    expect(found.entries.find(({ name }) => name === 'svc-00069/')?.verdict).toBe('unknown');
    const before = calm.found.candidates.map(({ kind, subject }) => `${kind} ${subject}`);
    const now = found.candidates.map(({ kind, subject }) => `${kind} ${subject}`);
    expect(now.filter((one) => !before.includes(one))).toEqual(['scan-incomplete svc-00069/']);
  });

  it('with rows missing from it: prefixes that the root shows and it does not are listed of themselves', async () => {
    const s3 = await start(objects);
    const calm = await auditOn(s3, { listing: { way: 'plain' } });
    const bucket = s3.buckets.get('bucket');
    const gone = objects.filter(({ key }) => key.startsWith('svc-00069/') || key.startsWith('svc-00030.dump/'));
    s3.fail((request) => {
      if (delimiterOf(request) === '/date=') for (const { key } of gone) bucket?.remove(key);
      else for (const one of gone) bucket?.put(one);
      return null;
    });
    expect(told(await auditOn(s3))).toEqual(told(calm));
  });
});
