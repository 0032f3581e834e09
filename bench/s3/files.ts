import { mix, type Shape } from './shape.ts';
import { marks, stampInto, templateOf, type FileFields, type Template } from './template.ts';

/** One day of one stream. */
export interface Day {
  /** The stream's prefix, with its slash. */
  prefix: string;
  day: string;
  files: number;
  /** What the noise of its files begins with. */
  noise: number;
}

/** How a shape's data files are numbered: their digits, and their averages. */
export interface FileSizes {
  bytes: number;
  digits: number;
  ingestedDigits: number;
}

export const sizesOf = ({ fileBytes }: Shape): FileSizes => ({
  bytes: fileBytes,
  digits: String(fileBytes).length,
  ingestedDigits: String(fileBytes * 4).length,
});

export const eventsPerFile = 5_000;
export const ingestedPerByte = 4;

/**
 * The fields of a day's file. Files come in pairs, one as much above the average as the other is below, and the last of an
 * odd number is average: so that a day's sum is known without adding.
 */
export function fileOf(day: Day, serial: number, { bytes }: FileSizes): FileFields {
  const { files } = day;
  const minuteOfDay = Math.floor((serial * 1_440) / files);
  const noise = (day.noise + Math.imul(serial, 0x85ebca6b)) | 0;
  const first = serial - (serial % 2);
  const pair = mix(day.noise ^ Math.imul(first + 1, 0xc2b2ae35));
  const sign = first + 1 === files ? 0 : serial === first ? 1 : -1;
  const size = bytes + sign * (pair % Math.floor(bytes * 0.45));
  return {
    hour: Math.floor(minuteOfDay / 60),
    minute: minuteOfDay % 60,
    serial,
    size,
    events: eventsPerFile + sign * (pair % 3_000),
    ingested: size * ingestedPerByte,
    noise,
  };
}

/** The host that wrote the bucket. */
const host = 'node-0';

export const manifestName = `${host}.manifest.json`;

/** A data file as servers since 2.4.2 name it: its end is a ULID. */
const fileName = `hour=${marks.hour}/minute=${marks.minute}/${host}.data.01JH${marks.serial}${marks.name}.parquet`;

const keyText = ({ prefix, day }: Day): string => `${prefix}date=${day}/${fileName}`;

export const keyTemplate = (day: Day): Template => templateOf(keyText(day));

/** Files are uploaded in the minute after their own; what the listing tells of one but its key. */
export const fileFacts = ({ day }: Day, { digits }: FileSizes) => ({
  lastModified: `${day}T${marks.hour}:${marks.minute}:59.000Z`,
  etag: marks.etag,
  size: marks.size(digits),
});

/** Statistics of eight columns, as a log stream has them: an entry is about 1.3 kB. */
function columnsOf({ day }: Day, { digits, ingestedDigits }: FileSizes): string {
  const since = String(Date.parse(`${day}T00:00:00Z`)).slice(0, 5);
  const column = (name: string, kind: string, min: string, max: string) =>
    `{"name":"${name}","stats":{"${kind}":{"min":${min},"max":${max}}},` +
    `"uncompressed_size":${marks.ingested(ingestedDigits)},"compressed_size":${marks.size(digits)}}`;
  return [
    column('p_timestamp', 'Int', `${since}00${marks.events}00`, `${since}59${marks.events}99`),
    column('level', 'String', '"debug"', '"warn"'),
    column('host', 'String', `"ip-10-0-${marks.name}"`, `"ip-10-9-${marks.name}"`),
    column('service', 'String', '"accounts"', '"warehouse"'),
    column('message', 'String', `"accepted ${marks.etag}"`, `"written by ${marks.name}"`),
    column('status', 'Int', '200', `5${marks.minute}`),
    column('duration_ms', 'Float', `0.${marks.events}`, `${marks.events}.25`),
    column('trace_id', 'String', `"${marks.etag}"`, `"F${marks.etag}"`),
  ].join(',');
}

const entryText = (day: Day, sizes: FileSizes): string =>
  `{"file_path":"${keyText(day)}","num_rows":${marks.events},"file_size":${marks.size(sizes.digits)},` +
  `"ingestion_size":${marks.ingested(sizes.ingestedDigits)},"columns":[${columnsOf(day, sizes)}],` +
  `"sort_order_id":[["p_timestamp",2]]}`;

const opening = '{"version":"v1","files":[';
const closing = ']}';

/** How long an entry of a manifest is: names of streams and days are all of one length, and so are entries. */
export const entryBytes = (anyDay: Day, sizes: FileSizes): number => entryText(anyDay, sizes).length;

/** How long a day's manifest is whose entries are so long. */
export const manifestBytes = ({ files }: Day, entry: number): number =>
  opening.length + closing.length + files * (entry + 1) - 1;

/** A day's manifest, as servers up to 2.9.5 write it. */
export function manifestOf(day: Day, sizes: FileSizes): Buffer {
  const template = templateOf(`${entryText(day, sizes)},`);
  const body = Buffer.allocUnsafe(manifestBytes(day, template.bytes.length - 1));
  const start = body.write(opening, 'latin1');
  // The comma after the last entry has no room of its own: what closes the list is written over it.
  const room = Buffer.allocUnsafe(template.bytes.length);
  const last = day.files - 1;
  const end = stampInto(body, start, template, last, (serial) => fileOf(day, serial, sizes));
  stampInto(room, 0, template, 1, () => fileOf(day, last, sizes));
  room.copy(body, end, 0, room.length - 1);
  body.write(closing, end + room.length - 1, 'latin1');
  return body;
}
