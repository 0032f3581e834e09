import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSchema } from '../../src/parseable/schema.ts';
import { loadRecorded, recordedCases } from '../support/recorded.ts';

type Place = Parameters<typeof readSchema>[1]['place'];

const places: Place[] = ['bare', 'folder'];
const read = (text: string, place: Place = 'folder') => readSchema(Buffer.from(text), { place });

const dataType = fc.oneof(
  fc.constantFrom('Utf8', 'Int64', 'Float64', 'Boolean'),
  fc.constant({ Timestamp: ['Millisecond', null] }),
);
const schema = fc.record(
  {
    fields: fc.array(
      fc.record({ name: fc.string(), data_type: dataType, nullable: fc.boolean(), metadata: fc.constant({}) }),
      { maxLength: 5 },
    ),
    metadata: fc.dictionary(fc.string(), fc.string(), { maxKeys: 2 }),
  },
  { requiredKeys: ['fields'] },
);

describe('a schema', () => {
  it('is one of Arrow, in either place', () => {
    fc.assert(
      fc.property(schema, fc.constantFrom(...places), (value, place) => {
        expect(read(JSON.stringify(value), place)).toEqual({ state: 'usable' });
      }),
    );
  });

  it('is one for each hash, as from 0.2.0 to 0.4.0, or for none yet', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.stringMatching(/^[0-9a-f]{16}$/), schema, { maxKeys: 4 }),
        fc.constantFrom(...places),
        (value, place) => {
          expect(read(JSON.stringify(value), place)).toEqual({ state: 'usable' });
        },
      ),
    );
  });

  it('may be empty in the place that streams had before 1.0, and only there', () => {
    expect(read('', 'bare')).toEqual({ state: 'usable' });
    expect(read('', 'folder')).toEqual({ state: 'unusable', why: 'it has 0 bytes' });
  });

  it.each([
    ['not JSON', 'PLANTED'],
    ['cut off', '{"fields":[{"name":"PLANTED","data_type":"Utf8"}'],
    ['a list', '["PLANTED"]'],
    ['without a list of fields', '{"fields":{"name":"PLANTED"}}'],
    ['with null for fields', '{"fields":null}'],
    ['with a field that is no object', '{"fields":["PLANTED"]}'],
    ['with a field without name', '{"fields":[{"data_type":"PLANTED"}]}'],
    ['with a name that is no text', '{"fields":[{"name":7,"data_type":"PLANTED"}]}'],
    ['with a field without type', '{"fields":[{"name":"PLANTED"}]}'],
    ['with one schema of several that is none', '{"00":{"fields":[]},"01":"PLANTED"}'],
    ['another document of a stream', '{"version":"v6","owner":{"id":"PLANTED"}}'],
  ])('is none when it is %s, and the reason tells nothing of it', (_, text) => {
    for (const place of places) {
      const reading = read(text, place);
      expect(reading.state).toBe('unusable');
      expect(JSON.stringify(reading)).not.toContain('PLANTED');
    }
  });

  it.each(recordedCases)('is what servers wrote: %s', (name) => {
    const { contents } = loadRecorded(name);
    for (const { key, body } of contents.objects) {
      if (!/(?:^|\/)\.(?:ingestor\.[^/]*\.)?schema$/.test(key)) continue;
      const place = key.includes('/.stream/') ? 'folder' : 'bare';
      expect.soft({ key, ...readSchema(body ?? Buffer.alloc(0), { place }) }).toEqual({ key, state: 'usable' });
    }
  });
});
