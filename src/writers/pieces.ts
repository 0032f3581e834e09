/** What `{name}` stands for in a template. None but `path` and `tree` passes a slash that it does not show, and none can be matched in exponentially many ways. */
const pieces = {
  any: '[^/]+',
  lead: '[^/]*',
  path: '(?:[^/]+/){1,8}',
  tree: '(?:[^/]+/){0,12}',
  n: '\\d{1,20}',
  hex: '[0-9a-f]+',
  hex2: '[0-9a-f]{2}',
  hex8: '[0-9a-f]{8}',
  hex16: '[0-9a-f]{16}',
  hex24: '[0-9A-F]{24}',
  hex32: '[0-9a-f]{32}',
  hex62: '[0-9a-f]{62}',
  hex64: '[0-9a-f]{64}',
  /** A content store's folder and file: the folder is the first two digits of the name. */
  sharded64: '(?<shard>[0-9a-f]{2})/\\k<shard>[0-9a-f]{62}',
  digits5: '\\d{5}',
  digits6: '\\d{6}',
  digits20: '\\d{20}',
  uuid: '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}',
  ulid: '[0-7][0-9A-HJKMNP-TV-Z]{25}',
  yyyy: '\\d{4}',
  mm: '\\d{2}',
  dd: '\\d{2}',
  hh: '\\d{2}',
  mi: '\\d{2}',
  ss: '\\d{2}',
  hourly: '(?:\\d{2}/)?',
  /** A month or day that may lack its leading zero. */
  md: '\\d{1,2}',
  /** 20261125T060000 */
  compact: '\\d{8}T\\d{6}',

  // Amazon
  account: '\\d{12}',
  /** An account, in an organization trail below the organization. */
  owner: '(?:o-[a-z0-9]{10,32}/)?\\d{12}',
  region: '[a-z]{2,4}(?:-[a-z]{2,10}){1,2}-\\d{1,2}',
  vpc: 'vpc-[0-9a-f]{8,17}',
  distribution: 'E[0-9A-Z]{10,16}',
  requestid: '[0-9A-F]{16}',
  cluster: 'j-[0-9A-Z]{10,16}',
  step: 's-[0-9A-Z]{10,24}',
  instance: 'i-[0-9a-f]{8,17}',
  inventoryfile: '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\\.(?:csv\\.gz|orc|parquet)',
  athenaresult: '(?:csv|txt)',
  /** Nothing, or the extensions that were asked for. */
  suffix: '(?:\\.[0-9A-Za-z]{1,12}){0,3}',
  columnar: '(?:csv|parquet)(?:\\.gz)?',
  cdcstamp: '\\d{8}-\\d{6,12}',
  loadnumber: '[0-9A-F]{8}',
  dated: '(?:\\d{4}/\\d{2}/\\d{2}/(?:\\d{2}/)?)?',

  // Others
  lokichunk: '[0-9a-f]{1,16}/[0-9a-f]{9,13}:[0-9a-f]{9,13}:[0-9a-f]{1,8}',
  tempometa: 'meta(?:\\.compacted)?\\.json',
  esid: '[0-9A-Za-z_-]{20,22}',
  entityid: '\\d{15,20}',
  walcompression: '(?:lz4|lzma|br|zst|lzo)',
  tarcompression: '(?:\\.(?:gz|bz2|snappy|lz4|zst|xz|zstd|br))?',
  kopiablob: '(?:[pqnmslx]|x[a-z]|_log_)[0-9A-Za-z_-]{4,200}',
  resticfile: '(?:index|keys|locks|snapshots)/[0-9a-f]{64}',
  /** The results of a Velero restore, named twice for the restore. */
  restoreresults: '(?<restore>[^/]+)/restore-\\k<restore>-results\\.gz',
  duplicatifile:
    '(?:\\d{8}T\\d{6}Z\\.dlist|b[0-9a-f]{32}\\.dblock|i[0-9a-f]{32}\\.dindex)\\.(?:zip|7z)(?:\\.(?:aes|gpg))?',
  duplicitykind: '(?:full|inc|full-signatures|new-signatures)',
  pbmstamp: '\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}Z',
  chartversion: '\\d{1,6}\\.\\d{1,6}\\.\\d{1,6}[0-9A-Za-z.+_-]{0,80}',
  dvchash: '[0-9a-f]{2}/[0-9a-f]{30}(?:\\.dir)?',
  serial: '\\d{10,20}',
  mapindex: '(?:map_index=\\d{1,9}/)?',
  letters8: '[0-9A-Za-z]{8}',
  gz: '(?:\\.gz)?',
} as const satisfies Record<string, string>;

/** How many slashes a piece may pass, at least and at most; the others pass none. */
const slashes: Partial<Record<keyof typeof pieces, readonly [number, number]>> = {
  path: [1, 8],
  tree: [0, 12],
  sharded64: [1, 1],
  owner: [0, 1],
  hourly: [0, 1],
  dated: [0, 4],
  lokichunk: [1, 1],
  resticfile: [1, 1],
  restoreresults: [1, 1],
  dvchash: [1, 1],
  mapindex: [0, 1],
};

const isPiece = (name: string): name is keyof typeof pieces => Object.hasOwn(pieces, name);

/** A template, read. */
export interface Compiled {
  /** A regular expression without its anchors. */
  pattern: string;
  /** The longest text that every match contains. */
  literal: string;
  /** How many segments a match has, at least and at most; `Infinity` where the template ends in `**`. */
  segments: readonly [number, number];
}

/**
 * Reads a template of a key: text stands for itself, `{name}` for a piece, `**` for anything that is left.
 * Throws where a piece is not known.
 */
export function compile(template: string): Compiled {
  let pattern = '';
  let literal = '';
  let least = 1;
  let most = 1;
  for (const part of template.split(/(\{\w+\}|\*\*)/)) {
    if (part === '**') {
      pattern += '[^]+';
      most = Infinity;
    } else if (part.startsWith('{') && part.endsWith('}')) {
      const name = part.slice(1, -1);
      if (!isPiece(name)) throw new Error(`${template}: there is no piece {${name}}`);
      const [few, many] = slashes[name] ?? [0, 0];
      pattern += pieces[name];
      least += few;
      most += many;
    } else {
      const passed = part.split('/').length - 1;
      pattern += part.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&');
      least += passed;
      most += passed;
      if (part.length > literal.length) literal = part;
    }
  }
  return { pattern, literal, segments: [least, most] };
}
