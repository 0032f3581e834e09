import type { Report } from '../../findings/report.ts';
import { humanBytes, humanNumber } from '../../findings/units.ts';
import { costText } from '../cost.ts';
import { serverOf } from '../obstacles.ts';
import { isOpen, nameOf, verdictOf } from '../summary.ts';
import { remedyOf } from './cards.ts';
import { groupsOf, numbered } from './groups.ts';
import { findingId } from './ids.ts';
import { markup, proseWith, type Html } from './markup.ts';

/** How a bucket is, at a glance: what the colour and the sign of its verdict say. */
export type Mood = 'failed' | 'partial' | 'error' | 'warning' | 'note' | 'clean';

/** Not being seen whole outweighs whatever was found. */
export function moodOf({ completeness, summary, preflight }: Report): Mood {
  if (completeness !== 'full') return completeness;
  if (summary.error > 0 || preflight?.ready === false) return 'error';
  if (summary.warning > 0) return 'warning';
  return summary.note > 0 ? 'note' : 'clean';
}

export const moodSign: Readonly<Record<Mood, string>> = {
  failed: '✕',
  partial: '?',
  error: '!',
  warning: '!',
  note: 'i',
  clean: '✓',
};

/** The verdict in one sentence, the bucket's name set off. `serverVersion`: what a pre-flight's answer is for. */
export function sentenceOf(report: Report, serverVersion: string | null): Html {
  const name = nameOf(report);
  const verdict = verdictOf(report, serverOf(report, serverVersion));
  // The name comes first in every verdict.
  return markup`<bdi class="bucket-name">${name}</bdi>${verdict.slice(name.length)}`;
}

/** Said loudly, since all that follows is worth less by it. */
function completenessOf({ completeness }: Report): Html | null {
  if (completeness === 'full') return null;
  const words =
    completeness === 'failed'
      ? markup`<strong>Nothing is known about this bucket.</strong> Not one page of it could be listed.`
      : markup`<strong>Not everything was seen.</strong> What is not told here may be there all the same, and nothing is called clean.`;
  return markup`<div class="loud ${completeness}" role="note">${words}</div>`;
}

/** What to do before anything else: the first of the findings, with its commands. */
function firstOf(report: Report, bucket: number): Html {
  const [group] = groupsOf(numbered(report.findings.filter(isOpen)));
  const pending = report.findings.some(({ status }) => status === 'pending');
  if (group === undefined) {
    const words =
      report.completeness !== 'full'
        ? 'Run the audit again, and see that everything can be read.'
        : report.preflight?.ready === false
          ? 'Take out of the bucket what is in the way, or give the server another one.'
          : pending
            ? 'Nothing yet. What is pending may be in the making: look again when a day has passed.'
            : 'Nothing: everything that was looked at is as it should be.';
    return markup`<div class="first">
<h3>What to do first</h3>
<p>${words}</p>
</div>`;
  }
  const [{ finding }] = group.all;
  const at = report.findings.indexOf(finding);
  const others = group.all.length - 1;
  return markup`<div class="first ${finding.severity}">
<h3>What to do first</h3>
<p>
<a href="#${findingId(bucket, at)}">${finding.title}</a>${others > 0 && `, and ${humanNumber(others)} more like it`}
</p>
<p>${proseWith(finding.message, finding.subject)}</p>
${remedyOf(finding)}
</div>`;
}

const fact = (name: string, value: string | Html): Html =>
  markup`<div>
<dt>${name}</dt>
<dd>${value}</dd>
</div>`;

/** The figures of a bucket in a line. */
function figuresOf(report: Report): Html | null {
  const { summary, entries, completeness } = report;
  if (completeness === 'failed') return null;
  const streams = entries.filter(({ verdict }) => verdict === 'stream').length;
  const counted = entries.some(({ bytes }) => bytes !== null);
  const { alien } = summary;
  const bound = alien.sizeComplete && completeness === 'full' ? '' : '≥ ';
  return markup`<dl class="figures">
${fact('entries', humanNumber(summary.entries))} ${fact('streams', humanNumber(streams))}
${counted && fact('objects counted', humanNumber(summary.objects))}
${counted && fact('counted', humanBytes(summary.bytes))}
${alien.bytes > 0 && fact('that no stream uses', `${bound}${humanBytes(alien.bytes)}`)}
</dl>`;
}

/** The top of a bucket's report: its verdict, how complete it is, its figures, and what to do first. */
export function verdictHtml(report: Report, bucket: number, heading: string, serverVersion: string | null): Html {
  const mood = moodOf(report);
  const cost = costText(report);
  return markup`<header class="verdict ${mood}">
<h2 id="${heading}">
<span class="mood ${mood}" aria-hidden="true">${moodSign[mood]}</span> <span>${sentenceOf(report, serverVersion)}</span>
</h2>
${completenessOf(report)} ${figuresOf(report)} ${cost !== null && markup`<p class="aside">Paid for: ${cost}.</p>`}
${firstOf(report, bucket)}
</header>`;
}
