import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { figuresOf } from '../../src/entry/telemetry.ts';
import { displayText } from '../../src/findings/display.ts';
import { renderOpenMetrics } from '../../src/report/openmetrics.ts';
import { labelValue } from '../../src/report/openmetrics/family.ts';
import { readable } from './more-situations.ts';
import { entry, report } from './situations.ts';

interface Sample {
  name: string;
  labels: Record<string, string>;
  value: number;
}

/** Reads a document by the grammar of OpenMetrics 1.0, as far as gauges go; what is not of it throws. */
function parse(document: string): Sample[] {
  const lines = document.split('\n');
  if (lines.pop() !== '' || lines.pop() !== '# EOF') throw new Error('it does not end with # EOF');
  const samples: Sample[] = [];
  const seen = new Set<string>();
  let family = { name: '', told: new Set<string>(), sampled: false };
  for (const line of lines) {
    const meta = /^# (TYPE|UNIT|HELP) ([a-zA-Z_:][\w:]*) (.+)$/.exec(line);
    if (meta !== null) {
      const [, what = '', name = '', rest = ''] = meta;
      if (name !== family.name) {
        if (seen.has(name)) throw new Error(`${name} is interleaved`);
        seen.add(name);
        family = { name, told: new Set(), sampled: false };
      }
      if (family.sampled || family.told.has(what)) throw new Error(`${what} of ${name} stands twice or too late`);
      family.told.add(what);
      if (what === 'TYPE' && rest !== 'gauge') throw new Error(`${name} is a ${rest}`);
      if (what === 'UNIT' && !name.endsWith(`_${rest}`)) throw new Error(`${name} is not in ${rest}`);
      continue;
    }
    const found =
      /^([a-zA-Z_:][\w:]*)\{((?:[a-zA-Z_]\w*="(?:[^"\\\n]|\\["\\n])*",?)*)\} (-?\d+(?:\.\d+)?(?:e[+-]?\d+)?)$/.exec(
        line,
      );
    if (found?.[1] !== family.name) throw new Error(`no sample of ${family.name}: ${line}`);
    family.sampled = true;
    const labels = [...(found[2] ?? '').matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(
      ([, name, value]): [string, string] => [
        name!,
        value!.replaceAll(/\\(.)/g, (_, sign: string) => (sign === 'n' ? '\n' : sign)),
      ],
    );
    if (new Set(labels.map(([name]) => name)).size !== labels.length) throw new Error(`a label twice: ${line}`);
    samples.push({ name: found[1], labels: Object.fromEntries(labels), value: Number(found[3]) });
  }
  const ids = samples.map(({ name, labels }) => JSON.stringify([name, labels]));
  if (new Set(ids).size !== ids.length) throw new Error('a sample stands twice');
  return samples;
}

const valueOf = (samples: readonly Sample[], name: string, labels: Record<string, string> = {}) =>
  samples.find(
    (sample) =>
      sample.name === `bucket_hygiene_${name}` &&
      Object.entries(labels).every(([label, value]) => sample.labels[label] === value),
  )?.value;

describe('the report as OpenMetrics', () => {
  it.each(Object.keys(readable))('of the situation "%s" is of the grammar', (name) => {
    expect(parse(renderOpenMetrics(readable[name]!)).length).toBeGreaterThan(5);
  });

  it('has every metric that the Lambda emits, by its name in lower case', () => {
    const [told] = readable['orphaned-and-corrupt']!;
    const samples = parse(renderOpenMetrics([told!]));
    const figures = figuresOf({ name: 'logs-prod', report: told!, durationMs: 1_812, alertFailed: false });
    for (const [name, , value] of figures) {
      // Reports are rendered before the alert is sent.
      if (name === 'AlertsFailed') continue;
      const inLowerCase = `bucket_hygiene${name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}`;
      const ofThatName = samples.filter((sample) => sample.name === inLowerCase);
      expect([name, ofThatName.reduce((sum, one) => sum + one.value, 0)]).toEqual([name, value]);
    }
    expect(figures.length).toBeGreaterThan(5);
  });

  it('has names that begin alike and are written alike', () => {
    for (const { name } of parse(renderOpenMetrics(readable['deep']!)))
      expect(name).toMatch(/^bucket_hygiene(_[a-z]+)+$/);
  });

  it('compares what streams believe with what lies there, only where both is known to the end', () => {
    const samples = parse(renderOpenMetrics(readable['deep']!));
    const both = readable['deep']![0]!.streams.filter(
      (one) => one.believedBytes !== null && one.dataBytes !== null && one.complete,
    );
    expect(both.length).toBeLessThan(readable['deep']![0]!.streams.length - 1);
    expect(valueOf(samples, 'streams_compared')).toBe(both.length);
    expect(valueOf(samples, 'believed_bytes')).toBe(both.reduce((sum, one) => sum + one.believedBytes!, 0));
    expect(valueOf(samples, 'stored_bytes')).toBe(both.reduce((sum, one) => sum + one.dataBytes!, 0));
    expect(valueOf(parse(renderOpenMetrics(readable['healthy']!)), 'believed_bytes')).toBeUndefined();
  });

  it('says nothing about a bucket that could not be looked at, but that it could not', () => {
    const samples = parse(renderOpenMetrics(readable['failed-access-denied']!));
    expect(valueOf(samples, 'audit_completed')).toBe(0);
    expect(valueOf(samples, 'completeness', { state: 'failed' })).toBe(1);
    expect(valueOf(samples, 'findings_error')).toBeUndefined();
    expect(valueOf(samples, 'foreign_bytes')).toBeUndefined();
  });

  it('calls no size nought that is not known', () => {
    const samples = parse(
      renderOpenMetrics([report([entry('api/', 'stream'), entry('x/', 'foreign', { bytes: 7 })], [])]),
    );
    expect(valueOf(samples, 'size_bytes', { verdict: 'stream' })).toBeUndefined();
    expect(valueOf(samples, 'size_bytes', { verdict: 'foreign' })).toBe(7);
    expect(valueOf(samples, 'entries', { verdict: 'stream' })).toBe(1);
  });

  it('tells when the audit ended', () => {
    const samples = parse(renderOpenMetrics(readable['healthy']!));
    expect(valueOf(samples, 'last_audit_timestamp_seconds')).toBe(1795500001.812);
  });

  it('takes any environment for the value of a label', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (environment) => {
        const bucket = { name: 'logs', region: null, endpoint: null, environment };
        const samples = parse(renderOpenMetrics([report([], [], { bucket })]));
        expect(samples.at(-1)?.labels['environment']).toBe(displayText(environment));
        expect(labelValue(environment)).not.toContain('\n');
      }),
    );
  });
});
