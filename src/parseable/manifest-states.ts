/**
 * A machine that reads JSON byte by byte, as one table: for each state and byte the next state, or what has to be done first.
 * Most bytes of a manifest are passed over with one look into it.
 */

/** Where a value stands: in an object or a list of no interest, in one whose fields are wanted, in the list of files. */
export const contexts = ['object', 'list', 'wanted', 'files'] as const;
export type Context = (typeof contexts)[number];

/** What the reader has to do; these numbers come after all states. */
export const Do = {
  openObject: 240,
  openList: 241,
  close: 242,
  /** A quote before and after the name of a wanted field. */
  beginName: 243,
  endName: 244,
  /** The first byte of a wanted field's value, or of a file that is no container. */
  beginValue: 245,
  endText: 246,
  /** The byte after a number belongs to what follows. */
  endNumber: 247,
  fail: 255,
} as const;
/** From here on a number in the table is no state. */
export const firstDeed = Do.openObject;

type Part =
  | 'value'
  | 'first'
  | 'after'
  | 'text'
  | 'escape'
  | 'hex1'
  | 'hex2'
  | 'hex3'
  | 'hex4'
  | 't1'
  | 't2'
  | 't3'
  | 'f1'
  | 'f2'
  | 'f3'
  | 'f4'
  | 'n1'
  | 'n2'
  | 'n3'
  | 'minus'
  | 'zero'
  | 'digits'
  | 'point'
  | 'fraction'
  | 'exponent'
  | 'sign'
  | 'power'
  | 'firstName'
  | 'name'
  | 'inName'
  | 'nameEscape'
  | 'nameHex1'
  | 'nameHex2'
  | 'nameHex3'
  | 'nameHex4'
  | 'colon';

const numbers = new Map<string, number>();
/** The number of a state. */
export function stateOf(context: Context, part: Part): number {
  const name = `${context} ${part}`;
  const known = numbers.get(name);
  if (known !== undefined) return known;
  numbers.set(name, numbers.size);
  return numbers.size - 1;
}

/** Before the document. */
export const beginning = 0;
/** The document has ended; only white space may follow. */
export const done = 1;
numbers.set('beginning', beginning).set('done', done);

const bytesOf = (text: string): number[] => [...Buffer.from(text)];
const spaces = bytesOf(' \t\r\n');
const digits = bytesOf('0123456789');
const hexes = bytesOf('0123456789abcdefABCDEF');

function build(): Uint8Array {
  const rows: [number, readonly number[], number][] = [];
  const on = (context: Context, part: Part, bytes: readonly number[], then: number) =>
    rows.push([stateOf(context, part), bytes, then]);
  const inText = Array.from({ length: 256 }, (_, byte) => byte).filter((byte) => byte >= 0x20);

  for (const context of contexts) {
    const at = (part: Part) => stateOf(context, part);
    const wanted = context === 'wanted';
    const isObject = context === 'object' || wanted;
    // What follows a value: `,` and the end of the container.
    const follow = (part: Part) => {
      on(context, part, bytesOf(','), isObject ? at('name') : at('value'));
      on(context, part, bytesOf(isObject ? '}' : ']'), Do.close);
    };
    on(context, 'after', spaces, at('after'));
    follow('after');

    // Values. Of wanted fields, and of files, each is looked at where it begins.
    const begins: [Part, number[]][] = [
      ['text', bytesOf('"')],
      ['t1', bytesOf('t')],
      ['f1', bytesOf('f')],
      ['n1', bytesOf('n')],
      ['minus', bytesOf('-')],
      ['zero', bytesOf('0')],
      ['digits', digits.slice(1)],
    ];
    for (const part of isObject ? (['value'] as const) : (['value', 'first'] as const)) {
      on(context, part, spaces, at(part));
      on(context, part, bytesOf('{'), Do.openObject);
      on(context, part, bytesOf('['), Do.openList);
      for (const [next, bytes] of begins) {
        on(context, part, bytes, wanted || context === 'files' ? Do.beginValue : at(next));
      }
      if (part === 'first') on(context, part, bytesOf(']'), Do.close);
    }
    text(on, context, at, inText, { in: 'text', escape: 'escape', hex: ['hex1', 'hex2', 'hex3', 'hex4'] });
    on(context, 'text', bytesOf('"'), wanted ? Do.endText : at('after'));
    const words: [Part, string, Part][] = [
      ['t1', 'r', 't2'],
      ['t2', 'u', 't3'],
      ['t3', 'e', 'after'],
      ['f1', 'a', 'f2'],
      ['f2', 'l', 'f3'],
      ['f3', 's', 'f4'],
      ['f4', 'e', 'after'],
      ['n1', 'u', 'n2'],
      ['n2', 'l', 'n3'],
      ['n3', 'l', 'after'],
    ];
    for (const [part, letter, next] of words) on(context, part, bytesOf(letter), at(next));
    const steps: [Part, number[], Part][] = [
      ['minus', bytesOf('0'), 'zero'],
      ['minus', digits.slice(1), 'digits'],
      ['zero', bytesOf('.'), 'point'],
      ['zero', bytesOf('eE'), 'exponent'],
      ['digits', digits, 'digits'],
      ['digits', bytesOf('.'), 'point'],
      ['digits', bytesOf('eE'), 'exponent'],
      ['point', digits, 'fraction'],
      ['fraction', digits, 'fraction'],
      ['fraction', bytesOf('eE'), 'exponent'],
      ['exponent', bytesOf('+-'), 'sign'],
      ['exponent', digits, 'power'],
      ['sign', digits, 'power'],
      ['power', digits, 'power'],
    ];
    for (const [part, bytes, next] of steps) on(context, part, bytes, at(next));
    for (const part of ['zero', 'digits', 'fraction', 'power'] as const) {
      if (wanted) on(context, part, [...spaces, ...bytesOf(',}')], Do.endNumber);
      else {
        on(context, part, spaces, at('after'));
        follow(part);
      }
    }

    if (!isObject) continue;
    for (const part of ['firstName', 'name'] as const) {
      on(context, part, spaces, at(part));
      on(context, part, bytesOf('"'), wanted ? Do.beginName : at('inName'));
    }
    on(context, 'firstName', bytesOf('}'), Do.close);
    text(on, context, at, inText, {
      in: 'inName',
      escape: 'nameEscape',
      hex: ['nameHex1', 'nameHex2', 'nameHex3', 'nameHex4'],
    });
    on(context, 'inName', bytesOf('"'), wanted ? Do.endName : at('colon'));
    on(context, 'colon', spaces, at('colon'));
    on(context, 'colon', bytesOf(':'), at('value'));
  }

  const table = new Uint8Array(numbers.size << 8).fill(Do.fail);
  for (const [state, bytes, then] of rows) {
    for (const byte of bytes) table[(state << 8) | byte] = then;
  }
  for (const byte of spaces) table[(beginning << 8) | byte] = beginning;
  // The document itself is an object.
  table[(beginning << 8) | 0x7b] = Do.openObject;
  for (const byte of spaces) table[(done << 8) | byte] = done;
  return table;
}

/** A text that goes on from byte to byte; later rows win, so its end is put in by who asks. */
function text(
  on: (context: Context, part: Part, bytes: readonly number[], then: number) => void,
  context: Context,
  at: (part: Part) => number,
  inText: readonly number[],
  { in: inside, escape, hex }: { in: Part; escape: Part; hex: readonly [Part, Part, Part, Part] },
): void {
  on(context, inside, inText, at(inside));
  on(context, inside, bytesOf('\\'), at(escape));
  on(context, escape, bytesOf('"\\/bfnrt'), at(inside));
  on(context, escape, bytesOf('u'), at(hex[0]));
  for (const [index, part] of hex.entries()) on(context, part, hexes, at(hex[index + 1] ?? inside));
}

/** The table: the row of a state is at its number times 256. */
export const transitions: Uint8Array = build();

const values = { 0x22: 'text', 0x74: 't1', 0x66: 'f1', 0x6e: 'n1', 0x2d: 'minus', 0x30: 'zero' } as const;

/** In which state a value is, of which the first byte was looked at, by that byte. */
const within = (context: 'wanted' | 'files'): Uint8Array =>
  Uint8Array.from({ length: 256 }, (_, byte) =>
    stateOf(context, (values as Partial<Record<number, Part>>)[byte] ?? 'digits'),
  );
export const begun = { wanted: within('wanted'), files: within('files') } as const;
