import type { BucketConfig } from '../config/config.ts';
import { displayText } from '../findings/display.ts';
import { answerText, hintFor, storesWords } from '../findings/failed-request.ts';
import type { Report } from '../findings/report.ts';
import { humanAge, humanCount } from '../findings/units.ts';
import type { News } from '../history/news.ts';
import { attributesOf, type AlertAttributes } from './attributes.ts';
import { findingBlock, resolvedBlock } from './blocks.ts';
import { minuteText } from './dates.ts';
import { endingOf } from './ending.ts';
import { fit, type Section } from './fit.ts';
import { footerLines, standLines } from './footer.ts';
import { subjectOf } from './subject.ts';
import { verdictLine } from './verdict-line.ts';
import { shorten, unbroken, wrap, wrapRemedy } from './wrap.ts';

/** One message to the topic: a person reads it in a mail, a program by its attributes. */
export interface Alert {
  /** Fewer than 100 characters of ASCII. */
  subject: string;
  /** Plain text, at most 60 lines. */
  message: string;
  attributes: AlertAttributes;
}

const mostLines = 60;
/** An environment is a word; a sentence in its place must not bury the news. */
const longestPlace = 40;
/** SNS takes 256 KiB, attributes included. */
const mostBytes = 200 * 1024;

interface Circumstances {
  bucket: Pick<BucketConfig, 'name' | 'environment' | 'ignoreKinds'>;
  /** Null when the report could not be stored. */
  reportUrl: string | null;
  runId: string;
  now: Date;
}

/** Words the news of one bucket: verdict first, then each piece of news with its remedy, then what is there besides. */
export function composeAlert(news: News, report: Report, circumstances: Circumstances): Alert {
  const { bucket } = circumstances;
  const { name, environment } = bucket;
  const place = environment === null ? name : `${name} (${unbroken(shorten(displayText(environment), longestPlace))})`;
  const above = [...wrap(verdictLine(news, place)), ''];
  const stand = standLines(news, report);
  const below = [...stand, ...(stand.length === 0 ? [] : ['']), ...footerLines(news, report, circumstances)];
  const around = [...above, ...below];
  const told = fit(sectionsOf(news, report, circumstances), {
    lines: mostLines - around.length,
    bytes: mostBytes - Buffer.byteLength(around.join('\n')),
  });
  return {
    subject: subjectOf(news, name, environment),
    message: `${[...above, ...told, ...below].join('\n')}\n`,
    attributes: attributesOf(news, name, environment),
  };
}

function sectionsOf(news: News, report: Report, { bucket, now }: Pick<Circumstances, 'bucket' | 'now'>): Section[] {
  const resolved = news.resolved.map((one) => resolvedBlock(one, now, endingOf(one, report, bucket, now)));
  return [
    ...couldNotLook(news, report, now),
    { heading: 'NEW', blocks: news.fresh.map((one) => findingBlock(one, now)) },
    { heading: 'WORSE', blocks: news.worse.map((one) => findingBlock(one, now)) },
    { heading: 'STILL OPEN', blocks: news.reminders.map((one) => findingBlock(one, now)) },
    {
      heading: 'RESOLVED',
      blocks: [...watchedAgain(news), ...resolved],
      gone: true,
    },
  ];
}

/** Which request, which answer, what is missing, and since when nobody has been watching. */
function couldNotLook({ failed, unseen }: News, { bucket }: Report, now: Date): Section[] {
  if (failed === null) return [];
  const { failure, since, lastFull } = failed;
  const request = { ...failure, answer: failure.message };
  const said = storesWords(request);
  const where = `${bucket.name}${bucket.endpoint === null ? '' : ` at ${displayText(bucket.endpoint)}`}`;
  const watched =
    lastFull === null
      ? 'It has never been watched in full.'
      : `The last full audit was on ${minuteText(lastFull)}, ${humanAge(lastFull, now)} ago.`;
  const open =
    unseen === 0
      ? ''
      : ` What was told and open then, ${humanCount(unseen, 'finding')}, counts as open until a full audit tells otherwise.`;
  const full = [
    ...wrap(`${where}: ${answerText(request)}${said === null ? '' : ` (${said})`}.`, '  '),
    '',
    ...wrapRemedy(hintFor(request, { bucket: bucket.name, endpoint: bucket.endpoint }), '  '),
    '',
    // A reminder begins with it.
    ...wrap(`${failed.reminder ? '' : `Not watched since ${minuteText(since)}. `}${watched}${open}`, '  '),
  ];
  return [{ heading: 'COULD NOT LOOK', blocks: [{ full, brief: full[0] ?? '' }] }];
}

function watchedAgain({ recovered }: News): Section['blocks'] {
  if (recovered === null) return [];
  const { since, until } = recovered;
  const full = wrap(`Nobody watched from ${minuteText(since)} to ${minuteText(until)}.`, '  ');
  return [{ full, brief: full[0] ?? '' }];
}
