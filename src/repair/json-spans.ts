/**
 * Where the parts of a JSON text stand, so that one of them can be replaced and every other byte stays: counters are u64 and
 * column statistics i64, and would not survive being parsed into doubles. The text must be JSON (`JSON.parse` took it).
 */
export interface Span {
  start: number;
  /** Exclusive. */
  end: number;
}

/** A member of an object: its name, unescaped, and where its value stands. */
export interface Member extends Span {
  name: string;
}

const blank = /[ \t\n\r]/;
const scalarEnd = /[\s,\]}]/;

function skipBlank(text: string, at: number): number {
  let next = at;
  while (blank.test(text.charAt(next))) next++;
  return next;
}

function textEnd(text: string, at: number): number {
  let next = at + 1;
  while (text[next] !== '"') next += text[next] === '\\' ? 2 : 1;
  return next + 1;
}

/** The end of the value that begins at a place. */
function valueEnd(text: string, at: number): number {
  const first = text[at];
  if (first === '"') return textEnd(text, at);
  let next = at;
  if (first !== '{' && first !== '[') {
    while (next < text.length && !scalarEnd.test(text.charAt(next))) next++;
    return next;
  }
  for (let depth = 0; ;) {
    const character = text[next];
    if (character === '"') {
      next = textEnd(text, next);
      continue;
    }
    if (character === '{' || character === '[') depth++;
    if (character === '}' || character === ']') depth--;
    next++;
    if (depth === 0) return next;
  }
}

/** The whole text's value. */
export const wholeOf = (text: string): Span => {
  const start = skipBlank(text, 0);
  return { start, end: valueEnd(text, start) };
};

/** The members of the object that stands at a span, in their order; a name may come twice. */
export function membersOf(text: string, { start, end }: Span): Member[] {
  const members: Member[] = [];
  for (let at = skipBlank(text, start + 1); at < end - 1;) {
    const nameEnd = textEnd(text, at);
    const name = JSON.parse(text.slice(at, nameEnd)) as string;
    const value = skipBlank(text, skipBlank(text, nameEnd) + 1);
    const after = valueEnd(text, value);
    members.push({ name, start: value, end: after });
    at = skipBlank(text, skipBlank(text, after) + 1);
  }
  return members;
}

/** The elements of the array that stands at a span. */
export function elementsOf(text: string, { start, end }: Span): Span[] {
  const elements: Span[] = [];
  for (let at = skipBlank(text, start + 1); at < end - 1;) {
    const after = valueEnd(text, at);
    elements.push({ start: at, end: after });
    at = skipBlank(text, skipBlank(text, after) + 1);
  }
  return elements;
}
