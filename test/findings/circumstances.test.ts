import { describe, expect, it } from 'vitest';
import {
  damageOf,
  detailOf,
  figuresOf,
  hasZstdManifests,
  isFolded,
  isOfTenant,
  tenantOf,
} from '../../src/findings/circumstances.ts';
import type { Circumstances } from '../../src/findings/describe.ts';
import type { Evidence } from '../../src/findings/report.ts';

const now = new Date('2026-11-24T06:00:00Z');
const newest = '2026-11-21T06:00:00Z';
const withDetails = (details?: Record<string, string>): Circumstances => ({
  bucket: 'logs-prod',
  endpoint: null,
  subject: 'wide/',
  serverVersion: null,
  multiTenant: false,
  hidden: false,
  evidence: {},
  now,
  ...(details === undefined ? {} : { details }),
});

describe('the figures of a finding', () => {
  it.each<[Evidence, string | null]>([
    [{ objects: 7, bytes: 1_100, newest }, '7 objects, 1.1 kB, newest 3 days ago'],
    [{ objects: 7, bytes: 1_100, newest, sizeComplete: true }, '7 objects, 1.1 kB, newest 3 days ago'],
    [{ objects: 7, bytes: 1_100, newest, sizeComplete: false }, 'at least 7 objects, 1.1 kB, newest 3 days ago'],
    [{ objects: 1 }, '1 object'],
    [{ bytes: 5 }, '5 B'],
    [{ objects: 7, newest: null }, '7 objects'],
    [{ newest, sizeComplete: false }, 'newest 3 days ago'],
    [{ sizeComplete: false, newest: null }, null],
    [{}, null],
  ])('of %j are %s: what is known, and no more', (evidence, text) => {
    expect(figuresOf({ evidence, now })).toBe(text);
  });
});

describe('a detail', () => {
  it('is fit for display, and unknown where the check gave none', () => {
    const c = withDetails({ owner: 'data\nteam', reason: '' });
    expect(detailOf(c, 'owner')).toBe(String.raw`data\nteam`);
    expect(detailOf(c, 'reason')).toBeUndefined();
    expect(detailOf(c, 'key')).toBeUndefined();
    expect(detailOf(withDetails(), 'owner')).toBeUndefined();
  });
});

describe('where a finding lies', () => {
  it.each([
    ['acme/app/', 'acme/'],
    ['acme/x.txt', 'acme/'],
    ['acme/app/tmp/', 'acme/'],
    ['app/', null],
    ['index.html', null],
    ['', null],
  ])('%j lies in the tenant %j', (subject, tenant) => {
    expect(tenantOf(subject)).toBe(tenant);
    expect(isOfTenant('foreign-prefix', { subject })).toBe(tenant !== null);
  });

  it('a damaged deployment file is the tenant’s, unless it lies in the folder of the deployment', () => {
    expect(isOfTenant('deployment-metadata-corrupt', { subject: '.parseable/' })).toBe(false);
    expect(isOfTenant('deployment-metadata-corrupt', { subject: 'acme/' })).toBe(true);
    expect(isOfTenant('folder-marker', { subject: '.parseable/' })).toBe(false);
  });

  it.each<[string, Evidence, boolean]>([
    ['*', { keys: ['a', 'b'] }, true],
    ['*', {}, true],
    ['*', { keys: ['*'] }, false],
    ['a', { keys: ['a', 'b'] }, false],
  ])('%s with %j stands for many: %s', (subject, evidence, many) => {
    expect(isFolded({ subject, evidence })).toBe(many);
  });
});

describe('the damage of a metadata file', () => {
  it.each([
    ['it has 0 bytes', 'app/.stream/.stream.json', 'empty'],
    ['it is not JSON', 'app/.stream/.stream.json', 'not JSON'],
    ['its field owner is missing', 'app/.stream/.stream.json', 'incomplete'],
    ['it has 0 bytes', 'app/.stream/.ingestor.4b8a8f48e53fd8c.stream.json', 'of an ingest node'],
    ['it has 0 bytes', 'app/.ingestor.folder/.stream.json', 'empty'],
    ['it has 0 bytes', 'acme/.parseable.json', null],
    ['it has 0 bytes', '.parseable.json', 'empty'],
  ])('that is unusable because %s, at %s, is: %s', (reason, key, damage) => {
    expect(damageOf(withDetails({ reason, key }))).toBe(damage);
  });

  it('is none where nothing is unusable, and is known without the key', () => {
    expect(damageOf(withDetails({ key: 'app/.stream/.stream.json' }))).toBeNull();
    expect(damageOf(withDetails())).toBeNull();
    expect(damageOf(withDetails({ reason: 'it is not JSON' }))).toBe('not JSON');
  });
});

describe('compressed manifests', () => {
  it.each([
    [{ reason: 'zstd-manifest' }, true],
    [{ reason: 'it is not JSON' }, false],
    [{}, false],
    [undefined, false],
  ])('are the matter with %j: %s', (details, expected) => {
    expect(hasZstdManifests(withDetails(details))).toBe(expected);
  });
});
