import { short, spread, verdictOf, type Result } from './figures.ts';
import type { Machine } from './machine.ts';
import type { Plan } from './plan.ts';

const cell = (text: string): string => text.replaceAll('|', '\\|');

/** The figures as a Markdown table for each case. */
export function tableOf(results: readonly Result[]): string {
  return results
    .map(({ title, figures }) =>
      [
        `## ${title}`,
        '',
        '| figure | min / median / max | unit | goal | | note |',
        '| --- | --- | --- | --- | --- | --- |',
        ...figures.map((figure) => {
          const { what, unit, rounds, goal, note = '' } = figure;
          const cells = [what, spread(rounds), unit, goal?.text ?? '', verdictOf(figure) ?? '', note];
          return `| ${cells.map(cell).join(' | ')} |`;
        }),
        '',
      ].join('\n'),
    )
    .join('\n');
}

/** What belongs to the figures: when, of what, where, how. */
export interface About extends Omit<Plan, 'say'> {
  startedAt: string;
  version: string;
  machine: Machine;
}

/** The whole report of a run, in Markdown. */
export function reportOf(
  { startedAt, version, machine, keys, rounds, seed }: About,
  results: readonly Result[],
): string {
  const { cpu, cores, memoryGb, system, node, sdk, peers } = machine;
  const found = Object.entries(peers).map(([peer, said]) => `${peer}: ${said ?? 'not found'}`);
  return `# Benchmark of bucket-hygiene ${version}, ${startedAt}

- Machine: ${cpu}, ${String(cores)} cores, ${String(memoryGb)} GB, ${system}
- Node ${node}, @aws-sdk/client-s3 ${sdk}
- ${found.join('; ')}
- ${short(keys)} keys, ${String(rounds)} rounds, seed ${String(seed)}

${tableOf(results)}`;
}
