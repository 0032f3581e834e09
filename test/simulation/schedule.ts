import type { Severity } from '../../src/findings/kinds.ts';
import type { Fault } from '../s3/server.ts';
import { recordedCases } from '../support/recorded.ts';
import { Dice } from './dice.ts';

const hour = 3_600_000;

/** What the watched bucket holds before anything happens to it. */
export type Origin =
  | { from: 'recorded'; name: string }
  | { from: 'generated'; layout: 'any' | 'tenants' }
  | { from: 'troubled' }
  | { from: 'other writers' };

/** How the product is used: an audit alone, the pieces of the command line with a state, or the Lambda's watch. */
export type Mode = 'audit' | 'command-line' | 'watch';

/** Which requests go wrong. A request is known by its target and by how often it was asked, never by when it comes. */
export interface Disturbance {
  /** Both kinds of requests where null. */
  operation: 'ListObjectsV2' | 'GetObject' | null;
  /** Only pages of a listing that go on from another one. */
  continued: boolean;
  /** Only requests for this one of the bucket's first-level names, counted round; null for all of them. */
  name: number | null;
  /** Only keys that end so. */
  ending: string | null;
  /** Of those, this share, chosen by a hash of the target. */
  share: number;
  salt: number;
  /** From this attempt on, up to that one; null heals never. */
  attempts: { from: number; to: number | null };
  fault: Fault;
}

/** What other programs do to the watched bucket. */
export type Deed =
  | 'foreign objects appear'
  | 'foreign objects go'
  | 'an object vanishes'
  | 'an object is rewritten'
  | 'a prefix is deleted'
  | 'a stream appears'
  | 'data appears';

export interface Change {
  /** Before this request of the run is answered, counted from 0; null before the run begins. */
  at: number | null;
  deed: Deed;
  pick: number;
}

/** What goes wrong with the place of the state, at the so-manieth access of its kind in a run. */
export interface StateFault {
  on: 'read' | 'write' | 'report';
  nth: number;
  what:
    | 'refused'
    /** Half of the body arrives. */
    | 'torn'
    /** Another run wrote first. */
    | 'conflict'
    /** Written, and the answer is lost. */
    | 'answer lost'
    /** The condition holds, and the store says that it does not. */
    | 'falsely refused'
    /** The store knows no conditions. */
    | 'unsupported';
}

export interface RunPlan {
  /** How far the clock is ahead of the run before. */
  afterMs: number;
  disturbances: Disturbance[];
  changes: Change[];
  /** The audit is stopped when this request arrives, counted from 0. */
  stopAt: number | null;
  state: StateFault[];
  /** `answer lost`: the alert is out, and nobody knows. */
  publish: 'fails' | 'answer lost' | null;
  notify: boolean;
}

/** Everything that happens, all of it following from the seed. A value that can be printed. */
export interface Schedule {
  seed: number;
  origin: Origin;
  mode: Mode;
  /** The command line and the Lambda remember; an audit alone does not. */
  withState: boolean;
  /** Whether audits look into the streams as well. */
  deep: boolean;
  pageSize: number;
  concurrency: number;
  /** How often the SDK sends a request at most. */
  sends: number;
  requestTimeoutMs: number | null;
  /** How far the store's clock, and so every LastModified, is ahead of the monitor's. */
  skewMs: number;
  minSeverity: Severity;
  serverVersion: string | null;
  multiTenant: boolean | null;
  /** Prefixes that the allow list names. */
  allow: string[];
  runs: RunPlan[];
}

const status = (code: string, number: number): Fault => ({ kind: 'status', status: number, code });

const refusals = [
  status('AccessDenied', 403),
  status('SlowDown', 503),
  status('InternalError', 500),
  status('NoSuchBucket', 404),
  status('RequestTimeTooSkewed', 403),
] as const;

type Where = Pick<Disturbance, 'operation' | 'continued' | 'ending' | 'fault'>;

/** A fault with the requests that it can happen to. */
function faultOf(dice: Dice, stalls: boolean): Where {
  const operation = dice.pick([null, null, 'ListObjectsV2', 'GetObject'] as const);
  const any = { operation, continued: dice.chance(0.2), ending: null };
  const listing = { operation: 'ListObjectsV2', continued: dice.chance(0.3), ending: null } as const;
  // An object's bytes are what the store says they are, but where a listing told how many they must be.
  const marker = { operation: 'GetObject', continued: false, ending: '.stream.json' } as const;
  if (stalls) return { ...any, fault: { kind: 'stall', after: dice.pick(['nothing', 'half'] as const) } };
  const keep = dice.pick([0, dice.share(), dice.share(), dice.share()]);
  const items = dice.between(0, 9);
  return dice.pick<() => Where>([
    () => ({ ...any, fault: dice.pick(refusals) }),
    () => ({ ...any, fault: dice.pick(refusals) }),
    () => ({ ...any, fault: dice.pick(refusals) }),
    () => ({ ...any, fault: { kind: 'reset' } }),
    () => ({ ...any, fault: { kind: 'truncate', arrives: 'lost', keep } }),
    () => ({ ...listing, fault: { kind: 'truncate', arrives: 'lost', items } }),
    () => ({ ...listing, fault: { kind: 'truncate', arrives: 'whole', keep } }),
    () => ({ ...listing, fault: { kind: 'truncate', arrives: 'whole', items } }),
    () => ({ ...marker, fault: { kind: 'truncate', arrives: 'whole', keep } }),
    () => ({ ...listing, fault: { kind: 'empty-page' } }),
    () => ({ ...listing, fault: { kind: 'short-page', rows: dice.between(1, 3) } }),
    () => ({
      ...listing,
      fault: { kind: 'error-body', code: dice.pick(['InternalError', 'SlowDown', 'AccessDenied']) },
    }),
    () => ({ ...listing, fault: { kind: 'stale-page', page: dice.pick(['same', 'before'] as const) } }),
    () => ({ ...any, fault: { kind: 'skew', ms: dice.pick([-24, -1, 1, 24] as const) * hour } }),
  ])();
}

function disturbanceOf(dice: Dice, stalls: boolean): Disturbance {
  const where = faultOf(dice, stalls);
  const from = dice.pick([1, 1, 1, 2] as const);
  const few = where.fault.kind === 'empty-page' || where.fault.kind === 'short-page' || where.fault.kind === 'stall';
  return {
    ...where,
    name: stalls || dice.chance(0.5) ? dice.between(0, 30) : null,
    // Pages that are short or empty everywhere never end; whatever stalls takes its time.
    share: few ? 0.3 : dice.pick([1, 1, 0.5, 0.2, 0.1] as const),
    salt: dice.between(0, 1e9),
    attempts: { from, to: dice.pick([null, from, from, from + 1, from + dice.between(2, 5)] as const) },
    fault: where.fault,
  };
}

const deeds = [
  'foreign objects appear',
  'foreign objects go',
  'an object vanishes',
  'an object is rewritten',
  'a prefix is deleted',
  'a stream appears',
  'data appears',
] as const satisfies readonly Deed[];

function stateFaultOf(dice: Dice): StateFault {
  const on = dice.pick(['read', 'write', 'write', 'report'] as const);
  const what =
    on === 'read'
      ? dice.pick(['refused', 'torn'] as const)
      : dice.pick(['refused', 'conflict', 'answer lost', 'falsely refused', 'unsupported'] as const);
  return { on, nth: dice.pick([1, 1, 1, 2] as const), what };
}

function runOf(dice: Dice, kind: { stalls: boolean; moving: boolean; calm: boolean }): RunPlan {
  const before = dice.chance(0.5) ? dice.several(dice.between(1, 2), () => null) : [];
  const during = kind.moving ? dice.several(dice.between(1, 3), () => dice.between(0, 40)) : [];
  return {
    afterMs: dice.pick([0.5, 1, 6, 24, 25, 50, 170] as const) * hour,
    disturbances: kind.calm
      ? []
      : dice.several(dice.pick([0, 1, 1, 2, 3] as const), () => disturbanceOf(dice, kind.stalls)),
    changes: [...before, ...during].map((at) => ({ at, deed: dice.pick(deeds), pick: dice.between(0, 1e6) })),
    stopAt: kind.moving && dice.chance(0.15) ? dice.between(0, 40) : null,
    state: dice.chance(0.3) ? dice.several(dice.between(1, 2), () => stateFaultOf(dice)) : [],
    publish: dice.chance(0.25) ? dice.pick(['fails', 'answer lost'] as const) : null,
    notify: !dice.chance(0.1),
  };
}

/** The schedule of a seed. */
export function scheduleOf(seed: number): Schedule {
  const dice = new Dice(seed, 'schedule');
  const stalls = dice.chance(0.03);
  // What depends on the order of requests is only asked of audits that send one at a time.
  const moving = dice.chance(0.35);
  const mode = dice.pick(['audit', 'command-line', 'watch', 'watch', 'watch'] as const);
  const runs = mode === 'audit' ? 1 : dice.pick([1, 2, 2, 3, 4] as const);
  return {
    seed,
    origin: dice.pick<Origin>([
      { from: 'recorded', name: dice.pick(recordedCases as [string, ...string[]]) },
      { from: 'generated', layout: 'any' },
      { from: 'generated', layout: 'any' },
      { from: 'generated', layout: 'tenants' },
      { from: 'troubled' },
      { from: 'other writers' },
    ]),
    mode,
    withState: mode === 'watch' || (mode === 'command-line' && dice.chance(0.7)),
    pageSize: dice.pick([1_000, 1_000, 50, 9, 5] as const),
    concurrency: moving ? 1 : dice.pick([1, 4, 32] as const),
    sends: stalls ? 2 : dice.pick([1, 3, 5] as const),
    requestTimeoutMs: stalls ? 500 : null,
    skewMs: dice.chance(0.2) ? dice.pick([-30, -2, 2, 30] as const) * hour : 0,
    minSeverity: dice.pick(['note', 'warning', 'warning', 'error'] as const),
    serverVersion: dice.pick([null, '2.9.5', '1.5.0'] as const),
    multiTenant: dice.chance(0.1) ? true : null,
    allow: dice.chance(0.3) ? ['web/exports/', 'gone/', dice.pick(['backups/', '.Trash/', 'dump/'] as const)] : [],
    // A quiet last run tells whether anything was lost on the way.
    runs: Array.from({ length: runs }, (_, index) =>
      runOf(dice, { stalls, moving, calm: index > 0 && index === runs - 1 && dice.chance(0.5) }),
    ),
    deep: dice.chance(0.5),
  };
}
