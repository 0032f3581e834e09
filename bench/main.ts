// Measures what the product promises: `npm run bench`, or a part of it: `npm run bench -- --quick --only listing,deep`.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { deep } from './cases/deep.ts';
import { difference } from './cases/difference.ts';
import { listing } from './cases/listing.ts';
import { manifests } from './cases/manifests.ts';
import { parallel } from './cases/parallel.ts';
import { shallow } from './cases/shallow.ts';
import { start } from './cases/start.ts';
import { productVersion } from './run/clients.ts';
import { verdictOf, type Result } from './run/figures.ts';
import { machine } from './run/machine.ts';
import type { Plan } from './run/plan.ts';
import { reportOf } from './run/table.ts';

const cases: Record<string, (plan: Plan) => Promise<Result>> = {
  start,
  manifests,
  difference,
  shallow,
  listing,
  parallel,
  deep,
};

const text = { type: 'string' } as const;
const { values } = parseArgs({
  options: {
    keys: text,
    rounds: text,
    seed: text,
    only: text,
    results: text,
    quick: { type: 'boolean', default: false },
  },
});
const wanted = values.only?.split(',') ?? Object.keys(cases);
const unknown = wanted.filter((name) => !Object.hasOwn(cases, name));
if (unknown.length > 0) {
  process.stderr.write(`no case is called ${unknown.join(', ')}; there are ${Object.keys(cases).join(', ')}\n`);
  process.exit(2);
}

const keys = Number(values.keys ?? (values.quick ? 1e5 : 1e6));
const startedAt = new Date();
const plan: Omit<Plan, 'say'> = {
  keys,
  manyKeys: values.quick ? null : keys * 10,
  rounds: Number(values.rounds ?? (values.quick ? 1 : 3)),
  seed: Number(values.seed ?? 1),
};
const about = { startedAt: startedAt.toISOString(), version: productVersion(), machine: machine(), ...plan };
const folder = values.results ?? join(import.meta.dirname, 'results');
const cpu = about.machine.cpu
  .toLowerCase()
  .replaceAll(/[^a-z0-9]+/g, '-')
  .replaceAll(/^-|-$/g, '');
const name = `${about.startedAt.slice(0, 10)}-${cpu}-${String(about.machine.cores)}-cores${values.quick ? '-quick' : ''}${values.only === undefined ? '' : `-${wanted.join('-')}`}`;
const results: Result[] = [];
mkdirSync(folder, { recursive: true });
for (const one of wanted) {
  const result = await cases[one]?.({ ...plan, say: (what) => process.stderr.write(`${one}: ${what}\n`) });
  if (result === undefined) continue;
  results.push(result);
  // After each case: a run takes long, and what is measured is kept if it breaks off.
  writeFileSync(join(folder, `${name}.md`), reportOf(about, results));
  writeFileSync(join(folder, `${name}.json`), `${JSON.stringify({ ...about, results }, null, 2)}\n`);
}
process.stdout.write(reportOf(about, results));
const missed = results.flatMap(({ figures }) => figures).filter((figure) => verdictOf(figure) === 'missed');
process.stderr.write(`${join(folder, name)}.md; ${String(missed.length)} goals missed\n`);
