import * as z from 'zod/mini';
import { isKind, kinds, severities } from '../findings/kinds.ts';
import { verdicts, type Report } from '../findings/report.ts';

const count = z.int().check(z.gte(0));
/** Bytes may be more than JavaScript calls a safe integer; they are whole all the same. */
const amount = z.number().check(z.gte(0));
const time = z.iso.datetime();
const text = z.string();
const severity = z.enum(severities);

const evidence = z.looseObject({
  objects: z.exactOptional(count),
  bytes: z.exactOptional(amount),
  oldest: z.exactOptional(z.nullable(time)),
  newest: z.exactOptional(z.nullable(time)),
  sizeComplete: z.exactOptional(z.boolean()),
  keys: z.exactOptional(z.array(text)),
  likelyWriter: z.exactOptional(text),
  costPerMonth: z.exactOptional(z.number()),
  again: z.exactOptional(z.boolean()),
});

const entry = z.strictObject({
  name: text,
  verdict: z.enum(verdicts),
  likelyWriter: z.nullable(text),
  objects: z.nullable(count),
  bytes: z.nullable(amount),
  sizeComplete: z.boolean(),
  newest: z.nullable(time),
  metadataVersion: z.nullable(text),
});

const finding = z.strictObject({
  id: text,
  kind: z.enum(Object.keys(kinds).filter(isKind)),
  severity,
  status: z.enum(['new', 'ongoing', 'pending', 'known']),
  subject: text,
  title: text,
  message: text,
  why: text,
  remedy: text,
  evidence,
  firstSeen: time,
});

const stream = z.strictObject({
  name: text,
  days: z.nullable(z.array(text)),
  retentionDays: z.nullable(z.number()),
  believedBytes: z.nullable(amount),
  objects: z.nullable(count),
  bytes: z.nullable(amount),
  complete: z.boolean(),
  dataObjects: z.nullable(count),
  dataBytes: z.nullable(amount),
  manifests: z.nullable(count),
  lookedAt: z.nullable(time),
});

const depth = z.strictObject({
  streams: count,
  ofStreams: count,
  days: count,
  ofDays: count,
  objects: count,
  share: z.number().check(z.gte(0), z.lte(1)),
  lastListed: z.nullable(time),
});

const alien = z.strictObject({
  objects: count,
  bytes: amount,
  sizeComplete: z.boolean(),
  costPerMonth: z.number(),
  price: z.strictObject({ perGiBMonth: z.number(), currency: text }),
});

const form = z.strictObject({
  schemaVersion: z.literal(1),
  tool: z.strictObject({ name: text, version: text }),
  bucket: z.strictObject({
    name: text,
    region: z.nullable(text),
    endpoint: z.nullable(text),
    environment: z.nullable(text),
  }),
  mode: z.enum(['audit', 'deep', 'preflight']),
  startedAt: time,
  finishedAt: time,
  completeness: z.enum(['full', 'partial', 'failed']),
  deployment: z.strictObject({ id: z.nullable(text), metadataVersion: z.nullable(text), multiTenant: z.boolean() }),
  entries: z.array(entry),
  findings: z.array(finding),
  streams: z.array(stream),
  depth: z.exactOptional(depth),
  summary: z.strictObject({
    error: count,
    warning: count,
    note: count,
    entries: count,
    objects: count,
    bytes: amount,
    alien,
  }),
  requests: z.strictObject({ list: count, get: count, head: count, other: count }),
  skipped: z.array(z.strictObject({ what: text, why: text })),
  preflight: z.exactOptional(z.strictObject({ ready: z.boolean(), reasons: z.array(text), advice: z.array(text) })),
});

/** With every member wanted, so that one that only one of two types has is missed in the other. */
type Whole<T> = T extends (infer Item)[] ? Whole<Item>[] : T extends object ? { [K in keyof T]-?: Whole<T[K]> } : T;

type Both<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;

/** True for types that have the same members, of the same types, optional in both or in neither. */
type Same<A, B> = Both<A, B> extends true ? Both<Whole<A>, Whole<B>> : false;

/** The form of a report. That it is that of `Report`, no more and no less, the compiler sees to: else nothing fits here. */
export const reportForm: Same<z.infer<typeof form>, Report> extends true ? typeof form : never = form;

/** What a reader of the schema is told about a member, by its path; list positions are left out. */
const descriptions: Partial<Record<string, string>> = {
  schemaVersion: 'Raised when a member changes its meaning; a new member raises nothing.',
  bucket: 'Which bucket was looked at.',
  'bucket.region': 'The region that answered; null when none was told.',
  'bucket.endpoint': 'Null for AWS.',
  startedAt: 'When the audit began; all ages are reckoned to it.',
  completeness: 'partial as soon as one wanted read stayed unknown, failed when not one page of the root was read.',
  deployment: 'What the deployment file of the root tells.',
  entries: 'Every prefix and object at the root, and every child of a tenant, one row each.',
  'entries.name': 'Exactly as it stands in the bucket: hostile text.',
  'entries.sizeComplete': 'False when objects and bytes are lower bounds.',
  'entries.newest': 'LastModified of the newest object below it.',
  findings: 'What should not be there, is left over, or is broken.',
  'findings.id': 'Stays the same from audit to audit: it is made of bucket, kind and subject.',
  'findings.status': 'pending and known findings count for nothing.',
  'findings.subject': 'The prefix or key exactly as it stands in the bucket: hostile text.',
  'findings.title': 'Display text: control and bidi characters of keys are escaped.',
  'findings.message': 'What happened, in a sentence; display text.',
  'findings.why': 'What the server in use does about it; display text.',
  'findings.remedy': 'What to do, commands between backticks; display text.',
  'findings.evidence': 'What the finding rests on; each kind may add members of its own.',
  'findings.evidence.keys': 'A sample of keys, exactly as they stand in the bucket.',
  'findings.evidence.again': 'It was told as resolved within the last day and is back.',
  streams: 'What is known of each stream beside its verdict.',
  'streams.days': 'Days that have a folder: 2026-11-20, 2026-11-01..2026-11-18; null where it could not be listed.',
  'streams.believedBytes': 'Bytes of data files as its metadata believes.',
  'streams.complete': 'False when objects and bytes are lower bounds.',
  'streams.lookedAt': 'When the day that was looked at longest ago was.',
  depth: 'How far a deep audit came; of a deep audit alone.',
  'depth.share': 'Share of what there is, by objects; an estimate where not everything was listed.',
  summary: 'Counts of findings that are neither known nor pending, and sums of the rows that have figures.',
  'summary.alien': 'What lies there, is paid for, and is used by no stream.',
  'summary.alien.price': 'By this the cost was reckoned: 2^30 bytes for a month.',
  requests: 'Requests that the audit sent.',
  skipped: 'Optional reads that were refused, or that the store does not have.',
  preflight: 'May the bucket be given to a server? Of a pre-flight alone.',
  'preflight.reasons': 'What stands in the way; empty exactly when ready. Display text.',
  'preflight.advice': 'What would bite later. Display text.',
};

/**
 * The JSON Schema of a report, in the draft that most validators read. It lets members and kinds pass that a later version
 * may add: reports only grow.
 */
export function reportJsonSchema(): Record<string, unknown> {
  const schema = z.toJSONSchema(reportForm, {
    target: 'draft-7',
    io: 'input',
    override({ jsonSchema, path }) {
      const place = path.filter((_, index) => path[index - 1] === 'properties').join('.');
      const description = path.at(-2) === 'properties' ? descriptions[place] : undefined;
      if (description !== undefined) jsonSchema.description = description;
      delete jsonSchema.additionalProperties;
      if (place === 'findings.kind') {
        jsonSchema.examples = jsonSchema.enum ?? [];
        delete jsonSchema.enum;
      }
    },
  });
  return { ...schema, title: 'Report of bucket-hygiene' };
}
