import { clientCommand, printed } from '../run/clients.ts';
import { atLeast, atMost, short, type Result } from '../run/figures.ts';
import { measure } from '../run/measure.ts';
import type { Plan } from '../run/plan.ts';

interface Speeds {
  plainBytes: number;
  packedBytes: number;
  rounds: { scan: number; parse: number; scanPacked: number; parsePacked: number }[];
}

const entries = { speed: '15000', memory: '150000' } as const;

/** How fast manifests are read, and how much memory that takes beside the body, beside `JSON.parse`. */
export async function manifests({ rounds, say }: Plan): Promise<Result> {
  say('speed');
  const speeds = printed(await measure(clientCommand('manifest', 'speed', entries.speed))) as Speeds;
  const of = (name: keyof Speeds['rounds'][number]) => speeds.rounds.map((round) => round[name]);
  const shares: Record<'scan' | 'parse', number[]> = { scan: [], parse: [] };
  let large = 0;
  for (let round = 1; round <= rounds; round++) {
    for (const way of ['scan', 'parse'] as const) {
      say(`memory, round ${String(round)}: ${way}`);
      const run = await measure(clientCommand('manifest', way, entries.memory));
      const { plainBytes, extra } = printed(run) as { plainBytes: number; extra: number };
      shares[way].push((100 * extra) / plainBytes);
      large = plainBytes;
    }
  }
  const speed = 'MB/s of plain JSON';
  const ratio = speeds.rounds.map(({ scan, parse }) => scan / parse);
  const ratioPacked = speeds.rounds.map(({ scanPacked, parsePacked }) => scanPacked / parsePacked);
  const packed = `packed 1 : ${short(speeds.plainBytes / speeds.packedBytes)}`;
  return {
    title: `Manifests (${short(speeds.plainBytes / 1e6)} MB, ${short(speeds.plainBytes / Number(entries.speed))} bytes an entry)`,
    figures: [
      { what: 'scanner', unit: speed, rounds: of('scan') },
      { what: '`JSON.parse`', unit: speed, rounds: of('parse') },
      { what: 'scanner to `JSON.parse`', unit: '×', rounds: ratio, goal: atLeast(2.5, ' ×') },
      { what: 'scanner, zstd', unit: speed, rounds: of('scanPacked'), note: packed },
      { what: '`JSON.parse`, zstd', unit: speed, rounds: of('parsePacked') },
      { what: 'scanner to `JSON.parse`, zstd', unit: '×', rounds: ratioPacked },
      {
        what: 'scanner: memory beside the body',
        unit: '% of the plain size',
        rounds: shares.scan,
        goal: atMost(15, ' %'),
        note: `${short(large / 1e6)} MB`,
      },
      { what: '`JSON.parse`: memory beside the body', unit: '% of the plain size', rounds: shares.parse },
    ],
  };
}
