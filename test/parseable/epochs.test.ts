import { describe, expect, it } from 'vitest';
import { compareVersions } from '../../src/findings/version.ts';
import { epochs, type Epoch } from '../../src/parseable/epochs.ts';
import { layout, layoutOf } from '../../src/parseable/layout.ts';

/** What servers of an epoch write below a stream, besides its marker; and the marker itself with the form of its body. */
interface Written {
  markers: [place: string, form: string][];
  data: string[];
  metadata: string[];
}

const minute = 'date=2026-07-22/hour=05/minute=07';
const nothing: Written = { markers: [], data: [], metadata: [] };
const written: Record<string, Written> = {
  '0.0.1': {
    markers: [
      ['.schema', 'bare'],
      ['.parseable.json', 'format'],
    ],
    data: [`${minute}/host.data.parquet`],
    metadata: ['.schema', '.alert.json'],
  },
  '0.1.0': {
    markers: [['.stream.json', 'versioned']],
    data: [`${minute}/host.data.parquet`, 'date=2026-07-22/manifest.json'],
    metadata: ['.schema', '.alert.json'],
  },
  '1.0.0': {
    markers: [['.stream/.stream.json', 'versioned']],
    data: [
      `${minute}/host.data.parquet`,
      `${minute}/host.data.01KY43JFV84TFF59TDWH9EDD1R.parquet`,
      'date=2026-07-22/manifest.json',
      'date=2026-07-22/ingestor.86a3146fed055d2.manifest.json',
    ],
    metadata: ['.stream/.schema', '.stream/.alert.json', '.stream/.ingestor.86a3146fed055d2.schema', 'overview'],
  },
  '2.5.14': nothing,
};

const byName = epochs.map((epoch): [string, Epoch] => [epoch.name, epoch]);

describe('the epochs', () => {
  it('stand in the order of the versions that began them, each with a name of its own', () => {
    expect(epochs.map(({ since }) => since)).toEqual(Object.keys(written));
    expect(epochs.map(({ since }) => since).toSorted(compareVersions)).toEqual(Object.keys(written));
    expect(new Set(epochs.map(({ name }) => name)).size).toBe(epochs.length);
    for (const { name } of epochs) expect(name).not.toBe('');
  });

  it.each(byName)('%s alone knows all that its servers write below a stream', (_, epoch) => {
    const { markers, data, metadata } = written[epoch.since]!;
    const alone = layoutOf([epoch]);
    expect(alone.markers.map(({ place, form }) => [place, form])).toEqual(markers);
    for (const key of data) expect(alone.classOf(key, 10), key).toBe('data');
    for (const key of metadata) expect(alone.classOf(key, 10), key).toMatch(/^(bare-)?metadata$/);
  });

  it('have the deployment file where their servers look for it, newest first', () => {
    expect(layout.deploymentFiles.map(({ key, since }) => [key, since])).toEqual([
      ['.parseable/.parseable.json', '1.0.0'],
      ['.parseable.json', '0.1.0'],
    ]);
  });

  it('have a tenant file since there are tenants, and none before', () => {
    expect(layout.tenantFile).toBe('.parseable.json');
    expect(layoutOf(epochs.filter(({ since }) => since !== '2.5.14')).tenantFile).toBeNull();
  });
});

describe("a folder of Parseable's own", () => {
  const ulid = '01K6MWTP0R1HEAD8X4A1JH69RE';

  it.each([
    ['.parseable/', '1.0.0', '.parseable/ingestor.4b8a8f48e53fd8c.json', false],
    ['.users/', '1.2.0', '.users/alice/dashboards/1.json', true],
    ['.correlations/', '1.6.3', `.correlations/${'a'.repeat(64)}.json`, false],
    ['.alerts/', '1.6.3', `.alerts/${ulid}.json`, true],
    ['.settings/', '1.6.3', `.settings/.targets/${ulid}.json`, true],
    ['.keystone/', '1.6.3', '.keystone/conv_1.json', true],
  ])(
    '%s is known since %s, and is found in tenants where servers write it per tenant',
    (name, since, key, inTenant) => {
      expect(layout.folders.filter(({ folder }) => folder === name).map((one) => one.since)).toEqual([since]);
      expect(layout.ownKey(key, false)).toBe(true);
      expect(layout.ownKey(key, true)).toBe(inTenant);
    },
  );

  it('is no other folder', () => {
    expect(layout.folders.map(({ folder }) => folder).toSorted()).toEqual([
      '.alerts/',
      '.correlations/',
      '.keystone/',
      '.parseable/',
      '.settings/',
      '.users/',
    ]);
  });

  it('that only the root has says nothing about a tenant', () => {
    expect(layout.classOf(`.correlations/${'a'.repeat(64)}.json`, 10)).toBe('foreign');
    expect(layout.classOf('.alerts/mttr.json', 10)).toBe('tenant-folder');
  });
});
