import { dayOfFolder, packDays, unpackDays } from './days.ts';

/**
 * What a stream's metadata file knows of its data: the manifests that it lists, by their path with the day left out
 * (`app/date=*` + `/manifest.json`), each with the ranges of its days. Paths of another form stand for themselves, without days.
 * A year of a stream is one line of it, so that it can be remembered from audit to audit. Its counters are not kept: after a
 * change of host, a reset or an upgrade they contain running totals of the stream (seen with 2.9.5).
 */
export interface Snapshot {
  manifests: Record<string, string[]>;
  /** The smallest `time_lower_bound`, as a day; null for an empty snapshot. */
  oldest: string | null;
  /** Paths listed more than once in this file. */
  repeated: string[];
}

interface Listed {
  path: string;
  lower: string | null;
}

const gap = 'date=*/';

/** Splits a path into what stays the same from day to day, and the day. */
function split(path: string): { form: string; day: string | null } {
  const at = path.lastIndexOf('date=');
  const folder = path.slice(at, path.indexOf('/', at) + 1);
  const day = at === -1 ? null : dayOfFolder(folder);
  return day === null ? { form: path, day } : { form: path.slice(0, at) + gap + path.slice(at + folder.length), day };
}

const join = (form: string, day: string): string => form.replace(gap, () => `date=${day}/`);

const listedOf = (entry: unknown): Listed | null => {
  if (typeof entry !== 'object' || entry === null) return null;
  const { manifest_path: path, time_lower_bound: lower } = entry as Record<string, unknown>;
  if (typeof path !== 'string') return null;
  return { path, lower: typeof lower === 'string' && !Number.isNaN(Date.parse(lower)) ? lower : null };
};

/** Reads the `snapshot` of a metadata file. Null where it is not of the form that servers write. */
export function readSnapshot(value: unknown): Snapshot | null {
  const list = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)['manifest_list'] : null;
  if (!Array.isArray(list)) return null;
  const entries = list.map(listedOf);
  if (entries.includes(null)) return null;
  const days = new Map<string, string[]>();
  const seen = new Set<string>();
  const repeated = new Set<string>();
  let oldest: string | null = null;
  for (const entry of entries) {
    if (entry === null) continue;
    const { path, lower } = entry;
    if (seen.has(path)) repeated.add(path);
    seen.add(path);
    const { form, day } = split(path);
    const known = days.get(form) ?? [];
    days.set(form, known);
    if (day !== null) known.push(day);
    const bound = lower === null ? day : new Date(lower).toISOString().slice(0, 10);
    if (bound !== null && (oldest === null || bound < oldest)) oldest = bound;
  }
  const manifests = Object.fromEntries([...days].map(([form, all]) => [form, packDays(all)]));
  return { manifests, oldest, repeated: [...repeated] };
}

/** Every manifest that one snapshot lists, each once. */
export const manifestsOf = ({ manifests }: Snapshot): string[] =>
  Object.entries(manifests).flatMap(([form, ranges]) =>
    ranges.length === 0 ? [form] : unpackDays(ranges).map((day) => join(form, day)),
  );

/** What all metadata files of a stream know together; a dead node's file may be the only index of its data. */
export interface Union {
  /** The smallest bound of all; null when no file lists anything. */
  oldest: string | null;
  /** Manifests that are listed more than once, in one file or in several. */
  repeated: string[];
}

export function unite(snapshots: readonly Snapshot[]): Union {
  const repeated = new Set(snapshots.flatMap((one) => one.repeated));
  const forms = new Map<string, Snapshot[]>();
  for (const one of snapshots) {
    for (const form of Object.keys(one.manifests)) forms.set(form, [...(forms.get(form) ?? []), one]);
  }
  for (const [form, holders] of forms) {
    if (holders.length < 2) continue;
    const seen = new Set<string>();
    for (const { manifests } of holders) {
      const ranges = manifests[form] ?? [];
      for (const path of ranges.length === 0 ? [form] : unpackDays(ranges).map((day) => join(form, day))) {
        if (seen.has(path)) repeated.add(path);
        seen.add(path);
      }
    }
  }
  const bounds = snapshots.flatMap(({ oldest }) => (oldest === null ? [] : [oldest]));
  return { oldest: bounds.sort()[0] ?? null, repeated: [...repeated].sort() };
}
