import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/findings/report.ts';
import { renderHtml } from '../../src/report/html.ts';
import { script } from '../../src/report/html/script.ts';
import { style } from '../../src/report/html/style.ts';
import { anyKey, faultOf, hostileCases, hostileKeys } from '../hostile/keys.ts';
import { readable, tenThousand } from './more-situations.ts';
import { entry, finding, report } from './situations.ts';

const goldenOf = (name: string): URL => new URL(`golden/html/${name}.html`, import.meta.url);

/** Style and script are the same in every page: what is read and agreed to is the rest, without blank lines. */
const bodyOf = (page: string): string =>
  page
    .replace(style, '…')
    .replace(script, '…')
    .replaceAll(/'sha256-[^']+'/g, "'sha256-…'")
    .replaceAll(/\n\s*(?=\n)/g, '');

const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

/** Tags of a page with their attributes, style and script left out. */
const tagsOf = (page: string): string[] => bodyOf(page).match(/<[a-z!/][^>]*>/gi) ?? [];

const shortened = Object.entries(readable).map(([name, reports]) => [name, reports] as const);

describe('the HTML report', () => {
  it.each(shortened)('of the situation "%s" is as it was read and agreed to', async (name, reports) => {
    const body = bodyOf(renderHtml(reports));
    if (process.env['UPDATE_GOLDEN'] === '1') await writeFile(goldenOf(name), body);
    expect(body).toBe(await readFile(goldenOf(name), 'utf8'));
  });

  it('never says that there is nothing to do of a bucket that is not ready, whatever tells why', () => {
    const preflight = { ready: false, reasons: ['exports/ is in the way (foreign).'], advice: [] };
    const page = renderHtml([report([entry('exports/', 'foreign')], [], { mode: 'preflight', preflight })], {
      serverVersion: '1.6.2',
    });
    expect(page).toContain(': not ready for Parseable 1.6.2</span>');
    expect(page).toContain('Take out of the bucket what is in the way');
    expect(page).not.toContain('<p>Nothing');
  });

  it('is the same for the same reports', () => {
    for (const reports of Object.values(readable)) expect(renderHtml(reports)).toBe(renderHtml(reports));
  });

  it('allows itself its own style and script, by their hashes, and nothing else', () => {
    const page = renderHtml(readable['one-foreign-prefix']!);
    const [, policy = ''] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page) ?? [];
    const hashOf = (tag: string): string => {
      const [, text = ''] = new RegExp(`<${tag}>([^]*?)</${tag}>`).exec(page) ?? [];
      expect(text.length).toBeGreaterThan(1_000);
      return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
    };
    expect(policy.split('; ')).toEqual([
      "default-src 'none'",
      `style-src ${hashOf('style')}`,
      `script-src ${hashOf('script')}`,
      'img-src data:',
      "base-uri 'none'",
      "form-action 'none'",
    ]);
    expect(page.indexOf('Content-Security-Policy')).toBeLessThan(page.indexOf('<style>'));
  });

  it.each(shortened)(
    'names nothing outside of itself, and has no handler and no style in an attribute: %s',
    (_, reports) => {
      const page = renderHtml(reports);
      for (const tag of tagsOf(page)) {
        expect(tag).not.toMatch(/\s(on\w+|style|src|srcset|action|formaction|data|poster|ping|background)\s*=/i);
        const [, link] = /\s(?:xlink:)?href="([^"]*)"/.exec(tag) ?? [];
        if (link !== undefined) expect(link).toMatch(/^(#|data:,$)/);
      }
      expect(count(page, /<(script|style)\b/g)).toBe(2);
      expect(style).not.toMatch(/url\(|@import|<\//);
      expect(script).not.toMatch(
        /innerHTML|outerHTML|document\.write|insertAdjacent|eval|Function\(|fetch|XMLHttp|<\//,
      );
    },
  );

  it.each(shortened)('has every id once, and every link leads somewhere: %s', (_, reports) => {
    const page = renderHtml(reports);
    const ids = [...page.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id!);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^(content|fill-[a-z]+|b\d+(-[a-z0-9-]+)?)$/);
    for (const [, target] of page.matchAll(/\s(?:href="#|for="|aria-labelledby=")([^"]*)"/g))
      expect(ids).toContain(target);
  });

  it.each(shortened)('has its headings in order, one of the first level: %s', (_, reports) => {
    const levels = [...renderHtml(reports).matchAll(/<h([1-6])\b/g)].map(([, level]) => Number(level));
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    levels.reduce((before, level) => {
      expect(level).toBeLessThanOrEqual(before + 1);
      return level;
    }, 0);
  });

  it.each(shortened)('closes what it opens: %s', (_, reports) => {
    const open: string[] = [];
    for (const tag of tagsOf(renderHtml(reports))) {
      const [, end = '', name = ''] = /^<(\/?)([a-z0-9!]+)/i.exec(tag) ?? [];
      if (['!doctype', 'meta', 'link', 'input'].includes(name) || tag.endsWith('/>')) continue;
      if (end === '') open.push(name);
      else expect(open.pop()).toBe(name);
    }
    expect(open).toEqual([]);
  });

  it('says loudly what was not seen, before anything else, and calls nothing clean then', () => {
    for (const completeness of ['partial', 'failed'] as const) {
      const page = renderHtml([report([entry('api/', 'stream')], [], { completeness })]);
      expect(page.indexOf(`<div class="loud ${completeness}" role="note">`)).toBeGreaterThan(0);
      expect(page.indexOf('class="loud')).toBeLessThan(page.indexOf('What to do first'));
      expect(bodyOf(page)).not.toMatch(/: clean|as it should be/);
    }
    expect(bodyOf(renderHtml(readable['healthy']!))).toMatch(/: clean/);
    expect(renderHtml(readable['healthy']!)).not.toContain('class="loud');
  });

  it('has a row for every entry and a place for every finding, however many', () => {
    const findings = Array.from({ length: 250 }, (_, at) => finding('foreign-prefix', `x${String(at)}/`));
    const page = renderHtml([
      report(
        findings.map(({ subject }) => entry(subject, 'foreign')),
        findings,
      ),
    ]);
    for (let at = 0; at < 250; at++) {
      expect(page).toContain(` id="b0-r${String(at)}"`);
      expect(page).toContain(` id="b0-f${String(at)}"`);
    }
    expect(count(page, /<article /g)).toBe(100);
    expect(count(renderHtml(tenThousand), /<tr id=/g)).toBe(10_000);
  });

  it('counts apart what is pending and what is known', () => {
    const page = renderHtml(readable['known-beside-new-and-pending']!);
    expect(page.indexOf('id="b0-warnings"')).toBeLessThan(page.indexOf('id="b0-pending"'));
    expect(page.indexOf('id="b0-pending"')).toBeLessThan(page.indexOf('id="b0-known"'));
  });

  it('tells the consequence once for a kind where it is the same for all', () => {
    const all = ['a/', 'b/', 'c/'].map((name) => finding('foreign-prefix', name));
    const page = renderHtml([report([], all)]);
    expect(count(page, /ignores it without a word/g)).toBe(1);
    expect(count(renderHtml([report([], all.slice(0, 1))]), /ignores it without a word/g)).toBe(1);
  });

  it('links the reasons of a pre-flight to what to do about them, and tells the others', () => {
    const body = bodyOf(renderHtml(readable['preflight-not-ready']!));
    expect(body).toMatch(/In the way:[^]*<a href="#b0-f0">foreign prefix backups\/<\/a>: backups\/ holds/);
    expect(body).toContain('Something that no finding tells.');
    expect(body).toMatch(/What would bite later:[^]*Versioning is on/);
  });
});

/** A report in which a text stands wherever a bucket or its owner can put one. */
function full(text: string): Report {
  const evidence = { objects: 2, bytes: 3, keys: [text], [text]: text, nested: { [text]: [text] }, likelyWriter: text };
  const all = (['foreign-prefix', 'scan-incomplete', 'stream-metadata-corrupt', 'stale-allow-entry'] as const).map(
    (kind) => finding(kind, text, { evidence, details: { key: text, reason: text, owner: text, expires: text } }),
  );
  return report(
    [entry(text, 'foreign', { likelyWriter: text, metadataVersion: text }), entry(`${text}/`, 'stream')],
    [...all, { ...all[0]!, status: 'pending' }, { ...all[0]!, status: 'known' }],
    {
      bucket: { name: text, environment: text, region: text, endpoint: text },
      deployment: { id: text, metadataVersion: text, multiTenant: true },
      skipped: [{ what: text, why: text }],
      preflight: { ready: false, reasons: [text], advice: [text] },
      streams: [
        {
          name: `${text}/`,
          days: ['2026-11-01', '2026-11-05..2026-11-06'],
          retentionDays: 3,
          believedBytes: 5,
          objects: 1,
          bytes: 2,
          complete: true,
          dataObjects: 1,
          dataBytes: 4,
          manifests: 1,
          lookedAt: '2026-11-24T06:00:00.000Z',
        },
      ],
    },
  );
}

/** The tags of a page without what may differ by the length of a name. */
const skeleton = (page: string): string[] =>
  tagsOf(page)
    .filter((tag) => !/^<\/?(bdi|text|svg)\b/.test(tag))
    .map((tag) => tag.replaceAll(/ (aria-label|title|value|data-v)="[^"]*"/g, ''));

describe('hostile text in the HTML report', () => {
  const plain = skeleton(renderHtml([full('plain')]));

  it.each(hostileCases)('adds no element, no attribute and nothing unseen: %s', (_, key) => {
    const page = renderHtml([full(key)]);
    expect(faultOf(page)).toBeNull();
    expect(skeleton(page)).toEqual(plain);
  });

  it('does neither do so with any other key', () => {
    fc.assert(
      fc.property(anyKey, (key) => {
        const page = renderHtml([full(key)]);
        expect(faultOf(page)).toBeNull();
        expect(skeleton(page)).toEqual(plain);
      }),
      { numRuns: 100 },
    );
  });

  it('is whole UTF-8 even with halves of characters in it', () => {
    for (const half of ['\ud800', 'a\udc00b', '\ud83d\u200d', `x\udfff`]) {
      const page = renderHtml([full(half)]);
      expect(page.isWellFormed()).toBe(true);
      expect(Buffer.from(page, 'utf8').toString('utf8')).toBe(page);
    }
  });

  it('is shown as the text that it is', () => {
    const page = renderHtml([report([entry(hostileKeys['markup']!, 'foreign')], [])]);
    expect(page).toContain(
      '<bdi class="key">&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;&amp;amp;</bdi>',
    );
  });
});
