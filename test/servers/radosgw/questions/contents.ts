import type { Content } from '../gateway.ts';
import { hostileNames, hostilePaths, longestKey } from '../hostile-keys.ts';

/** In the order of UTF-16 they would come otherwise: astral characters before the end of the basic plane. */
export const ordered = ['Z', 'a', '~', '\u007f', 'ä', '\ud7ff', '\ue000', '\uff5e', '\ufffd', '😀', '🧹'].map(
  (character) => `order/${character}`,
);

const streams = ['app', 'app-2', 'backend', 'web'].flatMap((stream) => [
  `${stream}/.stream/.schema`,
  `${stream}/.stream/.stream.json`,
  ...[1, 2, 3].flatMap((day) => [
    `${stream}/date=2026-11-0${String(day)}/a`,
    `${stream}/date=2026-11-0${String(day)}/b`,
  ]),
]);

const shapes = ['app', 'app0', 'a/date=/date=/x', 'empty/', 'x//y', 'x/y', 'x/y/z', 'x!', 'éa', 'éb/c'];

/** What lies in the bucket that is asked about. */
export const contents: readonly Content[] = [
  ...[...ordered, ...streams, ...shapes].map((key) => ({ key, body: key })),
  ...[...hostileNames.map((name) => `hostile/${name}`), ...hostilePaths, longestKey].map((key) => ({ key, body: 'x' })),
  { key: 'digits', body: '0123456789' },
  { key: 'nothing', body: '' },
];

/** Keys of uploads that are never completed, in the order they are begun. */
export const uploadKeys = ['up/2', 'up/1', 'up/1', 'top', 'other/a b+c%\u0001', 'other/é', 'zz'];
