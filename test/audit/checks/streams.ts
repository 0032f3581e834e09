import { expect, it } from 'vitest';
import type { BucketConfig } from '../../../src/config/config.ts';
import type { Fault } from '../../s3/server.ts';
import { auditObjects, findingsOf } from '../../support/audited.ts';
import { deploymentBody, markerBody, object, type GeneratedObject } from '../../support/generated.ts';

export const deployment = object('.parseable/.parseable.json', deploymentBody());
export const keeps = (days: number, ...more: number[]) => ({
  retention: [days, ...more].map((one) => ({ description: '', action: 'delete', duration: `${String(one)}d` })),
});
export const marker = (
  stream: string,
  days: readonly string[] = [],
  more: Record<string, unknown> = {},
  version = 'v7',
) =>
  object(
    `${stream}.stream/.stream.json`,
    markerBody(
      version,
      days.map((day) => `${stream}date=${day}/host.manifest.json`),
      more,
    ),
  );
export const nodeMarker = (stream: string, days: readonly string[] = [], id = '4b8a8f48e53fd8c') =>
  object(
    `${stream}.stream/.ingestor.${id}.stream.json`,
    markerBody(
      'v7',
      days.map((day) => `${stream}date=${day}/host.manifest.json`),
    ),
  );
export const data = (stream: string, day: string) =>
  object(`${stream}date=${day}/hour=05/minute=07/host.data.01KY43JFV84TFF59TDWH9EDD1R.parquet`, 100);
export const manifest = (stream: string, day: string) =>
  object(`${stream}date=${day}/host.manifest.json`, '{"files":[]}');
export const days = (stream: string, ...all: string[]) =>
  all.flatMap((day) => [manifest(stream, day), data(stream, day)]);
export const young = (one: GeneratedObject): GeneratedObject => ({
  ...one,
  lastModified: new Date('2026-11-24T05:00:00Z'),
});

/** What a bucket holds beside its deployment file, and what an audit must find. */
export interface Case {
  holds: GeneratedObject[];
  config?: Partial<BucketConfig>;
  findings: string[];
}

export const recent = ['2026-11-20', '2026-11-21', '2026-11-22', '2026-11-23'];

/** Each case as a test whose name is the case's: exactly these findings, of a full audit. */
export function itFinds(cases: Record<string, Case>): void {
  it.each(Object.entries(cases))('%s', async (_, { holds, config, findings }) => {
    const outcome = await auditObjects([deployment, ...holds], config);
    expect(findingsOf(outcome)).toEqual(findings);
    expect(outcome.completeness).toBe('full');
  });
}

/** The store refuses. */
export const refused: Fault = { kind: 'status', status: 403, code: 'AccessDenied' };
