import type { Listed } from './page.ts';

const less = 0x3c;
const greater = 0x3e;
const slash = 0x2f;
const ampersand = 0x26;
const percent = 0x25;
const plus = 0x2b;
const quote = 0x22;
const zero = 0x30;

/** The value of each hexadecimal digit; 16 for any other byte. */
const digits = Uint8Array.from({ length: 256 }, (_, byte) => {
  const value = Number.parseInt(String.fromCharCode(byte), 16);
  return Number.isNaN(value) ? 16 : value;
});

const text = (of: string): Uint8Array => Uint8Array.from(Buffer.from(of, 'latin1'));
const beforeKey = text('<Key>');
const beforeTime = text('</Key><LastModified>');
const beforeTag = text('</LastModified><ETag>&quot;');
const afterTag = text('&quot;</ETag>');
const beforeSize = text('<Size>');
const afterSize = text('</Size>');
const afterRow = text('</Contents>');
/** `0` stands for any digit. */
const time = text('0000-00-00T00:00:00.000Z');

/** By the number of the month, from 1 on. */
const daysOfMonth = [0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Texts are written here, one after the other, before they are made strings: keys undone of their encoding, ETags quoted. */
const scratch = Buffer.alloc(4_096);

/** A piece of the document. */
interface Stretch {
  at: number;
  length: number;
}

const nowhere: Stretch = { at: 0, length: 0 };

/**
 * Reads rows as S3 and most stores write them, without a look to the left or right: key, time, ETag between quotes, elements
 * without others in them, the size among these. Rows are nearly all that a listing is made of.
 */
export class UsualRows {
  readonly #bytes: Buffer;
  /** What the row before had between its ETag and the digits of its size, and behind these. */
  #head: Stretch = nowhere;
  #tail: Stretch = nowhere;
  /** Where the row ends that was read last. */
  end = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  /**
   * @param at just after `<Contents>`
   * @param isUrl keys are url-encoded; otherwise those that could be are none of the usual
   * @returns null where anything is otherwise
   */
  read(at: number, isUrl: boolean): Listed | null {
    if (!this.#has(at, beforeKey)) return null;
    this.end = at + beforeKey.length;
    const key = this.#key(isUrl);
    if (key === null || !this.#has(this.end, beforeTime)) return null;
    const timeAt = this.end + beforeTime.length;
    const tagAt = timeAt + time.length;
    if (!this.#isTime(timeAt) || !this.#has(tagAt, beforeTag)) return null;
    this.end = tagAt + beforeTag.length;
    const etag = this.#tag();
    if (etag === null) return null;
    const size = this.#sizeAmongOthers();
    if (size === null) return null;
    return { key, size, lastModified: this.#bytes.toString('latin1', timeAt, tagAt), etag };
  }

  #has(at: number, expected: Uint8Array): boolean {
    const bytes = this.#bytes;
    for (let index = 0; index < expected.length; index++) if (bytes[at + index] !== expected[index]) return false;
    return true;
  }

  #key(isUrl: boolean): string | null {
    const bytes = this.#bytes;
    let at = this.end;
    let to = 0;
    for (; ; at++) {
      let byte = bytes[at] ?? 0;
      if (byte === less) break;
      if (byte < 0x20 || byte >= 0x7f || byte === ampersand || to === scratch.length) return null;
      if (byte === percent || byte === plus) {
        if (!isUrl) return null;
        if (byte === plus) byte = 0x20;
        else {
          const high = digits[bytes[at + 1] ?? 0] ?? 16;
          const low = digits[bytes[at + 2] ?? 0] ?? 16;
          // No digits, or bytes of which several make one character.
          if (high > 7 || low > 15) return null;
          byte = (high << 4) | low;
          at += 2;
        }
      }
      scratch[to++] = byte;
    }
    if (to === 0) return null;
    this.end = at;
    return scratch.toString('latin1', 0, to);
  }

  /** A moment of which there is no doubt: the 29th of February is left to the calendar. */
  #isTime(at: number): boolean {
    const bytes = this.#bytes;
    for (let index = 0; index < time.length; index++) {
      const byte = bytes[at + index] ?? 0;
      const wanted = time[index] ?? 0;
      if (wanted === zero ? byte < zero || byte > zero + 9 : byte !== wanted) return false;
    }
    const month = this.#two(at + 5);
    const day = this.#two(at + 8);
    const isClock = this.#two(at + 11) < 24 && this.#two(at + 14) < 60 && this.#two(at + 17) < 60;
    return isClock && day >= 1 && day <= (daysOfMonth[month] ?? 0);
  }

  #two(at: number): number {
    return ((this.#bytes[at] ?? 0) - zero) * 10 + (this.#bytes[at + 1] ?? 0) - zero;
  }

  #tag(): string | null {
    const bytes = this.#bytes;
    let at = this.end;
    let to = 0;
    scratch[to++] = quote;
    for (; ; at++) {
      const byte = bytes[at] ?? 0;
      if (byte === ampersand) break;
      if (byte < 0x20 || byte >= 0x7f || byte === less || to === scratch.length) return null;
      scratch[to++] = byte;
    }
    if (!this.#has(at, afterTag) || to === scratch.length) return null;
    scratch[to++] = quote;
    this.end = at + afterTag.length;
    return scratch.toString('latin1', 0, to);
  }

  /** Goes on to the end of the row. Most rows differ from the one before in nothing but the size here. */
  #sizeAmongOthers(): number | null {
    const from = this.end;
    if (this.#isAgain(from, this.#head)) {
      this.end = from + this.#head.length;
      const size = this.#digits();
      if (size !== null && this.#isAgain(this.end, this.#tail)) {
        this.end += this.#tail.length;
        return size;
      }
      this.end = from;
    }
    let size: number | null = null;
    let tailAt = 0;
    while (!this.#has(this.end, afterRow)) {
      if (!this.#has(this.end, beforeSize)) {
        if (!this.#passElement()) return null;
        continue;
      }
      if (size !== null) return null;
      this.end += beforeSize.length;
      this.#head = { at: from, length: this.end - from };
      size = this.#digits();
      tailAt = this.end;
      if (size === null || !this.#has(tailAt, afterSize)) return null;
      this.end = tailAt + afterSize.length;
    }
    this.end += afterRow.length;
    this.#tail = { at: tailAt, length: this.end - tailAt };
    return size;
  }

  /** Whether the same stands here as there. */
  #isAgain(at: number, { at: there, length }: Stretch): boolean {
    const bytes = this.#bytes;
    return (
      length > 0 && at + length <= bytes.length && bytes.compare(bytes, there, there + length, at, at + length) === 0
    );
  }

  /** At most fifteen, which every number holds exactly. */
  #digits(): number | null {
    const from = this.end;
    let at = from;
    let size = 0;
    for (; ; at++) {
      const digit = (this.#bytes[at] ?? 0) - zero;
      if (digit < 0 || digit > 9) break;
      size = size * 10 + digit;
    }
    if (at === from || at - from > 15) return null;
    this.end = at;
    return size;
  }

  /** Goes past an element that has nothing but text in it, and is none of those that are read. */
  #passElement(): boolean {
    const bytes = this.#bytes;
    const name = this.end + 1;
    if (bytes[this.end] !== less) return false;
    let at = name;
    for (; bytes[at] !== greater; at++) if (!isLetter(bytes[at] ?? 0)) return false;
    const length = at - name;
    // Storage class and checksums are longer than the names of what is read, but for the time.
    if (length < 8 || bytes[name] === 0x4c) return false;
    for (at++; bytes[at] !== less; at++) if ((bytes[at] ?? 0) < 0x20 || bytes[at] === ampersand) return false;
    if (bytes[at + 1] !== slash || bytes[at + 2 + length] !== greater) return false;
    for (let index = 0; index < length; index++) if (bytes[at + 2 + index] !== bytes[name + index]) return false;
    this.end = at + length + 3;
    return true;
  }
}

const isLetter = (byte: number): boolean => (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a;
