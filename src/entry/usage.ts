/** The command line is not one that this program understands. `lines` are ready for stderr; exit code 2. */
export class UsageError extends Error {
  override name = 'UsageError';
  readonly lines: string[];

  constructor(lines: string[]) {
    super(lines.join('\n'));
    this.lines = lines;
  }
}
