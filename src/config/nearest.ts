/** Insertions, deletions, replacements and swaps of neighbours that turn one word into the other (optimal string alignment). */
function distance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1];
      let best = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (same ? 0 : 1),
      );
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) {
        best = Math.min(best, (beforeLast[column - 2] ?? 0) + 1);
      }
      current.push(best);
    }
    beforeLast = last;
    last = current;
  }
  return last[b.length] ?? 0;
}

/** Longer words are no typing error of anything; measuring them only costs time. */
const longestWord = 64;

/** The word that was probably meant, or null when none is near: at most a third of the letters may differ. */
export function nearest(word: string, words: readonly string[]): string | null {
  if (word.length > longestWord) return null;
  const wanted = word.toLowerCase();
  let best: { word: string; away: number } | null = null;
  for (const candidate of words) {
    const away = distance(wanted, candidate.toLowerCase());
    const tolerated = Math.max(1, Math.floor(Math.max(wanted.length, candidate.length) / 3));
    if (away <= tolerated && away < candidate.length && (best === null || away < best.away)) {
      best = { word: candidate, away };
    }
  }
  if (best !== null) return best.word;
  const begun = wanted.length < 3 ? [] : words.filter((candidate) => candidate.toLowerCase().startsWith(wanted));
  return begun.length === 1 ? (begun[0] ?? null) : null;
}

/** ` (did you mean allow?)`, or nothing when no word is near. */
export function didYouMean(word: string, words: readonly string[]): string {
  const meant = nearest(word, words);
  return meant === null ? '' : ` (did you mean ${meant}?)`;
}
