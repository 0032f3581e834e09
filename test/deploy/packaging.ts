import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { Template } from './template.ts';

const root = resolve(import.meta.dirname, '../..');
const run = promisify(execFile);

/** What packaging is made from; whatever else it needed would be missing in the copy. */
const sources = ['serverless.yml', 'package.json', 'tsconfig.json', 'deploy', 'src'];

/** A copy of the project to package in, so that nobody's `dist/` is touched. */
export interface Workshop {
  /** Writes a file of the copy. */
  write(path: string, content: string | object): Promise<void>;
  /** Runs `serverless package`; what it says is in the error when it refuses. */
  package(...options: string[]): Promise<{ template: Template; zip: Buffer }>;
  close(): Promise<void>;
}

export async function openWorkshop(): Promise<Workshop> {
  const place = await mkdtemp(join(tmpdir(), 'bucket-hygiene-package-'));
  await Promise.all(sources.map((name) => cp(join(root, name), join(place, name), { recursive: true })));
  await symlink(join(root, 'node_modules'), join(place, 'node_modules'), 'junction');
  const serverless = join(root, 'node_modules/serverless/bin/serverless.js');
  // Neither an account nor a setting of the developer's may be needed, or seen.
  const env = { PATH: process.env['PATH'], HOME: place, CI: 'true' };
  return {
    write: (path, content) =>
      writeFile(join(place, path), typeof content === 'string' ? content : JSON.stringify(content)),
    package: async (...options) => {
      try {
        await run(process.execPath, [serverless, 'package', ...options], { cwd: place, env });
      } catch (error) {
        throw new Error((error as { stdout: string; stderr: string }).stdout + (error as { stderr: string }).stderr);
      }
      const built = (name: string) => readFile(join(place, '.serverless', name));
      const template = await built('cloudformation-template-update-stack.json');
      return {
        template: JSON.parse(template.toString()) as Template,
        zip: await built('bucket-hygiene.zip').catch(() => Buffer.alloc(0)),
      };
    },
    close: () => rm(place, { recursive: true, force: true }),
  };
}
