import { epochs as allEpochs, type Epoch, type MarkerPlace, type OwnFolder } from './epochs.ts';

/** A marker place with the rank of its epoch: higher is newer. */
export interface RankedMarker extends MarkerPlace {
  rank: number;
}

/** What a key is, seen from the prefix that holds it. */
export type KeyClass =
  /** A zero-byte key that ends in a slash: consoles and copying tools make them. */
  | 'folder'
  | 'data'
  | 'metadata'
  /** Metadata as the layouts with a bare marker have it: `.schema` and what may stand beside it. */
  | 'bare-metadata'
  | 'marker'
  /** A deployment's own folder inside a prefix: the copy of a whole bucket. */
  | 'copied-deployment'
  /** The marker of a stream one level down: the prefix may be a tenant. */
  | 'child-stream'
  /** A key of Parseable's in one of the folders that tenants have. */
  | 'tenant-folder'
  | 'foreign';

/** All epochs together, as questions about keys. */
export interface Layout {
  /** Newest first. */
  markers: RankedMarker[];
  /** Deployment files from the root, newest first. */
  deploymentFiles: { key: string; rank: number; since: string }[];
  tenantFile: string | null;
  folders: OwnFolder[];
  /** Folders of a stream that hold its metadata, relative to it. */
  metadataFolders: string[];
  /** What a key is, relative to the prefix it lies in. */
  classOf(relative: string, size: number): KeyClass;
  /** True when the key (from the root, or relative to a tenant) is one that Parseable writes into a folder of its own. */
  ownKey(key: string, inTenant: boolean): boolean;
  /** The marker place and whether it is a node's, for a key relative to its prefix. */
  markerOf(relative: string): { place: RankedMarker; node: boolean } | null;
}

/** Alerts of a single-tenant server since 2.5.14 leak into a folder of this name, which is neither tenant nor stream. */
export const leakedTenant = { folder: 'DEFAULT_TENANT/', holds: '.alerts/' } as const;

/** Builds the questions from the data. Tests pass epochs of their own. */
export function layoutOf(epochs: readonly Epoch[]): Layout {
  const newestFirst = epochs.map((epoch, rank) => ({ epoch, rank })).reverse();
  const markers = newestFirst.flatMap(({ epoch, rank }) => epoch.markers.map((marker) => ({ ...marker, rank })));
  const deploymentFiles = newestFirst.flatMap(({ epoch, rank }) =>
    epoch.deploymentFile === null ? [] : [{ key: epoch.deploymentFile, rank, since: epoch.since }],
  );
  const tenantFile = newestFirst.find(({ epoch }) => epoch.tenantFile !== null)?.epoch.tenantFile ?? null;
  const folders = newestFirst.flatMap(({ epoch }) => epoch.folders);
  const isBare = ({ markers: places }: Epoch) => places.some(({ form }) => form === 'bare');
  const bareMetadata = epochs.filter(isBare).flatMap((epoch) => epoch.metadata);
  const metadata = epochs.flatMap((epoch) => epoch.metadata);
  const data = epochs.flatMap((epoch) => epoch.data);
  const deploymentFolders = deploymentFiles.flatMap(({ key }) =>
    key.includes('/') ? [key.slice(0, key.indexOf('/') + 1)] : [],
  );
  /** Streams in tenants exist only in layouts whose markers lie in a folder: older ones never met tenants. */
  const tenantRank = Math.max(...deploymentFiles.map(({ rank }) => rank));
  const childMarkers = markers.filter(({ rank }) => rank >= tenantRank);

  const markerOf = (relative: string) => {
    for (const place of markers) {
      if (relative === place.place) return { place, node: false };
      if (place.nodes?.test(relative) === true) return { place, node: true };
    }
    return null;
  };
  const ownKey = (key: string, inTenant: boolean) =>
    folders.some(
      ({ folder, keys, perTenant }) =>
        (perTenant || !inTenant) &&
        key.startsWith(folder) &&
        keys.some((pattern) => pattern.test(key.slice(folder.length))),
    );
  const isChildStream = (relative: string) => {
    const slash = relative.indexOf('/');
    if (slash <= 0) return false;
    const below = relative.slice(slash + 1);
    return childMarkers.some(({ place, nodes }) => below === place || nodes?.test(below) === true);
  };
  const classOf = (relative: string, size: number): KeyClass => {
    if (size === 0 && (relative === '' || relative.endsWith('/'))) return 'folder';
    if (data.some((pattern) => pattern.test(relative))) return 'data';
    if (bareMetadata.some((pattern) => pattern.test(relative))) return 'bare-metadata';
    if (metadata.some((pattern) => pattern.test(relative))) return 'metadata';
    if (markerOf(relative) !== null) return 'marker';
    if (deploymentFolders.some((folder) => relative.startsWith(folder))) return 'copied-deployment';
    if (ownKey(relative, true)) return 'tenant-folder';
    if (isChildStream(relative)) return 'child-stream';
    return 'foreign';
  };
  const metadataFolders = [
    ...new Set(markers.flatMap(({ place }) => (place.includes('/') ? [place.slice(0, place.indexOf('/') + 1)] : []))),
  ];
  return { markers, deploymentFiles, tenantFile, folders, metadataFolders, classOf, ownKey, markerOf };
}

/** The layout of every Parseable since 0.0.1. */
export const layout: Layout = layoutOf(allEpochs);
