/** A value of Thrift's compact protocol: a number, bytes, a list, or a struct by the ids of its fields. */
export type Thrift = bigint | boolean | Buffer | Thrift[] | Map<number, Thrift>;

/** Deeper than any footer; hostile bytes must not exhaust the stack. */
const deepest = 32;

/** Reads a struct of Thrift's compact protocol (thrift-compact-protocol.md). @throws RangeError where the bytes are none. */
export function readStruct(bytes: Buffer): Map<number, Thrift> {
  let at = 0;
  const byte = (): number => bytes.readUInt8(at++);
  const varint = (): bigint => {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const next = byte();
      value |= BigInt(next & 0x7f) << shift;
      if (next < 0x80) return value;
    }
    throw new RangeError('a number without end');
  };
  const signed = (): bigint => {
    const value = varint();
    return value & 1n ? -((value + 1n) >> 1n) : value >> 1n;
  };
  const run = (length: bigint): Buffer => {
    const end = at + Number(length);
    if (end > bytes.length) throw new RangeError('longer than the footer');
    const part = bytes.subarray(at, end);
    at = end;
    return part;
  };
  const list = (depth: number): Thrift[] => {
    const head = byte();
    const size = head >> 4 === 15 ? Number(varint()) : head >> 4;
    if (size > bytes.length) throw new RangeError('longer than the footer');
    // Unlike a field, an element that is a boolean has a byte of its own.
    return Array.from({ length: size }, () => ((head & 15) <= 2 ? byte() === 1 : value(head & 15, depth)));
  };
  const struct = (depth: number): Map<number, Thrift> => {
    if (depth > deepest) throw new RangeError('too deep');
    const fields = new Map<number, Thrift>();
    for (let id = 0; ;) {
      const head = byte();
      if (head === 0) return fields;
      id = head >> 4 === 0 ? Number(signed()) : id + (head >> 4);
      fields.set(id, value(head & 15, depth));
    }
  };
  const value = (type: number, depth: number): Thrift => {
    if (type === 1 || type === 2) return type === 1;
    if (type === 3) return BigInt(byte());
    if (type >= 4 && type <= 6) return signed();
    if (type === 7) return run(8n);
    if (type === 8) return run(varint());
    if (type === 9 || type === 10) return list(depth + 1);
    if (type === 12) return struct(depth + 1);
    throw new RangeError('no footer has this');
  };
  return struct(0);
}
