// Holds listings of days against their manifests: `node bench/clients/difference.ts KEYS`.
// Tells the CPU of the comparing alone; the keys of both sides are made beside it, a day at a time, as an audit has them.
import { compareDay } from '../../src/parseable/difference.ts';
import { madeBucket } from '../s3/bucket.ts';
import { mix, usualShape } from '../s3/shape.ts';

const keys = Number(process.argv[2] ?? 1e6);
const filesPerDay = 1_440;
const days = Math.ceil(keys / filesPerDay);
/** One of so many files is not in the manifest, and one of so many entries has no file. */
const oneOf = 5_000;

const bucket = madeBucket({ ...usualShape, streams: 1, days, filesPerDay });
const found = { unreferenced: 0, missing: 0, mismatched: 0 };
const expected = { unreferenced: 0, missing: 0, mismatched: 0 };
let compared = 0;
let micros = 0;
for (let day = 0; day < days; day++) {
  const first = 3 + day * (filesPerDay + 1);
  const listed: { key: string; size: number }[] = [];
  const claims: { key: string; size: number; order: number }[] = [];
  for (let index = first; index < first + filesPerDay; index++) {
    const chance = mix(index) % oneOf;
    const row = { key: bucket.key(index), size: 1 };
    if (chance !== 0) listed.push(row);
    else expected.missing++;
    if (chance === 1) expected.unreferenced++;
    else claims.push({ key: bucket.key(index), size: chance === 2 ? 2 : 1, order: mix(index + 1) });
    if (chance === 2) expected.mismatched++;
  }
  // Manifests list files as they were uploaded, which may be any order.
  claims.sort((a, b) => a.order - b.order);
  compared += listed.length + claims.length;
  const before = process.cpuUsage();
  compareDay(listed, claims, {
    unreferenced: () => found.unreferenced++,
    missing: () => found.missing++,
    mismatched: () => found.mismatched++,
  });
  const { user, system } = process.cpuUsage(before);
  micros += user + system;
}
if (JSON.stringify(found) !== JSON.stringify(expected)) throw new Error('the difference is wrong');
process.stdout.write(JSON.stringify({ keys: compared / 2, microsPerKey: micros / (compared / 2) }));
