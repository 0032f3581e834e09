import { mix } from './shape.ts';

/** What tells one file of a day from another. */
export interface FileFields {
  hour: number;
  minute: number;
  /** Its number within the day, from 0. */
  serial: number;
  size: number;
  /** Rows in it. */
  events: number;
  /** Bytes before they were packed. */
  ingested: number;
  /** What its digits that mean nothing are made from. */
  noise: number;
}

/** Where each field's digits stand when a file is written out once, for all templates; numbers stand to the right. */
const slots = {
  hour: { from: 0, to: 2 },
  minute: { from: 2, to: 4 },
  serial: { from: 4, to: 10 },
  name: { from: 10, to: 26 },
  etag: { from: 26, to: 58 },
  size: { from: 58, to: 66 },
  events: { from: 66, to: 70 },
  ingested: { from: 70, to: 78 },
} as const;

const inOrder = Object.values(slots);
const mark = (slot: (typeof inOrder)[number], digits = slot.to - slot.from): string =>
  String.fromCharCode(inOrder.indexOf(slot)).repeat(digits);

/** Stand for the fields in a template, one character for each digit. No text of a bucket has these characters. */
export const marks = {
  hour: mark(slots.hour),
  minute: mark(slots.minute),
  serial: mark(slots.serial),
  /** Digits that are a file's own. */
  name: mark(slots.name),
  etag: mark(slots.etag),
  size: (digits: number) => mark(slots.size, digits),
  events: mark(slots.events),
  ingested: (digits: number) => mark(slots.ingested, digits),
} as const;

/** A text with places for the fields of a file, in bytes: filling it in costs a copy and a few digits. */
export interface Template {
  bytes: Buffer;
  places: { at: number; from: number; width: number }[];
}

/** Reads a template. Fields that stand side by side here and among the digits are copied as one. */
export function templateOf(text: string): Template {
  const bytes = Buffer.from(text, 'latin1');
  const places: Template['places'] = [];
  for (let at = 0; at < bytes.length;) {
    const code = bytes[at] ?? 0;
    const slot = inOrder[code];
    let end = at + 1;
    if (slot !== undefined) {
      while (bytes[end] === code) end++;
      const place = { at, from: slot.to - (end - at), width: end - at };
      const before = places.at(-1);
      if (before !== undefined && before.at + before.width === at && before.from + before.width === place.from) {
        before.width += place.width;
      } else {
        places.push(place);
      }
    }
    at = end;
  }
  return { bytes, places };
}

const hexPairs = Buffer.from(
  Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))
    .join('')
    .toUpperCase(),
);
/** Numbers of 32 bits whose digits make the name and, beside it, the ETag. */
const noiseWords = (slots.etag.to - slots.name.from) / 8;

const written = Buffer.alloc(inOrder.at(-1)?.to ?? 0);

function writeHex(to: number, bytes: number, value: number): void {
  for (let rest = value, at = to - 2, byte = 0; byte < bytes; byte++, at -= 2, rest >>>= 8) {
    const pair = (rest & 255) * 2;
    written[at] = hexPairs[pair] ?? 0;
    written[at + 1] = hexPairs[pair + 1] ?? 0;
  }
}

function writeDecimal({ from, to }: { from: number; to: number }, value: number): void {
  let rest = value | 0;
  for (let at = to - 1; at >= from; at--) {
    const tens = (rest / 10) | 0;
    written[at] = 48 + rest - tens * 10;
    rest = tens;
  }
}

/** Writes the digits of a file, from which templates are filled in. */
function writeDigits(file: FileFields): void {
  writeDecimal(slots.hour, file.hour);
  writeDecimal(slots.minute, file.minute);
  writeHex(slots.serial.to, 3, file.serial);
  for (let word = 1; word <= noiseWords; word++) {
    writeHex(slots.name.from + word * 8, 4, mix(file.noise + Math.imul(word, 0x9e3779b1)));
  }
  writeDecimal(slots.size, file.size);
  writeDecimal(slots.events, file.events);
  writeDecimal(slots.ingested, file.ingested);
}

/** Writes a template for many files, one after the other, into `target` from `start` on. @returns where they end */
export function stampInto(
  target: Buffer,
  start: number,
  { bytes, places }: Template,
  files: number,
  fileAt: (index: number) => FileFields,
): number {
  const { length } = bytes;
  const end = start + length * files;
  if (files > 0) target.set(bytes, start);
  for (let filled = length; filled < end - start; filled *= 2) {
    target.copyWithin(start + filled, start, Math.min(start + filled, end - filled));
  }
  for (let index = 0, row = start; index < files; index++, row += length) {
    writeDigits(fileAt(index));
    for (const { at, from, width } of places) {
      for (let digit = 0; digit < width; digit++) target[row + at + digit] = written[from + digit] ?? 0;
    }
  }
  return end;
}

/** The text of a template with a file's fields. */
export function stamped(template: Template, file: FileFields): string {
  const target = Buffer.allocUnsafe(template.bytes.length);
  stampInto(target, 0, template, 1, () => file);
  return target.toString('latin1');
}
