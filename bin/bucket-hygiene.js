#!/usr/bin/env node
// Plain JavaScript that any Node from 20 on understands: it finds the Node 24 that runs the program itself.
import { spawn } from 'node:child_process';
import * as modules from 'node:module';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const needed = 24;

/** The Node that came with the install as an optional dependency; null where there is none for this platform. */
function bundledNode() {
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  try {
    const folder = dirname(modules.createRequire(import.meta.url).resolve(`${name}/package.json`));
    return join(folder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  } catch {
    return null;
  }
}

function giveUp(why) {
  process.stderr.write(
    `bucket-hygiene: needs Node ${needed} or newer, this is ${process.versions.node}, and ${why}. Install it from https://nodejs.org\n`,
  );
  process.exit(2);
}

/** Runs this file again with another Node; exit code and signals pass through. */
function runAgain(node) {
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit' });
  const forward = (signal) => child.kill(signal);
  for (const signal of signals) process.on(signal, forward);
  child.on('error', (error) =>
    giveUp(`the one that came with the install does not start (${error.code ?? error.message})`),
  );
  child.on('exit', (code, signal) => {
    for (const one of signals) process.off(one, forward);
    if (signal === null) process.exit(code ?? 4);
    else process.kill(process.pid, signal);
  });
}

if (Number.parseInt(process.versions.node, 10) >= needed) {
  // Half of a start is compiling what has not changed since the last one. Kept with the install, not in a folder that others
  // may write to: what lies there is run. Where the install cannot be written to, nothing is kept.
  modules.enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/bucket-hygiene', import.meta.url)));
  const { run } = await import('../src/entry/cli.ts');
  await run();
} else {
  const node = bundledNode();
  if (node === null) giveUp('none came with the install');
  else runAgain(node);
}
