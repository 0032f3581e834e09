import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { audit } from '../../src/audit/audit.ts';
import type { Outcome } from '../../src/audit/outcome.ts';
import { openBucket } from '../../src/bucket/bucket.ts';
import { defaultConnection } from '../../src/bucket/connection.ts';
import { bucketDefaults } from '../../src/config/config.ts';
import { objectOf } from '../s3/client.ts';
import { startS3, type StoredObject } from '../s3/server.ts';
import { auditObjects, auditTime, findingsOf, verdictsOf } from '../support/audited.ts';
import { deploymentBody, markerBody } from '../support/generated.ts';
import { startGateway, type Change } from './gateway.ts';
import { faultOf } from './keys.ts';
import { printedOf, runOf } from './outputs.ts';

/** Stands in every body, and may never stand in an output. */
const canary = 'CANARY-of-a-body';
const megabyte = 1024 * 1024;
const marker = markerBody('v7');
const deep = 100_000;

/** Bodies that are no JSON object with the fields that a server needs. */
const damaged: Record<string, string | Buffer> = {
  nothing: '',
  text: `not JSON, ${canary}`,
  markup: `<html>${canary}</html>`,
  'a list': JSON.stringify([canary]),
  'a list around the right one': `[${marker}]`,
  'a text': JSON.stringify(canary),
  'a number': '1e999',
  null: 'null',
  'an empty object': '{}',
  'a NUL inside': `{"version":"v7\0","x":"${canary}"}`,
  'NULs alone': Buffer.alloc(1_000),
  'a byte order mark': `\ufeff${marker}`,
  'UTF-16': Buffer.from(marker, 'utf16le'),
  gzip: gzipSync(marker),
  'the right one cut': marker.slice(0, -1),
  'the right one twice': `${marker}${marker}`,
  'a comment': `${marker}//${canary}`,
  'lists in lists': '['.repeat(deep) + ']'.repeat(deep),
  'objects in objects, never closed': `{"${canary}":`.repeat(deep),
  'wrong types': JSON.stringify({ version: 7, deployment_id: [canary], owner: canary }),
  'the right fields of the prototype': `{"__proto__":${marker.slice(0, -1)},"deployment_id":"${canary}"}}`,
  'a version from the prototype': `{"constructor":{"version":"v7"},"prototype":${marker}}`,
};

/** The fields of the right one, and something beside them. */
const inner = marker.slice(1, -1);
/** Servers give up on what is nested so deeply, whatever stands beside it. */
const unusable: Record<string, string | Buffer> = {
  ...damaged,
  'the right one with deep lists': `{${inner},"x":${'['.repeat(deep)}${']'.repeat(deep)}}`,
  'the right one with deep objects': `{${inner},"x":${'{"a":'.repeat(deep)}1${'}'.repeat(deep)}}`,
};

/** Something beside the fields that a careless reader would trip over. */
const usable: Record<string, string> = {
  'a name twice': `{"version":"v1","x":"${canary}",${inner}}`,
  'members of the prototype': `{${inner},"__proto__":{"state":"unusable"},"constructor":"${canary}","toString":1}`,
  'spaces around': `\r\n\t ${marker} \n`,
};

const plain = [objectOf('.parseable/.parseable.json', deploymentBody()), objectOf('web/.stream/.stream.json', marker)];

async function expectSilent(outcome: Outcome): Promise<void> {
  const { report, alert, memory } = runOf(outcome);
  const printed = await printedOf([report], [80]);
  const mail = alert === null ? [] : [alert.subject, alert.message, JSON.stringify(alert.attributes)];
  for (const text of [...printed.map((one) => one.text), ...mail, JSON.stringify(memory)]) {
    expect(text).not.toContain(canary);
  }
  for (const { text, coloured } of printed) expect(faultOf(text, { coloured })).toBeNull();
}

describe('the marker of a stream', () => {
  let outcome: Outcome;
  const names = Object.keys({ ...unusable, ...usable });
  const prefixOf = (what: string) => `s${String(names.indexOf(what))}/`;

  beforeAll(async () => {
    outcome = await auditObjects([
      ...plain,
      ...Object.entries({ ...unusable, ...usable }).map(([what, body]) =>
        objectOf(`${prefixOf(what)}.stream/.stream.json`, body),
      ),
    ]);
  });

  it.each(Object.keys(unusable))('that is %s is corrupt, and the audit full', (what) => {
    expect(verdictsOf(outcome)[prefixOf(what)]).toBe('corrupt');
    expect(findingsOf(outcome)).toContain(`stream-metadata-corrupt ${prefixOf(what)}`);
    expect(outcome.completeness).toBe('full');
  });

  it.each(Object.keys(usable))('that is right and has %s is a stream', (what) => {
    expect(verdictsOf(outcome)[prefixOf(what)]).toBe('stream');
    expect(findingsOf(outcome).filter((one) => one.endsWith(` ${prefixOf(what)}`))).toEqual([]);
  });

  it('is never shown, whatever is in it', () => expectSilent(outcome));
});

describe.each(Object.entries(unusable))('a deployment or tenant file that is %s', (_, body) => {
  it('is corrupt, not absent, and never shown', async () => {
    const outcome = await auditObjects([
      objectOf('.parseable/.parseable.json', body),
      objectOf('acme/.parseable.json', body),
      objectOf('acme/app/.stream/.stream.json', marker),
      objectOf('web/.stream/.stream.json', marker),
    ]);
    expect(findingsOf(outcome)).toEqual(
      expect.arrayContaining(['deployment-metadata-corrupt .parseable/', 'deployment-metadata-corrupt acme/']),
    );
    expect(findingsOf(outcome).join()).not.toContain('missing');
    expect(outcome.completeness).toBe('full');
    await expectSilent(outcome);
  });
});

/** Audits through a gateway that counts, and answers what was sent for each path as well. */
async function auditCounted(objects: readonly StoredObject[], change: Change | null = null) {
  const s3 = await startS3({ buckets: { bucket: { objects } } });
  const gateway = await startGateway(s3.url, change);
  const store = openBucket('bucket', { ...defaultConnection, endpoint: gateway.url }, { retryDelayMs: 0 });
  try {
    const outcome = await audit({ bucket: bucketDefaults('bucket'), store, startedAt: auditTime });
    return { outcome, sent: gateway.sent, requests: s3.requests };
  } finally {
    store.close();
    await gateway.close();
    await s3.close();
  }
}

/** What one audit may swallow of a body that it does not read; sockets and streams have their buffers. */
const mostBytes = 4 * megabyte;
const huge = (key: string): StoredObject => ({
  key,
  size: 100 * megabyte,
  lastModified: new Date('2026-11-01T00:00:00Z'),
  etag: 'huge',
});
const sentFor = (sent: Map<string, number>, key: string): number =>
  [...sent].reduce((sum, [path, bytes]) => sum + (path.includes(encodeURI(key)) ? bytes : 0), 0);

describe('a body of 100 MB', () => {
  it('of a stream is not swallowed, and is unreadable: neither damage nor absence', async () => {
    const key = 'big/.stream/.stream.json';
    const { outcome, sent } = await auditCounted([...plain, huge(key)]);
    expect(verdictsOf(outcome)['big/']).toBe('unknown');
    expect(findingsOf(outcome)).toEqual(['stream-metadata-unreadable big/']);
    expect(outcome.completeness).toBe('partial');
    expect(sentFor(sent, key)).toBeLessThan(mostBytes);
  });

  it('of a deployment or a tenant is not swallowed, and could not be looked at', async () => {
    const keys = ['.parseable/.parseable.json', 'acme/.parseable.json'];
    const { outcome, sent } = await auditCounted([...plain.slice(1), ...keys.map(huge)]);
    expect(findingsOf(outcome).filter((one) => one.includes('deployment-metadata') || one.includes('tenant'))).toEqual(
      [],
    );
    expect(findingsOf(outcome)).toEqual(['scan-incomplete .parseable/', 'scan-incomplete acme/']);
    for (const key of keys) expect(sentFor(sent, key)).toBeLessThan(mostBytes);
  });
});

describe('a key that is no UTF-8', () => {
  const lone = (path: string, body: Buffer): Buffer =>
    path.includes('list-type')
      ? Buffer.from(body.toString().replaceAll('LONE', '%ED%A0%80').replaceAll('LOW', '%ED%B0%80'))
      : body;

  it('is a row of its own, apart from the key that is spelt like its escape', async () => {
    const keys = ['LONE', 'LOW', '%ED%A0%80', 'LONE/x', '%ED%A0%80/x'];
    const { outcome, requests } = await auditCounted([...plain, ...keys.map((key) => objectOf(key, 'x'))], lone);
    const verdicts = verdictsOf(outcome);
    expect(verdicts).toMatchObject({
      '\udced\udca0\udc80': 'foreign',
      '\udced\udcb0\udc80': 'foreign',
      '%ED%A0%80': 'foreign',
      '%ED%A0%80/': 'foreign',
      '\udced\udca0\udc80/': 'unknown',
    });
    expect(findingsOf(outcome)).toContain('scan-incomplete \udced\udca0\udc80/');
    expect(outcome.completeness).toBe('partial');
    expect(requests.every(({ prefix }) => prefix.isWellFormed())).toBe(true);
    for (const { text, coloured, format } of await printedOf([runOf(outcome).report])) {
      expect(faultOf(text, { coloured })).toBeNull();
      if (format === 'json') expect(JSON.parse(text)).toEqual(runOf(outcome).report);
    }
  });
});
