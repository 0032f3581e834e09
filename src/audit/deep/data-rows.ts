/** A data file as the listing told it. */
export interface DataRow {
  key: string;
  size: number;
  /** RFC 3339, as all of a day are. */
  at: string;
}

/** Rows that are kept as one text: a line each, the time first, what all keys begin with left out. */
interface Pack {
  lines: string;
  sizes: number[];
}

/** So many rows make a pack: few are left over, and no pack is larger than what the collector likes to move. */
const packed = 256;
const lengthOfTime = '2026-11-24T06:00:00.000Z'.length;
const separator = '\n';

/**
 * The data files of one day, in the order in which they were listed. While days are listed, as many as there are slots, nearly
 * all memory is theirs: a row of its own takes twice as much as one in a pack.
 */
export class DataRows {
  readonly #folder: string;
  readonly #packs: Pack[] = [];
  #loose: DataRow[] = [];
  /** Rows of which the form leaves no line. */
  readonly #odd: DataRow[] = [];

  /** @param folder with which nearly all keys begin */
  constructor(folder: string) {
    this.#folder = folder;
  }

  push(row: DataRow): void {
    const isUsual = row.at.length === lengthOfTime && row.key.startsWith(this.#folder) && !row.key.includes(separator);
    if (!isUsual) this.#odd.push(row);
    else if (this.#loose.push(row) === packed) this.#pack();
  }

  #pack(): void {
    const from = this.#folder.length;
    this.#packs.push({
      lines: this.#loose.map(({ key, at }) => at + key.slice(from)).join(separator),
      sizes: this.#loose.map(({ size }) => size),
    });
    this.#loose = [];
  }

  /** All rows, each anew. */
  toArray(): DataRow[] {
    const rows: DataRow[] = [];
    for (const { lines, sizes } of this.#packs) {
      let from = 0;
      for (const size of sizes) {
        const end = lines.indexOf(separator, from);
        const keyAt = from + lengthOfTime;
        const name = end < 0 ? lines.slice(keyAt) : lines.slice(keyAt, end);
        rows.push({ key: this.#folder + name, size, at: lines.slice(from, keyAt) });
        from = end + 1;
      }
    }
    for (const row of this.#loose) rows.push(row);
    for (const row of this.#odd) rows.push(row);
    return rows;
  }
}
