import { expect, it } from 'vitest';
import { failuresOf, scheduleCount } from './failures.ts';

it(
  'every schedule with an odd seed keeps every invariant',
  async () => {
    expect(await failuresOf(0, 2)).toEqual([]);
  },
  60_000 + 2_000 * scheduleCount,
);
