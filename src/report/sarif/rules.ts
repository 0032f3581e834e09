import { kinds, type Kind } from '../../findings/kinds.ts';

/** What is known of each kind at length, as Markdown: the pages of docs/findings, as far as they are at hand. */
export type Pages = ReadonlyMap<Kind, string>;

/** `foreign-prefix` → `ForeignPrefix`: SARIF wants a name that one can read. */
const nameOf = (kind: Kind): string =>
  kind
    .split('-')
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join('');

const sentence = (title: string): string => `${title.charAt(0).toUpperCase()}${title.slice(1)}.`;

/** The first paragraph below the first heading of the second level: what the kind means. */
const meaningOf = (page: string): string | null =>
  /^## .*\n+([^#][^]*?)\n(?:\n|$)/m.exec(page)?.[1]?.replaceAll(/\s*\n\s*/g, ' ') ?? null;

/** Links to neighbouring pages lead nowhere outside of their folder: their words stay. */
const withoutNeighbours = (page: string): string => page.replaceAll(/\[([^\]]+)\]\((?![a-z]+:)[^)]*\)/g, '$1');

const withoutMarks = (markdown: string): string => markdown.replaceAll(/[`*]/g, '');

/** Rules as SARIF describes them, one for each of the kinds, in their order. */
export const rulesOf = (used: readonly Kind[], pages: Pages) =>
  used.map((kind) => {
    const { title, severity } = kinds[kind];
    const page = pages.get(kind);
    const help = withoutNeighbours(
      page ?? `Run \`npx bucket-hygiene explain ${kind}\` for what it means and what to do.`,
    );
    return {
      id: kind,
      name: nameOf(kind),
      shortDescription: { text: sentence(title) },
      fullDescription: { text: withoutMarks(meaningOf(help) ?? sentence(title)) },
      help: { text: withoutMarks(help), markdown: help },
      defaultConfiguration: { level: severity },
      properties: {
        tags: ['parseable', 's3'],
        'problem.severity': severity === 'note' ? 'recommendation' : severity,
      },
    };
  });
