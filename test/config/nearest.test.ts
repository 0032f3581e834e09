import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { didYouMean, nearest } from '../../src/config/nearest.ts';

const words = ['allow', 'name', 'region', 'serverVersion', 'ignoreKinds'];

describe('the nearest word', () => {
  it.each([
    ['alow', 'allow'],
    ['allwo', 'allow'],
    ['serverversion', 'serverVersion'],
    ['ignoreKind', 'ignoreKinds'],
    ['reg', 'region'],
  ])('of %s is %s', (word, meant) => {
    expect(nearest(word, words)).toBe(meant);
  });

  it('is nothing when no word is near', () => {
    expect(nearest('frequency', words)).toBeNull();
    expect(didYouMean('frequency', words)).toBe('');
  });

  it.each([
    ['en', ['endpoint', 'owner']],
    ['endp', ['endpoint', 'endpoints']],
    ['b', ['a']],
  ])('of %s among %j is nothing: one letter proves little, and two that fit are one too many', (word, all) => {
    expect(nearest(word, all)).toBeNull();
  });

  it('is the nearest of several that are near, and the first of equals', () => {
    expect(nearest('prefix', ['suffix', 'prefixes', 'perfix'])).toBe('perfix');
    expect(nearest('wordz', ['words', 'wordy'])).toBe('words');
    expect(nearest('end', ['endpoint', 'owner'])).toBe('endpoint');
  });

  it('is told as a question', () => {
    expect(didYouMean('alow', words)).toBe(' (did you mean allow?)');
  });

  it('of a known word is the word itself', () => {
    for (const word of words) expect(nearest(word, words)).toBe(word);
  });

  it('is found after any one slip of the hand in a word of five letters or more', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('allow', 'region', 'serverVersion'),
        fc.nat(),
        fc.constantFrom('drop', 'swap', 'double'),
        (word, n, slip) => {
          const at = n % (word.length - 1);
          const [before, a, b, after] = [word.slice(0, at), word[at] ?? '', word[at + 1] ?? '', word.slice(at + 2)];
          const slipped = {
            drop: before + b + after,
            swap: before + b + a + after,
            double: before + a + a + b + after,
          }[slip];
          expect(nearest(slipped, words)).toBe(word);
        },
      ),
    );
  });

  it('of a text without end costs no time', () => {
    expect(nearest('x'.repeat(1_000_000), words)).toBeNull();
  });
});
