import { createHash } from 'node:crypto';
import fc from 'fast-check';

/** An object as a generated bucket holds it. */
export interface GeneratedObject {
  key: string;
  size: number;
  lastModified: Date;
  etag: string;
  body?: Buffer;
}

export interface Generated {
  epoch: string;
  objects: GeneratedObject[];
  /** Prefixes of streams that have data, markers and no tenant. */
  streams: string[];
  /** Every prefix that is a stream, tenants' ones too. */
  everyStream: string[];
  /** The version of a server that wrote it. */
  serverVersion: string;
}

export const written = new Date('2026-11-01T00:00:00Z');

export const object = (key: string, body: string | Buffer | number): GeneratedObject => {
  const bytes = typeof body === 'number' ? null : Buffer.from(body);
  return {
    key,
    size: bytes === null ? (body as number) : bytes.length,
    lastModified: written,
    etag: createHash('md5')
      .update(key)
      .update(bytes ?? '')
      .digest('hex'),
    ...(bytes === null ? {} : { body: bytes }),
  };
};

const none = { events: 0, ingestion: 0, storage: 0 };
/** What a snapshot says of a manifest. */
const listedManifest = (path: string) => {
  const [, listedDay = ''] = /date=([^/]+)/.exec(path) ?? [];
  return {
    manifest_path: path,
    time_lower_bound: `${listedDay}T00:00:00Z`,
    time_upper_bound: `${listedDay}T23:59:59.999999999Z`,
    events_ingested: 0,
    ingestion_size: 0,
    storage_size: 0,
  };
};

/** A marker's body of the given version, as its servers write it, with the manifests that its snapshot lists. */
export const markerBody = (
  version: string,
  manifests: readonly string[] = [],
  more: Record<string, unknown> = {},
): string =>
  JSON.stringify({
    version,
    'objectstore-format': version,
    'created-at': '2026-10-01T10:00:00+00:00',
    owner: { id: 'admin', group: 'admin' },
    permissions: [{ id: 'admin', group: 'admin', access: ['all'] }],
    stats: /v[123]$/.test(version) ? none : { lifetime_stats: none, current_stats: none, deleted_stats: none },
    snapshot: { version: 'v2', manifest_list: manifests.map(listedManifest) },
    ...more,
  });

export const deploymentBody = (id = '01K3YPQ3C8JMRNV7E9Z0C1HT0H', version = 'v8', bucket = 'bucket'): string =>
  JSON.stringify({
    version,
    mode: 's3',
    staging: '/staging',
    storage: `http://s3/${bucket}`,
    deployment_id: id,
    users: [],
    streams: [],
  });

const schema = JSON.stringify({ fields: [], metadata: {} });

const streamName = fc.oneof(
  fc.stringMatching(/^[a-z][a-z0-9]{0,12}$/),
  fc.stringMatching(/^[A-Za-z0-9_-]{1,12}$/),
  fc.constantFrom('AWSLogs', 'date', 'tmp', 'test', 'logs_2026', '0', 'gr%C3%B6%C3%9Fe'),
);
const oldStreamName = fc.stringMatching(/^[a-z][a-z0-9]{0,12}$/);
const day = fc
  .date({ min: new Date('2022-01-01'), max: new Date('2026-10-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const twoDigits = (max: number) => fc.integer({ min: 0, max }).map((n) => String(n).padStart(2, '0'));
const host = fc.stringMatching(/^[A-Za-z0-9-]{0,20}$/);
const rawHost = fc.stringMatching(/^[a-z0-9-]{1,10}(\.[a-z0-9]{1,8}){0,3}$/);
const nodeId = fc.stringMatching(/^[0-9a-f]{15}$/);
const ulid = fc.stringMatching(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/);
const partitions = fc.array(
  fc.tuple(fc.stringMatching(/^[a-z_]{1,8}$/), fc.stringMatching(/^[A-Za-z0-9 _:@-]{1,12}$/)),
  { maxLength: 3 },
);

const dataTail = fc.oneof(
  fc.constant(''),
  fc.stringMatching(/^[A-Za-z0-9]{15}$/).map((tail) => `.${tail}`),
  ulid.map((tail) => `.${tail}`),
  fc.tuple(ulid, fc.integer({ min: 1, max: 99 })).map(([tail, n]) => `.${tail}-${String(n)}`),
);

const dataKey = fc
  .tuple(day, twoDigits(23), twoDigits(59), partitions, host, dataTail)
  .map(
    ([d, h, m, parts, name, tail]) =>
      `date=${d}/hour=${h}/minute=${m}/${parts.map(([k, v]) => `${k}=${v}/`).join('')}${name}.data${tail}.parquet`,
  );
const oldDataKey = fc
  .tuple(day, twoDigits(23), twoDigits(59), rawHost)
  .map(([d, h, m, name]) => `date=${d}/hour=${h}/minute=${m}/${name}.data.parquet`);
const manifestKey = fc
  .tuple(day, host, nodeId, fc.constantFrom('plain', 'host', 'node', 'both'))
  .map(
    ([d, name, id, form]) =>
      `date=${d}/${{ plain: '', host: `${name}.`, node: `ingestor.${id}.`, both: `ingestor.${name}.${id}.` }[form]}manifest.json`,
  );

const content = (keys: fc.Arbitrary<string>) => fc.uniqueArray(keys, { minLength: 1, maxLength: 6 });
const names = (name: fc.Arbitrary<string>) => fc.uniqueArray(name, { minLength: 1, maxLength: 5 });

/** The manifests that one metadata file of a stream lists: each is in exactly one of them, the first node's where there are nodes. */
const manifestsFor = (
  prefix: string,
  data: readonly string[],
  id: string | null,
  nodes: readonly string[],
): string[] =>
  id === (nodes[0] ?? null) ? data.filter((key) => key.endsWith('manifest.json')).map((key) => `${prefix}${key}`) : [];

/** A manifest's body that lists these files, by their paths as servers write them. */
export const manifestBody = (files: readonly { path: string; size: number }[]): string =>
  JSON.stringify({
    version: 'v1',
    files: files.map(({ path, size }) => ({
      file_path: path,
      num_rows: 1,
      file_size: size,
      ingestion_size: size,
      columns: [],
      sort_order_id: [],
    })),
  });

const dataSize = 1_000;
const isManifest = (key: string): boolean => key.endsWith('manifest.json');
const folderOf = (key: string): string => key.slice(0, key.indexOf('/') + 1);

/** Keys of data, and of manifests, with a manifest for each day that has none. */
function withManifests(keys: readonly string[]): string[] {
  const listed = new Set(keys.filter(isManifest).map(folderOf));
  const bare = new Set(keys.map(folderOf).filter((folder) => !listed.has(folder)));
  return [...keys, ...[...bare].map((folder) => `${folder}manifest.json`)];
}

/** Data and manifests as objects: the first manifest of a day lists what the day holds. */
function dayObjects(prefix: string, keys: readonly string[]): GeneratedObject[] {
  const told = new Set<string>();
  return keys.map((key) => {
    if (!isManifest(key)) return object(`${prefix}${key}`, dataSize);
    const folder = folderOf(key);
    const files = told.has(folder) ? [] : keys.filter((one) => !isManifest(one) && one.startsWith(folder));
    told.add(folder);
    const paths = files.map((file) => ({ path: decodeURIComponent(prefix) + file, size: dataSize }));
    return object(`${prefix}${key}`, manifestBody(paths));
  });
}

/** A stream of 1.0 or newer: by a standalone server, or with node files, with or without its base file. */
const stream = (prefix: string) =>
  fc
    .record({
      data: content(fc.oneof(dataKey, manifestKey)).map(withManifests),
      version: fc.constantFrom('v3', 'v4', 'v5', 'v6', 'v7'),
      nodes: fc.uniqueArray(nodeId, { maxLength: 3 }),
      extras: fc.subarray(['.stream/.alert.json', '.alert.json', 'overview']),
    })
    .map(({ data, version, nodes, extras }) => [
      object(`${prefix}.stream/.stream.json`, markerBody(version, manifestsFor(prefix, data, null, nodes))),
      object(`${prefix}.stream/.schema`, schema),
      ...nodes.flatMap((id) => [
        object(
          `${prefix}.stream/.ingestor.${id}.stream.json`,
          markerBody(version, manifestsFor(prefix, data, id, nodes)),
        ),
        object(`${prefix}.stream/.ingestor.${id}.schema`, schema),
      ]),
      ...extras.map((key) => object(`${prefix}${key}`, '{}')),
      ...dayObjects(prefix, data),
    ]);

const all = (prefixes: readonly string[]) =>
  fc.tuple(...prefixes.map((prefix) => stream(prefix))).map((parts) => parts.flat());

const ownFolders = fc
  .record({
    ulid,
    nodeId,
    alerts: fc.boolean(),
    users: fc.boolean(),
    settings: fc.boolean(),
    leak: fc.boolean(),
    nodes: fc.boolean(),
  })
  .map((pick) => [
    ...(pick.nodes ? [object(`.parseable/ingestor.${pick.nodeId}.json`, '{"token":"PLANTED"}')] : []),
    ...(pick.alerts
      ? [object(`.alerts/${pick.ulid}.json`, '{}'), object(`.alerts/alert_state_${pick.ulid}.json`, '{}')]
      : []),
    ...(pick.users ? [object(`.users/${'ab'.repeat(32)}/dashboards/${pick.ulid}.json`, '{}')] : []),
    ...(pick.settings ? [object(`.settings/.targets/${pick.ulid}.json`, '{}')] : []),
    ...(pick.leak ? [object(`DEFAULT_TENANT/.alerts/${pick.ulid}.json`, '{}')] : []),
  ]);

const single = names(streamName).chain((list) => {
  const streams = list.map((name) => `${name}/`);
  return fc.tuple(all(streams), ownFolders).map(([objects, own]): Generated => ({
    epoch: '1.0 and newer',
    objects: [object('.parseable/.parseable.json', deploymentBody()), ...own, ...objects],
    streams,
    everyStream: streams,
    serverVersion: '2.9.5',
  }));
});

const tenants = fc
  .uniqueArray(fc.stringMatching(/^[a-z][a-z0-9-]{0,10}$/), { minLength: 1, maxLength: 3 })
  .chain((list) => fc.tuple(fc.constant(list), fc.tuple(...list.map(() => names(streamName))), ulid))
  .chain(([list, streamNames, id]) => {
    const everyStream = list.flatMap((tenant, i) => (streamNames[i] ?? []).map((name) => `${tenant}/${name}/`));
    return all(everyStream).map((objects): Generated => ({
      epoch: 'with tenants',
      objects: [
        object('.parseable/.parseable.json', deploymentBody()),
        ...list.flatMap((tenant) => [
          object(`${tenant}/.parseable.json`, deploymentBody()),
          object(`${tenant}/.alerts/${id}.json`, '{}'),
        ]),
        ...objects,
      ],
      streams: [],
      everyStream,
      serverVersion: '2.9.5',
    }));
  });

const old = names(oldStreamName).chain((list) => {
  const streams = list.map((name) => `${name}/`);
  return fc
    .tuple(fc.constantFrom('v1', 'v2', 'v3'), ...streams.map(() => content(oldDataKey)))
    .map(([version, ...data]): Generated => ({
      epoch: '0.1 to 0.9',
      objects: [
        object('.parseable.json', deploymentBody('01GP0000000000000000000000', 'v1')),
        ...streams.flatMap((prefix, i) => [
          object(`${prefix}.stream.json`, markerBody(version)),
          object(`${prefix}.schema`, version === 'v1' ? 0 : schema),
          ...(data[i] ?? []).map((key) => object(`${prefix}${key}`, 1_000)),
        ]),
      ],
      streams,
      everyStream: streams,
      serverVersion: '0.9.0',
    }));
});

const oldest = names(oldStreamName).chain((list) => {
  const streams = list.map((name) => `${name}/`);
  return fc.tuple(fc.boolean(), ...streams.map(() => content(oldDataKey))).map(([format, ...data]): Generated => ({
    epoch: '0.0',
    objects: streams.flatMap((prefix, i) => [
      object(`${prefix}.schema`, 0),
      object(`${prefix}.alert.json`, '{"alerts":[]}'),
      ...(format ? [object(`${prefix}.parseable.json`, '{"objectstore-format":"v1"}')] : []),
      ...(data[i] ?? []).map((key) => object(`${prefix}${key}`, 1_000)),
    ]),
    streams,
    everyStream: streams,
    serverVersion: '0.0.8',
  }));
});

/** A healthy bucket of any layout and mode, as Parseable's servers leave it. */
export const healthyBucket: fc.Arbitrary<Generated> = fc.oneof(single, tenants, old, oldest);

/** Healthy buckets of one layout or mode each. */
export const healthy = { single, tenants, old } satisfies Record<string, fc.Arbitrary<Generated>>;
