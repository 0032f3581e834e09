import { dayOfManifest } from './days.ts';

/** What a key in the folder of a day is. */
export type DayKey = 'data' | 'manifest' | 'folder' | 'foreign';

/** After `date=D/`: `hour=05/minute=07/`, whatever follows, to `.parquet`. */
const ofMinute = /^hour=(?:[01]\d|2[0-3])\/minute=[0-5]\d\/.*\.parquet$/s;

const lengthOfDay = 'date=2026-11-24/'.length;

/**
 * Judges a key below the folder of a day of the calendar, in a stream. Any Parquet in the folder of a minute is data: right
 * after a stream's partition was changed servers write names that fit no pattern (parseable/streams.rs, stream_relative_path).
 * @param at where the stream's own part of the key begins
 */
export function judgeDayKey(key: string, at: number, size: number): DayKey {
  const below = at + lengthOfDay;
  if (size === 0 && key.endsWith('/')) return 'folder';
  if (key.startsWith('hour=', below) && ofMinute.test(key.slice(below))) return 'data';
  return dayOfManifest(key.slice(at)) === null ? 'foreign' : 'manifest';
}

/**
 * False for a name of the form that was written before there were manifests, `host.data.parquet`: newer ones have a tail that
 * makes them unique.
 */
export const hasTail = (key: string): boolean => !key.endsWith('.data.parquet');
