import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describe as wordsOf } from '../../src/findings/describe.ts';
import { displayText, shellQuote } from '../../src/findings/display.ts';
import { kinds, type Kind } from '../../src/findings/kinds.ts';

/** Keys as attackers and accidents make them. */
const hostile = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    '$(touch /tmp/ran)/',
    '`touch /tmp/ran`/',
    "'; rm -rf / #",
    '--endpoint-url=http://evil/',
    'a\nb\r\t/',
    '\u001b[31mred\u001b[0m/',
    '\u202egnp.exe/',
    'zero\u200bwidth/',
    '\\x1b/',
    '*',
  ),
);
/** Nothing that a terminal or a mail program would obey or hide. */
const obeyed = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;

describe('text for display', () => {
  it('holds no character that a terminal obeys, whatever the key is', () => {
    fc.assert(
      fc.property(hostile, (key) => {
        expect(displayText(key)).not.toMatch(obeyed);
      }),
    );
  });
  it('leaves what can be shown as it is', () => {
    expect(displayText('größe/日本/👍/a b')).toBe('größe/日本/👍/a b');
  });
  it('spells the others out', () => {
    expect(displayText('a\nb\u001b\u202e')).toBe(String.raw`a\nb\x1b\u202e`);
  });
});

describe('a word for the shell', () => {
  it('means exactly the key, shows nothing hostile, and runs nothing', () => {
    // One process for all: a shell for each key would take a minute.
    const keys = fc
      .sample(hostile, { numRuns: 300, seed: 7 })
      .filter((key) => !key.includes('\0') && key.isWellFormed());
    for (const key of keys) expect(shellQuote(key)).not.toMatch(obeyed);
    const { stdout } = spawnSync('bash', ['-c', `printf '%s\\0' ${keys.map((key) => shellQuote(key)).join(' ')}`], {
      encoding: 'utf8',
    });
    expect(stdout.split('\0').slice(0, -1)).toEqual(keys);
  });
});

describe('the words of every kind', () => {
  it.each(Object.keys(kinds) as Kind[])('%s are safe to show for any key', (kind) => {
    fc.assert(
      fc.property(
        hostile,
        fc.boolean(),
        fc.constantFrom(null, '1.6.2', '2.9.5'),
        (subject, multiTenant, serverVersion) => {
          const words = wordsOf(kind, {
            bucket: 'logs-prod',
            endpoint: null,
            subject,
            serverVersion,
            multiTenant,
            hidden: subject.startsWith('.'),
            evidence: { objects: 1, bytes: 2, newest: '2026-11-20T00:00:00Z', sizeComplete: false, keys: [subject] },
            now: new Date('2026-11-24T00:00:00Z'),
            details: { key: subject, reason: 'it is not JSON', version: subject, owner: subject },
          });
          for (const text of [words.title, words.message, words.why, words.remedy]) {
            expect(text).not.toMatch(obeyed);
            expect(text.length).toBeGreaterThan(5);
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});
