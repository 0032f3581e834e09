/**
 * The pieces that Parseable's keys are made of, as sources of regular expressions.
 * Read from the path functions of every tag since v0.0.1 (storage/object_storage.rs, metastore/metastores/object_store_metastore.rs).
 */
export const ulid = '[0-7][0-9A-HJKMNP-TV-Z]{25}';
/** A node's id: 15 hexadecimal digits, new when its staging disk is lost. */
export const nodeId = '[0-9a-f]{15}';
export const hash = '[0-9a-f]{64}';
export const day = String.raw`\d{4}-\d{2}-\d{2}`;
export const minuteFolder = String.raw`date=${day}/hour=(?:[01]\d|2[0-3])/minute=[0-5]\d/`;

/** A whole key, or a key below its prefix, that must match from end to end. */
export const whole = (source: string): RegExp => new RegExp(`^(?:${source})$`);
