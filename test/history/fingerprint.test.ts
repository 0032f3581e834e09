import { expect, it } from 'vitest';
import { fingerprint } from '../../src/history/fingerprint.ts';

it('the id of a finding is the same in every release: the memory and the reader know it by that', () => {
  expect(fingerprint('logs-prod', 'foreign-prefix', 'backups/')).toBe('cb819be792024a38');
});

it('no two of bucket, kind and subject run into each other', () => {
  expect(fingerprint('a', 'b', 'c')).not.toBe(fingerprint('ab', '', 'c'));
  expect(fingerprint('a', 'b', 'c')).not.toBe(fingerprint('a', 'bc', ''));
});
