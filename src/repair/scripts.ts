import { displayText, shellQuote } from '../findings/display.ts';
import type { Plan, PlannedWrite } from './plan.ts';

/** How a script begins: where it is, what it talks to, and what it does when something is not as planned. */
const head = ({ bucket, endpoint }: Plan, purpose: string): string[] => [
  '#!/bin/sh',
  `# ${purpose}`,
  '# Written by bucket-hygiene. It needs the AWS CLI, and credentials that may read and write this bucket.',
  'set -eu',
  'CDPATH= cd -- "$(dirname -- "$0")"',
  `bucket=${shellQuote(bucket)}`,
  // As this program does: stores that are not AWS refuse or mangle the newer checksums.
  ...(endpoint === null
    ? []
    : [
        'AWS_REQUEST_CHECKSUM_CALCULATION=${AWS_REQUEST_CHECKSUM_CALCULATION:-when_required}',
        'export AWS_REQUEST_CHECKSUM_CALCULATION',
      ]),
  '',
  '# Conditions on writes need an AWS CLI that knows them, and a store that does: CONDITIONS=no does without.',
  'conditions=${CONDITIONS:-}',
  'if [ -z "$conditions" ]; then',
  '  case $(aws s3api put-object --generate-cli-skeleton 2>/dev/null || true) in',
  '    *IfMatch*) conditions=yes ;;',
  '    *) conditions=no ;;',
  '  esac',
  'fi',
  '',
  's3api() {',
  `  aws s3api "$@"${endpoint === null ? '' : ` --endpoint-url ${shellQuote(endpoint)}`}`,
  '}',
  'say() {',
  String.raw`  printf '%s\n' "$1"`,
  '}',
  'fail() {',
  String.raw`  printf '%s\n' "$1" >&2`,
  '  exit 1',
  '}',
  '# tag KEY: its ETag; what went wrong is in the file last-answer.',
  'tag() {',
  '  s3api head-object --bucket "$bucket" "--key=$1" --query ETag --output text 2>last-answer',
  '}',
];

const words = (text: string): string => shellQuote(displayText(text));

/** What a function of the scripts is called with. */
const call = (name: string, ...words: string[]): string => [name, ...words].join(' ');

const allOf = ({ streams }: Plan): PlannedWrite[] => {
  const writes = streams.flatMap((stream) => stream.writes);
  // A snapshot must never name what is not there yet.
  return [...writes.filter(({ what }) => what === 'manifest'), ...writes.filter(({ what }) => what === 'metadata')];
};

/** `apply.sh`: looks whether everything is as it was when the plan was made, copies what is replaced, and puts the new objects. POSIX. */
export function applyScript(plan: Plan): string {
  const writes = allOf(plan);
  return [
    ...head(plan, 'Puts the objects of this plan into the bucket. Read PLAN.md first.'),
    '# same NUMBER KEY ETAG NAME: goes on when the object is still that of the plan, or was put by an earlier run of this script.',
    'same() {',
    '  now=$(tag "$2") || fail "cannot look at $4: $(cat last-answer)"',
    '  if [ "$now" = "$3" ]; then return; fi',
    '  if [ -f "done/$1" ] && [ "$now" = "$(cat "done/$1")" ]; then return; fi',
    '  fail "changed since the plan was made, make a new one: $4"',
    '}',
    '# absent NUMBER KEY NAME: likewise for an object that must not be there. Only a 404 says so.',
    'absent() {',
    '  if now=$(tag "$2"); then',
    '    if [ -f "done/$1" ] && [ "$now" = "$(cat "done/$1")" ]; then return; fi',
    '    fail "came into being since the plan was made, make a new one: $3"',
    '  fi',
    '  case $(cat last-answer) in',
    "    *'(404)'*) ;;",
    '    *) fail "cannot tell whether it is there: $3: $(cat last-answer)" ;;',
    '  esac',
    '}',
    '# keep NUMBER KEY ETAG NAME: copies what will be replaced.',
    'keep() {',
    '  if [ -f "backup/$1.json" ]; then return; fi',
    '  say "copy  $4"',
    '  s3api get-object --bucket "$bucket" "--key=$2" --if-match "$3" "backup/$1.part" >/dev/null',
    '  mv "backup/$1.part" "backup/$1.json"',
    '}',
    '# put NUMBER KEY CONDITION VALUE NAME',
    'put() {',
    '  if [ -f "done/$1" ]; then return; fi',
    '  say "put   $5"',
    '  if [ "$conditions" = yes ]; then',
    '    made=$(s3api put-object --bucket "$bucket" "--key=$2" --body "files/$1.json" "$3" "$4" --query ETag --output text)',
    '  else',
    '    made=$(s3api put-object --bucket "$bucket" "--key=$2" --body "files/$1.json" --query ETag --output text)',
    '  fi',
    String.raw`  printf '%s\n' "$made" >"done/$1"`,
    '}',
    '',
    "say 'Is everything as it was when the plan was made?'",
    ...writes.map(({ number, key, etag }) =>
      etag === null
        ? call('absent', number, shellQuote(key), words(key))
        : call('same', number, shellQuote(key), shellQuote(etag), words(key)),
    ),
    '',
    'mkdir -p backup done',
    ...writes.flatMap(({ number, key, etag }) =>
      etag === null ? [] : [call('keep', number, shellQuote(key), shellQuote(etag), words(key))],
    ),
    '',
    ...writes.map(({ number, key, etag }) =>
      etag === null
        ? call('put', number, shellQuote(key), '--if-none-match', "'*'", words(key))
        : call('put', number, shellQuote(key), '--if-match', shellQuote(etag), words(key)),
    ),
    'rm -f last-answer',
    "say 'Done. Start the servers, and audit again.'",
    '',
  ].join('\n');
}

/** `undo.sh`: brings back what `apply.sh` replaced and takes away what it made, as long as nobody changed it since. POSIX. */
export function undoScript(plan: Plan): string {
  return [
    ...head(plan, 'Undoes what apply.sh did. What was changed since is left alone, and told.'),
    '# ours NUMBER KEY NAME: goes on when the object is still what apply.sh put there.',
    'ours() {',
    '  now=$(tag "$2") || fail "cannot look at $3: $(cat last-answer)"',
    '  if [ "$now" = "$(cat "done/$1")" ]; then return; fi',
    '  fail "changed since the plan was applied, undo it by hand: $3"',
    '}',
    '# back NUMBER KEY NAME',
    'back() {',
    '  if [ ! -f "done/$1" ]; then return; fi',
    '  ours "$1" "$2" "$3"',
    '  say "back  $3"',
    '  if [ "$conditions" = yes ]; then',
    '    s3api put-object --bucket "$bucket" "--key=$2" --body "backup/$1.json" --if-match "$now" >/dev/null',
    '  else',
    '    s3api put-object --bucket "$bucket" "--key=$2" --body "backup/$1.json" >/dev/null',
    '  fi',
    '  rm "done/$1"',
    '}',
    '# away NUMBER KEY NAME',
    'away() {',
    '  if [ ! -f "done/$1" ]; then return; fi',
    '  ours "$1" "$2" "$3"',
    '  say "away  $3"',
    '  s3api delete-object --bucket "$bucket" "--key=$2" >/dev/null',
    '  rm "done/$1"',
    '}',
    '',
    ...allOf(plan)
      .toReversed()
      .map(({ number, key, etag }) => call(etag === null ? 'away' : 'back', number, shellQuote(key), words(key))),
    'rm -f last-answer',
    "say 'Undone.'",
    '',
  ].join('\n');
}
