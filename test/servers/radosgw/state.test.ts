import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { defaultConnection } from '../../../src/bucket/connection.ts';
import type { Report } from '../../../src/findings/report.ts';
import { bucketShelf } from '../../../src/history/bucket-shelf.ts';
import { unpackMemory, type Memory } from '../../../src/history/memory.ts';
import { openMemoryStore } from '../../../src/history/store.ts';
import { loadRecorded } from '../../support/recorded.ts';
import { clientOf, empty, fill, makeBucket, openGateway, runAt } from './gateway.ts';

const gateway = openGateway();
const connection = { ...defaultConnection, endpoint: gateway.url };
const healthy = loadRecorded('layout-1.6').contents.objects;
const backup = [{ key: 'backups/monday.tar', body: 'x' }];
const notes = [{ key: 'notes.txt', body: 'x' }];
let client: S3Client;

beforeAll(() => {
  client = clientOf(gateway, gateway.tests);
  vi.stubEnv('AWS_ACCESS_KEY_ID', gateway.tests.accessKeyId);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', gateway.tests.secretAccessKey);
});

afterAll(() => {
  vi.unstubAllEnvs();
  client.destroy();
});

describe('conditional writes of radosgw', () => {
  test('heed "not there yet", and refuse every version, the right one too', async () => {
    const shelf = bucketShelf(await makeBucket(client, 'shelf'), '', connection);
    const put = (text: string, condition: Parameters<typeof shelf.write>[3]) =>
      shelf.write('x', Buffer.from(text), 'text/plain', condition);
    expect(await put('first', { absent: true })).toBe('written');
    expect(await put('second', { absent: true })).toBe('refused');
    const read = await shelf.read('x');
    if (read.state !== 'present') throw new Error('what was written is not there');
    expect(await put('third', { etag: read.value.etag })).toBe('refused');
    expect(await put('fourth', { etag: '"00000000000000000000000000000000"' })).toBe('refused');
    expect(await shelf.read('x')).toEqual(read);
    expect(await put('fifth', null)).toBe('written');
    expect(await shelf.read('x')).toMatchObject({ value: { bytes: Buffer.from('fifth') } });
  });
});

describe('the state of audits, on radosgw', () => {
  let watched: string;
  let states: string;

  beforeEach(async () => {
    watched = await makeBucket(client, 'watched', [...healthy, ...backup]);
    states = await makeBucket(client, 'states');
  });

  const audit = async () => {
    const ran = await runAt(gateway, gateway.tests, [
      ...['audit', `s3://${watched}`, '--format', 'json', '--state', `s3://${states}/hygiene/`],
    ]);
    expect(ran.stderr).not.toMatch(/state|conflict| {4}at /i);
    return { code: ran.code, report: JSON.parse(ran.stdout) as Report };
  };
  const told = ({ code, report }: Awaited<ReturnType<typeof audit>>) => ({
    code,
    findings: report.findings.map(({ subject, status }) => `${subject} ${status}`),
  });
  const memory = async (): Promise<Memory> => {
    const key = `hygiene/${watched}/state.json.gz`;
    const { Body } = await client.send(new GetObjectCommand({ Bucket: states, Key: key }));
    const unpacked = unpackMemory(Buffer.from((await Body?.transformToByteArray()) ?? []), watched);
    if (unpacked.state !== 'present') throw new Error('the state is not readable');
    return unpacked.value;
  };
  const remembered = async () =>
    Object.values((await memory()).findings).map(({ subject, timesSeen, resolved }) => ({
      subject,
      timesSeen,
      resolved: resolved !== null,
    }));

  test('is found weak when it is first replaced, and goes on: new, ongoing, resolved, back again', async () => {
    const first = await audit();
    expect(told(first)).toEqual({ code: 1, findings: ['backups/ new'] });
    expect((await memory()).promise).toBe('conditional');

    const second = await audit();
    expect(told(second)).toEqual({ code: 1, findings: ['backups/ ongoing'] });
    expect(second.report.findings[0]?.firstSeen).toBe(first.report.findings[0]?.firstSeen);
    expect((await memory()).promise).toBe('weak');
    expect(await remembered()).toEqual([{ subject: 'backups/', timesSeen: 2, resolved: false }]);

    await fill(client, watched, notes);
    await empty(client, watched, ['backups/monday.tar']);
    expect(told(await audit())).toEqual({ code: 1, findings: ['notes.txt new'] });
    expect(await remembered()).toEqual([
      { subject: 'backups/', timesSeen: 2, resolved: true },
      { subject: 'notes.txt', timesSeen: 1, resolved: false },
    ]);

    await fill(client, watched, backup);
    const fourth = await audit();
    expect(told(fourth)).toEqual({ code: 1, findings: ['backups/ new', 'notes.txt ongoing'] });
    expect(fourth.report.findings[0]?.evidence['again']).toBe(true);

    await empty(client, watched, ['backups/monday.tar', 'notes.txt']);
    expect(told(await audit())).toEqual({ code: 0, findings: [] });
    expect((await remembered()).every(({ resolved }) => resolved)).toBe(true);
    expect((await memory()).promise).toBe('weak');
  });

  test('spares the reading of markers that did not change', async () => {
    const first = await audit();
    const second = await audit();
    expect(second.report.requests.get).toBeLessThan(first.report.requests.get);
    const verdicts = ({ report }: typeof first) => report.entries.map(({ name, verdict }) => [name, verdict]);
    expect(verdicts(second)).toEqual(verdicts(first));
  });

  test('is whole, and nothing lost, after audits at the same time: of the first state, and of a weak one', async () => {
    const race = async () => {
      for (const { code } of await Promise.all([audit(), audit()])) expect(code).toBe(1);
      expect(await remembered()).toMatchObject([{ subject: 'backups/', resolved: false }]);
    };
    await race();
    await audit();
    expect((await memory()).promise).toBe('weak');
    await race();
    expect(told(await audit())).toEqual({ code: 1, findings: ['backups/ ongoing'] });
  });

  test('is never begun anew when it cannot be read: nothing is saved over it, exit 3', async () => {
    await audit();
    const place = { Bucket: states, Key: `hygiene/${watched}/state.json.gz` };
    await client.send(new PutObjectCommand({ ...place, Body: 'damaged' }));
    const ran = await runAt(gateway, gateway.tests, [
      ...['audit', `s3://${watched}`, '--state', `s3://${states}/hygiene/`],
    ]);
    expect(ran.code).toBe(3);
    expect(ran.stderr).not.toMatch(/ {4}at .*:\d+:\d+/);
    const { Body } = await client.send(new GetObjectCommand(place));
    expect(await Body?.transformToString()).toBe('damaged');
  });

  test.each([
    ['of another user', gateway.somebodyElse, 'AccessDenied'],
    ['that is not there', gateway.tests, 'NoSuchBucket'],
  ])('in a bucket %s is told as a trouble, and the audit is printed all the same: exit 3', async (which, who, code) => {
    const elsewhere = clientOf(gateway, who);
    const place = which.startsWith('of') ? await makeBucket(elsewhere, 'theirs') : 'nobody-ever-made-this';
    elsewhere.destroy();
    const ran = await runAt(gateway, gateway.tests, [
      ...['audit', `s3://${watched}`, '--format', 'json', '--state', `s3://${place}/hygiene/`],
    ]);
    expect(ran.code).toBe(3);
    expect((JSON.parse(ran.stdout) as Report).findings.map(({ subject }) => subject)).toEqual(['backups/']);
    expect(ran.stderr).toContain(code);
    expect(ran.stderr).not.toMatch(/ {4}at .*:\d+:\d+/);
  });
});

describe('the store of reports, on radosgw', () => {
  test('keeps every report, of the same second and the same content too', async () => {
    const states = await makeBucket(client, 'reports');
    const store = openMemoryStore(`s3://${states}/hygiene/`, connection);
    const at = '2026-11-24T06:00:00.000Z';
    const put = (body: string, runId?: string) => store.putReport('logs', at, 'json', body, runId);
    const urls = [await put('one'), await put('two'), await put('one', 'RUN000001'), await put('two', 'RUN000002')];
    const bodies = await Promise.all(
      urls.map(async (url) => {
        const Key = url.slice(`s3://${states}/`.length);
        return (await client.send(new GetObjectCommand({ Bucket: states, Key }))).Body?.transformToString();
      }),
    );
    expect(bodies).toEqual(['one', 'two', 'one', 'two']);
    expect(new Set(urls).size).toBe(4);
  });
});
