import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { describe, expect, it } from 'vitest';
import { configJsonSchema } from '../../src/config/json-schema.ts';

const shipped = fileURLToPath(new URL('../../src/config/bucket-hygiene.schema.json', import.meta.url));

describe('the JSON Schema of the configuration', () => {
  it('that is shipped is the one that the program reads by (to renew it: npm test -- -u json-schema)', async () => {
    const text = JSON.stringify(configJsonSchema());
    await expect(await format(text, { ...(await resolveConfig(shipped)), filepath: shipped })).toMatchFileSnapshot(
      shipped,
    );
  });

  it('says something about every setting', () => {
    const described = JSON.stringify(configJsonSchema()).match(/"description"/g) ?? [];
    expect(described.length).toBeGreaterThanOrEqual(21);
  });

  it('holds a suggestion to the form of an allow entry', () => {
    const schema = configJsonSchema();
    const at = (path: string) =>
      path.split('/').reduce<unknown>((value, name) => (value as Record<string, unknown>)[name], schema);
    const entry = 'properties/buckets/items/properties/allow/anyOf/0/items';
    expect(at('properties/buckets/items/properties/suggestedAllow/anyOf/0/items')).toEqual({
      anyOf: [{ not: { type: 'object' } }, { $ref: `#/${entry}` }],
    });
    expect(at(entry)).toMatchObject({ required: ['prefix'], additionalProperties: false });
  });
});
