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
});
