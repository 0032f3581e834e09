import { displayText, shellQuote } from '../findings/display.ts';
import type { Report, Verdict } from '../findings/report.ts';
import { humanCount } from '../findings/units.ts';
import type { News } from '../history/news.ts';
import { costLine } from './cost-line.ts';
import { listOf, severityCounts } from './counts.ts';
import { dayText, minuteText } from './dates.ts';
import { wrap } from './wrap.ts';

/** What is there besides the news, in one line each: still open, too light to tell, pending, not seen, fine. */
export function standLines(news: News, report: Report): string[] {
  if (news.failed !== null) return [];
  const open = news.others.filter(({ told }) => told !== null);
  const light = news.others.filter(({ told }) => told === null);
  const pending = report.findings.filter(({ status }) => status === 'pending').length;
  const since = open.flatMap(({ told }) => (told === null ? [] : [told.at])).toSorted()[0];
  return [
    ...(since === undefined
      ? []
      : wrap(
          `ALSO OPEN: ${severityCounts(open.map(({ finding }) => finding.severity)).join(', ')}, told ${open.length === 1 ? 'on' : 'since'} ${dayText(since)}`,
        )),
    ...(light.length === 0
      ? []
      : wrap(
          `NOT MAILED: ${severityCounts(light.map(({ finding }) => finding.severity)).join(', ')}, below the severity that alerts`,
        )),
    ...(pending === 0
      ? []
      : wrap(`PENDING: ${humanCount(pending, 'suspect')} that may be over soon, told if it lasts`)),
    ...(report.completeness === 'full'
      ? hiddenLine(news, report)
      : wrap(
          `NOT SEEN: this audit is partial; what it did not see is neither fine nor resolved${news.unseen === 0 ? '' : ` (${humanCount(news.unseen, 'finding')} told earlier among it)`}`,
        )),
    ...wrap(costLine(report) ?? ''),
    ...fineLine(report),
  ];
}

/** What was told earlier, is not found now, and may be there: a read was refused, or something else stands in its place. */
function hiddenLine({ unseen }: News, { skipped }: Report): string[] {
  if (unseen === 0) return [];
  const refused = skipped.map(({ what, why }) => `${what}: ${displayText(why)}`);
  const because = refused.length === 0 ? '' : ` (${refused.join(', ')})`;
  return wrap(`NOT SEEN: ${humanCount(unseen, 'finding')} told earlier, neither found nor known to be gone${because}`);
}

const fine: { verdict: Verdict; text: (count: number) => string }[] = [
  { verdict: 'tenant', text: (count) => humanCount(count, 'tenant') },
  { verdict: 'stream', text: (count) => humanCount(count, 'stream') },
  { verdict: 'deployment', text: (count) => `${humanCount(count, 'entry', 'entries')} of Parseable's own` },
  { verdict: 'allowed', text: (count) => `${humanCount(count, 'entry', 'entries')} allowed` },
];

/** The rows that no finding is about, nor anything in them. */
function fineLine({ entries, findings }: Report): string[] {
  const concerned = new Set(findings.flatMap(({ subject }) => [subject, ...foldersOf(subject)]));
  const counts = fine.flatMap(({ verdict, text }) => {
    const count = entries.filter((entry) => entry.verdict === verdict && !concerned.has(entry.name)).length;
    return count === 0 ? [] : [text(count)];
  });
  return counts.length === 0 ? [] : wrap(`FINE: ${listOf(counts)}`);
}

/** All folders that something lies in: `acme/` and `acme/app/` of `acme/app/date-old/`. */
const foldersOf = (subject: string): string[] =>
  Array.from(subject.matchAll(/\//g), ({ index }) => subject.slice(0, index + 1));

/** Where the whole report is, the words at length, and the run that all this is from. */
export function footerLines(
  news: News,
  report: Report,
  { reportUrl, runId }: { reportUrl: string | null; runId: string },
): string[] {
  const { bucket, completeness, startedAt, finishedAt, requests } = report;
  const kind = kindToExplain(news);
  const seconds = Math.max(0, Date.parse(finishedAt) - Date.parse(startedAt)) / 1_000;
  const sent = requests.list + requests.get + requests.head + requests.other;
  const endpoint = bucket.endpoint === null ? '' : ` --endpoint-url ${shellQuote(bucket.endpoint)}`;
  const run = [
    `${completeness} audit`,
    minuteText(startedAt),
    humanCount(sent, 'request'),
    `${seconds.toFixed(1)} s`,
    displayText(runId),
  ];
  return [
    `Report:   ${reportUrl === null ? 'could not be stored (the log of the run tells why)' : displayText(reportUrl)}`,
    ...(kind === null ? [] : [`Words:    npx bucket-hygiene explain ${kind}`]),
    ...(news.failed === null && reportUrl !== null
      ? []
      : [`Try:      npx bucket-hygiene audit s3://${bucket.name}${endpoint}`]),
    ...runLines(run),
  ];
}

/** The kind of the gravest piece of news: its page tells causes and false alarms. */
function kindToExplain({ failed, fresh, worse, reminders }: News): string | null {
  if (failed !== null) return 'scan-incomplete';
  return [...fresh, ...worse, ...reminders][0]?.finding.kind ?? null;
}

const runLines = (parts: readonly string[]): string[] =>
  wrap(parts.join(', '), ' '.repeat(10)).map((line, index) => (index === 0 ? `Run:      ${line.trimStart()}` : line));
