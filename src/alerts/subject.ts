import { isOfBucket } from '../findings/describe.ts';
import { displayText } from '../findings/display.ts';
import type { News, Told } from '../history/news.ts';
import { severityCounts } from './counts.ts';
import { shorten } from './wrap.ts';

/** SNS takes fewer than 100 characters of ASCII, and no control characters. */
const longest = 99;
/** The bucket's part at most, so that the news always have their place. */
const longestPlace = 48;

/** What the news are, in as few words as a list of mails shows: `1 error, 1 warning - new`. */
export function subjectOf(news: News, bucket: string, environment: string | null): string {
  const place = environment === null ? bucket : `${bucket} (${shorten(ascii(environment), 16, '..')})`;
  const head = `[bucket-hygiene] ${shorten(ascii(place), longestPlace, '..')}: `;
  return shortenEnd(`${head}${tail(news)}`, longest);
}

function tail(news: News): string {
  const { failed, fresh, worse, reminders, resolved, recovered } = news;
  if (failed !== null) {
    return `${failed.reminder ? 'still could not look' : 'could not look'} - ${ascii(failed.failure.code)}`;
  }
  const parts = [
    ...said(fresh, 'new'),
    ...said(worse, 'worse'),
    ...said(reminders, 'still open'),
    ...(recovered === null ? [] : ['watched again']),
  ];
  const names = [...new Set(resolved.map(({ subject, kind }) => (isOfBucket({ kind, subject }) ? kind : subject)))].map(
    ascii,
  );
  if (parts.length === 0) return `resolved - ${names.join(', ')}`;
  return [...parts, ...(resolved.length === 0 ? [] : [`${String(resolved.length)} resolved`])].join('; ');
}

const said = (told: readonly Told[], what: string): string[] =>
  told.length === 0 ? [] : [`${severityCounts(told.map(({ finding }) => finding.severity)).join(', ')} - ${what}`];

const ascii = (text: string): string => displayText(text).replaceAll(/[^\x20-\x7e]/gu, '?');

const shortenEnd = (text: string, width: number): string =>
  text.length <= width ? text : `${text.slice(0, width - 2)}..`;
