import { dayThatRetentionReads } from '../../parseable/days.ts';
import { evidenceOf, suspect, type Check } from './suspect.ts';

/**
 * A folder of a stream whose name begins with `date` and is no day of the calendar: retention stops there at every run, or takes
 * it for a day and deletes it (storage/retention.rs, 0.3.0 to 2.9.5).
 */
export const malformedDatePrefix: Check = ({ streams }) =>
  streams.flatMap(({ prefix, level, retention }) =>
    (level?.malformed ?? []).map(({ prefix: folder, inventory }) => {
      const details: Record<string, string> = { stream: prefix };
      const takenFor = dayThatRetentionReads(folder.slice(prefix.length));
      if (takenFor !== null) details['takenFor'] = takenFor;
      if (typeof retention?.days === 'number') details['retention'] = String(retention.days);
      return suspect('malformed-date-prefix', folder, evidenceOf(inventory), details);
    }),
  );
