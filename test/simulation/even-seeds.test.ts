import { expect, it } from 'vitest';
import { failuresOf, scheduleCount } from './failures.ts';

it(
  'every schedule with an even seed keeps every invariant',
  async () => {
    expect(await failuresOf(1, 2)).toEqual([]);
  },
  60_000 + 2_000 * scheduleCount,
);
