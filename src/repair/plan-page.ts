import type { Kind } from '../findings/kinds.ts';
import { displayText, shellQuote } from '../findings/display.ts';
import type { Plan, PlannedWrite, StreamPlan } from './plan.ts';

/** What a finding says of a stream, and what the plan does about it. */
const happened: Partial<Record<Kind, string>> = {
  'snapshot-reset':
    'the list of manifests in its metadata was emptied or cut short. The manifests that it lost are named again.',
  'manifest-duplicated':
    'its metadata names a manifest more than once, so that its rows appear several times. Each is named once.',
  'manifest-unreferenced': 'manifests are in no list, so that queries do not find what they list. They are named.',
  'data-unreferenced': 'data files are in no manifest, so that queries do not find them. New manifests list them.',
};

/** Keys stand in indented code: nothing in them is Markdown there, and `displayText` leaves them no line break. */
const code = (text: string): string => `    ${displayText(text)}`;

const number = (count: number, one: string, many: string): string => `${String(count)} ${count === 1 ? one : many}`;

function changeOf({ number: file, what, added, removed, etag, body }: PlannedWrite): string {
  const from = `\`files/${file}.json\`, ${number(Buffer.byteLength(body), 'byte', 'bytes')}`;
  if (what === 'manifest') {
    const lists = number(added, 'data file', 'data files');
    return etag === null
      ? `A new manifest (${from}), listing ${lists}:`
      : `A manifest of an earlier plan (${from}), with ${lists} more:`;
  }
  const parts = [
    ...(added === 0 ? [] : [`${number(added, 'manifest', 'manifests')} more`]),
    ...(removed === 0 ? [] : [`${number(removed, 'repeated entry', 'repeated entries')} less`]),
  ];
  return `The metadata file (${from}), ${parts.length === 0 ? 'with other sums' : `with ${parts.join(' and ')}`}; nothing else in it changes:`;
}

/** Keys of a note that are shown; all of them are in `plan.json`. */
const keysShown = 20;

function streamOf({ prefix, answers, writes, notes, why }: StreamPlan, index: number): string[] {
  return [
    `## Stream ${String(index + 1)}`,
    '',
    code(prefix),
    '',
    ...answers.map(({ kind }) => `- \`${kind}\`: ${happened[kind] ?? ''}`),
    '',
    ...(why === null ? [] : [`Nothing is planned for it: ${displayText(why)}.`, '']),
    ...writes.flatMap((write) => [changeOf(write), '', code(write.key), '']),
    ...notes.flatMap(({ words, keys }) => [
      `**To know.** ${words}`,
      '',
      ...keys.slice(0, keysShown).map(code),
      ...(keys.length > keysShown ? [code(`… and ${String(keys.length - keysShown)} more, all in plan.json`)] : []),
      ...(keys.length > 0 ? [''] : []),
    ]),
  ];
}

/** `PLAN.md`: what happened, what will change, in which order, and what to mind. */
export function planPage(plan: Plan): string {
  const { bucket, endpoint, madeAt, auditedAt, streams } = plan;
  const anything = streams.some(({ writes }) => writes.length > 0);
  const makesManifests = streams.some(({ writes }) => writes.some(({ what }) => what === 'manifest'));
  const at = endpoint === null ? '' : ` --endpoint-url ${shellQuote(endpoint)}`;
  const audit = `npx bucket-hygiene audit ${shellQuote(`s3://${bucket}`)} --deep${at}`;
  const steps = [
    '1. Read this page, and look into `files/`.',
    '2. Stop every server of this deployment, the ingest nodes too. A server holds the metadata in memory and writes it at',
    '   each upload: what is put there while it runs is lost, or mixed with what it knows.',
    '3. Make a backup of the stream, or know that the bucket keeps versions. `apply.sh` copies to `backup/` what it replaces,',
    '   and nothing else.',
    '4. Run `./apply.sh`. It looks first whether everything is as it was when this plan was made, and stops before the first',
    '   change if not: then audit again, and make a new plan. New manifests come first, the metadata that names them last.',
    '   Run again after a fault, it goes on where it stopped. A store that refuses conditions: `CONDITIONS=no ./apply.sh`.',
    '5. Look whether all is well, still with the servers stopped:',
    '',
    `       ${audit}`,
    '',
    '6. Start the servers. Run a query over the days concerned.',
    '7. Something is wrong: stop the servers and run `./undo.sh`. It leaves alone what was changed since, and tells it.',
  ];
  const minded = [
    '- The counters of a stream (`stats`) are left as they are. They may be off; `stats-drift` tells how far.',
    ...(makesManifests
      ? [
          '- The new manifests are called `recovered.manifest.json` and are plain JSON, which every server reads, also beside',
          '  compressed ones. Their entries hold no ranges of columns but the times, so that files are read which a query',
          '  could have passed over, and `min` and `max` of other columns may be answered without them. Where the end of a',
          '  file could not be read, its rows are entered as 0 and its size for what it took in: `count(*)` and statistics',
          '  that are answered from manifests leave it out.',
          '- Data that arrives late, for a day whose only manifest is a recovered one, has a server (2.4.2 and newer) write that',
          '  manifest of its own anew at each upload, with the newest files alone. Apply the plan when such data has arrived.',
        ]
      : []),
    '- Give servers host names that stay the same. Else it happens again.',
  ];
  return [
    '# A plan for the metadata of a bucket',
    '',
    code(bucket),
    '',
    `Made by bucket-hygiene at ${madeAt}, from the audit of ${auditedAt}.`,
    'Nothing in the bucket has been changed; nothing changes until somebody runs `apply.sh`.',
    '',
    ...streams.flatMap(streamOf),
    ...(anything ? ['## What to do, in this order', '', ...steps, '', '## What to mind', '', ...minded, ''] : []),
  ].join('\n');
}
