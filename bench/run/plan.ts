/** How a benchmark runs. */
export interface Plan {
  /** Objects of the bucket that most cases list. */
  keys: number;
  /** Objects of the bucket that tells whether memory grows with it; null to leave that out. */
  manyKeys: number | null;
  rounds: number;
  seed: number;
  say: (text: string) => void;
}

/** Runs each of some things once a round, one after the other: what the machine does besides meets all of them alike. */
export async function interleaved<Name extends string, T>(
  rounds: number,
  things: Record<Name, () => Promise<T>>,
  say: (text: string) => void,
): Promise<Record<Name, T[]>> {
  const names = Object.keys(things) as Name[];
  const results = Object.fromEntries(names.map((name) => [name, [] as T[]])) as Record<Name, T[]>;
  for (let round = 1; round <= rounds; round++) {
    for (const name of names) {
      say(`round ${String(round)} of ${String(rounds)}: ${name}`);
      results[name].push(await things[name]());
    }
  }
  return results;
}
