import type { Colours } from './colours.ts';

/** Where a report is laid out: how wide, in which colours, by which clock. */
export interface Space {
  width: number;
  colours: Colours;
  now: Date;
}
