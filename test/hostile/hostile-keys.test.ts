import fc from 'fast-check';
import { nothingEarlier } from '../../src/audit/earlier.ts';
import { listPrice } from '../../src/findings/costs.ts';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Outcome } from '../../src/audit/outcome.ts';
import type { AllowEntry } from '../../src/config/config.ts';
import { remedyParts } from '../../src/findings/commands.ts';
import { isKind, kinds } from '../../src/findings/kinds.ts';
import type { Finding, Report } from '../../src/findings/report.ts';
import { packMemory, unpackMemory } from '../../src/history/memory.ts';
import { entry, finding, report } from '../report/situations.ts';
import { objectOf } from '../s3/client.ts';
import type { StoredObject } from '../s3/server.ts';
import { auditObjects } from '../support/audited.ts';
import { deploymentBody, markerBody } from '../support/generated.ts';
import { widthOf } from '../../src/report/width.ts';
import { anyKey, faultOf, hostileCases, hostileKeys } from './keys.ts';
import { filedOf, printedOf, progressOf, runOf, type Run } from './outputs.ts';

const allKinds = Object.keys(kinds).filter(isKind);

/** The row that a key of the root belongs to: itself, or its first segment. */
const rowOf = (key: string): string => key.slice(0, key.indexOf('/') + 1) || key;

/** Names that leave room for what lies below them. */
const short = Object.values(hostileKeys).filter((key) => Buffer.byteLength(key) < 900);
/** One segment of a key, as a stream's or a tenant's name is; what begins with a dot is hidden, and neither. */
const segments = short.filter((key) => !key.includes('/') && !key.startsWith('.'));

const dataKey = 'date=2026-10-30/hour=09/minute=01/node-1.data.01M72BPEH5DF5EAYAFYW1K8Q0D.parquet';

/** A bucket in which every place that can bear a hostile name bears all of them. */
const objects: StoredObject[] = [
  objectOf('.parseable/.parseable.json', deploymentBody()),
  objectOf('acme/.parseable.json', deploymentBody()),
  objectOf('acme/app/.stream/.stream.json', markerBody('v7')),
  objectOf('web/.stream/.stream.json', markerBody('v7')),
  ...Object.values(hostileKeys).map((key) => objectOf(key, 'x')),
  ...short.flatMap((key) => [
    objectOf(`${key}/data.bin`, 'xx'),
    objectOf(`web/${key}`, 'x'),
    objectOf(`acme/${key}`, 'x'),
    objectOf(`acme/${key}/y`, 'x'),
  ]),
  ...segments.flatMap((key) => [
    objectOf(`${key}.s/.stream/.stream.json`, markerBody('v7')),
    objectOf(`${key}.c/.stream/.stream.json`, '{'),
    objectOf(`${key}.n/.stream/.stream.json`, markerBody('v99')),
    objectOf(`${key}.o/${dataKey}`, 'x'),
    objectOf(`acme/${key}.s/.stream/.stream.json`, markerBody('v7')),
    objectOf(`${key}.t/.parseable.json`, '{'),
    objectOf(`${key}.t/app/.stream/.stream.json`, markerBody('v7')),
  ]),
];

describe('a bucket full of hostile keys', () => {
  let outcome: Outcome;
  let run: Run;

  beforeAll(async () => {
    outcome = await auditObjects(objects, { environment: hostileKeys['forged row']! });
    run = runOf(outcome);
  });

  it('is looked at in full', () => {
    expect(outcome.completeness).toBe('full');
  });

  it('has one row for each name, exactly as it stands in the bucket, and exactly in JSON', async () => {
    const expected = new Set(objects.map(({ key }) => rowOf(key)));
    const inTenant = (name: string) => /^[^/]*\/./s.test(name);
    const rows = outcome.entries.map(({ name }) => name);
    expect(new Set(rows.filter((name) => !inTenant(name)))).toEqual(expected);
    expect(new Set(rows).size).toBe(rows.length);
    for (const key of segments) expect(rows).toContain(`acme/${key}/`);
    const [json] = (await printedOf([run.report])).filter(({ format }) => format === 'json');
    const parsed = JSON.parse(json?.text ?? '') as Report;
    expect(parsed.entries).toEqual(run.report.entries);
    expect(parsed.findings).toEqual(run.report.findings);
  });

  it('judges what bears a hostile name as it judges everything', () => {
    const verdicts = new Map(outcome.entries.map(({ name, verdict }) => [name, verdict]));
    for (const key of segments) {
      expect([key, verdicts.get(`${key}.s/`)]).toEqual([key, 'stream']);
      expect([key, verdicts.get(`${key}.c/`)]).toEqual([key, 'corrupt']);
      expect([key, verdicts.get(`${key}.o/`)]).toEqual([key, 'orphaned']);
      expect([key, verdicts.get(`${key}.t/`)]).toEqual([key, 'corrupt']);
      expect([key, verdicts.get(`acme/${key}.s/`)]).toEqual([key, 'stream']);
    }
    for (const key of Object.values(hostileKeys).filter((one) => !one.includes('/'))) {
      expect([key, verdicts.get(key)]).toEqual([key, 'foreign']);
    }
  });

  it('names keys exactly in the evidence', () => {
    const evidenceOf = (subject: string) => outcome.candidates.find((one) => one.subject === subject)?.evidence.keys;
    for (const key of segments) {
      expect(evidenceOf(`${key}.c/`)).toEqual([`${key}.c/.stream/.stream.json`]);
      expect(evidenceOf(`${key}/`)).toContain(`${key}/data.bin`);
    }
  });

  it('is harmless in the words of every finding', () => {
    expect(outcome.candidates.length).toBeGreaterThan(400);
    for (const { title, message, why, remedy } of outcome.candidates) {
      for (const text of [title, message, why, remedy]) expect(faultOf(text.replaceAll('\n', '\0'))).toBeNull();
    }
  });

  it('is harmless in every format, on stderr and in a file', async () => {
    for (const { how, text, coloured } of [
      ...(await printedOf([run.report, run.report])),
      ...(await filedOf([run.report])),
    ]) {
      expect(faultOf(text, { coloured }), how).toBeNull();
    }
  });

  it('is harmless in the mail, its subject and its attributes', () => {
    const { subject, message, attributes } = run.alert!;
    expect(subject).toMatch(/^[\x20-\x7e]{1,99}$/);
    expect(faultOf(message)).toBeNull();
    expect(message.split('\n').length).toBeLessThanOrEqual(61);
    expect(Buffer.byteLength(message)).toBeLessThan(250_000);
    for (const value of Object.values(attributes)) expect(faultOf(value as string)).toBeNull();
  });

  it('is harmless in the mail that tells its end', () => {
    const gone = { ...outcome, startedAt: '2026-11-24T07:00:00.000Z', entries: [], candidates: [] };
    const { subject, message } = runOf(gone, run.memory).alert!;
    expect(subject).toMatch(/^[\x20-\x7e]{1,99}$/);
    expect(faultOf(message)).toBeNull();
  });

  it('comes back from the state with every name as it was', () => {
    const bytes = packMemory(run.memory);
    const again = unpackMemory(bytes, 'bucket');
    expect(again.state).toBe('present');
    const { findings, known } = run.memory;
    expect(again).toMatchObject({ value: { findings, known } });
    expect(
      Object.values(findings)
        .map(({ subject }) => subject)
        .toSorted(),
    ).toEqual(run.report.findings.map(({ subject }) => subject).toSorted());
  });

  it('gives each finding an id of its own', () => {
    const ids = run.report.findings.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('a configuration full of hostile texts', () => {
  const allow = [...new Set(Object.values(hostileKeys))].map((prefix): AllowEntry => ({
    prefix,
    reason: prefix,
    owner: prefix,
    expires: null,
  }));
  const roots = allow.map(({ prefix }) => prefix).filter((key) => !key.includes('/'));

  it('allows exactly the names that it names', async () => {
    const lying = [
      objectOf('.parseable/.parseable.json', deploymentBody()),
      ...roots.flatMap((key) => [objectOf(key, 'x'), objectOf(`${key}/x`, 'x')]),
    ];
    const { entries } = await auditObjects(lying, { allow });
    const verdicts = new Map(entries.map(({ name, verdict }) => [name, verdict]));
    for (const key of roots) {
      expect([key, verdicts.get(key), verdicts.get(`${key}/`)]).toEqual([key, 'allowed', 'foreign']);
    }
  });

  it('is harmless where its stale entries and its environment are told', async () => {
    const lying = [objectOf('.parseable/.parseable.json', deploymentBody()), objectOf('x/y', 'x')];
    const usual = await auditObjects(lying);
    for (const environment of Object.values(hostileKeys)) {
      const outcome = { ...usual, bucket: { ...usual.bucket, environment } };
      const { alert, report: told } = runOf(outcome);
      expect(told.bucket.environment).toBe(environment);
      for (const { how, text, format, coloured } of await printedOf([told])) {
        expect(faultOf(text, { coloured }), how).toBeNull();
        if (format === 'text' && !coloured)
          expect(text.match(/^(error|warning|note) {2}/gm), environment).toHaveLength(1);
      }
      expectOneBlock(alert!.message, told.findings[0]!);
      expect(alert!.subject).toMatch(/^[\x20-\x7e]{1,99}$/);
      expect(faultOf(alert!.attributes.environment ?? '')).toBeNull();
    }
    const stale = runOf(await auditObjects(lying, { allow }));
    const told = stale.report.findings.filter(({ kind }) => kind === 'stale-allow-entry');
    expect(new Set(told.map(({ subject }) => subject))).toEqual(new Set(allow.map(({ prefix }) => prefix)));
    expect(faultOf(stale.alert!.message)).toBeNull();
    for (const { how, text, coloured } of await printedOf([stale.report])) {
      expect(faultOf(text, { coloured }), how).toBeNull();
    }
  });
});

const commandsOf = ({ remedy }: Finding) => remedyParts(remedy).filter(({ command }) => command);
const count = (text: string, pattern: RegExp) => text.match(pattern)?.length ?? 0;

/** One finding is one block: nothing in a name can make a second one, or a line that is not the program's. */
function expectOneBlock(mail: string, one: Finding): void {
  const about = JSON.stringify(one.subject.slice(0, 80));
  expect(count(mail, /^NEW$/gm), about).toBe(1);
  expect(count(mail, /^ {2}(error|warning|note) /gm), about).toBe(1);
  expect(count(mail, /^Report: /gm), about).toBe(1);
  expect(mail).toMatch(/^Report: {3}s3:\/\/ops-state\//m);
  expect(count(mail, /^Run: /gm), about).toBe(1);
  expect(count(mail, /^(WORSE|STILL OPEN|RESOLVED|COULD NOT LOOK)$/gm), about).toBe(0);
  const commands = mail.split('\n').filter((line) => /^ {13}\S/.test(line));
  // A name that fills a mail by itself is told in one line, without its remedy.
  const isBrief = Buffer.byteLength(one.message) > 3_000 && commands.length === 0;
  if (!isBrief)
    expect(
      commands.map((line) => line.trim()),
      about,
    ).toEqual(commandsOf(one).map(({ text }) => text));
}

function expectOneTextBlock(text: string, one: Finding): void {
  const about = JSON.stringify([one.kind, one.subject.slice(0, 80)]);
  expect(count(text, /^(error|warning|note) {2}/gm), about).toBe(1);
  expect(count(text, /^ [!?+=~] \S/gm), about).toBe(1);
  expect(
    text
      .split('\n')
      .filter((line) => /^ {4}/.test(line))
      .map((line) => line.trim()),
    about,
  ).toEqual(commandsOf(one).map(({ text: command }) => command));
}

/** A finding of a kind about a key, in a report of its own. */
function alone(kind: (typeof allKinds)[number], key: string): { one: Finding; told: Report } {
  const details = { key: `${key}/.stream/.stream.json`, reason: key, version: key, owner: key, expires: key };
  const evidence = { objects: 2, bytes: 3, newest: '2026-11-20T06:00:00Z', sizeComplete: true, keys: [key] };
  const one = finding(kind, key, { details, evidence });
  return { one, told: report([entry(key, 'foreign')], [one]) };
}

describe('one finding, whatever its key', () => {
  it.each(allKinds)('is one block and no more: %s', async (kind) => {
    for (const [, key] of hostileCases) {
      const { one, told } = alone(kind, key);
      for (const { how, text, format, coloured } of await printedOf([told], [60])) {
        expect(faultOf(text, { coloured }), how).toBeNull();
        if (format === 'text' && !coloured) expectOneTextBlock(text, one);
        if (format === 'json') expect((JSON.parse(text) as Report).findings[0]?.subject).toBe(key);
      }
    }
  });
});

describe('any key at all', () => {
  const outcomeOf = ({ one, told }: ReturnType<typeof alone>): Outcome => ({
    ...told,
    candidates: [{ ...one, grace: null }],
    depth: null,
    knownDepth: null,
    known: nothingEarlier,
    price: listPrice,
    preflight: null,
    failure: null,
  });

  it('is one block in the mail', () => {
    for (const [, key] of hostileCases) {
      const made = alone('foreign-prefix', key);
      const { alert } = runOf(outcomeOf(made));
      expect(faultOf(alert!.message)).toBeNull();
      expectOneBlock(alert!.message, made.one);
    }
  });

  it('is one block wherever its spaces let lines be broken', async () => {
    for (let pad = 0; pad < 80; pad++) {
      for (const forged of [
        'Report:   s3://evil/',
        'NEW',
        '  warning  x/   foreign prefix',
        '    curl evil',
        'error  x',
      ]) {
        const made = alone('foreign-prefix', `${'x'.repeat(pad)} ${forged} y/`);
        expectOneBlock(runOf(outcomeOf(made)).alert!.message, made.one);
        const [plain] = (await printedOf([made.told], [78])).filter(({ format }) => format === 'text');
        expectOneTextBlock(plain!.text, made.one);
      }
    }
  });

  it('is exact in JSON and harmless elsewhere', async () => {
    await fc.assert(
      fc.asyncProperty(anyKey, fc.constantFrom(...allKinds), async (key, kind) => {
        const made = alone(kind, key);
        for (const { how, text, format, coloured } of await printedOf([made.told], [50])) {
          expect(faultOf(text, { coloured }), how).toBeNull();
          if (format === 'json') expect(JSON.parse(text)).toEqual(made.told);
        }
        const { alert, memory } = runOf(outcomeOf(made));
        expect(faultOf(alert!.message)).toBeNull();
        expectOneBlock(alert!.message, made.one);
        expect(unpackMemory(packMemory(memory), 'logs-prod')).toMatchObject({ value: { findings: memory.findings } });
      }),
      { numRuns: 150, interruptAfterTimeLimit: 8_000 },
    );
  });

  it('is harmless in the line of progress', () => {
    fc.assert(
      fc.property(anyKey, (bucket) => {
        const line = progressOf(bucket);
        expect(faultOf(line.replaceAll('\n', '\0'))).toBeNull();
        expect(widthOf(line)).toBeLessThan(60);
      }),
    );
  });
});
