import type { Verdict } from '../../findings/report.ts';
import { marks, type Mark } from '../rows.ts';

/**
 * How a verdict is to be taken, which decides its colour, its pattern and its sign: Parseable's own, agreed to, not
 * Parseable's or left behind, broken or without an owner, not known.
 */
export const tones = ['own', 'allowed', 'alien', 'broken', 'unknown'] as const;
export type Tone = (typeof tones)[number];

export const toneOf: Readonly<Record<Verdict, Tone>> = {
  deployment: 'own',
  stream: 'own',
  tenant: 'own',
  allowed: 'allowed',
  foreign: 'alien',
  unrecognised: 'alien',
  leftover: 'alien',
  marker: 'alien',
  orphaned: 'broken',
  corrupt: 'broken',
  unmigrated: 'broken',
  unknown: 'unknown',
};

/** What a legend says of a tone. */
export const toneText: Readonly<Record<Tone, string>> = {
  own: 'Parseable’s own',
  allowed: 'allowed',
  alien: 'not Parseable’s, or left behind',
  broken: 'orphaned or damaged',
  unknown: 'could not be read',
};

/** The signs of the text report. */
export const signOf: Readonly<Record<Tone, Mark>> = {
  own: marks.stream,
  allowed: marks.allowed,
  alien: marks.foreign,
  broken: marks.orphaned,
  unknown: marks.unknown,
};
