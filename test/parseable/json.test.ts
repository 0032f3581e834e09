import { describe, expect, it } from 'vitest';
import { parseObject } from '../../src/parseable/json.ts';

const read = (text: string | Buffer) => parseObject(Buffer.from(text));
const nested = (levels: number) => `{"a":${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}}`;

describe('a JSON object of a server', () => {
  it('may be nested as deeply as servers read it, and no deeper', () => {
    expect(read(nested(127))).toHaveProperty('object');
    expect(read(nested(128))).toEqual({ why: 'it is not JSON that a server reads: it is nested too deeply' });
  });
  it('is not mistaken for a deep one by many lists side by side', () => {
    expect(read(JSON.stringify({ a: Array.from({ length: 300 }, () => [{}]) }))).toHaveProperty('object');
  });
  it('is not mistaken for a deep one by brackets in its texts', () => {
    expect(read(JSON.stringify({ a: `${'['.repeat(300)}\\"${'{'.repeat(300)}` }))).toHaveProperty('object');
  });
  it.each([
    ['an empty body', '', 'it has 0 bytes'],
    ['text', 'hello', 'it is not JSON'],
    ['a list', '[]', 'it is not a JSON object'],
    ['null', 'null', 'it is not a JSON object'],
    ['a byte order mark', '\uFEFF{}', 'it is not JSON'],
    ['bytes that are no UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]), 'it is not JSON'],
  ])('is not %s', (_, body, why) => {
    expect(read(body)).toEqual({ why });
  });
});
