import type { Report } from '../../findings/report.ts';
import { bucketId } from './ids.ts';
import { markup, type Html } from './markup.ts';
import { moodOf, moodSign, sentenceOf } from './verdict.ts';

/** What came of several buckets, each with a link to its report; null for one. */
export const overviewOf = (reports: readonly Report[], serverVersion: string | null): Html | null =>
  reports.length < 2
    ? null
    : markup`<nav class="overview" aria-label="Buckets">
<ul>
${reports.map((report, at) => {
  const mood = moodOf(report);
  return markup`<li>
<a href="#${bucketId(at)}"><span class="mood ${mood}" aria-hidden="true">${moodSign[mood]}</span>
<span>${sentenceOf(report, serverVersion)}</span></a>
</li>
`;
})}
</ul>
</nav>`;
