import fc from 'fast-check';
import { spawnSync } from 'node:child_process';
import { describe as suite, expect, it } from 'vitest';
import { remedyParts } from '../../src/findings/commands.ts';
import { describe, type Circumstances } from '../../src/findings/describe.ts';
import { isKind, kinds, type Kind } from '../../src/findings/kinds.ts';

const allKinds = Object.keys(kinds).filter(isKind);
const now = new Date('2026-11-24T06:00:00Z');

const circumstances = (more: Partial<Circumstances> = {}): Circumstances => ({
  bucket: 'logs-prod',
  endpoint: null,
  subject: 'wide/',
  serverVersion: '2.9.5',
  multiTenant: false,
  hidden: false,
  evidence: {},
  now,
  ...more,
});

const figures = {
  objects: 153,
  bytes: 2_400_000,
  oldest: '2026-11-01T06:00:00Z',
  newest: '2026-11-21T06:00:00Z',
  sizeComplete: true,
};

const words = (kind: Kind, more: Partial<Circumstances> = {}) => describe(kind, circumstances(more));

suite('the words about a finding', () => {
  it('name the prefix, what happened, the figures, the consequence and the next command', () => {
    expect(words('orphaned-stream-data', { evidence: figures })).toEqual({
      severity: 'warning',
      title: 'orphaned stream data wide/',
      message:
        'The data of a stream is in wide/ (153 objects, 2.4 MB, newest 3 days ago), its metadata is not: a delete was probably cut short.',
      why: 'Parseable 2.9.5 does not show it, does not count it, and will never remove it.',
      remedy:
        'Look first: `aws s3 ls --recursive s3://logs-prod/wide/`. Then copy it elsewhere if anybody may miss it, and remove it here.',
    });
  });

  it('say that figures are lower bounds', () => {
    const { message } = words('foreign-prefix', { evidence: { ...figures, sizeComplete: false } });
    expect(message).toContain('at least 153 objects, 2.4 MB, newest 3 days ago');
  });

  it('say which version is assumed when none is configured, and judge for it', () => {
    const { message, why } = words('foreign-prefix', { serverVersion: null, evidence: figures });
    expect(message).toMatch(/; no server version is set, so 2\.9\.5 is assumed\.$/);
    expect(why).toMatch(/^Parseable 2\.9\.5 ignores it/);
    expect(words('foreign-prefix', { serverVersion: '1.6.2' }).why).toMatch(/^Parseable 1\.6\.2 does not start/);
  });

  it('assume no version where none matters', () => {
    for (const kind of ['foreign-root-object', 'not-parseable', 'scan-incomplete'] as const) {
      expect(words(kind, { serverVersion: null }).message).not.toContain('assumed');
    }
  });

  it('send the commands to the endpoint that was audited', () => {
    const { remedy } = words('foreign-prefix', { endpoint: 'http://minio:9000' });
    expect(remedy).toContain('`aws s3 ls --recursive s3://logs-prod/wide/ --endpoint-url http://minio:9000`');
  });

  it('tell apart how a metadata file is damaged', () => {
    const key = 'wide/.stream/.stream.json';
    const why = (reason: string, file = key) =>
      words('stream-metadata-corrupt', { details: { key: file, reason } }).why;
    expect(why('it has 0 bytes')).toContain('logs nothing');
    expect(why('it is not JSON')).toContain('panics');
    expect(why('its field owner is missing')).toContain('default metadata');
    expect(why('it is not JSON', 'wide/.stream/.ingestor.86a3146fed055d2.stream.json')).toContain('ingest node');
  });

  it('print stream metadata, never a file that holds passwords', () => {
    const remedy = (key: string) =>
      words('stream-metadata-corrupt', { details: { key, reason: 'it is not JSON' } }).remedy;
    expect(remedy('wide/.stream/.stream.json')).toContain('aws s3 cp ');
    expect(remedy('wide/.parseable.json')).not.toContain('aws s3 cp ');
    expect(words('deployment-metadata-corrupt', { subject: '.parseable/' }).remedy).not.toContain('aws s3 cp ');
  });

  it('call a tenant without metadata a copied stream first of all', () => {
    expect(words('tenant-metadata-missing').message).toMatch(
      /^In a bucket without other tenants this is nearly always a copied stream/,
    );
  });

  it('know a prefix in a tenant, which no start deletes, from one at the root', () => {
    const at = (subject: string) => words('foreign-prefix', { subject, multiTenant: true });
    expect(at('junk/')).toMatchObject({
      severity: 'error',
      why: expect.stringContaining('deletes it, all of it') as string,
    });
    expect(at('acme/junk/')).toMatchObject({
      severity: 'warning',
      why: expect.stringContaining('ignores it') as string,
    });
  });

  it('tell many that were folded from one object that bears that name', () => {
    const many = words('foreign-root-object', { subject: '*', evidence: { ...figures, keys: ['a', 'b'] } });
    expect(many.title).toBe('foreign object at the root, a great many');
    expect(many.remedy).toContain('`aws s3 ls s3://logs-prod/`');
    const one = words('foreign-root-object', { subject: '*', evidence: { ...figures, objects: 1, keys: ['*'] } });
    expect(one.title).toBe('foreign object at the root *');
    expect(one.remedy).toContain("`aws s3 ls 's3://logs-prod/*'`");
  });

  it('tell an empty bucket from a wrong one', () => {
    expect(words('not-parseable', { subject: '/', evidence: { rows: 0 } }).message).toMatch(/is empty/);
    expect(words('not-parseable', { subject: '/', evidence: { rows: 3 } }).message).toMatch(
      /3 entries: .*wrong bucket/,
    );
  });

  it('tell which request got which answer', () => {
    const evidence = { operation: 'ListObjectsV2', code: 'AccessDenied', status: 403, answer: 'no \u001b[31m way.' };
    const { message, remedy } = words('scan-incomplete', { subject: '/', evidence });
    expect(message).toBe(
      String.raw`The bucket logs-prod could not be looked at: ListObjectsV2 was answered with 403 AccessDenied (no \x1b[31m way).`,
    );
    expect(remedy).toContain('s3:ListBucket on arn:aws:s3:::logs-prod');
  });
});

/** Keys as attackers and accidents make them. */
const hostile = fc.oneof(
  fc.constantFrom('$(touch /tmp/ran)/', '`touch /tmp/ran`/', "'; rm -rf / #", '--endpoint-url=http://evil/', '*'),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }),
  fc.string({
    unit: fc.constantFrom(...Array.from('a/`\'"$(){};|&\\\n\u001b\u202e\u2028\u0000-* ')),
    minLength: 1,
    maxLength: 20,
  }),
);

const anyCircumstances: fc.Arbitrary<Circumstances> = fc.record({
  bucket: fc.constant('logs-prod'),
  endpoint: fc.constantFrom(null, 'http://minio:9000/a b'),
  subject: hostile,
  serverVersion: fc.constantFrom(null, '0.1.0', '0.9.0', '1.6.2', '2.0.0', '2.9.5', '3.1.4'),
  multiTenant: fc.boolean(),
  hidden: fc.boolean(),
  evidence: fc.constantFrom(
    {},
    figures,
    { ...figures, newest: null, sizeComplete: false },
    { operation: 'GetObject', code: 'AccessDenied', status: 403, answer: 'x\u001by' },
    { operation: 'ListObjectsV2', code: 'Stopped', status: null, places: 3 },
  ),
  now: fc.constant(now),
  details: fc.record(
    { key: hostile, reason: hostile, version: hostile, owner: hostile, expires: hostile },
    { requiredKeys: [] },
  ),
});

const unshowable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;

suite('the words about any key', () => {
  it.each(allKinds)('of %s are complete, and may be shown', (kind) => {
    fc.assert(
      fc.property(anyCircumstances, (c) => {
        const texts = describe(kind, c);
        for (const text of [texts.title, texts.message, texts.why, texts.remedy]) {
          expect(text).not.toBe('');
          expect(text).not.toMatch(unshowable);
          expect(text).not.toMatch(/undefined|\[object|NaN/);
        }
        expect(texts.message).toMatch(/\.$/);
        expect(texts.why).toMatch(/^[A-Z].*\.$/);
        expect(texts.remedy).toMatch(/\.$/);
      }),
      { numRuns: 40 },
    );
  });

  it('have at least one command for each kind but those that need none, and none that deletes', () => {
    fc.assert(
      fc.property(fc.constantFrom(...allKinds), anyCircumstances, (kind, c) => {
        for (const { command, text } of remedyParts(describe(kind, c).remedy)) {
          if (command)
            expect(text).toMatch(/^aws (s3 ls |s3 cp .* -( |$)|s3api list-object-versions |sts get-caller-identity$)/);
        }
        expect(remedyParts(describe(kind, c).remedy).some(({ command }) => command || kind === 'scan-incomplete')).toBe(
          true,
        );
      }),
    );
  });

  it('have commands that mean exactly that key to a shell', () => {
    const keys = fc.sample(
      hostile.filter((key) => !key.includes('\0') && key.isWellFormed()),
      { numRuns: 150, seed: 11 },
    );
    const commands = keys.map(
      (subject) => remedyParts(words('foreign-prefix', { subject }).remedy).find(({ command }) => command)?.text ?? '',
    );
    // No command is run: a function of its name only prints what it was given last.
    const printLast = 'aws() { printf "%s\\0" "${@: -1}"; }';
    const { stdout, status } = spawnSync('bash', ['--norc', '-c', [printLast, ...commands].join('\n')]);
    expect(status).toBe(0);
    // Many that were folded have no key of their own.
    expect(stdout.toString('utf8').split('\0').slice(0, -1)).toEqual(
      keys.map((key) => `s3://logs-prod/${key === '*' ? '' : key}`),
    );
  });
});
