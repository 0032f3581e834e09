import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { runDemo } from '../../../src/entry/demo.ts';

const ear = () => {
  let text = '';
  return {
    text: () => text,
    stream: {
      write: (more: string, done?: () => void) => {
        text += more;
        done?.();
      },
    },
  };
};

// A folder of its own for temporary files: other tests write theirs at the same time.
let temporary: string;
beforeEach(() => {
  temporary = mkdtempSync(join(tmpdir(), 'demo-'));
  vi.stubEnv('TMPDIR', temporary);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(temporary, { recursive: true });
});

it('the demo tells the whole way and leaves nothing behind', { timeout: 20_000 }, async () => {
  const environment = { ...process.env };
  const stdout = ear();
  const stderr = ear();
  const code = await runDemo({ stdout: stdout.stream, stderr: stderr.stream });
  expect(stderr.text()).toBe('');
  expect(code).toBe(0);

  const story = stdout.text();
  const mails = story.match(/\| Subject: .*/g) ?? [];
  expect(mails).toHaveLength(2);
  expect(mails[0]).toMatch(/logs-demo \(demo\).*new/);
  expect(mails[1]).toMatch(/resolved/);
  for (const subject of ['backups/', 'export.csv', 'wide/']) expect(story).toContain(subject);
  expect(story).toMatch(/status=new/);
  expect(story).toMatch(/two days ahead/);
  expect(story).toMatch(/nothing is told twice/);
  expect(story.slice(story.indexOf('npx bucket-hygiene audit'))).toMatch(/foreign-root-object/);

  expect(process.env).toEqual(environment);
  expect(readdirSync(temporary)).toEqual([]);
});
