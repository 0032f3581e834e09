import { zstdCompressSync } from 'node:zlib';
import { expect, it } from 'vitest';
import type { AuditOptions } from '../../../src/audit/audit.ts';
import type { Outcome } from '../../../src/audit/outcome.ts';
import type { BucketConfig } from '../../../src/config/config.ts';
import type { Faults } from '../../s3/server.ts';
import { auditObjects, auditTime } from '../../support/audited.ts';
import { manifestBody, object, type GeneratedObject } from '../../support/generated.ts';
import { deployment, marker } from '../checks/streams.ts';

/** Days before the audit of the tests, oldest first; the last one is long over. */
export const days = ['2026-11-18', '2026-11-19', '2026-11-20', '2026-11-21'];
export const today = '2026-11-24';

const tails = ['01KY43JFV84TFF59TDWH9EDD1R', '01KY43JFV84TFF59TDWH9EDD2R', '01KY43JFV84TFF59TDWH9EDD3R'];

/** The path of a data file of a day, the `n`th of its minute. */
export const fileOf = (day: string, n = 0, more = ''): string =>
  `app/date=${day}/hour=05/minute=07/${more}host.data.${tails[n] ?? ''}.parquet`;
export const manifestOf = (day: string, host = 'host'): string => `app/date=${day}/${host}.manifest.json`;

export const fileSize = 1_000;
export const data = (key: string, size = fileSize): GeneratedObject => object(key, size);
export const manifest = (day: string, files: readonly string[], host = 'host'): GeneratedObject =>
  object(manifestOf(day, host), manifestBody(files.map((path) => ({ path, size: fileSize }))));
export const packed = (one: GeneratedObject): GeneratedObject =>
  object(one.key, zstdCompressSync(one.body ?? Buffer.alloc(0)));
export const schema = object('app/.stream/.schema', JSON.stringify({ fields: [], metadata: {} }));

/** A day with two files, both in its manifest. */
export const day = (of: string): GeneratedObject[] => [
  data(fileOf(of, 0)),
  data(fileOf(of, 1)),
  manifest(of, [fileOf(of, 0), fileOf(of, 1)]),
];

/** A stream `app/` in order: four days, each with its manifest, all of them in the snapshot. */
export const healthy: readonly GeneratedObject[] = [marker('app/', days), schema, ...days.flatMap(day)];

export const without = (objects: readonly GeneratedObject[], ...keys: string[]): GeneratedObject[] =>
  objects.filter(({ key }) => !keys.includes(key));
/** These in the place of those of the same key. */
export const but = (objects: readonly GeneratedObject[], ...others: GeneratedObject[]): GeneratedObject[] => [
  ...without(objects, ...others.map(({ key }) => key)),
  ...others,
];
export const aged = (one: GeneratedObject, at: string): GeneratedObject => ({ ...one, lastModified: new Date(at) });

/** A deep audit at 2026-11-24 06:00 UTC. */
export const lookInside = (
  objects: readonly GeneratedObject[],
  config: Partial<BucketConfig> = {},
  around: Partial<Pick<AuditOptions, 'earlier' | 'knownDepth' | 'startedAt' | 'slots'>> & { faults?: Faults } = {},
): Promise<Outcome> => auditObjects([deployment, ...objects], config, { mode: 'deep', ...around });

const isPending = ({ grace }: Outcome['candidates'][number]): boolean =>
  typeof grace?.newest === 'string' && auditTime.getTime() - Date.parse(grace.newest) < grace.hours * 3_600_000;

/** `kind subject`, and whether it waits for its grace. */
export const told = ({ candidates }: Outcome): string[] =>
  candidates.map((one) => `${one.kind} ${one.subject}${isPending(one) ? ' (pending)' : ''}`).sort();

export interface DeepCase {
  holds: readonly GeneratedObject[];
  config?: Partial<BucketConfig>;
  tells: string[];
}

/** Each case as a test: exactly these findings, of a full audit. */
export function itTells(cases: Record<string, DeepCase>): void {
  it.each(Object.entries(cases))('%s', async (_, { holds, config, tells }) => {
    const outcome = await lookInside(holds, config);
    expect(told(outcome)).toEqual(tells);
    expect(outcome.completeness).toBe('full');
  });
}
