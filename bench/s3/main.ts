// A made-up S3 in a process of its own, for the benchmark or to try things by hand:
//   node bench/s3/main.ts --keys 1e6 --streams 100 --days 7 --skew 1 --latency 50
// Its first line tells the address and how many objects there are, the last one what it has cost to serve them.
import { parseArgs } from 'node:util';
import { startMadeS3 } from './server.ts';
import { shapeOf, usualShape } from './shape.ts';

const text = { type: 'string' } as const;
const { values } = parseArgs({
  options: {
    keys: text,
    streams: text,
    days: text,
    skew: text,
    seed: text,
    foreign: text,
    'foreign-objects': text,
    latency: text,
    'slow-down': text,
  },
});
const number = (given: string | undefined, usual: number): number => {
  const value = Number(given ?? usual);
  if (!Number.isFinite(value) || value < 0) throw new RangeError(`${given ?? ''} is no number from 0 on`);
  return value;
};

const shape = shapeOf(number(values.keys, 1e6), {
  streams: number(values.streams, usualShape.streams),
  days: number(values.days, usualShape.days),
  skew: number(values.skew, usualShape.skew),
  seed: number(values.seed, usualShape.seed),
  foreign: number(values.foreign, usualShape.foreign),
  foreignObjects: number(values['foreign-objects'], usualShape.foreignObjects),
});
const s3 = await startMadeS3({
  shape,
  latencyMs: number(values.latency, 0),
  slowDownRate: number(values['slow-down'], 0),
});
const say = (what: unknown) => process.stdout.write(`${JSON.stringify(what)}\n`);
say({ url: s3.url, bucket: shape.bucket, objects: s3.bucket.size });
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    say(s3.usage());
    process.exit(0);
  });
}
