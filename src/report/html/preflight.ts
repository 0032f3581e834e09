import type { Report } from '../../findings/report.ts';
import { whyReady } from '../obstacles.ts';
import { findingId, partId } from './ids.ts';
import { markup, type Html } from './markup.ts';

/** The answer of a pre-flight: what stands in the way, each with a link to what to do about it, and what would bite later. */
export function preflightOf(report: Report, bucket: number): Html | null {
  const { preflight, findings } = report;
  if (preflight === undefined) return null;
  const heading = partId(bucket, 'preflight');
  const told = new Map(findings.map((finding, at) => [`${finding.message} ${finding.why}`, { finding, at }]));
  const reason = (text: string): Html => {
    const about = told.get(text);
    return markup`<li>
${about === undefined ? text : markup`<a href="#${findingId(bucket, about.at)}">${about.finding.title}</a>: ${about.finding.message}`}
</li>
`;
  };
  return markup`<section class="part">
<h3 id="${heading}">May Parseable have this bucket?</h3>
${
  preflight.ready
    ? markup`<p>Yes. ${whyReady(report)}</p>`
    : markup`<p>In the way:</p>
<ul>
${preflight.reasons.map(reason)}
</ul>`
}
${
  preflight.advice.length > 0 &&
  markup`<p>What would bite later:</p>
<ul>
${preflight.advice.map(
  (text) => markup`<li>${text}</li>
`,
)}
</ul>`
}
</section>`;
}
