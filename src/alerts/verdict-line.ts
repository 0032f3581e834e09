import { displayText } from '../findings/display.ts';
import { humanAge, humanCount } from '../findings/units.ts';
import type { News, Told } from '../history/news.ts';
import { titleOf } from './blocks.ts';
import { listOf, severityCounts } from './counts.ts';
import { minuteText } from './dates.ts';
import { shorten } from './wrap.ts';

/** As many names as a sentence bears. */
const namesAtMost = 3;

/**
 * The first sentences of the mail: all that a tired reader needs to decide whether to read on. Display text.
 * @param place the bucket, and its environment.
 */
export function verdictLine(news: News, place: string): string {
  const { failed, recovered } = news;
  if (failed !== null) {
    const code = displayText(failed.failure.code);
    return failed.reminder
      ? `${place} still cannot be looked at: ${code}. Nobody has been watching it since ${minuteText(failed.since)}.`
      : `${place} could not be looked at: ${code}. Until that is repaired nobody watches it.`;
  }
  return [
    ...(recovered === null
      ? []
      : [`${place} is watched again; for ${humanAge(recovered.since, new Date(recovered.until))} it was not.`]),
    ...present(news.fresh, place, 'new'),
    ...present(news.worse, place, 'worse than before'),
    ...present(news.reminders, place, 'still open'),
    ...gone(news, place),
  ].join(' ');
}

function present(all: readonly Told[], place: string, what: string): string[] {
  const [first] = all;
  if (first === undefined) return [];
  const { subject, kind } = first.finding;
  const counts = listOf(severityCounts(all.map(({ finding }) => finding.severity)));
  const name = subject === '/' ? titleOf(kind) : `${shown(subject)} (${titleOf(kind)})`;
  return [
    all.length === 1
      ? `${place}: ${counts} is ${what}: ${name}.`
      : `${place}: ${counts} are ${what}, first of all ${name}.`,
  ];
}

function gone({ resolved, others, fresh, worse, reminders }: News, place: string): string[] {
  if (resolved.length === 0) return [];
  const names = [...new Set(resolved.map(({ subject, kind }) => (subject === '/' ? titleOf(kind) : shown(subject))))];
  const listed = listOf([
    ...names.slice(0, namesAtMost),
    ...(names.length > namesAtMost ? [`${String(names.length - namesAtMost)} more`] : []),
  ]);
  const is = names.length === 1 ? 'is' : 'are';
  // That nothing else is open is certain here: only a full audit resolves.
  const alerted = others.filter(({ told }) => told !== null).length;
  const alone = fresh.length + worse.length + reminders.length === 0;
  const rest =
    alerted > 0 ? ` ${humanCount(alerted, 'other finding')} still open.` : alone ? ' Nothing else is open.' : '';
  return [`${place}: ${listed} ${is} no longer found.${rest}`];
}

const shown = (subject: string): string => shorten(displayText(subject), 40);
