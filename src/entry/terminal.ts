import type { Stream } from './streams.ts';

type Env = NodeJS.ProcessEnv;

const isSet = (value: string | undefined): value is string => value !== undefined && value !== '';

/**
 * Whether to colour what goes to a stream: `--no-color` decides, then FORCE_COLOR and NO_COLOR (in the order that Node
 * itself gives them), then whether it is a terminal that can.
 */
export function wantsColour(stream: Stream, env: Env, noColor: boolean): boolean {
  if (noColor) return false;
  const forced = env['FORCE_COLOR'];
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  if (isSet(env['NO_COLOR']) || env['TERM'] === 'dumb') return false;
  return stream.isTTY === true;
}

const usualWidth = 80;
const narrowest = 40;

/** Columns to lay a text out for: those of the terminal, else of COLUMNS, else 80. */
export function widthOf(stream: Stream, env: Env): number {
  const told = stream.isTTY === true ? stream.columns : Number(env['COLUMNS']);
  return told !== undefined && Number.isInteger(told) && told > 0 ? Math.max(told, narrowest) : usualWidth;
}

/** Progress is for a person who waits: neither for a log, a pipe, a CI job, nor for who asked for quiet. */
export const wantsProgress = (stream: Stream, env: Env, quiet: boolean): boolean =>
  !quiet && stream.isTTY === true && env['TERM'] !== 'dumb' && (!isSet(env['CI']) || env['CI'] === 'false');
