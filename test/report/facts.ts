import type { Completeness, Report } from '../../src/findings/report.ts';
import { displayText } from '../../src/findings/display.ts';
import { parseXml, type Element } from './read-xml.ts';

/** What every format tells of a bucket: how much of it was seen, and what is open, a line each, in display text. */
export interface Fact {
  bucket: string;
  completeness: Completeness;
  open: string[];
}

interface Sarif {
  runs: {
    properties: { bucket: { name: string }; completeness: Completeness };
    results: {
      ruleId: string;
      level: string;
      locations: { logicalLocations: { name: string; fullyQualifiedName: string }[] }[];
    }[];
  }[];
}

const factsOfSarif = (text: string): Fact[] =>
  (JSON.parse(text) as Sarif).runs.map(({ properties: { bucket, completeness }, results }) => ({
    bucket: bucket.name,
    completeness,
    open: results
      .map(({ ruleId, level, locations }) => {
        const named = locations[0]!.logicalLocations[0]!.fullyQualifiedName;
        const key = named.slice(`s3://${bucket.name}/`.length);
        return `${level} ${ruleId} ${displayText(key === '' ? '/' : key)}`;
      })
      .sort(),
  }));

const factsOfJson = (text: string): Fact[] => {
  const parsed = JSON.parse(text) as Report | Report[];
  return (Array.isArray(parsed) ? parsed : [parsed]).map(({ bucket, completeness, findings }) => ({
    bucket: bucket.name,
    completeness,
    open: findings
      .filter(({ status }) => status === 'new' || status === 'ongoing')
      .map(({ severity, kind, subject }) => `${severity} ${kind} ${displayText(subject)}`)
      .sort(),
  }));
};

/** The first line of every finding in a log of JUnit. */
const heading = /^(error|warning|note) ([a-z-]+) (.+)$/;

function factsOfJunit(text: string): Fact[] {
  const childrenOf = ({ children }: Element, name: string) => children.filter((child) => child.name === name);
  return childrenOf(parseXml(text), 'testsuite').map((suite) => {
    const cases = childrenOf(suite, 'testcase');
    const property = (name: string) =>
      suite.children.flatMap(({ children }) => children).find(({ attributes }) => attributes['name'] === name);
    const lines = cases.flatMap(({ attributes, children }) =>
      children
        .filter(({ name }) => name !== 'skipped')
        .flatMap((child) => child.text.split('\n').map((line) => heading.exec(line)))
        .filter((found) => found?.[2] === attributes['name']),
    );
    return {
      bucket: cases[0]?.attributes['classname'] ?? '',
      completeness: property('completeness')?.attributes['value'] as Completeness,
      open: lines.map((found) => found![0]).sort(),
    };
  });
}

/** A code span, whatever its fence is: its content, and what follows. */
function codeAt(text: string): { content: string; rest: string } {
  const fence = /^`+/.exec(text)![0];
  const close = new RegExp(`(?<!\`)${fence}(?!\`)`);
  const body = text.slice(fence.length);
  const end = close.exec(body)!.index;
  const content = body.slice(0, end);
  return { content: /^ .* $/s.test(content) ? content.slice(1, -1) : content, rest: body.slice(end + fence.length) };
}

/** Headings and rows of findings in Markdown. */
function factsOfMarkdown(text: string): Fact[] {
  const parts = text.split(/^## /m).slice(1);
  return parts.map((part) => {
    const lines = part.split('\n');
    const completeness = lines[2]!.split(' ')[0] as Completeness;
    const open = lines.flatMap((line) => {
      const long = /^#{3,4} (error|warning|note): (.*)$/.exec(line);
      if (long !== null) {
        const kind = codeAt(long[2]!);
        const after = kind.rest.trimStart();
        return [`${long[1]!} ${kind.content} ${after.startsWith('`') ? codeAt(after).content : '/'}`];
      }
      const row = /^\| (error|warning|note) \| (`.*)$/.exec(line);
      if (row === null) return [];
      const kind = codeAt(row[2]!);
      return [`${row[1]!} ${kind.content} ${codeAt(kind.rest.slice(' | '.length)).content}`];
    });
    // Of a bucket that could not be looked at nothing else is told, at length and without a heading.
    const failed = completeness === 'failed' ? ['warning scan-incomplete /'] : [];
    return { bucket: /^[^ :]+/.exec(part)![0], completeness, open: [...open, ...failed].sort() };
  });
}

/** The formats that tell every open finding, and how each is read again. */
export const facts: Record<'json' | 'markdown' | 'sarif' | 'junit', (text: string) => Fact[]> = {
  json: factsOfJson,
  markdown: factsOfMarkdown,
  sarif: factsOfSarif,
  junit: factsOfJunit,
};
