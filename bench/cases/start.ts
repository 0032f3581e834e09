import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { auditCommand } from '../run/clients.ts';
import { atMost, type Result } from '../run/figures.ts';
import { ownEnvironment } from '../run/measure.ts';
import type { Plan } from '../run/plan.ts';

/** CPU of a running process so far, all threads; Linux tells it to the nanosecond. */
function cpuMsOf(pid: number): number {
  const tasks = `/proc/${String(pid)}/task`;
  return readdirSync(tasks)
    .map((task) => Number(readFileSync(`${tasks}/${task}/schedstat`, 'utf8').split(' ')[0]))
    .reduce((sum, nanos) => sum + nanos / 1e6, 0);
}

/** Runs an audit against a server that refuses everything. @returns its CPU when the first request arrived */
async function untilFirstRequest(): Promise<number> {
  const seen: number[] = [];
  const running: number[] = [];
  const refusing = createServer((_, response) => {
    seen.push(...running.map(cpuMsOf));
    response.writeHead(403, { 'content-type': 'application/xml' });
    response.end('<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>');
  });
  await new Promise<void>((resolve) => refusing.listen(0, '127.0.0.1', resolve));
  const { port } = refusing.address() as AddressInfo;
  const [program = '', ...args] = auditCommand({ url: `http://127.0.0.1:${String(port)}`, bucket: 'bench' });
  const child = spawn(program, args, { cwd: tmpdir(), env: ownEnvironment(), stdio: 'ignore' });
  if (child.pid !== undefined) running.push(child.pid);
  await new Promise((resolve) => child.once('exit', resolve));
  refusing.closeAllConnections();
  refusing.close();
  const [first] = seen;
  if (first === undefined) throw new Error('no request arrived');
  return first;
}

/** What the command costs before it asks anything. */
export async function start({ rounds, say }: Plan): Promise<Result> {
  const figures: number[] = [];
  if (process.platform === 'linux') {
    for (let round = 1; round <= rounds * 3; round++) {
      say(`round ${String(round)} of ${String(rounds * 3)}`);
      figures.push(await untilFirstRequest());
    }
  }
  return {
    title: 'Start of the command',
    figures: [
      {
        what: 'until the first request',
        unit: 'ms CPU',
        rounds: figures,
        goal: atMost(250, ' ms'),
        note: 'from source, all threads',
      },
    ],
  };
}
