import { mkdtempSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { emptyMemory, unpackMemory } from '../../src/history/memory.ts';
import { ConfigError } from '../../src/config/errors.ts';
import { parseConfig } from '../../src/config/load.ts';
import { startS3, type S3 } from '../s3/server.ts';
import { runCli } from '../support/cli.ts';
import { troubledBucket } from '../support/troubled-bucket.ts';
import { faultOf } from './keys.ts';

const canary = 'CANARY-of-a-file';
const deep = 100_000;
const good = JSON.stringify(emptyMemory('logs'));

/** States that are none, as they lie in the store. */
const states: Record<string, Buffer> = {
  nothing: Buffer.alloc(0),
  text: Buffer.from(canary),
  'JSON that is not gzipped': Buffer.from(good),
  'gzip of nothing': gzipSync(''),
  'gzip of text': gzipSync(canary),
  'gzip cut short': gzipSync(good).subarray(0, -6),
  'a byte order mark': gzipSync(`\ufeff${good}`),
  'UTF-16': gzipSync(Buffer.from(good, 'utf16le')),
  'a list': gzipSync(`[${good}]`),
  null: gzipSync('null'),
  'an empty object': gzipSync('{}'),
  'a huge version': gzipSync('{"schemaVersion":1e999}'),
  'lists in lists': gzipSync('['.repeat(deep) + ']'.repeat(deep)),
  'deep objects in the place of findings': gzipSync(
    good.replace('"findings":{}', `"findings":{"x":${'{"a":'.repeat(deep)}1${'}'.repeat(deep)}}`),
  ),
  'the prototype': gzipSync(`{"__proto__":${good}}`),
  'findings that are none': gzipSync(good.replace('"findings":{}', `"findings":{"x":{"kind":"${canary}"}}`)),
  'a time that is none': gzipSync(good.replace('"lastFull":null', `"lastFull":"${canary}"`)),
};

describe('a state that is', () => {
  it.each(Object.entries(states))('%s is unknown, never an empty one, and is not shown', (_, bytes) => {
    const read = unpackMemory(bytes, 'logs');
    expect(read).toMatchObject({ state: 'unknown', failure: { operation: 'GetObject' } });
    expect(JSON.stringify(read)).not.toContain(canary);
    expect(faultOf(JSON.stringify(read))).toBeNull();
  });

  it.each([
    ['a name twice', good.replace('{', '{"schemaVersion":1,')],
    [
      'members of the prototype',
      good.replace('"verdicts":{}', '"verdicts":{"constructor":"stream","toString":"stream"}'),
    ],
    ['fields of a newer release', good.replace('{', '{"newer":{"x":[1]},')],
  ])('right and has %s is read', (_, text) => {
    expect(unpackMemory(gzipSync(text), 'logs')).toMatchObject({ state: 'present' });
  });
});

/** Configurations that are none, with what the error names besides the file. */
const configurations: [what: string, text: string, names: RegExp][] = [
  ['nothing', '', /:1:1 is not JSON/],
  ['text', canary, /:1:1 is not JSON/],
  ['a list', '[]', /^the configuration is an empty list/],
  ['null', 'null', /the configuration is null/],
  ['lists in lists', '['.repeat(deep), /:1:\d+ is not JSON: nested too deeply/],
  ['objects in objects', '{"buckets":'.repeat(deep), /:1:\d+ is not JSON: nested too deeply/],
  ['a name twice', '{"buckets":[],"buckets":[]}', /:1:\d+ is not JSON: "buckets" stands here a second time/],
  ['a NUL', '{"buckets":[{"name":"lo\0gs"}]}', /:1:\d+ is not JSON: a control character/],
  ['UTF-16', Buffer.from('{"buckets":[]}', 'utf16le').toString('utf8'), /is not JSON/],
  ['gzip', gzipSync('{"buckets":[]}').toString('utf8'), /:1:1 is not JSON/],
  [
    'a huge number',
    '{"buckets":[{"name":"logs"}],"alerts":{"remindAfterHours":1e999}}',
    /^alerts\.remindAfterHours is/,
  ],
  ['a NaN', '{"buckets":[{"name":"logs"}],"alerts":{"remindAfterHours":NaN}}', /:1:\d+ is not JSON/],
  ['a member of the prototype', '{"buckets":[{"name":"logs"}],"constructor":1}', /^constructor is not a setting/],
  [
    'a bidi override in a name',
    '{"buckets":[{"name":"logs","\u202egnp":1}]}',
    /^buckets\[0\]\["\\u202egnp"\] is not a setting/,
  ],
  ['a line feed in a name', '{"buckets":[{"name":"logs","a\\nb":1}]}', /^buckets\[0\]\["a\\nb"\] is not a setting/],
  ['a colour in a value', '{"buckets":[{"name":"\\u001b[31m"}]}', /^buckets\[0\]\.name is "\\x1b\[31m"/],
];

describe('a configuration that is', () => {
  const linesOf = (text: string, name: string): string[] => {
    try {
      parseConfig(text, name);
    } catch (error) {
      if (error instanceof ConfigError) return error.lines;
      throw error;
    }
    return [];
  };

  it.each(configurations)('%s is refused by place and file, on single lines', (_, text, names) => {
    const lines = linesOf(text, 'hostile.json');
    expect(lines.join('\n')).toMatch(names);
    expect(lines.join('\n')).toContain('hostile.json');
    expect(lines.join('\n').length).toBeLessThan(500);
    for (const line of lines) expect(faultOf(line.replaceAll('\n', '\0'))).toBeNull();
  });

  it('right but for a byte order mark is read', () => {
    expect(linesOf('\ufeff{"buckets":[{"name":"logs"}]}', 'x')).toEqual([]);
  });
});

describe('the command line with', () => {
  let s3: S3;
  let folder: string;

  beforeAll(async () => {
    s3 = await startS3({ buckets: { logs: { objects: troubledBucket } } });
    folder = mkdtempSync(join(tmpdir(), 'bucket-hygiene-files-'));
  });

  afterAll(async () => {
    rmSync(folder, { recursive: true });
    await s3.close();
  });

  it('an unusable state reports, saves nothing, and exits 3', async () => {
    const place = join(folder, 'state', 'logs');
    mkdirSync(place, { recursive: true });
    writeFileSync(join(place, 'state.json.gz'), states['gzip of text']!);
    const ran = await runCli(['audit', 's3://logs', '--state', join(folder, 'state'), '--format', 'json'], {
      endpoint: s3.url,
    });
    expect(ran.code).toBe(3);
    expect(JSON.parse(ran.stdout)).toMatchObject({ completeness: 'full' });
    expect(ran.stderr).toMatch(/^bucket-hygiene: logs: the state cannot be read/m);
    expect(ran.stdout + ran.stderr).not.toContain(canary);
    expect(readdirSync(place)).toEqual(['state.json.gz']);
    expect(readFileSync(join(place, 'state.json.gz'))).toEqual(states['gzip of text']);
  });

  it('an unusable configuration asks nothing of the bucket, and exits 2', async () => {
    const file = join(folder, 'hostile\u001b[31m.json');
    writeFileSync(file, Buffer.from('{"buckets":[]}', 'utf16le'));
    s3.requests.length = 0;
    const ran = await runCli(['audit', 's3://logs', '--config', file], { endpoint: s3.url });
    expect({ code: ran.code, stdout: ran.stdout }).toEqual({ code: 2, stdout: '' });
    expect(ran.stderr).toContain(String.raw`hostile\x1b[31m.json`);
    expect(faultOf(ran.stderr)).toBeNull();
    expect(s3.requests).toEqual([]);
  });

  it.each([
    [['audit', 's3://logs/\u001b[31m\u202e']],
    [['audit', 's3://logs', '--\u202egnp']],
    [['audit', 's3://logs', '--format', '\u001b]0;x\u0007']],
    [['audit', 's3://logs', '--state', 's3://\n\u2028/']],
    [['explain', 'foreign\r\nprefix\u200b']],
    [['\u009b31m']],
  ])('the arguments %j exits 2 in harmless words', async (argv) => {
    const { code, stdout, stderr } = await runCli(argv);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(faultOf(stderr)).toBeNull();
    for (const line of stderr.trimEnd().split('\n')) expect(line).toMatch(/^(bucket-hygiene: | {2}\S)/);
  });
});
