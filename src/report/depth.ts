import type { Depth } from '../findings/report.ts';
import { humanCount, humanNumber } from '../findings/units.ts';

/** How far a deep audit came, and how old the oldest of what it rests on is: `6 of 7 streams, 1,210 of 1,240 days, …`. */
export const depthText = ({ streams, ofStreams, days, ofDays, objects, share, lastListed }: Depth): string =>
  [
    `${humanNumber(streams)} of ${humanCount(ofStreams, 'stream')}`,
    `${humanNumber(days)} of ${humanCount(ofDays, 'day')}`,
    humanCount(objects, 'object'),
    `${String(Math.floor(share * 1_000) / 10)} % of what there is`,
    lastListed === null ? 'not yet listed whole' : `last listed whole on ${lastListed.slice(0, 10)}`,
  ].join(', ');
