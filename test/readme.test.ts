import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { kinds } from '../src/findings/kinds.ts';
import { version } from '../src/version.ts';

const at = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
const readme = at('README.md');

describe('the README', () => {
  it('has the two commands, each on a line of its own', () => {
    const lines = readme.split('\n');
    expect(lines).toContain('npm ci && npx bucket-hygiene demo');
    expect(lines).toContain('npm ci && npm test');
  });
  it('names every kind of finding with its usual severity and its page, and no other', () => {
    const rows = readme.split('\n').filter((line) => line.includes('](docs/findings/') && line.startsWith('|'));
    expect(rows.map((row) => row.replaceAll(/ +/g, ' '))).toEqual(
      Object.entries(kinds).map(
        ([kind, { severity, title }]) => `| [\`${kind}\`](docs/findings/${kind}.md) | ${severity} | ${title} |`,
      ),
    );
  });
});

describe('the version', () => {
  it('is the one of the package', () => {
    expect(version).toBe((JSON.parse(at('package.json')) as { version: string }).version);
  });
});
