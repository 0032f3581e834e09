import type { Report } from '../findings/report.ts';
import { casesOf, type Case, type Threshold } from './junit/cases.ts';
import { nameOf } from './summary.ts';
import { element } from './xml.ts';

/**
 * The reports as XML of JUnit: a suite for each bucket, in it a test for each kind of finding (`junit/cases.ts`). Valid
 * XML 1.0 whatever the keys are. Ends with a line feed.
 */
export function renderJunit(reports: readonly Report[], { failOn }: { failOn: Threshold }): string {
  const suites = reports.map((report) => ({ report, cases: casesOf(report, failOn) }));
  const root = element(
    'testsuites',
    { name: 'bucket-hygiene', ...countsOf(suites.flatMap(({ cases }) => cases)), time: secondsOf(reports) },
    suites.map(({ report, cases }) => suiteOf(report, cases)),
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root}\n`;
}

const secondsOf = (reports: readonly Report[]): string =>
  reports
    .reduce((sum, { startedAt, finishedAt }) => sum + (Date.parse(finishedAt) - Date.parse(startedAt)) / 1_000, 0)
    .toFixed(3);

function countsOf(cases: readonly Case[]) {
  const count = (is: Case['outcome']['is']) => String(cases.filter(({ outcome }) => outcome.is === is).length);
  return {
    tests: String(cases.length),
    failures: count('failed'),
    errors: count('unknown'),
    skipped: count('skipped'),
  };
}

const suiteOf = (report: Report, cases: readonly Case[]): string =>
  element(
    'testsuite',
    {
      name: nameOf(report),
      ...countsOf(cases),
      time: secondsOf([report]),
      // JUnit's schema knows no time zone: it is UTC.
      timestamp: report.startedAt.slice(0, 19),
      hostname: report.bucket.endpoint,
    },
    [propertiesOf(report), ...cases.map((one) => caseOf(report, one))],
  );

const propertiesOf = (report: Report): string =>
  element(
    'properties',
    {},
    Object.entries({
      tool: `${report.tool.name} ${report.tool.version}`,
      mode: report.mode,
      completeness: report.completeness,
      deployment: report.deployment.id ?? 'none',
    }).map(([name, value]) => element('property', { name, value })),
  );

function caseOf(report: Report, { name, told, outcome }: Case): string {
  const children = [
    ...(outcome.is === 'passed' ? [] : [outcomeOf(outcome)]),
    ...(told === '' ? [] : [element('system-out', {}, { text: told })]),
  ];
  return element('testcase', { classname: report.bucket.name, name, time: '0' }, children);
}

function outcomeOf(outcome: Exclude<Case['outcome'], { is: 'passed' }>): string {
  if (outcome.is === 'skipped') return element('skipped', { message: outcome.message });
  const { message, type, text } = outcome;
  return element(outcome.is === 'failed' ? 'failure' : 'error', { message, type }, { text });
}
