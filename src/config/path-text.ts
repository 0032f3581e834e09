import { shown } from './shown.ts';

/** `['buckets', 0, 'name']` → `buckets[0].name`; what is no plain name stands in brackets and quotes. */
export function pathText(path: readonly PropertyKey[]): string {
  const parts = path.map((part) => {
    if (typeof part === 'number') return `[${String(part)}]`;
    const name = String(part);
    return /^[A-Za-z_$][\w$-]*$/.test(name) ? `.${name}` : `[${shown(name)}]`;
  });
  const joined = parts.join('');
  return joined.startsWith('.') ? joined.slice(1) : joined;
}
