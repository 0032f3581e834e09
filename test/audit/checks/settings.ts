import type { Fault } from '../../s3/server.ts';
import { deploymentBody, markerBody, object, type GeneratedObject } from '../../support/generated.ts';

const keeps = (days: number) => ({ retention: [{ description: '', action: 'delete', duration: `${String(days)}d` }] });

/** A stream with one day of data, whose manifest its snapshot lists. */
const stream = (prefix: string, more: Record<string, unknown> = {}): GeneratedObject[] => [
  object(`${prefix}.stream/.stream.json`, markerBody('v7', [`${prefix}date=2026-11-20/host.manifest.json`], more)),
  object(`${prefix}.stream/.schema`, '{"fields":[]}'),
  object(`${prefix}date=2026-11-20/host.manifest.json`, '{"files":[]}'),
  object(`${prefix}date=2026-11-20/hour=05/minute=07/host.data.01KY43JFV84TFF59TDWH9EDD1R.parquet`, 100),
];
const ulid = '01K6MWTP0R1HEAD8X4A1JH69RE';
export const holds = [
  object('.parseable/.parseable.json', deploymentBody()),
  object(`.users/${'ab'.repeat(32)}/dashboards/${ulid}.json`, '{}'),
  ...stream('app/', keeps(30)),
  ...stream('web/'),
  object('exports/x.csv', 1),
];

export const status = (code: number, name: string): Fault => ({ kind: 'status', status: code, code: name });
