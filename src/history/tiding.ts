import type { Config } from '../config/config.ts';
import { atLeast } from '../findings/kinds.ts';
import type { Finding } from '../findings/report.ts';
import { hour } from './episode.ts';
import type { Remembered } from './memory.ts';

export type AlertSettings = Pick<Config['alerts'], 'minSeverity' | 'remindAfterHours'>;

/** Why a finding that is there has to be told. */
export type Tiding = 'new' | 'worse' | 'reminder';

/**
 * Whether a finding has to be told, and why. Pending and known ones never are; growth alone is no news.
 * The one rule for what the alert tells and for what is remembered as told afterwards.
 */
export function tidingOf(
  { status, severity }: Pick<Finding, 'status' | 'severity'>,
  told: Remembered['told'],
  settings: AlertSettings,
  now: Date,
): Tiding | null {
  if (status === 'pending' || status === 'known' || !atLeast(severity, settings.minSeverity)) return null;
  if (told === null) return 'new';
  if (!atLeast(told.severity, severity)) return 'worse';
  return isDue(told.at, settings, now) ? 'reminder' : null;
}

/** A schedule is never exact to the second: without it a reminder that is due now waits for the next run. */
const tolerance = hour / 6;

/** True when what was told then has to be brought to mind. */
export const isDue = (toldAt: string, { remindAfterHours }: AlertSettings, now: Date): boolean =>
  now.getTime() - Date.parse(toldAt) >= remindAfterHours * hour - Math.min(tolerance, remindAfterHours * hour * 0.05);
