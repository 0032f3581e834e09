// Holds listings of days against their manifests: `node bench/clients/difference.ts KEYS appended|shuffled|uncompared`.
// Tells the CPU of the comparing alone; the keys of both sides are made beside it, a day at a time, as an audit has them.
import { keepHeapSmall } from '../../src/entry/heap.ts';
import { compareDay } from '../../src/parseable/difference.ts';
import { madeBucket } from '../s3/bucket.ts';
import { Paper } from '../s3/paper.ts';
import { mix, usualShape } from '../s3/shape.ts';

// As a deep audit does.
keepHeapSmall();
const [keys = '1e6', order = 'appended'] = process.argv.slice(2);
const filesPerDay = 1_440;
const days = Math.ceil(Number(keys) / filesPerDay);
/** One of so many files is not in the manifest, and one of so many entries has no file. */
const oneOf = 5_000;

const bucket = madeBucket({ ...usualShape, streams: 1, days, filesPerDay });
const found = { unreferenced: 0, missing: 0, mismatched: 0 };
const expected = { unreferenced: 0, missing: 0, mismatched: 0 };
const paper = new Paper();

/** The keys of some files of one day, all as long as each other. */
function keysOf(first: number): string[] {
  paper.clear();
  bucket.rows(first, first + filesPerDay, ({ key }) => key, paper);
  const all = paper.withHead('');
  const width = all.length / filesPerDay;
  return Array.from({ length: filesPerDay }, (_, at) => all.toString('latin1', at * width, (at + 1) * width));
}

let compared = 0;
let micros = 0;
for (let day = 0; day < days; day++) {
  const first = 3 + day * (filesPerDay + 1);
  const listed: { key: string; size: number }[] = [];
  const claims: { key: string; size: number; place: number }[] = [];
  const [here, there] = [keysOf(first), keysOf(first)];
  for (let at = 0; at < filesPerDay; at++) {
    const chance = mix(first + at) % oneOf;
    const [key = '', claimed = ''] = [here[at], there[at]];
    if (chance !== 0) listed.push({ key, size: 1 });
    else expected.missing++;
    if (chance === 1) expected.unreferenced++;
    else claims.push({ key: claimed, size: chance === 2 ? 2 : 1, place: mix(first + at + 1) });
    if (chance === 2) expected.mismatched++;
  }
  if (order === 'shuffled') claims.sort((a, b) => a.place - b.place);
  compared += listed.length + claims.length;
  if (order === 'uncompared') continue;
  const before = process.cpuUsage();
  compareDay(listed, claims, {
    unreferenced: () => found.unreferenced++,
    missing: () => found.missing++,
    mismatched: () => found.mismatched++,
  });
  const { user, system } = process.cpuUsage(before);
  micros += user + system;
}
if (order !== 'uncompared' && JSON.stringify(found) !== JSON.stringify(expected)) {
  throw new Error('the difference is wrong');
}
process.stdout.write(JSON.stringify({ keys: compared / 2, microsPerKey: micros / (compared / 2) }));
