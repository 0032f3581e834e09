// Runs after the install. Three packages bring a Node 24, one per platform, and each offers the command `node`; npm 10, when it
// drops those of other platforms, drops the link of the right one as well, and npx and npm scripts would get the machine's own Node.
import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const modules = fileURLToPath(new URL('../node_modules', import.meta.url));
const windows = process.platform === 'win32';
const brought = join(
  `node-${windows ? 'win' : process.platform}-${process.arch}`,
  'bin',
  windows ? 'node.exe' : 'node',
);
const link = join(modules, '.bin', windows ? 'node.cmd' : 'node');

if (existsSync(join(modules, brought)) && !existsSync(link)) {
  mkdirSync(join(modules, '.bin'), { recursive: true });
  if (windows) writeFileSync(link, `@"%~dp0\\..\\${brought}" %*\r\n`);
  else symlinkSync(join('..', brought), link);
}
