/** Ids are made of numbers alone: a key of the bucket can neither forge one nor break one. */
export const bucketId = (bucket: number): string => `b${String(bucket)}`;
export const rowId = (bucket: number, row: number): string => `b${String(bucket)}-r${String(row)}`;
export const findingId = (bucket: number, finding: number): string => `b${String(bucket)}-f${String(finding)}`;
export const partId = (bucket: number, part: string): string => `b${String(bucket)}-${part}`;
