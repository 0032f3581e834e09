import { expect, it } from 'vitest';
import { newRunId } from '../../../src/entry/run-id.ts';

it('the id of a run is a ULID that begins with its time', () => {
  const id = newRunId(new Date(1469918176385));
  expect(id).toMatch(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/);
  expect(id.slice(0, 10)).toBe('01ARYZ6S41');
});

it('two runs at the same moment have different ids', () => {
  const now = new Date();
  expect(newRunId(now)).not.toBe(newRunId(now));
});
