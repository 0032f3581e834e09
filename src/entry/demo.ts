import { parseArguments } from './args.ts';
import { runAudit } from './audit-command.ts';
import recorded from './demo/data/bucket.json' with { type: 'json' };
import { openAccount, startEmbeddedAws, type Account, type DemoObject, type Mail } from './demo/embedded-aws.ts';
import { demoRegion, enterDemoEnvironment } from './demo/environment.ts';
import { backupFolder, rootObject } from './demo/intruders.ts';
import { openNarrator } from './demo/narrator.ts';
import type { Streams } from './streams.ts';

const bucket = 'logs-demo';
const stateBucket = 'ops-state';
const configUrl = `s3://${stateBucket}/bucket-hygiene.json`;
const day = 86_400_000;

/** What a schedule sends: none of the keys that a person would send, so all buckets, as configured, notify. */
const scheduleEvent = { version: '0', source: 'aws.scheduler', 'detail-type': 'Scheduled Event', detail: '{}' };

const written: DemoObject[] = recorded.written;
const interruptedDelete: DemoObject[] = recorded.interruptedDelete;

/**
 * Shows the whole product on an embedded S3, SNS and SQS: the Lambda's own handler, called as the schedule calls it, the
 * mails as they arrive, and a report on the terminal. Reaches nothing outside this machine and writes nothing to its disk.
 * @returns the exit code: 0 when all came as it should
 */
export async function runDemo(streams: Streams): Promise<number> {
  const aws = await startEmbeddedAws();
  const leave = enterDemoEnvironment(aws.endpoint, configUrl);
  const account = openAccount(aws.endpoint, demoRegion);
  try {
    await tell(streams, account, aws.endpoint);
    return 0;
  } catch (error) {
    streams.stderr.write(
      `bucket-hygiene: the demo went wrong: ${error instanceof Error ? error.message : String(error)}\n`,
    );
    return 1;
  } finally {
    account.close();
    leave();
    await aws.stop();
  }
}

async function tell(streams: Streams, account: Account, endpoint: string): Promise<void> {
  const begun = performance.now();
  const narrator = openNarrator(streams.stdout);
  await narrator.say(
    `bucket-hygiene demo. An S3, an SNS and an SQS run inside this program (${endpoint}); no account is used, nothing leaves this machine.`,
  );
  const queueUrl = await setUp(account);

  await narrator.step(
    `A bucket holds what a Parseable ${recorded.server} server wrote, ${String(written.length)} objects, and is watched.`,
    `npx serverless deploy      (with ${bucket} in bucket-hygiene.json)`,
  );
  await account.write(bucket, written);

  await narrator.step(
    'Three accidents: a backup tool writes to the wrong bucket, somebody leaves a file at its root, and the delete of a stream is cut short: its metadata is gone, its data is not.',
    `restic -r s3:s3.amazonaws.com/${bucket}/backups init      (do not)`,
  );
  await account.write(bucket, [...backupFolder, rootObject, ...interruptedDelete]);

  const clock = { ahead: 2 * day };
  const run = await openSchedule(account, queueUrl, clock);

  await narrator.step(
    'The schedule calls the Lambda, with its clock set two days ahead: what looks like Parseable’s own has a day to finish before it is told.',
    'nothing to type (to run it now: aws lambda invoke --function-name NAME out.json)',
  );
  await narrator.outcome('The mail, as it came through SNS:');
  await narrator.mail(only(await run()));

  clock.ahead += day;
  await narrator.step('A day later the schedule calls it again. All is as it was.', 'nothing to type');
  const silence = await run();
  if (silence.length > 0) throw new Error('the second run sent a mail');
  await narrator.outcome('The mailbox was looked into and is empty: nothing is told twice.');

  await narrator.step(
    'Somebody cleans up, all but the file at the root, and another day passes.',
    `aws s3 rm --recursive s3://${bucket}/backups/      (likewise wide/)`,
  );
  await account.remove(bucket, [...backupFolder, ...interruptedDelete]);
  clock.ahead += day;
  await narrator.outcome('The mail, as it came through SNS:');
  await narrator.mail(only(await run()));

  await narrator.step(
    'By hand, at any time, with the clock of today: an audit of the same bucket.',
    `npx bucket-hygiene audit s3://${bucket}`,
  );
  streams.stdout.write('\n');
  await auditByHand(streams);

  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  await narrator.say(
    `That was all, in ${seconds} s. The handler, the mails and the report were the ones that are deployed; only S3 and SNS were embedded.`,
  );
}

/** Buckets, topic, mailbox and configuration. @returns the mailbox */
async function setUp(account: Account): Promise<string> {
  await account.createBucket(bucket);
  await account.createBucket(stateBucket);
  const { topicArn, queueUrl } = await account.createTopic('bucket-hygiene');
  const config = {
    buckets: [{ name: bucket, environment: 'demo', serverVersion: recorded.server }],
    alerts: { topicArn },
    stateUrl: `s3://${stateBucket}/bucket-hygiene/`,
  };
  await account.write(stateBucket, [{ key: 'bucket-hygiene.json', body: JSON.stringify(config) }]);
  return queueUrl;
}

/** What calls the Lambda; each call answers with the mails that came of it. */
async function openSchedule(
  account: Account,
  queueUrl: string,
  clock: { ahead: number },
): Promise<() => Promise<Mail[]>> {
  // Loaded with the environment set, as on AWS.
  const { makeHandler } = await import('./lambda.ts');
  const handler = makeHandler({ now: () => new Date(Date.now() + clock.ahead) });
  return async () => {
    await handler(scheduleEvent, {});
    return account.receive(queueUrl);
  };
}

/** The audit command itself. Its exit code tells of the findings, and is not the demo's. */
async function auditByHand(streams: Streams): Promise<void> {
  const command = parseArguments(['audit', `s3://${bucket}`]);
  if (command.name !== 'audit') throw new Error('not an audit');
  const nobody = { on: () => undefined, off: () => undefined };
  const code = await runAudit(command.buckets, command.options, {
    env: process.env,
    streams,
    signals: nobody,
    quit: () => undefined,
  });
  if (code > 1) throw new Error(`the audit ended with exit code ${String(code)}`);
}

function only(mails: readonly Mail[]): Mail {
  const [mail, ...more] = mails;
  if (mail === undefined) throw new Error('no mail arrived');
  if (more.length > 0) throw new Error(`${String(mails.length)} mails arrived, one was expected`);
  return mail;
}
