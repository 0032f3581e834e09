import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { nothingEarlier, type Earlier } from '../../src/audit/earlier.ts';
import { packMemory } from '../../src/history/memory.ts';
import { entry, outcome, run, start } from './fixtures.ts';

/** What only its own stream has: nothing of it can be compressed. */
const unlike = (text: string) => createHash('md5').update(text).digest('hex');

it('the state of ten thousand streams, each with a year of days, is smaller than 2 MiB', () => {
  const names = Array.from({ length: 10_000 }, (_, n) => `service-${unlike(String(n)).slice(0, 8)}/`);
  const markers: Earlier['markers'] = Object.fromEntries(
    names.map((name, n) => [
      `${name}.stream/.stream.json`,
      {
        etag: `"${unlike(name)}"`,
        reading: {
          state: 'usable' as const,
          version: 'v7',
          newer: false,
          metadata: {
            createdAt: new Date(Date.parse('2025-11-01') + Number.parseInt(unlike(name).slice(0, 8), 16)).toISOString(),
            owner: 'admin/admin',
            lifetime: {
              events: Number.parseInt(unlike(`e${name}`).slice(0, 8), 16),
              ingestion: Number.parseInt(unlike(`i${name}`).slice(0, 10), 16),
              storage: Number.parseInt(unlike(`s${name}`).slice(0, 9), 16),
            },
            stored: Number.parseInt(unlike(`t${name}`).slice(0, 9), 16),
            retention: 365,
            snapshot: {
              manifests: {
                [`${name}date=*/parseable-${String(n % 7)}.manifest.json`]: ['2025-11-25..2026-11-24'],
              },
              oldest: '2025-11-25',
              repeated: [],
            },
          },
        },
      },
    ]),
  );
  const levels: Earlier['levels'] = Object.fromEntries(
    names.map((name) => [
      name,
      {
        at: start.toISOString(),
        markers: unlike(`m${name}`).slice(0, 12),
        days: ['2025-11-25..2026-11-24'],
        others: [],
      },
    ]),
  );
  const seen = outcome(start, [], {
    entries: names.map((name) => entry(name, 'stream')),
    known: { ...nothingEarlier, markers, levels },
  });
  expect(packMemory(run(null, seen).memory).length).toBeLessThan(2 * 1024 * 1024);
});
