import { widestConcurrency, type CommandName } from './options.ts';

const overview = `bucket-hygiene looks at S3 buckets that belong to a Parseable server and tells
what should not be there, what is left over and what is broken. It only reads.

  bucket-hygiene audit s3://BUCKET…   look, classify, report
  bucket-hygiene preflight s3://BUCKET
                                      may it be given to Parseable?
  bucket-hygiene init s3://BUCKET     write a first configuration for a bucket
  bucket-hygiene explain [KIND]       what a finding means, and what to do
  bucket-hygiene demo                 the whole product on an embedded S3 and
                                      SNS, no account needed
  bucket-hygiene completion SHELL     what completes these words on Tab

  bucket-hygiene COMMAND --help       options and examples of a command
  bucket-hygiene --version

Exit codes
  0    clean; preflight: ready
  1    findings at or above --fail-on; preflight: not ready
  2    wrong usage or configuration
  3    the audit is incomplete, or its state could not be read or written
  4    the bucket cannot be reached or listed, or credentials are missing
  130  interrupted
`;

/** What every command that looks at a bucket takes. */
const looking = `  --endpoint-url URL       a store that is not AWS: MinIO, Ceph, …
  --path-style             the bucket's name goes into the path (so it does of
                           itself with an endpoint of one's own)
  --no-path-style          the bucket's name goes into the host name
  --region REGION          default: the environment's, then us-east-1; the
                           bucket's own is followed
  --profile NAME           a profile of ~/.aws/config

  --concurrency N          requests in flight at most, 1 to ${String(widestConcurrency)} (default 32)
  --max-duration DURATION  stop in good order after 90s, 10m or 2h, and report
                           what was seen
  --quiet                  no summary and no progress on stderr
`;

const audit = `bucket-hygiene audit s3://BUCKET… [options]

Looks at each bucket, tells what every prefix is, and reports what is foreign,
orphaned or broken. Credentials, region, profile and endpoint are found as the
AWS CLI finds them.

  --format NAME            the report on stdout: text (default), json, markdown,
                           html, sarif, junit or openmetrics
  --output FILE            write the report there instead
  --fail-on LEVEL          exit 1 from error, warning (default) or note on;
                           never: only tell
  --server-version X.Y.Z   the Parseable version in use: consequences are told
                           for it
  --config FILE            settings: a path, s3://BUCKET/KEY or ssm:/NAME
                           (default $BUCKET_HYGIENE_CONFIG, else
                           ./bucket-hygiene.json)
  --state URL              remember audits in s3://BUCKET/PREFIX/ or a folder,
                           so that the next one can tell what is new; never in
                           a bucket that is watched
  --deep                   look into the streams as well: manifests held against
                           objects; with --state it goes on where time was up
  --plan DIR               with --deep: write there what would put the metadata
                           right; nothing is ever applied
  --baseline FILE          findings that stand there are shown as known, count
                           for nothing and do not fail
  --write-baseline FILE    put there what is found, and exit 0; reasons and
                           other buckets stay, what is gone is taken out

${looking}  --no-color               no colours; NO_COLOR and FORCE_COLOR are honoured

Examples
  1. A bucket on AWS, with the credentials at hand:
       bucket-hygiene audit s3://logs-prod
  2. A bucket on MinIO:
       bucket-hygiene audit s3://parseable --endpoint-url http://localhost:9000
  3. What would an old server make of it?
       bucket-hygiene audit s3://logs-prod --server-version 1.6.2
  4. In a CI job, fail on errors only and keep the report:
       bucket-hygiene audit s3://logs-prod --fail-on error --output report.txt
  5. For a program, a ticket, code scanning, a dashboard:
       bucket-hygiene audit s3://logs-prod --format json
       bucket-hygiene audit s3://logs-prod --format markdown
       bucket-hygiene audit s3://logs-prod --format sarif --output logs.sarif
       bucket-hygiene audit s3://logs-prod --format openmetrics
  6. Every day, to see what is new:
       bucket-hygiene audit s3://logs-prod s3://logs-dev --state ./state
  7. Agree to what is there today, and fail only on what comes:
       bucket-hygiene audit s3://logs-prod --write-baseline known.json
       bucket-hygiene audit s3://logs-prod --baseline known.json
  8. Is everything there that Parseable believes to have?
       bucket-hygiene audit s3://logs-prod --deep --max-duration 30m --state s
`;

const preflight = `bucket-hygiene preflight s3://BUCKET [options]

May this bucket be given to Parseable? Tells what is in the way, what to do
about it, and what would bite later: lifecycle rules, versioning, object lock.
Ready is an empty bucket, and that of a healthy deployment. Nothing is
remembered.

  --server-version X.Y.Z   the Parseable that is to get it: older ones refuse
                           to start where newer ones look away
  --config FILE            settings: a path, s3://BUCKET/KEY or ssm:/NAME
                           (default $BUCKET_HYGIENE_CONFIG, else
                           ./bucket-hygiene.json); multiTenant and allow count
  --format NAME            the report on stdout: text (default), json, markdown,
                           html, sarif, junit or openmetrics
  --output FILE            write the report there instead
  --fail-on LEVEL          has no effect here: exit 0 is ready, 1 is not ready

${looking}  --no-color               no colours; NO_COLOR and FORCE_COLOR are honoured

Examples
  1. A new bucket, before the server starts:
       bucket-hygiene preflight s3://logs-new --server-version 2.9.5
  2. On MinIO:
       bucket-hygiene preflight s3://logs --endpoint-url http://localhost:9000
  3. In a deployment's script, with the answer kept:
       bucket-hygiene preflight s3://logs-new --format json --output answer.json
`;

const init = `bucket-hygiene init s3://BUCKET [options]

Looks at a bucket and writes a first configuration for it: name, region and
endpoint, and in suggestedAllow what is not Parseable's. A suggestion has no
effect until you move it into allow. A file that is there is never overwritten.

  --output FILE            write it there (default ./bucket-hygiene.json)

${looking}
Examples
  1. A bucket on AWS:
       bucket-hygiene init s3://logs-prod
  2. A bucket on MinIO:
       bucket-hygiene init s3://parseable --endpoint-url http://localhost:9000
  3. A second bucket, beside the first one's file:
       bucket-hygiene init s3://logs-dev --output logs-dev.json
`;

const explain = `bucket-hygiene explain [KIND]

Tells what a kind of finding means, why it matters, what usually causes it,
what to do, and when it is a false alarm. Without a kind: all kinds, with their
usual severity.

  --no-color               no colours; NO_COLOR and FORCE_COLOR are honoured

Examples
  1. All kinds:
       bucket-hygiene explain
  2. One of them:
       bucket-hygiene explain orphaned-stream-data
`;

const demo = `bucket-hygiene demo

Shows the whole way, from the schedule to the mail, on an S3 and an SNS that run
inside this program. Needs no account and ends by itself.

Examples
  1. See it work:
       bucket-hygiene demo
`;

const completion = `bucket-hygiene completion SHELL

Writes a script to stdout by which bash, zsh or fish complete commands, options,
formats and kinds of finding on Tab. It asks no bucket for anything.

Examples
  1. See it:
       bucket-hygiene completion bash
  2. In bash, in this session or from ~/.bashrc:
       source <(bucket-hygiene completion bash)
  3. In zsh, from ~/.zshrc, after compinit:
       source <(bucket-hygiene completion zsh)
  4. In fish, for good:
       bucket-hygiene completion fish
     written to ~/.config/fish/completions/bucket-hygiene.fish
`;

const pages: Record<CommandName, string> = { audit, preflight, init, explain, demo, completion };

/** The help of a command, or of the program. Every option of `options.ts` stands here (a test holds them together). */
export const helpText = (of: CommandName | null): string => (of === null ? overview : pages[of]);
