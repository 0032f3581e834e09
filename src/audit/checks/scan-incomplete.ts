import type { Failure } from '../../bucket/failure.ts';
import type { Optional } from '../../bucket/optional.ts';
import type { Facts, PrefixFacts, StreamLevel } from '../facts.ts';
import { deploymentSubject } from './deployment-metadata.ts';
import { evidenceOfFailure, suspect, type Check, type Suspect } from './suspect.ts';

/** Above this many places it is the bucket that could not be looked at, not each of them. */
const tellOneByOne = 100;

/** The failure code of what the audit itself gave up. */
export const stopped = 'Stopped';

const failuresOf = (one: PrefixFacts): [string, Failure][] => {
  const found: [string, Failure][] = [];
  if (one.failure !== null) found.push([one.prefix, one.failure]);
  // A marker that was not reached in time is no trouble of its stream: the audit was stopped.
  for (const { reading } of one.markers) {
    if (reading.state === 'unknown' && reading.failure.code === stopped) found.push([one.prefix, reading.failure]);
  }
  if (one.tenantFile.state === 'unknown') found.push([one.prefix, one.tenantFile.failure]);
  if (one.level !== null) found.push(...failuresInside(one.prefix, one.level));
  if (one.children !== null) {
    if (one.children.failure !== null) found.push([one.prefix, one.children.failure]);
    found.push(...one.children.prefixes.flatMap(failuresOf));
  }
  return found;
};

const failedAt = (prefix: string, failure: Failure | null): [string, Failure][] =>
  failure === null ? [] : [[prefix, failure]];

const failuresInside = (
  prefix: string,
  { failure, malformed, strangers, lostDays }: StreamLevel,
): [string, Failure][] => [
  ...failedAt(prefix, failure),
  ...[...malformed, ...strangers].flatMap((one): [string, Failure][] =>
    one.failure === null ? [] : [[one.prefix, one.failure]],
  ),
  ...failedAt(prefix, lostDays?.failure ?? null),
];

/** The optional reads of a bucket, by the name under which a report tells those that were refused. */
export const settingsOf = ({ lifecycle, uploads, beforehand }: Facts): [string, Optional<unknown>][] => [
  ['lifecycle', lifecycle],
  ['uploads', uploads],
  ...(beforehand === null
    ? []
    : ([
        ['versioning', beforehand.versioning],
        ['object-lock', beforehand.objectLock],
      ] satisfies [string, Optional<unknown>][])),
];

/** What a deep audit could not read: told by stream. */
const failuresDeepDown = ({ deep }: Facts): [string, Failure][] =>
  deep === null
    ? []
    : [
        ...failedAt(deploymentSubject, deep.failure),
        ...deep.streams.flatMap(({ prefix, unseen, schemas }): [string, Failure][] => [
          ...unseen.map(({ failure }): [string, Failure] => [prefix, failure]),
          ...failedAt(prefix, schemas.failure),
        ]),
      ];

/** Every place that could not be read, but for stream markers, which have a kind of their own. */
export function unreadPlaces(facts: Facts): [string, Failure][] {
  return [
    ...(facts.root.failure === null ? [] : [['/', facts.root.failure] as [string, Failure]]),
    ...facts.deployments.flatMap(({ read }): [string, Failure][] =>
      read.state === 'unknown' ? [[deploymentSubject, read.failure]] : [],
    ),
    ...facts.prefixes.flatMap(failuresOf),
    ...settingsOf(facts).flatMap(([, read]): [string, Failure][] =>
      read.state === 'unknown' ? [['/', read.failure]] : [],
    ),
    ...failuresDeepDown(facts),
    ...Object.entries(facts.underRules).flatMap(([name, read]): [string, Failure][] =>
      read.state === 'unknown' ? [[name, read.failure]] : [],
    ),
  ];
}

/** What could not be listed or read, `/` for all: one finding per place, one for the bucket when the audit was stopped. */
export const scanIncomplete: Check = ({ facts }) => {
  const places = new Map<string, Failure>();
  for (const [name, failure] of unreadPlaces(facts)) if (!places.has(name)) places.set(name, failure);
  const givenUp = [...places].filter(([, { code }]) => code === stopped);
  const others = [...places].filter(([, { code }]) => code !== stopped);
  const told: Suspect[] = [];
  const whole = (rows: [string, Failure][]) => {
    const [first] = rows;
    if (first === undefined) return;
    const evidence = {
      ...evidenceOfFailure(first[1]),
      places: rows.length,
      keys: rows.slice(0, 20).map(([name]) => name),
    };
    told.push(suspect('scan-incomplete', '/', evidence, { reason: first[1].code, operation: first[1].operation }));
  };
  if (givenUp.length > 0) whole(givenUp);
  if (others.length > tellOneByOne) {
    if (told.length === 0) whole(others);
  } else {
    for (const [name, failure] of others) {
      if (told.some(({ subject }) => subject === name)) continue;
      told.push(
        suspect('scan-incomplete', name, evidenceOfFailure(failure), {
          reason: failure.code,
          operation: failure.operation,
        }),
      );
    }
  }
  return told;
};
