import { readFile } from 'node:fs/promises';
import type { Kind } from '../findings/kinds.ts';
import type { Report } from '../findings/report.ts';
import type { FormatName } from '../report/formats.ts';
import type { Pages } from '../report/sarif/rules.ts';
import { pageOf } from './explain.ts';

/** Formats that have a place for what a kind means at length. */
const withPages: readonly FormatName[] = ['sarif'];

/** The pages of the kinds that reports tell of. One that cannot be read is left out: the bundle of the Lambda has none. */
export async function pagesFor(format: FormatName, reports: readonly Report[]): Promise<Pages> {
  if (!withPages.includes(format)) return new Map();
  const found = new Set(reports.flatMap(({ findings }) => findings.map(({ kind }) => kind)));
  const read = [...found].map(async (kind): Promise<[Kind, string][]> => {
    try {
      return [[kind, await readFile(pageOf(kind), 'utf8')]];
    } catch {
      return [];
    }
  });
  return new Map((await Promise.all(read)).flat());
}
