import type { Report, RequestCounts } from '../../findings/report.ts';
import { humanNumber } from '../../findings/units.ts';
import { depthText } from '../depth.ts';
import { requestsOf, secondsOf } from '../summary.ts';
import { skippedTexts } from '../skipped.ts';
import { partId } from './ids.ts';
import { markup, type Html } from './markup.ts';

/** What was asked for and not answered, and why; null where everything was. */
export function skippedOf(report: Report, bucket: number): Html | null {
  const texts = skippedTexts(report);
  if (texts.length === 0) return null;
  const heading = partId(bucket, 'skipped');
  return markup`<section class="part">
<h3 id="${heading}">Not looked at</h3>
<ul>
${texts.map((text) => markup`<li>${text}</li>`)}
</ul>
</section>`;
}

const requestNames: Readonly<Record<keyof RequestCounts, string>> = {
  list: 'lists',
  get: 'reads',
  head: 'heads',
  other: 'others',
};

function requestText(report: Report): string {
  const { requests } = report;
  const parts = Object.entries(requestNames).flatMap(([name, word]) => {
    const count = requests[name as keyof RequestCounts];
    return count === 0 ? [] : [`${humanNumber(count)} ${word}`];
  });
  return parts.length === 0 ? requestsOf(report) : `${requestsOf(report)}: ${parts.join(', ')}`;
}

const time = (at: string): Html => markup`<time datetime="${at}">${at.slice(0, 19).replace('T', ' ')} UTC</time>`;

const modes: Readonly<Record<Report['mode'], string>> = {
  audit: 'audit',
  deep: 'deep audit, the inside of streams too',
  preflight: 'pre-flight',
};

const whole: Readonly<Record<Report['completeness'], string>> = {
  full: 'full: everything was looked at',
  partial: 'partial: not everything was seen',
  failed: 'failed: nothing could be looked at',
};

/** What the report rests on: of which bucket, by what, when, how complete, at what expense. */
export function colophonOf(report: Report, bucket: number): Html {
  const { tool, mode, completeness, deployment, startedAt, depth, schemaVersion } = report;
  const { region, endpoint, environment, name } = report.bucket;
  const facts: (readonly [string, string | Html | null])[] = [
    ['Bucket', markup`<bdi>${name}</bdi>`],
    ['Environment', environment],
    ['Region', region],
    ['Endpoint', endpoint],
    ['Deployment', deployment.id],
    ['Deployment metadata', deployment.metadataVersion],
    ['Multi-tenant', deployment.multiTenant ? 'yes' : null],
    ['Kind of report', modes[mode]],
    ['Depth', depth === undefined ? null : depthText(depth)],
    ['Completeness', whole[completeness]],
    ['Started', time(startedAt)],
    ['Took', secondsOf(report)],
    ['Requests', requestText(report)],
    ['Tool', `${tool.name} ${tool.version}`],
    ['Schema version', String(schemaVersion)],
  ];
  const heading = partId(bucket, 'colophon');
  return markup`<section class="part colophon">
<h3 id="${heading}">About this report</h3>
<dl class="facts">
${facts.map(
  ([title, value]) =>
    value !== null &&
    markup`<div>
<dt>${title}</dt>
<dd>${value}</dd>
</div>`,
)}
</dl>
</section>`;
}
