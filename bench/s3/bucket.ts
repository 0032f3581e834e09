import { createHash } from 'node:crypto';
import {
  fileFacts,
  fileOf,
  keyTemplate,
  entryBytes,
  manifestBytes,
  manifestName,
  manifestOf,
  sizesOf,
  type Day,
  type FileSizes,
} from './files.ts';
import { deploymentOf, schemaOf, streamJsonOf } from './metadata.ts';
import type { Paper } from './paper.ts';
import { daysOf, filesOfStreams, mix, type Shape } from './shape.ts';
import { stampInto, stamped, templateOf } from './template.ts';

/** An object of the bucket as a listing tells it. */
export interface MadeObject {
  key: string;
  size: number;
  /** RFC 3339. */
  lastModified: string;
  /** Without quotes. */
  etag: string;
}

/** Writes an object as a row of a listing. Called with the marks of a template too, so it must not change texts by length. */
export type RowText = (object: { [Name in keyof MadeObject]: string }) => string;

/** A bucket that is computed and not stored: its objects have numbers, in the order of their keys. All keys are ASCII. */
export interface MadeBucket {
  readonly shape: Shape;
  readonly size: number;
  /** Where its days are: what a lister that knows the streams' metadata can start from. */
  days(): Generator<Day>;
  key(index: number): string;
  object(index: number): MadeObject;
  /** The number of the first object whose key is not below `key`. */
  place(key: string): number;
  /** The object's content; null for a data file, which has as many zero bytes as it is large. */
  body(index: number): Buffer | null;
  /** Writes rows of a listing, from one number to before another. */
  rows(from: number, to: number, row: RowText, paper: Paper): void;
  /** Lets the metadata files of the first streams look as if servers had written them again. */
  touch(streams: number): void;
}

/** A part of the bucket whose objects have one prefix. */
interface Folder {
  prefix: string;
  /** The number of its first object. */
  first: number;
  objects: number;
  /** Files in a day where it is a stream; null where it is foreign, or the deployment's own. */
  files: number | null;
  noise: number;
}

/** What an object is, within its folder. */
type Item =
  | { is: 'text'; key: string; text: () => string; revision: number }
  | { is: 'foreign'; key: string; noise: number }
  | { is: 'file'; day: Day; serial: number }
  | { is: 'manifest'; day: Day };

const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0');
const etagOf = (text: string): string => createHash('md5').update(text).digest('hex');

const nowhere: Folder = { prefix: '', first: 0, objects: 0, files: null, noise: 0 };

/** The lowest number from 0 for which `holds`, if it holds for all above; `end` where there is none. */
export function lowest(end: number, holds: (number: number) => boolean): number {
  let low = 0;
  let high = end;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The bucket of a shape. */
export function madeBucket(shape: Shape): MadeBucket {
  const sizes = sizesOf(shape);
  const dayNames = daysOf(shape);
  const lastDay = dayNames.at(-1) ?? shape.firstDay;
  const folders = foldersOf(shape, dayNames.length);
  const last = folders.at(-1);
  const size = last === undefined ? 0 : last.first + last.objects;
  const firstStream = folders.findIndex(({ files }) => files !== null);
  const textSizes = new Map<string, number>();
  let touched = 0;
  let knownEntry: number | null = null;
  const entry = (day: Day): number => (knownEntry ??= entryBytes(day, sizes));

  /** The last folder for which `below` holds; they are in order. */
  const folderWhere = (below: (folder: Folder) => boolean): number =>
    lowest(folders.length, (at) => !below(folders[at] ?? nowhere)) - 1;

  const dayOf = ({ prefix, files, noise }: Folder, day: number): Day => ({
    prefix,
    day: dayNames[day] ?? lastDay,
    files: files ?? 0,
    noise: mix(noise + day),
  });

  function itemOf(number: number, offset: number): Item {
    const folder = folders[number];
    if (folder === undefined) throw new RangeError('there is no such object');
    const { prefix, files, noise } = folder;
    if (number === 0)
      return { is: 'text', key: `${prefix}.parseable.json`, text: () => deploymentOf(shape), revision: 0 };
    if (files === null) {
      const spread = Math.floor((offset * 0x1000000) / folder.objects);
      const own = mix(noise + offset);
      return { is: 'foreign', key: `${prefix}${hex(spread, 6)}${hex(own, 8)}`, noise: own };
    }
    if (offset === 0) return { is: 'text', key: `${prefix}.stream/.schema`, text: schemaOf, revision: 0 };
    if (offset === 1) {
      const key = `${prefix}.stream/.stream.json`;
      const revision = number - firstStream < touched ? 1 : 0;
      return { is: 'text', key, text: () => streamJsonOf(prefix, dayNames, files, shape), revision };
    }
    const day = dayOf(folder, Math.floor((offset - 2) / (files + 1)));
    const serial = (offset - 2) % (files + 1);
    return serial === files ? { is: 'manifest', day } : { is: 'file', day, serial };
  }

  /** Texts of one kind are as long for every stream with as many digits; each is made once. */
  function textSize(key: string, text: () => string): number {
    const known = textSizes.get(key) ?? Buffer.byteLength(text());
    textSizes.set(key, known);
    return known;
  }

  function objectOf(item: Item): MadeObject {
    switch (item.is) {
      case 'text':
        return {
          key: item.key,
          size: textSize(item.key, item.text),
          lastModified: `${lastDay}T23:59:59.000Z`,
          etag: etagOf(`${item.key} ${String(item.revision)}`),
        };
      case 'foreign':
        return {
          key: item.key,
          size: 1_000 + (item.noise % 1_000),
          lastModified: `${lastDay}T12:00:00.000Z`,
          etag: hex(item.noise, 8).repeat(4),
        };
      case 'manifest': {
        const { day } = item;
        const key = `${day.prefix}date=${day.day}/${manifestName}`;
        return {
          key,
          size: manifestBytes(day, entry(day)),
          lastModified: `${day.day}T23:59:59.000Z`,
          etag: etagOf(key),
        };
      }
      case 'file': {
        const { day, serial } = item;
        const facts = fileFacts(day, sizes);
        const file = fileOf(day, serial, sizes);
        const text = (template: string) => stamped(templateOf(template), file);
        return {
          key: stamped(keyTemplate(day), file),
          size: file.size,
          lastModified: text(facts.lastModified),
          etag: text(facts.etag),
        };
      }
    }
  }

  const item = (index: number): Item => {
    const number = folderWhere(({ first }) => first <= index);
    return itemOf(number, index - (folders[number]?.first ?? 0));
  };

  const keyOf = (one: Item): string =>
    one.is === 'file'
      ? stamped(keyTemplate(one.day), fileOf(one.day, one.serial, sizes))
      : one.is === 'manifest'
        ? `${one.day.prefix}date=${one.day.day}/${manifestName}`
        : one.key;

  function place(key: string): number {
    const number = folderWhere(({ prefix }) => prefix <= key);
    const folder = folders[number];
    if (folder === undefined) return 0;
    const { prefix, files, first, objects } = folder;
    if (files === null || key <= `${prefix}.stream/.stream.json`) {
      return first + lowest(files === null ? objects : 2, (offset) => keyOf(itemOf(number, offset)) >= key);
    }
    const days = lowest(dayNames.length, (day) => `${prefix}date=${dayNames[day] ?? ''}/` > key);
    if (days === 0) return first + 2;
    const day = dayOf(folder, days - 1);
    const template = keyTemplate(day);
    const before = lowest(files, (serial) => stamped(template, fileOf(day, serial, sizes)) >= key);
    const over = before === files && keyOf({ is: 'manifest', day }) < key;
    return first + 2 + (days - 1) * (files + 1) + before + (over ? 1 : 0);
  }

  function rows(from: number, to: number, row: RowText, paper: Paper): void {
    const end = Math.min(to, size);
    for (let index = from; index < end;) {
      const one = item(index);
      if (one.is === 'file') {
        const files = Math.min(one.day.files - one.serial, end - index);
        fileRows(one.day, one.serial, files, sizes, row, paper);
        index += files;
        continue;
      }
      const object = objectOf(one);
      paper.write(row({ ...object, size: String(object.size) }));
      index++;
    }
  }

  return {
    shape,
    size,
    place,
    rows,
    key: (index) => keyOf(item(index)),
    object: (index) => objectOf(item(index)),
    body: (index) => {
      const one = item(index);
      switch (one.is) {
        case 'text':
          return Buffer.from(one.text(), 'utf8');
        case 'manifest':
          return manifestOf(one.day, sizes);
        default:
          return null;
      }
    },
    *days() {
      for (const folder of folders) {
        if (folder.files === null) continue;
        for (let day = 0; day < dayNames.length; day++) yield dayOf(folder, day);
      }
    },
    touch: (streams) => {
      touched = streams;
    },
  };
}

/** The folders of a bucket, in the order of their keys. */
function foldersOf(shape: Shape, days: number): Folder[] {
  const { streams, foreign, foreignObjects, seed } = shape;
  const files = filesOfStreams(shape);
  const named = [
    { prefix: '.parseable/', objects: 1, files: null },
    ...Array.from({ length: foreign }, (_, at) => ({
      prefix: `backup-${String(at).padStart(5, '0')}/`,
      objects: foreignObjects,
      files: null,
    })),
    ...Array.from({ length: streams }, (_, at) => ({
      prefix: `stream-${String(at).padStart(5, '0')}/`,
      objects: 2 + days * ((files[at] ?? 1) + 1),
      files: files[at] ?? 1,
    })),
  ];
  let first = 0;
  return named.map((folder, at) => {
    const here = first;
    first += folder.objects;
    return { ...folder, first: here, noise: mix(Math.imul(seed, 0x9e3779b1) + at) };
  });
}

/** Writes the rows of some files of a day: all are as long, and differ in a few digits. */
function fileRows(day: Day, serial: number, files: number, sizes: FileSizes, row: RowText, paper: Paper): void {
  const key = keyTemplate(day).bytes.toString('latin1');
  const template = templateOf(row({ key, ...fileFacts(day, sizes) }));
  const { target, start } = paper.room(template.bytes.length * files);
  stampInto(target, start, template, files, (index) => fileOf(day, serial + index, sizes));
}
