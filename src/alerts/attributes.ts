import { displayText } from '../findings/display.ts';
import type { News } from '../history/news.ts';

/** The message attributes by which subscribers filter. */
export interface AlertAttributes {
  severity: string;
  status: string;
  /** JSON of a list: its type is `String.Array`. */
  kinds: string;
  bucket: string;
  environment?: string;
  schemaVersion: string;
}

export function attributesOf(news: News, bucket: string, environment: string | null): AlertAttributes {
  const shown = environment === null ? '' : displayText(environment);
  return {
    severity: news.severity,
    status: news.status,
    kinds: JSON.stringify(kindsOf(news)),
    bucket,
    // SNS refuses an empty value.
    ...(shown === '' ? {} : { environment: shown }),
    schemaVersion: '1',
  };
}

/** Every kind that the alert tells, once, in the order in which it tells them. */
function kindsOf({ failed, fresh, worse, reminders, resolved, recovered }: News): string[] {
  if (failed !== null) return ['scan-incomplete'];
  const told = [...fresh, ...worse, ...reminders].map(({ finding }): string => finding.kind);
  const gone = resolved.map(({ kind }) => kind);
  return [...new Set([...told, ...gone, ...(recovered === null ? [] : ['scan-incomplete'])])];
}
