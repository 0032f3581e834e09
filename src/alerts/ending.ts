import type { BucketConfig } from '../config/config.ts';
import type { Report } from '../findings/report.ts';
import type { Remembered } from '../history/memory.ts';

/** Changes that nobody undoes end by themselves after so many days (audit/earlier.ts). */
const acceptedAfterDays = 30;
const accepted: readonly string[] = ['stream-metadata-rewritten', 'deployment-changed'];

const day = 86_400_000;

/** Why a finding ended other than by a repair: by a decision, or by its age. One sentence, or null where it is simply gone. */
export function endingOf(
  { kind, subject, firstSeen }: Remembered,
  { entries }: Pick<Report, 'entries'>,
  { ignoreKinds }: Pick<BucketConfig, 'ignoreKinds'>,
  until: Date,
): string | null {
  if (entries.some(({ name, verdict }) => name === subject && verdict === 'allowed'))
    return 'The allow list names it now.';
  if (ignoreKinds.some((ignored) => ignored === kind)) return 'The configuration ignores this kind now.';
  const stood = until.getTime() - Date.parse(firstSeen);
  return accepted.includes(kind) && stood >= acceptedAfterDays * day
    ? 'Nobody undid it within 30 days, so it counts as accepted.'
    : null;
}
