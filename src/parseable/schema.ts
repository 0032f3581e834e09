import { parseObject } from './json.ts';

/** Whether a file that is called a schema holds one. The reason names no value of it. */
export type SchemaReading = { state: 'usable' } | { state: 'unusable'; why: string };

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A schema of Arrow as its crate writes it: fields with a name and a type. */
const isArrowSchema = (value: unknown): boolean =>
  isObject(value) &&
  Array.isArray(value['fields']) &&
  value['fields'].every(
    (field) => isObject(field) && typeof field['name'] === 'string' && field['data_type'] !== undefined,
  );

/**
 * Reads a stream's schema of any epoch: one of Arrow; from 0.2.0 to 0.4.0 one for each hash; before, nothing at all until the
 * first event came.
 * @param place `bare` for `.schema` in the stream's own folder, as before 1.0; an empty file is valid only there
 */
export function readSchema(bytes: Buffer, { place }: { place: 'bare' | 'folder' }): SchemaReading {
  if (bytes.length === 0) return place === 'bare' ? { state: 'usable' } : { state: 'unusable', why: 'it has 0 bytes' };
  const parsed = parseObject(bytes);
  if ('why' in parsed) return { state: 'unusable', why: parsed.why };
  const { object } = parsed;
  const usable = Object.hasOwn(object, 'fields') ? isArrowSchema(object) : Object.values(object).every(isArrowSchema);
  return usable ? { state: 'usable' } : { state: 'unusable', why: 'it is JSON, and no schema' };
}
