/**
 * The configuration cannot be used. Nothing has been asked of any bucket yet; the command line exits 2, the Lambda throws.
 * `lines` are ready to print: each problem starts a line, what belongs to the one above is indented.
 */
export class ConfigError extends Error {
  override name = 'ConfigError';
  readonly lines: string[];

  constructor(lines: string[]) {
    super(lines.join('\n'));
    this.lines = lines;
  }
}
