import { write, type Stream } from '../streams.ts';
import type { Mail } from './embedded-aws.ts';

/** Columns that a story told on a terminal may take. */
const width = 80;
const margin = '   ';

/** Tells the demo's story: what happens, what one would type on AWS, and what came of it. */
export function openNarrator(stdout: Stream) {
  let step = 0;
  const print = (lines: readonly string[]) => write(stdout, lines.map((line) => `${line.trimEnd()}\n`).join(''));
  return {
    say: (text: string) => print(['', ...fold(text, '')]),
    /** Something happens; `command` is what one would type on AWS, on a line of its own so that it can be copied. */
    step: (what: string, command: string) => {
      step++;
      return print(['', ...fold(what, `${String(step)}. `), `${margin}On AWS: ${command}`]);
    },
    /** What was seen of it. */
    outcome: (text: string) => print(['', ...fold(text, margin)]),
    /** A mail, as it arrived. */
    mail: ({ subject, message, attributes }: Mail) => {
      const told = Object.entries(attributes).map(([name, value]) => `${name}=${value}`);
      const page = [
        `Subject: ${subject}`,
        ...fold(told.join(' '), 'Attributes: '),
        '',
        ...message.trimEnd().split('\n'),
      ];
      return print(['', ...page.map((line) => `${margin}| ${line}`)]);
    },
  };
}

/** Breaks a text between words; what follows the first line is set in under its beginning. */
function fold(text: string, label: string): string[] {
  const lines: string[] = [];
  let line = label;
  let empty = true;
  for (const word of text.split(' ')) {
    if (!empty && line.length + 1 + word.length > width - margin.length) {
      lines.push(line);
      line = ' '.repeat(label.length);
      empty = true;
    }
    line += empty ? word : ` ${word}`;
    empty = false;
  }
  return [...lines, line];
}
