import * as z from 'zod/mini';
import { kinds } from '../findings/kinds.ts';
import { configuration } from './schema.ts';

/** What an editor tells about a setting, by its path; list positions are left out. */
const descriptions: Record<string, string> = {
  buckets: 'The buckets that belong to Parseable, one section each.',
  'buckets.name': 'The name of the bucket, without s3://.',
  'buckets.environment': 'Told in reports and mails: prod, dev, …',
  'buckets.region': "The bucket's region; where it is wrong, the bucket's own is followed.",
  'buckets.endpoint': 'A store that is not AWS, as a URL: https://minio.internal:9000.',
  'buckets.roleArn': 'A role to assume first, for a bucket in another account.',
  'buckets.expectedOwner': 'The account that must own the bucket, 12 digits.',
  'buckets.serverVersion': 'The Parseable version in use, X.Y.Z: consequences are told for it.',
  'buckets.multiTenant': 'true: judge as a multi-tenant server sees the bucket, before its first tenant exists too.',
  'buckets.deep': 'Look into the streams at every run: manifests held against objects.',
  'buckets.allow': 'What is not Parseable’s and may stay.',
  'buckets.allow.prefix': 'A prefix ends in /; without it, that one object is meant.',
  'buckets.allow.reason': 'Why it may stay.',
  'buckets.allow.owner': 'Whom to ask.',
  'buckets.allow.expires': 'The last day on which it may stay, YYYY-MM-DD (UTC).',
  'buckets.suggestedAllow': 'Without effect: move what you agree to into allow.',
  'buckets.ignoreKinds': 'Kinds of finding that are not told for this bucket.',
  alerts: 'Where and how news is told.',
  'alerts.topicArn': 'The SNS topic; the stack sets its own where this is unset.',
  'alerts.minSeverity': 'The lightest finding that is worth a mail; default warning.',
  'alerts.remindAfterHours': 'After how many hours an open finding is told again; default 168.',
  stateUrl:
    'Where the Lambda keeps its state, s3://BUCKET/PREFIX/: never a watched bucket. The stack sets its own where this is unset.',
  storagePrice: 'What storage costs, for the cost of data that no stream uses; default: S3 Standard’s list price.',
  'storagePrice.perGiBMonth': 'The price of 1 GiB (2^30 bytes, which S3 calls a GB) for a month.',
  'storagePrice.currency': 'Its currency, three capital letters.',
};

/** The forms that text must have, where a regular expression tells them as the program does. */
const patterns: Record<string, string> = {
  'buckets.serverVersion': '^v?\\d+\\.\\d+\\.\\d+$',
  'buckets.expectedOwner': '^\\d{12}$',
  'buckets.endpoint': '^https?://',
  'buckets.allow.prefix': '.',
  'buckets.allow.expires': '^\\d{4}-\\d{2}-\\d{2}$',
  'storagePrice.currency': '^[A-Z]{3}$',
};

/** Where in the JSON Schema the form of an allow entry stands. */
const allowEntryPlace = '#/properties/buckets/items/properties/allow/anyOf/0/items';

/** The JSON Schema of the configuration, for editors; what only the program can tell (days that exist, doubles) it leaves open. */
export function configJsonSchema(): Record<string, unknown> {
  const schema = z.toJSONSchema(configuration, {
    io: 'input',
    unrepresentable: 'any',
    override({ jsonSchema, path }) {
      const place = path.filter((_, index) => path[index - 1] === 'properties').join('.');
      const isSetting = path.at(-2) === 'properties';
      const description = descriptions[place];
      if (isSetting && description !== undefined) jsonSchema.description = description;
      const pattern = patterns[place];
      if (jsonSchema.type === 'string' && pattern !== undefined) jsonSchema.pattern = pattern;
      if (place === 'buckets.suggestedAllow' && path.at(-1) === 'items') {
        jsonSchema.anyOf = [{ not: { type: 'object' } }, { $ref: allowEntryPlace }];
      }
      if (place === 'buckets.ignoreKinds' && path.at(-1) === 'items') jsonSchema.enum = Object.keys(kinds);
    },
  });
  return { ...schema, title: 'Configuration of bucket-hygiene' };
}
