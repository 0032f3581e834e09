import { depthOfColumn, passColumns } from './manifest-columns.ts';
import {
  beginning,
  begun,
  contexts,
  Do,
  done,
  firstDeed,
  stateOf,
  transitions,
  type Context,
} from './manifest-states.ts';

/** Gets what a manifest lists, as it is read. */
export interface ManifestSink {
  /** One data file: its path as it stands there, and its size in bytes. */
  entry(path: string, size: number): void;
  /** The list begins once more, and counts in the place of what came before, as for every reader of JSON. */
  restart(): void;
}

/** Servers give up on JSON that is nested deeper (serde_json). */
const deepest = 127;

const [object = 0, list = 0, wanted = 0, files = 0] = contexts.keys();
const deeds = firstDeed;
const textStates = new Set([
  ...contexts.map((context) => stateOf(context, 'text')),
  stateOf('object', 'inName'),
  stateOf('wanted', 'inName'),
]);
const { openObject, openList, close, fail } = Do;
const stateAfter = Uint8Array.from(contexts, (context) => stateOf(context, 'after'));
const afterOfList = stateOf('list', 'after');
const inObject = stateOf('object', 'firstName');
const inList = stateOf('list', 'first');
const stateIn = Uint8Array.from([inObject, inList, stateOf('wanted', 'firstName'), stateOf('files', 'first')]);
const colon = stateOf('wanted', 'colon');
const inName = stateOf('wanted', 'inName');
const backslash = 0x5c;
const quote = 0x22;
/** States within a text, and the bytes that leave it there. */
const isText = Uint8Array.from({ length: deeds }, (_, state) => Number(textStates.has(state)));
const isPlain = Uint8Array.from({ length: 256 }, (_, byte) =>
  Number(byte >= 0x20 && byte !== quote && byte !== backslash),
);
const brace = 0x7b;

/** So many bytes are looked at together. */
const windowBytes = 65_536;
/** After so many objects that are no columns as servers write them, in a row, nobody looks for more. */
const patience = 16;

/** Fields that are wanted: the list of files in the document, path and size in each file. */
type Field = 'files' | 'path' | 'size' | 'other';

function hasEscape(chunk: Buffer, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (chunk[at] === backslash) return true;
  return false;
}

/**
 * Reads a manifest byte by byte and keeps nothing but the path and size of each file: it may be hundreds of MB, more than a
 * string can hold. Accepts what `JSON.parse` accepts, no more and no less, but for what is nested too deeply.
 */
export class ManifestScanner {
  readonly #sink: ManifestSink;
  /** The context of each open container, by its depth. */
  readonly #open = new Uint8Array(deepest + 1);
  #depth = 0;
  #state = beginning;
  /** Pieces of the text under way, of earlier chunks, where it is kept. */
  #pieces: Buffer[] = [];
  #keeps = false;
  /** Where in the chunk at hand begins what is kept; -1 when nothing is. */
  #from = -1;
  /** The chunk at hand, a character for each byte, where columns are looked for. */
  #characters = '';
  #strange = 0;
  #field: Field = 'other';
  #path: string | null = null;
  #size: number | null = null;
  #hasFiles = false;
  #problem: string | null = null;
  #broken: string | null = null;

  constructor(sink: ManifestSink) {
    this.#sink = sink;
  }

  /** Null when all bytes made a manifest, else why they do not. Names no value of it. */
  end(): string | null {
    if (this.#broken !== null) return this.#broken;
    if (this.#state !== done) return 'it ends too early';
    if (!this.#hasFiles) return 'it has no list of files';
    return this.#problem;
  }

  /** Takes the next bytes; once they cannot become a manifest any more, nothing is looked at. */
  push(bytes: Buffer): void {
    for (let at = 0; at < bytes.length; at += windowBytes) this.#take(bytes.subarray(at, at + windowBytes));
  }

  #take(chunk: Buffer): void {
    if (this.#isBroken()) return;
    this.#characters = this.#strange < patience ? chunk.toString('latin1') : '';
    // Where in this chunk begins what is kept.
    this.#from = this.#keeps ? 0 : -1;
    let at = 0;
    while (at < chunk.length) {
      at = this.#passOver(chunk, at);
      if (at === chunk.length) break;
      at = this.#act(chunk, at);
      if (this.#isBroken()) return;
    }
    // A copy: the chunk's memory is its reader's.
    if (this.#from >= 0) this.#pieces.push(Buffer.from(chunk.subarray(this.#from)));
  }

  #isBroken(): boolean {
    return this.#broken !== null;
  }

  /**
   * Passes over what is of no interest, which is nearly all of a manifest: a loop of few variables, on which the speed of a deep
   * audit hangs. @returns the place of the first byte at which there is something to be done
   */
  #passOver(chunk: Uint8Array, from: number): number {
    const table = transitions;
    const open = this.#open;
    const length = chunk.length;
    let state = this.#state;
    let depth = this.#depth;
    let at = from;
    while (at < length) {
      const next = table[(state << 8) | (chunk[at] ?? 0)] ?? fail;
      if (next < deeds) {
        state = next;
        at++;
        // Most bytes are of texts: within one, no look waits for the one before.
        if (isText[state] === 1) while (at < length && isPlain[chunk[at] ?? 0] === 1) at++;
        continue;
      }
      if ((open[depth] ?? 0) > list || depth === 0) break;
      if (next === close) {
        depth--;
        state = stateAfter[open[depth] ?? 0] ?? 0;
      } else if (next === openObject && depth < deepest) {
        const after = open[depth] === list ? this.#passColumns(at, depth) : at;
        if (after > at) {
          state = afterOfList;
          at = after;
          continue;
        }
        open[++depth] = object;
        state = inObject;
      } else if (next === openList && depth < deepest) {
        open[++depth] = list;
        state = inList;
      } else break;
      at++;
    }
    this.#state = state;
    this.#depth = depth;
    return at;
  }

  /** @returns the place after the columns that begin here; the same where none do */
  #passColumns(at: number, depth: number): number {
    if (this.#strange >= patience || depth + depthOfColumn > deepest) return at;
    const after = passColumns(this.#characters, at);
    this.#strange = after > at ? 0 : this.#strange + 1;
    return after;
  }

  /** Does what the byte at this place asks for. @returns the place from which to go on */
  #act(chunk: Buffer, at: number): number {
    const byte = chunk[at] ?? 0;
    switch (transitions[(this.#state << 8) | byte]) {
      case openObject:
      case openList:
        this.#state = this.#openContainer(byte === brace);
        break;
      case close:
        this.#state = this.#closeContainer();
        break;
      case Do.beginName:
        this.#keeps = true;
        this.#from = at + 1;
        this.#state = inName;
        break;
      case Do.endName:
        this.#field = this.#endName(chunk, at);
        this.#state = colon;
        break;
      case Do.beginValue:
        this.#state = this.#beginValue(byte);
        if (this.#keeps) this.#from = byte === quote ? at + 1 : at;
        break;
      case Do.endText:
        if (this.#from >= 0) this.#path = this.#textOf(chunk, at);
        this.#state = stateAfter[wanted] ?? 0;
        break;
      case Do.endNumber:
        if (this.#from >= 0) this.#size = Number(this.#textOf(chunk, at));
        this.#state = stateAfter[wanted] ?? 0;
        // This byte belongs to what follows.
        return at;
      default:
        this.#broken ??= this.#depth === 0 && this.#state === beginning ? 'it is no JSON object' : 'it is not JSON';
    }
    return at + 1;
  }

  #context(): number {
    return this.#open[this.#depth] ?? 0;
  }

  /** @returns the state in the new container */
  #openContainer(isObject: boolean): number {
    if (this.#depth === deepest) this.#broken = 'it is nested too deeply';
    if (this.#depth === 0 && !isObject) this.#broken = 'it is no JSON object';
    const around = this.#depth === 0 ? null : this.#context();
    let context = isObject ? object : list;
    if (around === null) context = wanted;
    else if (around === files) {
      if (isObject) {
        context = wanted;
        this.#path = null;
        this.#size = null;
      } else this.#problem ??= 'one of its files is no object';
    } else if (around === wanted) {
      this.#beginField(isObject ? 'object' : 'list');
      if (this.#field === 'files' && !isObject) context = files;
    }
    this.#depth++;
    this.#open[this.#depth] = context;
    return stateIn[context] ?? 0;
  }

  /** Ends a container; a file that ends is told. @returns the state outside of it */
  #closeContainer(): number {
    const isFile = this.#depth > 1 && this.#context() === wanted;
    this.#depth--;
    if (isFile) {
      if (this.#path === null) this.#problem ??= 'one of its files has no file_path';
      else if (this.#size === null) this.#problem ??= 'one of its files has no file_size';
      else this.#sink.entry(this.#path, this.#size);
    }
    return this.#depth === 0 ? done : (stateAfter[this.#context()] ?? 0);
  }

  /** Most names are told from those that are wanted by their length alone. */
  #endName(chunk: Buffer, to: number): Field {
    const length = to - this.#from;
    const wantedLength = this.#depth === 1 ? 'files'.length : 'file_path'.length;
    // An escape makes a name longer, never shorter.
    const isOther = length < wantedLength || (length > wantedLength && !hasEscape(chunk, this.#from, to));
    if (this.#pieces.length === 0 && isOther) {
      this.#keeps = false;
      this.#from = -1;
      return 'other';
    }
    return this.#fieldOf(this.#textOf(chunk, to));
  }

  #fieldOf(name: string): Field {
    if (this.#depth === 1) return name === 'files' ? 'files' : 'other';
    return name === 'file_path' ? 'path' : name === 'file_size' ? 'size' : 'other';
  }

  /** A wanted field has its value, and not the one any more that stood before under the same name. */
  #beginField(kind: 'object' | 'list' | 'text' | 'number' | 'word'): void {
    if (this.#field === 'files') {
      if (this.#hasFiles) this.#sink.restart();
      this.#hasFiles = true;
      this.#problem = kind === 'list' ? null : 'its files are no list';
    } else if (this.#field === 'path') this.#path = null;
    else if (this.#field === 'size') this.#size = null;
  }

  /** @returns the state in the value that begins with this byte */
  #beginValue(byte: number): number {
    const context: Context & ('wanted' | 'files') = this.#context() === files ? 'files' : 'wanted';
    const kind = byte === quote ? 'text' : byte === 0x74 || byte === 0x66 || byte === 0x6e ? 'word' : 'number';
    if (context === 'files') this.#problem ??= 'one of its files is no object';
    else {
      this.#beginField(kind);
      if ((this.#field === 'path' && kind === 'text') || (this.#field === 'size' && kind === 'number'))
        this.#keeps = true;
    }
    return begun[context][byte] ?? 0;
  }

  /** The text that ends here: its pieces of earlier chunks, and that of this one. */
  #textOf(chunk: Buffer, to: number): string {
    const from = this.#from;
    const pieces = this.#pieces;
    this.#keeps = false;
    this.#from = -1;
    if (pieces.length > 0) this.#pieces = [];
    const raw =
      pieces.length === 0
        ? chunk.toString('utf8', from, to)
        : Buffer.concat([...pieces, chunk.subarray(from, to)]).toString('utf8');
    return raw.includes('\\') ? (JSON.parse(`"${raw}"`) as string) : raw;
  }
}
