import type { Damage } from './consequences.ts';
import { displayText } from './display.ts';
import type { Kind } from './kinds.ts';
import type { Evidence } from './report.ts';
import { humanAge, humanBytes, humanCount, humanNumber } from './units.ts';

/** All that the words about a finding may draw on. Keys and details stand as they are; whoever words them escapes. */
export interface Circumstances {
  bucket: string;
  /** Null for AWS. */
  endpoint: string | null;
  subject: string;
  /** `X.Y.Z`; null when nobody has configured it. */
  serverVersion: string | null;
  multiTenant: boolean;
  /** The subject's name starts with a dot. */
  hidden: boolean;
  evidence: Evidence;
  now: Date;
  /** `reason`, `key`, `version`, `expires`, `owner`, `retention`, … of the check that found it; what is not known is missing. */
  details?: Record<string, string>;
}

/**
 * `7 objects, 1.1 MB, newest 2 hours ago, about 0.42 USD a month`, what of it is known; lower bounds say so. Null when
 * nothing is. What it costs stands last, because only the details know the currency.
 */
export function figuresOf(c: Pick<Circumstances, 'evidence' | 'now' | 'details'>): string | null {
  const { evidence, now } = c;
  const { objects, bytes, newest, sizeComplete } = evidence;
  const figures: string[] = [];
  if (objects !== undefined) figures.push(humanCount(objects, evidence['uploads'] === undefined ? 'object' : 'upload'));
  if (bytes !== undefined) figures.push(humanBytes(bytes));
  const size = figures.length > 0 && sizeComplete === false ? `at least ${figures.join(', ')}` : figures.join(', ');
  const age = newest === null || newest === undefined ? '' : `newest ${humanAge(newest, now)} ago`;
  return [size, age, costOf(c)].filter((part) => part !== '').join(', ') || null;
}

/** `about 0.42 USD a month`; nothing for less than a cent, or without a currency. */
function costOf(c: Pick<Circumstances, 'evidence' | 'details'>): string {
  const { costPerMonth = 0, sizeComplete } = c.evidence;
  const currency = detailOf(c, 'currency');
  if (costPerMonth < 0.01 || currency === undefined) return '';
  const amount = costPerMonth < 100 ? costPerMonth.toFixed(2) : humanNumber(Math.round(costPerMonth));
  return `${sizeComplete === false ? 'at least' : 'about'} ${amount} ${currency} a month`;
}

/** A detail, fit for display; undefined when the check gave none. */
export function detailOf({ details }: Pick<Circumstances, 'details'>, name: string): string | undefined {
  const value = details?.[name];
  return value === undefined || value === '' ? undefined : displayText(value);
}

/** True when many rows were folded into one, whose subject is `*`; an object may bear that name too. */
export const isFolded = ({ subject, evidence }: Pick<Circumstances, 'subject' | 'evidence'>): boolean =>
  subject === '*' && evidence.keys?.length !== 1;

/** The tenant's prefix for what lies in one (`acme/` of `acme/app/`), else null. */
export function tenantOf(subject: string): string | null {
  const end = subject.indexOf('/') + 1;
  return end > 0 && end < subject.length ? subject.slice(0, end) : null;
}

/** The folder that holds a folder or an object: `acme/app/` of `acme/app/date-old/`; empty for what lies at the root. */
export const parentOf = (subject: string): string => subject.slice(0, subject.lastIndexOf('/', subject.length - 2) + 1);

/** Findings about the deployment carry this subject wherever its file lies; any other is a tenant's. */
export const deploymentFolder = '.parseable/';

/** True for what is a tenant's, not the root's. */
export function isOfTenant(kind: Kind, { subject }: Pick<Circumstances, 'subject'>): boolean {
  if (kind === 'deployment-metadata-corrupt') return subject !== deploymentFolder;
  // A folder inside of a stream: the stream's own place counts.
  return tenantOf(kind === 'malformed-date-prefix' ? parentOf(subject) : subject) !== null;
}

/** True where it is about manifests of a stream that a server cannot read because they are compressed with zstd. */
export const hasZstdManifests = ({ details }: Pick<Circumstances, 'details'>): boolean =>
  details?.['reason'] === 'zstd-manifest';

/** In which way the metadata file is unusable, by the reason that its parser gave; null when there is none. */
export function damageOf({ details }: Circumstances): Damage | null {
  const reason = details?.['reason'];
  if (reason === undefined) return null;
  const key = details?.['key'] ?? '';
  if (/\/\.ingestor\.[^/]*$/.test(key)) return 'of an ingest node';
  // Of the oldest layout, or a tenant's: nobody can tell from a damaged one.
  if (key.endsWith('/.parseable.json')) return null;
  if (reason.includes('0 bytes')) return 'empty';
  return reason.includes('not JSON') ? 'not JSON' : 'incomplete';
}
