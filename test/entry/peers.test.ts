import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Report } from '../../src/findings/report.ts';
import { objectOf } from '../s3/client.ts';
import { faultWhen, startS3, type S3 } from '../s3/server.ts';
import { runCli } from '../support/cli.ts';
import { deploymentBody, markerBody, object } from '../support/generated.ts';
import { runHere } from './here.ts';

const first = '01K3YPQ3C8JMRNV7E9Z0C1HT01';
const second = '01K3YPQ3C8JMRNV7E9Z0C1HT02';
const parseable = (bucket: string, id: string) => ({
  objects: [
    objectOf('.parseable/.parseable.json', deploymentBody(id).replace('/bucket"', `/${bucket}"`)),
    objectOf('web/.stream/.stream.json', markerBody('v7')),
  ],
});

let s3: S3;
let elsewhere: S3;
let folder: string;

beforeAll(async () => {
  s3 = await startS3({
    buckets: {
      logs: parseable('logs', first),
      copy: parseable('copy', first),
      other: parseable('other', second),
    },
  });
  elsewhere = await startS3({ buckets: { far: parseable('far', first) } });
});

afterAll(async () => {
  await s3.close();
  await elsewhere.close();
});

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bucket-hygiene-peers-'));
});

afterEach(async () => {
  s3.fail();
  await rm(folder, { recursive: true });
});

async function audited(...argv: string[]): Promise<Report[]> {
  const { stdout } = await runHere(['audit', ...argv, '--format', 'json'], folder, s3.url);
  return [JSON.parse(stdout) as Report | Report[]].flat();
}
const configure = (...buckets: Record<string, unknown>[]) =>
  writeFile(join(folder, 'bucket-hygiene.json'), JSON.stringify({ buckets }));

/** What each report says of buckets that share its deployment. */
const shared = (reports: readonly Report[]): unknown[] =>
  reports.map(({ bucket, findings }) => [
    bucket.name,
    ...findings.filter(({ kind }) => kind === 'shared-deployment').map(({ evidence }) => evidence['buckets']),
  ]);

const silent = faultWhen(({ bucket }) => bucket === 'copy', { kind: 'status', status: 403, code: 'AccessDenied' });

describe('buckets that carry one deployment', () => {
  it('are told in the reports of both, in the order named', async () => {
    expect(shared(await audited('s3://logs', 's3://other', 's3://copy'))).toEqual([
      ['logs', ['copy']],
      ['other'],
      ['copy', ['logs']],
    ]);
    expect(shared(await audited('s3://copy', 's3://logs'))).toEqual([
      ['copy', ['logs']],
      ['logs', ['copy']],
    ]);
  });

  it('are told when one is named and the others are only configured, each at its own endpoint', async () => {
    await configure({ name: 'other' }, { name: 'copy' }, { name: 'far', endpoint: elsewhere.url });
    expect(shared(await audited('s3://logs', '--endpoint-url', s3.url))).toEqual([['logs', ['copy', 'far']]]);
  });

  it('are nobody’s concern when there is but one bucket: nothing more is asked', async () => {
    await configure({ name: 'logs' });
    s3.requests.length = 0;
    const [report] = await audited('s3://logs');
    const { list, get, head, other } = report!.requests;
    expect(s3.requests).toHaveLength(list + get + head + other);
  });

  it('cannot be told of a bucket that does not answer, and the report says so', async () => {
    s3.fail(silent);
    const [logs, copy] = await audited('s3://logs', 's3://copy');
    expect(logs).toMatchObject({
      completeness: 'full',
      findings: [],
      skipped: [{ what: 'shared-deployment', why: 'no answer from copy' }],
    });
    expect(copy).toMatchObject({ completeness: 'failed' });
    const { stdout } = await runHere(['audit', 's3://logs', 's3://copy'], folder, s3.url);
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain(
      'whether another bucket carries the same deployment: no answer from copy',
    );
  });

  it('are told by what is remembered of one that does not answer', async () => {
    await audited('s3://logs', 's3://copy', '--state', 'state');
    s3.fail(silent);
    expect(shared(await audited('s3://logs', 's3://copy', '--state', 'state'))[0]).toEqual(['logs', ['copy']]);
  });
});

describe('a configured bucket that never answers', () => {
  let deaf: ReturnType<typeof createServer>;
  let deafUrl: string;

  beforeEach(async () => {
    deaf = createServer(() => undefined);
    await new Promise<void>((resolve) => deaf.listen(0, '127.0.0.1', resolve));
    deafUrl = `http://127.0.0.1:${String((deaf.address() as AddressInfo).port)}`;
  });

  afterEach(() => {
    deaf.closeAllConnections();
    deaf.close();
  });

  it('does not keep an audit beyond the time that it was given', async () => {
    await configure({ name: 'logs' }, { name: 'deaf', endpoint: deafUrl });
    const began = performance.now();
    const [report] = await audited('s3://logs', '--max-duration', '1s');
    expect(performance.now() - began).toBeLessThan(4_000);
    expect(report?.skipped).toContainEqual({ what: 'shared-deployment', why: 'no answer from deaf' });
  });

  it('does not keep whoever interrupts', async () => {
    const asked = Promise.withResolvers<undefined>();
    deaf.once('request', () => {
      asked.resolve(undefined);
    });
    let interruptedAt = 0;
    const { code, stdout } = await runCli(['audit', 's3://logs', '--format', 'json'], {
      endpoint: s3.url,
      config: { buckets: [{ name: 'deaf', endpoint: deafUrl }] },
      onStart: (child) => {
        void asked.promise.then(() => {
          interruptedAt = performance.now();
          child.kill('SIGINT');
        });
      },
    });
    expect(performance.now() - interruptedAt).toBeLessThan(3_000);
    expect(code).toBe(130);
    expect(JSON.parse(stdout)).toMatchObject({ bucket: { name: 'logs' } });
  });
});

describe('the price of storage', () => {
  it('is that of the configuration, and named', async () => {
    const s3WithDump = await startS3({
      buckets: {
        logs: {
          objects: [...parseable('logs', first).objects, object('dump/a', 2 ** 40)],
        },
      },
    });
    try {
      await writeFile(
        join(folder, 'bucket-hygiene.json'),
        JSON.stringify({ buckets: [{ name: 'logs' }], storagePrice: { perGiBMonth: 0.0049, currency: 'EUR' } }),
      );
      const { stdout } = await runHere(['audit', 's3://logs'], folder, s3WithDump.url);
      const flat = stdout.replaceAll(/\s+/g, ' ');
      expect(flat).toContain('dump/ holds 1 object, 1.1 TB');
      expect(flat).toContain(
        'Paid for: 1.1 TB that no stream uses, about 5.02 EUR a month at the configured price, 0.0049 EUR per GB and month.',
      );
    } finally {
      await s3WithDump.close();
    }
  });
});
