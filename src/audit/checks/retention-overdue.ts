import { addDays, dayOf } from '../../parseable/days.ts';
import { suspect, type Check } from './suspect.ts';

/** Retention runs once a day: so long it may be behind. */
const toleratedDays = 2;

/** The oldest day of a stream is further back than the stream keeps its data. */
export const retentionOverdue: Check = ({ streams, now }) =>
  streams.flatMap(({ row, prefix, level, retention }) => {
    const kept = retention?.days ?? null;
    if (row.verdict === 'corrupt' || kept === null || level === null) return [];
    const limit = addDays(dayOf(now), -kept - toleratedDays);
    const overdue = level.days.filter((day) => day < limit);
    const [oldestDay] = overdue;
    if (oldestDay === undefined) return [];
    const days = level.days.filter((day) => day < addDays(dayOf(now), -kept)).length;
    return [
      suspect(
        'retention-overdue',
        prefix,
        { oldestDay, days, retention: kept },
        { oldestDay, days: String(days), retention: String(kept) },
      ),
    ];
  });
