import { describe as suite, expect, it } from 'vitest';
import { describe, type Circumstances } from '../../src/findings/describe.ts';
import type { Kind } from '../../src/findings/kinds.ts';

const words = (kind: Kind, more: Partial<Circumstances> = {}) =>
  describe(kind, {
    bucket: 'logs-prod',
    endpoint: null,
    subject: 'app/',
    serverVersion: '2.9.5',
    multiTenant: false,
    hidden: false,
    evidence: {},
    now: new Date('2026-11-24T06:00:00Z'),
    ...more,
  });
const message = (kind: Kind, more: Partial<Circumstances> = {}) => words(kind, more).message;

const key = 'app/.stream/.stream.json';
const denied = { operation: 'GetObject', code: 'AccessDenied', status: 403, answer: '' };
const stopped = { operation: 'ListObjectsV2', code: 'Stopped', status: null };

suite('what happened is told with what is known of it', () => {
  it.each<[Kind, Partial<Circumstances>, string]>([
    [
      'foreign-prefix',
      { subject: '*', evidence: { objects: 2 } },
      'More than a thousand prefixes belong to no Parseable stream and are told as one (2 objects).',
    ],
    [
      'foreign-prefix',
      { subject: '*' },
      'More than a thousand prefixes belong to no Parseable stream and are told as one.',
    ],
    ['foreign-prefix', {}, 'app/ holds something, and belongs to no Parseable stream.'],
    ['foreign-root-object', { subject: '*' }, 'Many objects at the root are not Parseable’s and are told as one.'],
    [
      'foreign-root-object',
      { subject: '*', evidence: { objects: 2_000 } },
      '2,000 objects at the root are not Parseable’s and are told as one.',
    ],
    [
      'foreign-root-object',
      { subject: 'x.txt' },
      'x.txt lies at the root of the bucket, where Parseable puts no such object.',
    ],
    [
      'foreign-root-object',
      { subject: 'acme/x.txt' },
      'acme/x.txt lies directly in the tenant acme/, where Parseable puts no such object.',
    ],
    [
      'stream-metadata-corrupt',
      { details: { key, reason: 'it is not JSON' } },
      `The metadata file ${key} cannot be used: it is not JSON.`,
    ],
    [
      'stream-metadata-corrupt',
      { details: { key }, evidence: { keys: [key] } },
      `The metadata file ${key} cannot be used: it is damaged.`,
    ],
    [
      'stream-metadata-corrupt',
      { evidence: { keys: ['a', 'b'] } },
      'The metadata of app/ cannot be used: it is damaged, and 1 more file of it.',
    ],
    [
      'stream-metadata-corrupt',
      { evidence: { keys: ['a', 'b', 'c'] } },
      'The metadata of app/ cannot be used: it is damaged, and 2 more files of it.',
    ],
    [
      'stream-metadata-unreadable',
      { evidence: denied },
      'The metadata of the stream app/ could not be read: GetObject was answered with 403 AccessDenied.',
    ],
    [
      'stream-metadata-unreadable',
      { details: { reason: 'it changed' } },
      'The metadata of the stream app/ could not be read: it changed.',
    ],
    ['stream-metadata-unreadable', {}, 'The metadata of the stream app/ could not be read: there was no answer.'],
    [
      'stream-metadata-newer',
      { details: { version: 'v9' } },
      'The metadata of app/ has version v9, which this program does not know, so nothing was inferred from it.',
    ],
    [
      'stream-metadata-newer',
      {},
      'The metadata of app/ has a version which this program does not know, so nothing was inferred from it.',
    ],
    [
      'deployment-metadata-corrupt',
      { subject: '.parseable/', details: { key: '.parseable.json', reason: 'it has 0 bytes' } },
      'The deployment file .parseable.json cannot be used: it has 0 bytes.',
    ],
    [
      'deployment-metadata-corrupt',
      { subject: 'acme/' },
      'The tenant file acme/.parseable.json cannot be used: it is damaged.',
    ],
    [
      'newer-than-server',
      { subject: '.alerts/', serverVersion: '1.6.2' },
      '.alerts/ is, or looks like, a folder of a newer Parseable than the 1.6.2 in use.',
    ],
    ['folder-marker', {}, 'app/ holds an empty folder marker and nothing else.'],
    ['folder-marker', { evidence: { objects: 1 } }, 'app/ holds an empty folder marker and nothing else.'],
    ['folder-marker', { evidence: { objects: 2 } }, 'app/ holds empty folder markers and nothing else.'],
    ['not-parseable', { subject: '/' }, 'Nothing in logs-prod is Parseable’s: it is probably the wrong bucket.'],
    [
      'not-parseable',
      { subject: '/', evidence: { rows: 1 } },
      'Nothing in logs-prod is Parseable’s, though it has 1 entry: it is probably the wrong bucket.',
    ],
    [
      'stale-allow-entry',
      { details: { reason: 'expired', expires: '2026-11-01', owner: 'data team' } },
      'The allow entry app/ of data team has expired with 2026-11-01.',
    ],
    ['stale-allow-entry', { details: { reason: 'expired' } }, 'The allow entry app/ has expired.'],
    [
      'stale-allow-entry',
      { details: { reason: 'matches nothing' } },
      'The allow entry app/ matches nothing in the bucket.',
    ],
    ['stale-allow-entry', { details: { reason: 'names a stream' } }, 'The allow entry app/ names a stream.'],
    ['stale-allow-entry', {}, 'The allow entry app/ has no effect.'],
    [
      'scan-incomplete',
      { evidence: denied },
      'app/ could not be looked at: GetObject was answered with 403 AccessDenied.',
    ],
    ['scan-incomplete', { evidence: stopped }, 'app/ was not looked at: the audit was stopped before.'],
    ['scan-incomplete', { subject: '/' }, 'The bucket logs-prod could not be looked at: there was no answer.'],
    [
      'scan-incomplete',
      { evidence: { ...denied, places: 3 } },
      '3 places in logs-prod could not be looked at; the first: GetObject was answered with 403 AccessDenied.',
    ],
    [
      'scan-incomplete',
      { evidence: { ...stopped, places: 1 } },
      'The audit was stopped before everything in logs-prod was looked at: 1 place left.',
    ],
  ])('%s with %j', (kind, circumstances, text) => {
    expect(message(kind, circumstances)).toBe(text);
  });
});

suite('the title', () => {
  it('names the subject, but for what concerns the whole bucket', () => {
    expect(words('foreign-prefix').title).toBe('foreign prefix app/');
    expect(words('not-parseable', { subject: '/' }).title).toBe('nothing of Parseable here');
    expect(words('scan-incomplete', { subject: '/' }).title).toBe('not everything could be looked at');
    expect(words('scan-incomplete').title).toBe('not everything could be looked at app/');
    expect(words('foreign-prefix', { subject: '/' }).title).toBe('foreign prefix /');
  });
});

suite('the consequence', () => {
  it('names the version where it is configured or matters, and Parseable otherwise', () => {
    expect(words('foreign-root-object').why).toMatch(/^Parseable 2\.9\.5 ignores it/);
    expect(words('foreign-root-object', { serverVersion: null }).why).toMatch(/^Parseable ignores it/);
    expect(words('foreign-prefix', { serverVersion: null }).why).toMatch(/^Parseable 2\.9\.5 ignores it/);
  });

  it('is no server’s where only the monitor is concerned', () => {
    expect(words('scan-incomplete').why).toMatch(/^What was not seen/);
    expect(words('not-parseable').why).toMatch(/^A monitor/);
  });
});

suite('the remedy', () => {
  it('looks for the damaged file, or where it would be', () => {
    expect(words('stream-metadata-corrupt').remedy).toContain('--prefix=app/.stream/.stream.json');
    expect(words('stream-metadata-corrupt', { details: { key: 'app/.stream.json' } }).remedy).toContain(
      '--prefix=app/.stream.json',
    );
    expect(words('deployment-metadata-corrupt', { subject: 'acme/' }).remedy).toContain(
      '--prefix=acme/.parseable.json',
    );
    expect(words('stream-metadata-newer').remedy).toContain(`s3://logs-prod/${key} -`);
  });

  it('tells what is missing where the answer of the store is known, and only there', () => {
    expect(words('stream-metadata-unreadable', { evidence: denied }).remedy).toContain('s3:GetObject');
    expect(words('stream-metadata-unreadable').remedy).toMatch(/-`\.$/);
    expect(words('scan-incomplete', { evidence: denied }).remedy).toContain('s3:GetObject');
    expect(words('scan-incomplete').remedy).toMatch(/^Run the audit again/);
  });
});
