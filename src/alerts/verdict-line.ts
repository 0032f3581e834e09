import { isOfBucket } from '../findings/describe.ts';
import { displayText } from '../findings/display.ts';
import { humanAge, humanCount } from '../findings/units.ts';
import type { News, Told } from '../history/news.ts';
import { titleOf } from './blocks.ts';
import { listOf, severityCounts } from './counts.ts';
import { minuteText } from './dates.ts';
import { shorten, unbroken } from './wrap.ts';

/** As many names as a sentence bears. */
const namesAtMost = 3;

/**
 * The first sentences of the mail: all that a tired reader needs to decide whether to read on. Display text.
 * @param place the bucket, and its environment, both fit for `wrap`.
 */
export function verdictLine(news: News, place: string): string {
  const { failed, recovered } = news;
  if (failed !== null) {
    const code = displayText(failed.failure.code);
    return failed.reminder
      ? `${place} still cannot be looked at: ${code}. Nobody has been watching it since ${minuteText(failed.since)}.`
      : `${place} could not be looked at: ${code}. Until that is repaired nobody watches it.`;
  }
  const clauses = [
    ...(recovered === null
      ? []
      : [`watched again, after ${humanAge(recovered.since, new Date(recovered.until))} in which nobody watched`]),
    ...present(news.fresh, 'new'),
    ...present(news.worse, 'worse than before'),
    ...present(news.reminders, 'still open'),
    ...gone(news),
  ];
  return `${place}: ${clauses.join('; ')}.${restOf(news)}`;
}

function present(all: readonly Told[], what: string): string[] {
  const [first] = all;
  if (first === undefined) return [];
  const { subject, kind } = first.finding;
  const counts = listOf(severityCounts(all.map(({ finding }) => finding.severity)));
  const name = isOfBucket({ kind, subject }) ? `"${titleOf(kind)}"` : `${shown(subject)} (${titleOf(kind)})`;
  return [all.length === 1 ? `${counts} is ${what}, ${name}` : `${counts} are ${what}, first of all ${name}`];
}

function gone({ resolved }: News): string[] {
  if (resolved.length === 0) return [];
  const names = [
    ...new Set(
      resolved.map(({ subject, kind }) =>
        isOfBucket({ kind, subject }) ? `"${titleOf(kind)}"` : `${shown(subject)} (${titleOf(kind)})`,
      ),
    ),
  ];
  const listed = listOf([
    ...names.slice(0, namesAtMost),
    ...(names.length > namesAtMost ? [`${String(names.length - namesAtMost)} more`] : []),
  ]);
  return [`${listed} ${names.length === 1 ? 'is' : 'are'} no longer found`];
}

/** After good news: whether anything else is open, where that is certain. */
function restOf({ resolved, recovered, others, fresh, worse, reminders, unseen }: News): string {
  if (resolved.length === 0 && recovered === null) return '';
  const open = others.filter(({ told }) => told !== null).length;
  if (open > 0) return ` ${humanCount(open, 'other finding')} ${open === 1 ? 'is' : 'are'} still open.`;
  return fresh.length + worse.length + reminders.length + unseen + others.length === 0 ? ' Nothing else is open.' : '';
}

/**
 * These lines begin at the margin, as the footer's do: a name with spaces stands in one piece and in quotes, so that no part
 * of it can begin a line and look like one of them.
 */
function shown(subject: string): string {
  const name = shorten(displayText(subject), 40);
  return name.includes(' ') ? unbroken(`"${name}"`) : name;
}
