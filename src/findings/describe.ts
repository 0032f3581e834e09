import type { Circumstances } from './circumstances.ts';
import { consequenceOf, newestRelease, type Damage } from './consequences.ts';
import { displayText } from './display.ts';
import { happenings } from './happenings.ts';
import { kinds, type Kind } from './kinds.ts';
import { remedies } from './remedies.ts';
import type { Candidate } from './report.ts';

/** In which way a marker is damaged, by the reason that its reader gives. */
function damageOf({ reason, key }: Record<string, string>): Damage | null {
  if (reason === undefined) return null;
  if (key?.includes('/.ingestor.') === true) return 'of an ingest node';
  if (reason === 'it has 0 bytes') return 'empty';
  return reason === 'it is not JSON' ? 'not JSON' : 'incomplete';
}

type Words = Pick<Candidate, 'severity' | 'title' | 'message' | 'why' | 'remedy'>;

/** Kinds about the monitor's own work: what a server does is no consequence of them. */
const whyOfOurOwn: Partial<Record<Kind, string>> = {
  'not-parseable': 'A monitor that watches the wrong bucket is silent about the right one.',
  'stale-allow-entry': 'An entry without effect hides nothing today, and may hide the wrong thing tomorrow.',
  'scan-incomplete':
    'What was not seen may hold anything, so nothing is called clean or resolved until it could be read.',
};

/**
 * Puts a finding into words: its severity for the server in use, a title, what happened, why it matters, what to do next.
 * Every word is display text: control and bidi characters of keys are spelled out, keys in commands are quoted for a shell.
 */
export function describe(kind: Kind, circumstances: Circumstances): Words {
  const { bucket, endpoint, subject, serverVersion, multiTenant, hidden, details = {} } = circumstances;
  const version = serverVersion ?? newestRelease;
  const consequence = consequenceOf(kind, version, {
    multiTenant,
    hidden,
    inTenant: circumstances.inTenant ?? false,
    damage: damageOf(details),
  });
  const assumed = serverVersion === null ? ` (the newest release; no serverVersion is configured)` : '';
  const why = whyOfOurOwn[kind] ?? `Parseable ${version}${assumed} ${consequence.happens}.`;
  return {
    severity: consequence.severity ?? kinds[kind].severity,
    title: kinds[kind].title,
    message: displayText(happenings[kind](circumstances)),
    why: displayText(why),
    remedy: displayText(remedies[kind]({ bucket, endpoint, subject, key: details['key'] ?? null })),
  };
}
