import { readFile } from 'node:fs/promises';
import { styleText } from 'node:util';
import { kinds, severities, type Kind, type Severity } from '../findings/kinds.ts';
import { renderMarkdown, type Layout } from './markdown.ts';

const colours = { error: 'red', warning: 'yellow', note: 'blue' } as const satisfies Record<Severity, string>;

/** The page of a kind, as it lies in docs/findings. */
export const pageOf = (kind: Kind): URL => new URL(`../../docs/findings/${kind}.md`, import.meta.url);

/** What a finding means, why it matters, what to do: the page of the kind, laid out for a terminal. */
export async function explainKind(kind: Kind, layout: Layout): Promise<string> {
  return renderMarkdown(await readFile(pageOf(kind), 'utf8'), layout);
}

/** Every kind on a line, the grave ones first, and how to read on. */
export function listKinds({ colour }: Pick<Layout, 'colour'>): string {
  const all = Object.entries(kinds);
  const longest = Math.max(...all.map(([name]) => name.length));
  const lines = severities.toReversed().flatMap((severity) =>
    all
      .filter(([, kind]) => kind.severity === severity)
      .map(([name, { title }]) => {
        const padded = severity.padEnd('warning'.length);
        const painted = colour ? styleText(colours[severity], padded, { validateStream: false }) : padded;
        return `${painted}  ${name.padEnd(longest)}  ${title}`;
      }),
  );
  return `${lines.join('\n')}\n\nbucket-hygiene explain KIND tells what one means, why it matters and what to do.\n`;
}
