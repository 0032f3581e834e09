import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { metrics } from '../../src/report/openmetrics/families.ts';
import { runHere } from '../entry/here.ts';
import { objectOf } from '../s3/client.ts';
import { startS3, type S3 } from '../s3/server.ts';
import { deploymentBody, markerBody } from '../support/generated.ts';

const page = readFileSync(new URL('../../docs/ci.md', import.meta.url), 'utf8');

/** Every command of this program in a block of code, as it is typed: what the shell does with it besides is left out. */
const commands = [...page.matchAll(/^```\w+\n(.*?)^```$/gms)]
  .flatMap(([, block = '']) => block.split('\n'))
  .flatMap((line) => /npx bucket-hygiene ([^|>]*)/.exec(line)?.[1]?.trim() ?? []);

/** The report that a command writes, and how one sees that it is one. */
const looks: Record<string, RegExp> = {
  sarif: /"version": "2\.1\.0"/,
  junit: /^<\?xml version="1\.0"/,
  markdown: /^## logs-/,
  openmetrics: /# EOF\n$/,
  json: /^\{\n {2}"schemaVersion": 1,/,
  text: /^logs-/,
};

describe('the page about CI', () => {
  let s3: S3;
  let folder: string;

  beforeAll(async () => {
    const deployed = [
      objectOf('.parseable/.parseable.json', deploymentBody()),
      objectOf('app/.stream/.stream.json', markerBody('v7')),
      objectOf('backups/x', 'x'),
    ];
    s3 = await startS3({
      buckets: { 'logs-prod': { objects: deployed }, 'logs-dev': { objects: deployed }, 'logs-new': { objects: [] } },
    });
    folder = mkdtempSync(join(tmpdir(), 'bucket-hygiene-ci-'));
    writeFileSync(join(folder, '.keep'), '');
  });

  afterAll(async () => {
    await s3.close();
    rmSync(folder, { recursive: true });
  });

  it('shows a command for every system', () => {
    expect(commands.length).toBeGreaterThanOrEqual(7);
  });

  // In the order of the page: the baseline is written first.
  it.each(commands)('shows a command that does what it says: %s', async (command) => {
    const argv = command.split(' ');
    const after = (option: string) => (argv.includes(option) ? argv[argv.indexOf(option) + 1] : undefined);
    const { code, stdout, stderr } = await runHere([...argv, '--region', 'us-east-1'], folder, s3.url);
    expect([code, stderr.includes('--help')]).toEqual([command.includes('--format json') ? 1 : 0, false]);
    const output = after('--output');
    const document = output === undefined ? stdout : readFileSync(join(folder, output), 'utf8');
    expect(document).toMatch(looks[after('--format') ?? 'text']!);
  });

  it('names every metric', () => {
    for (const { name } of metrics) expect(page).toMatch(new RegExp(`\`(bucket_hygiene)?_${name}[\`{]`));
  });
});
