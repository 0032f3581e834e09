import { clientCommand, peerCommands, printed, servedBy, type Served } from '../run/clients.ts';
import { atLeast, atMost, median, short, type Figure, type Result } from '../run/figures.ts';
import { machine } from '../run/machine.ts';
import { interleaved, type Plan } from '../run/plan.ts';
import { withServer, type Server, type ServerOptions } from '../run/server.ts';
import { shapeOf, usualShape, type Shape } from '../s3/shape.ts';

const latency = 50;
const slots = 64;

/** Fewer streams with many days, some of them large: what a plan by streams and days gets wrong. */
const skewed = { streams: 1_000, days: 30, skew: 1 } as const;

interface Walked {
  objects: number;
  bytes: number;
  loopMs: number;
}

const walkOf = (server: Server, shape: Shape): Promise<Served> =>
  servedBy(server, clientCommand('walk', server.url, server.bucket, String(slots), JSON.stringify(shape)));

const shapeFor = ({ keys, seed }: Plan, given: Partial<Shape> = {}): Shape => shapeOf(keys, { seed, ...given });
const optionsFor = (plan: Plan, more: ServerOptions = {}): ServerOptions => ({
  keys: plan.keys,
  seed: plan.seed,
  latency,
  ...more,
});

/** LISTs against the fewest that can be: a thousand keys each. */
const listRatio = ({ served }: Served, objects: number): number => served.list / Math.ceil(objects / 1_000);

/** How long a listing takes in parallel, and how many requests it takes, beside listings one page after the other. */
export async function parallel(plan: Plan): Promise<Result> {
  const { rounds, say } = plan;
  const hasRclone = machine().peers['rclone'] !== null;
  const even = shapeFor(plan);
  const uneven = shapeFor(plan, skewed);
  return withServer(optionsFor(plan), (calm) =>
    withServer(optionsFor(plan, { 'slow-down': 0.05 }), (throttled) =>
      withServer(optionsFor(plan, { ...skewed }), async (lopsided) => {
        const runs = await interleaved<string, Served>(
          rounds,
          {
            walk: () => walkOf(calm, even),
            'walk, 5 % of answers 503': () => walkOf(throttled, even),
            'walk, skewed bucket': () => walkOf(lopsided, uneven),
            'SDK as it comes': () => servedBy(calm, clientCommand('stock', calm.url, calm.bucket)),
            ...(hasRclone ? { rclone: () => servedBy(calm, peerCommands.rclone(calm).command) } : {}),
          },
          say,
        );
        const of = (name: string) => runs[name] ?? [];
        const seconds = (name: string) => of(name).map(({ wallMs }) => wallMs / 1_000);
        const times = (name: string) =>
          seconds(name).map((wall, round) => wall / (seconds('walk')[round] ?? Number.NaN));
        complete(of('walk'), calm.objects, even);
        complete(of('walk, 5 % of answers 503'), throttled.objects, even);
        complete(of('walk, skewed bucket'), lopsided.objects, uneven);
        const figures: Figure[] = Object.keys(runs).map((name) => ({
          what: name,
          unit: 's, start to end',
          rounds: seconds(name),
          note: `${short(median(of(name).map(({ cpuMs }) => cpuMs / 1_000)))} s CPU, server ${short(
            median(of(name).map(({ served }) => served.cpuMs / 1_000)),
          )} s; ${short(median(of(name).map(({ served }) => served.list)))} LISTs`,
        }));
        for (const name of ['SDK as it comes', 'rclone']) {
          if (of(name).length === 0) continue;
          figures.push({
            what: `walk is so many times as fast as ${name}`,
            unit: '×',
            rounds: times(name),
            goal: atLeast(12, ' ×'),
          });
        }
        figures.push(
          {
            what: 'LISTs to the fewest possible',
            unit: '×',
            rounds: of('walk').map((run) => listRatio(run, calm.objects)),
            goal: atMost(1.08, ' ×'),
          },
          {
            what: 'LISTs to the fewest possible, skewed bucket',
            unit: '×',
            rounds: of('walk, skewed bucket').map((run) => listRatio(run, lopsided.objects)),
            goal: atMost(1.08, ' ×'),
          },
          {
            what: '5 % of answers 503: time to the undisturbed',
            unit: '×',
            rounds: times('walk, 5 % of answers 503'),
            goal: atMost(1.8, ' ×'),
            note: 'no key lost',
          },
        );
        return {
          title: `Listing in parallel (${short(calm.objects)} keys, ${String(latency)} ms, ${String(slots)} at a time)`,
          figures,
        };
      }),
    ),
  );
}

/** Days are all of the bucket but the deployment's file and two of each stream. @throws Error when a key is missing */
function complete(runs: readonly Served[], objects: number, { streams }: Shape): void {
  for (const run of runs) {
    const walked = printed(run) as Walked;
    const expected = objects - 1 - 2 * streams;
    if (walked.objects !== expected) {
      throw new Error(`${String(walked.objects)} keys were listed of ${String(expected)} (${usualShape.bucket})`);
    }
  }
}
