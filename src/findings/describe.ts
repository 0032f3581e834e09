import { damageOf, detailOf, hasZstdManifests, isFolded, isOfTenant, type Circumstances } from './circumstances.ts';
import { consequenceOf, dependsOnVersion, newestRelease } from './consequences.ts';
import { displayText } from './display.ts';
import { kinds, type Kind, type Severity } from './kinds.ts';
import { messages } from './messages.ts';
import { remedies } from './remedies.ts';

export type { Circumstances } from './circumstances.ts';

/** The words about a finding. All but the severity is display text. */
export interface Description {
  severity: Severity;
  title: string;
  /** What happened, in one sentence. */
  message: string;
  /** What the server version in use does about it. */
  why: string;
  /** What to do, with the next command between backticks (commands.ts, `remedyParts`). */
  remedy: string;
}

const ofBucket: readonly string[] = ['lifecycle-reaches-metadata', 'not-parseable', 'scan-incomplete'] satisfies Kind[];

/** True when a finding is about the bucket as a whole: naming `/` says nothing then. Keys that begin with a slash lie in a prefix of that name. */
export const isOfBucket = ({ kind, subject }: { kind: string; subject: string }): boolean =>
  subject === '/' && ofBucket.includes(kind);

function titleOf(kind: Kind, c: Circumstances): string {
  const { title } = kinds[kind];
  if (isFolded(c)) return `${title}, a great many`;
  return isOfBucket({ kind, subject: c.subject }) ? title : `${title} ${displayText(c.subject)}`;
}

/**
 * Finds the words and the severity for a finding of this kind: what happened (`messages.ts`), what the server in use does
 * about it (`consequences.ts`), what to do (`remedies.ts`). A version that nobody has configured is taken for the newest
 * release, and the message says so.
 */
export function describe(kind: Kind, c: Circumstances): Description {
  const version = c.serverVersion ?? newestRelease;
  const consequence = consequenceOf(kind, version, {
    multiTenant: c.multiTenant,
    hidden: c.hidden,
    inTenant: isOfTenant(kind, c),
    damage: damageOf(c),
    retention: detailOf(c, 'retention') !== undefined,
    taken: detailOf(c, 'takenFor') !== undefined,
    zstd: hasZstdManifests(c),
  });
  const matters = dependsOnVersion(kind);
  const assumed =
    matters && c.serverVersion === null ? `; no server version is set, so ${newestRelease} is assumed` : '';
  const server = matters || c.serverVersion !== null ? `Parseable ${displayText(version)}` : 'Parseable';
  return {
    severity: consequence.severity ?? kinds[kind].severity,
    title: titleOf(kind, c),
    message: `${messages[kind](c)}${assumed}.`,
    why: `${consequence.ofServer === false ? '' : `${server} `}${consequence.happens}.`,
    remedy: remedies[kind](c),
  };
}
