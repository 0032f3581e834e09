import { day, hash, minuteFolder, nodeId, ulid, whole } from './tokens.ts';

/** How a marker is read: `bare` says nothing but that it is there, `format` names a format, `versioned` is the full document. */
export type MarkerForm = 'bare' | 'format' | 'versioned';

/** Where an epoch keeps what makes a prefix a stream, relative to the stream. Places are hidden: they start with a dot. */
export interface MarkerPlace {
  place: string;
  form: MarkerForm;
  /**
   * The same document, written by each ingest node of a cluster beside the base file. Servers go by the end of the name,
   * whatever the node's id looks like.
   */
  nodes?: RegExp;
}

/** What Parseable's own folder at the root (or in a tenant) may hold; keys relative to that folder. */
export interface OwnFolder {
  folder: string;
  keys: RegExp[];
  /** Also found inside a tenant. */
  perTenant: boolean;
  /** First version that knows the folder and skips it when it looks for streams; an older one takes it for a stream. */
  since: string;
}

/** One layout of the bucket. A new layout of a new server is one more of these and a fixture; no code asks for an epoch by name. */
export interface Epoch {
  name: string;
  since: string;
  /** The deployment's own metadata, from the root; null where the epoch has none. */
  deploymentFile: string | null;
  /** The tenant's metadata, relative to the tenant; null before there were tenants. */
  tenantFile: string | null;
  markers: MarkerPlace[];
  /** Further metadata of a stream, relative to it: alone it is a leftover, never a stream. */
  metadata: RegExp[];
  /** Data files and manifests, relative to the stream: without a marker they are orphaned. */
  data: RegExp[];
  folders: OwnFolder[];
}

const tail = `[A-Za-z0-9]{15}|${ulid}(?:-[1-9]\\d*)?`;
const parquet = (tails: string) => whole(String.raw`${minuteFolder}(?:[^/=]+=[^/]*/)*[^/]*?\.data${tails}\.parquet`);

/** Every layout since v0.0.1, oldest first. */
export const epochs: readonly Epoch[] = [
  {
    name: '0.0',
    since: '0.0.1',
    deploymentFile: null,
    tenantFile: null,
    markers: [
      { place: '.schema', form: 'bare' },
      { place: '.parseable.json', form: 'format' },
    ],
    metadata: [whole(String.raw`\.schema|\.alert\.json`)],
    data: [parquet('')],
    folders: [],
  },
  {
    name: '0.1 to 0.9',
    since: '0.1.0',
    deploymentFile: '.parseable.json',
    tenantFile: null,
    markers: [{ place: '.stream.json', form: 'versioned' }],
    metadata: [whole(String.raw`\.schema|\.alert\.json`)],
    data: [parquet(''), whole(String.raw`date=${day}/manifest\.json`)],
    folders: [],
  },
  {
    name: '1.0 and newer',
    since: '1.0.0',
    deploymentFile: '.parseable/.parseable.json',
    tenantFile: null,
    markers: [
      {
        place: '.stream/.stream.json',
        form: 'versioned',
        nodes: whole(String.raw`\.stream/\.ingestor\.[^/]+\.stream\.json`),
      },
    ],
    metadata: [whole(String.raw`\.stream/(?:\.schema|\.alert\.json|\.ingestor\.[^/]+\.schema)|\.alert\.json|overview`)],
    data: [
      parquet(String.raw`(?:\.(?:${tail}))?`),
      whole(String.raw`date=${day}/ingestor\.(?:[^/.]*\.)?${nodeId}\.manifest\.json`),
      whole(String.raw`date=${day}/(?:[^/.]*\.)?manifest\.json`),
    ],
    folders: [
      {
        folder: '.parseable/',
        keys: [whole(String.raw`\.parseable\.json|(?:ingestor|querier|indexer|prism|all)\.${nodeId}\.json`)],
        perTenant: false,
        since: '1.0.0',
      },
      {
        folder: '.users/',
        keys: [whole(String.raw`[^/]+/(?:(?:dashboards|correlations|chats)/[^/]+|filters/[^/]+/[^/]+)\.json`)],
        perTenant: true,
        since: '1.2.0',
      },
      { folder: '.correlations/', keys: [whole(String.raw`${hash}\.json`)], perTenant: false, since: '1.6.3' },
      {
        folder: '.alerts/',
        keys: [whole(String.raw`(?:alert_state_)?${ulid}\.json|mttr\.json`)],
        perTenant: true,
        since: '1.6.3',
      },
      {
        folder: '.settings/',
        keys: [whole(String.raw`\.targets/${ulid}\.json|llmconfigs/[^/]+\.json|outbound_http_policy\.json`)],
        perTenant: true,
        since: '1.6.3',
      },
      { folder: '.keystone/', keys: [whole(String.raw`(?:conv_)?[^/]+\.json`)], perTenant: true, since: '1.6.3' },
    ],
  },
  {
    name: 'with tenants',
    since: '2.5.14',
    deploymentFile: null,
    tenantFile: '.parseable.json',
    markers: [],
    metadata: [],
    data: [],
    folders: [],
  },
];
