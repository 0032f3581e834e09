import * as z from 'zod/mini';
import { listPrice } from '../findings/costs.ts';
import { isKind, kinds, severities, type Kind } from '../findings/kinds.ts';
import type { AllowEntry, BucketConfig, Config } from './config.ts';
import { didYouMean } from './nearest.ts';
import { pathText } from './path-text.ts';
import { isStatePlace } from './place.ts';
import { shown } from './shown.ts';
import {
  endpointProblem,
  isAccountId,
  isBucketName,
  isCurrency,
  isDay,
  isRegion,
  isRoleArn,
  isTopicArn,
  serverVersionOf,
} from './values.ts';

/**
 * Every message is the predicate of a sentence whose subject is the path (`buckets[0].region` + `is 7, expected …`),
 * because a reader looks for the path first.
 */
const expecting = (what: string) => (issue: { input?: unknown }) =>
  issue.input === undefined ? `is missing, expected ${what}` : `is ${shown(issue.input)}, expected ${what}`;

const text = (what: string, accepts: (text: string) => boolean) => {
  const error = expecting(what);
  return z.string({ error }).check(z.refine(accepts, { error }));
};

/** Left out and null mean the same: unset. */
const unset = <T extends z.core.SomeType>(schema: T) => z.optional(z.nullable(schema));

const notEmpty = (what: string) => text(what, (value) => value.trim() !== '');

const yesOrNo = z.boolean({ error: expecting('true or false') });

const list = <T extends z.core.SomeType>(element: T, what: string) => z.array(element, { error: expecting(what) });

const versionExample = 'a version such as 2.9.5';
const version = z.pipe(
  text(versionExample, (value) => serverVersionOf(value) !== null),
  z.transform((value) => serverVersionOf(value)),
);

const endpoint = z.string({ error: expecting('a URL such as https://minio.internal:9000') }).check(
  z.refine((value) => endpointProblem(value) === null, {
    error: (issue) =>
      `${endpointProblem(issue.input as string) ?? ''}, expected one such as https://minio.internal:9000`,
  }),
);

const kind = z.custom<Kind>((value) => typeof value === 'string' && isKind(value), {
  error: ({ input }) =>
    typeof input === 'string'
      ? `is ${shown(input)}, which is no kind of finding${didYouMean(input, Object.keys(kinds))}; bucket-hygiene explain lists them`
      : expecting('a kind of finding such as "folder-marker"')({ input }),
});

const allowEntry = z.strictObject(
  {
    prefix: z.string({ error: expecting('a prefix such as "exports/" or the name of an object') }).check(
      z.refine((value) => value !== '', {
        error: 'is empty, which would allow everything; name a prefix such as "exports/"',
      }),
    ),
    reason: unset(z.string({ error: expecting('a text') })),
    owner: unset(z.string({ error: expecting('a text') })),
    expires: unset(text('a day that exists, such as "2027-03-31"', isDay)),
  },
  { error: expecting('an entry such as {"prefix": "exports/", "reason": "nightly export"}') },
);

/** Suggestions have no effect, but what is moved into `allow` must be fit for it; what is no entry at all is nobody's concern. */
const suggestions = list(z.unknown(), 'a list').check(({ value, issues }) => {
  value.forEach((suggestion, index) => {
    if (typeof suggestion !== 'object' || suggestion === null || Array.isArray(suggestion)) return;
    for (const issue of allowEntry.safeParse(suggestion).error?.issues ?? []) {
      issues.push({ ...issue, input: suggestion, path: [index, ...issue.path] } as z.core.$ZodRawIssue);
    }
  });
});

const bucket = z.strictObject(
  {
    name: text('the name of a bucket, without s3://', isBucketName),
    environment: unset(notEmpty('a name such as "prod"')),
    region: unset(text('a region such as "eu-west-1"', isRegion)),
    endpoint: unset(endpoint),
    roleArn: unset(text('the ARN of a role, arn:aws:iam::123456789012:role/NAME', isRoleArn)),
    expectedOwner: unset(text('an account of 12 digits, in quotes', isAccountId)),
    serverVersion: unset(version),
    multiTenant: unset(yesOrNo),
    deep: unset(yesOrNo),
    allow: unset(list(allowEntry, 'a list of entries such as {"prefix": "exports/"}')),
    suggestedAllow: unset(suggestions),
    ignoreKinds: unset(list(kind, 'a list of kinds such as ["folder-marker"]')),
  },
  { error: expecting('an object with the settings of one bucket') },
);

const alerts = z.strictObject(
  {
    topicArn: unset(text('the ARN of a standard SNS topic, arn:aws:sns:REGION:123456789012:NAME', isTopicArn)),
    minSeverity: unset(z.enum(severities, { error: expecting('"error", "warning" or "note"') })),
    remindAfterHours: unset(
      z
        .number({ error: expecting('a number of hours') })
        .check(z.refine((hours) => hours >= 0, { error: expecting('a number of hours, 0 or more') })),
    ),
  },
  { error: expecting('an object with topicArn, minSeverity, remindAfterHours') },
);

const storagePrice = z.strictObject(
  {
    perGiBMonth: z
      .number({ error: expecting('a price such as 0.023, 0 or more') })
      .check(z.refine((price) => price >= 0, { error: expecting('a price such as 0.023, 0 or more') })),
    currency: text('a currency of three capital letters such as "USD"', isCurrency),
  },
  { error: expecting('an object such as {"perGiBMonth": 0.023, "currency": "USD"}') },
);

/** The form of a configuration; `json-schema.ts` makes the JSON Schema of it. */
export const configuration = z.strictObject(
  {
    $schema: z.optional(z.string({ error: expecting('the address of a JSON Schema') })),
    buckets: list(bucket, 'a list of buckets').check(
      z.minLength(1, { error: 'is empty, so nothing would be watched' }),
    ),
    alerts: unset(alerts),
    stateUrl: unset(text('s3://BUCKET/PREFIX/ or a folder', isStatePlace)),
    storagePrice: unset(storagePrice),
  },
  { error: expecting('an object with buckets, alerts, stateUrl') },
);

/** The settings that exist, by the path of the object they stand in, list positions left out. */
const settings: Record<string, readonly string[]> = {
  '': Object.keys(configuration.shape),
  buckets: Object.keys(bucket.shape),
  'buckets.allow': Object.keys(allowEntry.shape),
  'buckets.suggestedAllow': Object.keys(allowEntry.shape),
  alerts: Object.keys(alerts.shape),
  storagePrice: Object.keys(storagePrice.shape),
};

function unknownSetting(path: readonly PropertyKey[], key: string): string {
  const place = path.filter((part) => typeof part === 'string').join('.');
  const here = didYouMean(key, settings[place] ?? []);
  const elsewhere = Object.entries(settings).find(([, names]) => names.includes(key))?.[0];
  const belongs =
    elsewhere === undefined ? '' : elsewhere === '' ? ` (it belongs at the top)` : ` (it belongs into ${elsewhere})`;
  return `${pathText([...path, key])} is not a setting${here === '' ? belongs : here}`;
}

/** Two sections for one bucket: which of them would count? */
function repeatedNames(buckets: readonly BucketConfig[]): string[] {
  return buckets.flatMap(({ name }, index) => {
    const first = buckets.findIndex((other) => other.name === name);
    return first === index ? [] : [`buckets[${String(index)}].name is "${name}", as is buckets[${String(first)}].name`];
  });
}

/**
 * Reads a configuration and fills in the defaults.
 * Answers every problem at once, one sentence each, in the order of the file.
 */
export function readConfig(value: unknown): { config: Config } | { problems: string[] } {
  const parsed = configuration.safeParse(value);
  if (!parsed.success) {
    const problems = parsed.error.issues.flatMap((issue) =>
      issue.code === 'unrecognized_keys'
        ? issue.keys.map((key) => unknownSetting(issue.path, key))
        : [`${issue.path.length === 0 ? 'the configuration' : pathText(issue.path)} ${issue.message}`],
    );
    return { problems };
  }
  const { data } = parsed;
  const config: Config = {
    buckets: data.buckets.map(bucketOf),
    alerts: {
      topicArn: data.alerts?.topicArn ?? null,
      minSeverity: data.alerts?.minSeverity ?? 'warning',
      remindAfterHours: data.alerts?.remindAfterHours ?? 168,
    },
    stateUrl: data.stateUrl ?? null,
    storagePrice: data.storagePrice ?? listPrice,
  };
  const problems = repeatedNames(config.buckets);
  return problems.length > 0 ? { problems } : { config };
}

function bucketOf(given: z.infer<typeof bucket>): BucketConfig {
  return {
    name: given.name,
    environment: given.environment ?? null,
    region: given.region ?? null,
    endpoint: given.endpoint ?? null,
    roleArn: given.roleArn ?? null,
    expectedOwner: given.expectedOwner ?? null,
    serverVersion: given.serverVersion ?? null,
    multiTenant: given.multiTenant ?? null,
    deep: given.deep ?? false,
    allow: (given.allow ?? []).map((entry): AllowEntry => ({
      prefix: entry.prefix,
      reason: entry.reason ?? null,
      owner: entry.owner ?? null,
      expires: entry.expires ?? null,
    })),
    ignoreKinds: given.ignoreKinds ?? [],
  };
}
