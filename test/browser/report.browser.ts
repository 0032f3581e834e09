import axe from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../src/findings/report.ts';
import { renderHtml } from '../../src/report/html.ts';
import { hostileKeys } from '../hostile/keys.ts';
import { readable, tenThousand } from '../report/more-situations.ts';
import { entry, finding, report } from '../report/situations.ts';
import { open, startBrowser, type Opened } from './browser.ts';

const phone = { width: 360, height: 740 };
const desk = { width: 1440, height: 900 };

let browser: Browser;
const opened: Opened[] = [];

beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(async () => {
  await browser.close();
});

/** Whatever a test does with a page, it says nothing on the console and asks nobody for anything. */
afterEach(async () => {
  for (const { trouble, close } of opened.splice(0)) {
    await close();
    expect(trouble).toEqual([]);
  }
});

async function show(reports: readonly Report[], options: BrowserContextOptions = {}, injected?: string): Promise<Page> {
  const one = await open(browser, renderHtml(reports), options, injected);
  opened.push(one);
  return one.page;
}

/** A list of the names in the first column, as far as they are in the document. */
const namesIn = (page: Page): Promise<string[]> => page.locator('[data-table] tbody th').allTextContents();
const focused = (page: Page, what: string): Promise<string> =>
  page.evaluate<string>(`String(document.activeElement.${what})`);
/** The width that the page wants, against the one that it has. */
const overhang = (page: Page): Promise<number> =>
  page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');

const situations = Object.entries(readable);
/** Those in which every part of a page is. */
const crowded = ['deep', 'every-sort-of-row', 'several-buckets', 'preflight-not-ready'];
const looks = (['light', 'dark'] as const).flatMap((scheme) => [
  ...situations.map(([name]) => [name, 'desk', scheme] as const),
  ...crowded.map((name) => [name, 'phone', scheme] as const),
]);

describe('the page', () => {
  it.each(situations)('of "%s" fits on a phone and uses the room of a desk', async (_, reports) => {
    const page = await show(reports, { viewport: phone });
    expect(await overhang(page)).toBe(0);
    await page.setViewportSize(desk);
    expect(await overhang(page)).toBe(0);
    const main = await page.locator('main').boundingBox();
    expect(main!.width).toBeGreaterThan(1_300);
  });

  it('scrolls its table by itself on a phone, and the keyboard reaches it', async () => {
    const page = await show(readable['deep']!, { viewport: phone });
    const region = page.locator('[data-table] .scroll');
    await region.focus();
    await page.keyboard.press('ArrowRight');
    await expect
      .poll(() => page.evaluate<number>('document.querySelector("[data-table] .scroll").scrollLeft'))
      .toBeGreaterThan(0);
    expect(await overhang(page)).toBe(0);
  });

  it.each(looks)('of "%s" on a %s in the %s is without a fault that axe knows', async (name, place, colorScheme) => {
    const page = await show(readable[name]!, { colorScheme, viewport: place === 'desk' ? desk : phone }, axe.source);
    await page.evaluate('for (const one of document.querySelectorAll("details")) one.open = true');
    const violations = await page.evaluate<{ id: string; nodes: string[] }[]>(
      'axe.run().then(({ violations }) => violations.map(({ id, nodes }) => ({ id, nodes: nodes.slice(0, 3).map(({ html }) => html) })))',
    );
    expect(violations).toEqual([]);
  });
});

describe('by keyboard', () => {
  it('the first stop skips to the report', async () => {
    const page = await show(readable['one-foreign-prefix']!);
    await page.keyboard.press('Tab');
    expect(await focused(page, 'className')).toBe('skip');
    await page.keyboard.press('Enter');
    expect(await focused(page, 'id')).toBe('content');
  });

  it('every tile is reached, seen to be, and leads to its row', async () => {
    const page = await show(readable['one-foreign-prefix']!);
    const tiles = page.locator('[data-of=bytes] a.tile');
    expect(await tiles.count()).toBe(16);
    await page.locator('.skip-part a').focus();
    await page.keyboard.press('Tab');
    expect(await focused(page, 'querySelector("title").textContent')).toBe('backups/, foreign, 1.1 MB');
    const width = await page.evaluate<string>(
      'getComputedStyle(document.activeElement.querySelector("rect")).strokeWidth',
    );
    expect(width).toBe('4px');
    await page.keyboard.press('Enter');
    expect(await page.locator('tr:target th').textContent()).toBe('backups/');
    await expect.poll(() => page.locator('tr:target').isVisible()).toBe(true);
  });

  it('the map can be passed over', async () => {
    const page = await show(readable['deep']!);
    await page.locator('.skip-part a').focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    expect(await focused(page, 'closest("[data-map]") === null')).toBe('true');
  });

  it('columns are sorted, and say so', async () => {
    const page = await show(readable['deep']!);
    const head = page.locator('[data-table] th', { hasText: 'Size' });
    expect(await head.getAttribute('aria-sort')).toBe('none');
    await head.locator('button').focus();
    await page.keyboard.press('Enter');
    expect(await head.getAttribute('aria-sort')).toBe('ascending');
    expect((await namesIn(page)).slice(0, 3)).toEqual(['quiet/', 'wide/', 'gaps/']);
    await page.keyboard.press('Enter');
    expect(await head.getAttribute('aria-sort')).toBe('descending');
    expect((await namesIn(page)).slice(0, 3)).toEqual(['api/', 'ledger/', 'dump/']);
    // What nobody counted comes last both ways.
    expect((await namesIn(page)).at(-1)).toBe('locked/');
    expect(await page.locator('[data-table] th[aria-sort=ascending]').count()).toBe(0);
    expect(await focused(page, 'parentElement.getAttribute("aria-sort")')).toBe('descending');
  });

  it('whatever is focused is seen to be', async () => {
    const page = await show(readable['deep']!);
    for (const selector of [
      '[data-table] input',
      '[data-table] select',
      'thead button',
      '.scroll',
      'summary',
      '.card a',
    ]) {
      await page.locator(selector).first().focus();
      await page.keyboard.press('Shift');
      const outline = await page.evaluate<string>('getComputedStyle(document.activeElement).outlineStyle');
      expect(outline, selector).not.toBe('none');
    }
  });
});

describe('with scripts', () => {
  it('the map is switched from bytes to objects', async () => {
    const page = await show(readable['deep']!);
    const [bytes, objects] = [page.locator('[data-of=bytes]'), page.locator('[data-of=objects]')];
    expect([await bytes.isVisible(), await objects.isVisible()]).toEqual([true, false]);
    await page.getByRole('button', { name: 'by objects' }).click();
    expect([await bytes.isVisible(), await objects.isVisible()]).toEqual([false, true]);
    expect(await page.locator('[data-measure=objects]').getAttribute('aria-pressed')).toBe('true');
  });

  it('the table is filtered by verdict and by text, and says what is left', async () => {
    const page = await show(readable['deep']!);
    await page.getByLabel('Show').selectOption('foreign');
    expect(await namesIn(page)).toEqual(['dump/']);
    expect(await page.getByRole('status').textContent()).toBe('1 entry, of 13 in all');
    await page.getByLabel('Show').selectOption('*');
    expect(await namesIn(page)).toEqual(['audit/', 'gaps/', 'orders/', 'torn/', 'dump/', 'wide/']);
    await page.getByRole('searchbox').fill('WIDE');
    expect(await namesIn(page)).toEqual(['wide/']);
    await page.getByRole('searchbox').fill('no such thing');
    expect(await page.getByRole('status').textContent()).toBe('No entry is like that, of 13 in all');
  });

  it('a link to a row brings it back that filters had taken away', async () => {
    const page = await show(readable['deep']!);
    await page.getByRole('searchbox').fill('api');
    await page.locator('.card a', { hasText: 'in the table' }).first().click();
    expect(await page.locator('tr:target th').textContent()).toBe('torn/');
  });

  it('everything is on paper, and afterwards as before', async () => {
    const page = await show([...tenThousand, ...readable['only-pending']!]);
    const rows = page.locator('#b0 [data-table] tbody tr');
    const closed = page.locator('details:not([open])');
    const [rowsBefore, closedBefore] = [await rows.count(), await closed.count()];
    await page.evaluate('dispatchEvent(new Event("beforeprint"))');
    expect([await rows.count(), await closed.count()]).toEqual([10_000, 0]);
    await page.evaluate('dispatchEvent(new Event("afterprint"))');
    expect([await rows.count(), await closed.count()]).toEqual([rowsBefore, closedBefore]);
  });
});

describe('without scripts', () => {
  const off = { javaScriptEnabled: false };

  it('everything is there but the controls', async () => {
    const page = await show(readable['deep']!, off);
    expect(await namesIn(page)).toHaveLength(13);
    expect(await page.locator('[data-of=bytes]').isVisible()).toBe(true);
    expect(await page.locator('[data-of=objects]').isVisible()).toBe(false);
    for (const control of await page.locator('[data-script]').all()) expect(await control.isVisible()).toBe(false);
    expect(await page.locator('button:visible').count()).toBe(0);
    await page.locator('summary').first().click();
    expect(await page.locator('details .facts').first().isVisible()).toBe(true);
  });

  it('all rows of ten thousand are there, and a tile leads to the last one', async () => {
    const page = await show(
      [
        report(
          Array.from({ length: 300 }, (_, at) => entry(`s${String(at)}/`, 'stream', { bytes: 400 - at })),
          [],
        ),
      ],
      off,
    );
    expect(await namesIn(page)).toHaveLength(300);
    await page.locator('a.tile[href="#b0-r299"]').focus();
    await page.keyboard.press('Enter');
    expect(await page.locator('tr:target th').textContent()).toBe('s299/');
    const large = await show(tenThousand, off);
    expect(await large.locator('tbody tr').count()).toBe(10_000);
  });

  it('what is folded is on paper', async () => {
    const page = await show(readable['deep']!, off);
    const folded = page.locator('details .facts').first();
    expect(await folded.isVisible()).toBe(false);
    await page.emulateMedia({ media: 'print' });
    expect(await folded.isVisible()).toBe(true);
    expect(await page.locator('.filters, .skip').filter({ visible: true }).count()).toBe(0);
  });
});

/** Does something in the page, and counts the frames until the line below the table says what is wanted. */
const framesUntil = (page: Page, act: string, says: string): Promise<number> =>
  page.evaluate<number>(`new Promise((done) => {
    const part = document.querySelector('[data-table]');
    const status = part.querySelector('[data-count]');
    const input = (selector, value, kind) => {
      const control = part.querySelector(selector);
      control.value = value;
      control.dispatchEvent(new Event(kind, { bubbles: true }));
    };
    let frames = 0;
    const look = () => {
      frames++;
      if (frames > 60 || (status.textContent.startsWith(${JSON.stringify(says)}) && part.querySelector('tbody').offsetHeight >= 0)) done(frames);
      else requestAnimationFrame(look);
    };
    ${act};
    requestAnimationFrame(look);
  })`);

describe('ten thousand entries', () => {
  it('are sorted, filtered and paged within two frames, a page of rows in the document at a time', async () => {
    const page = await show(tenThousand);
    const rows = page.locator('tbody tr');
    expect(await rows.count()).toBe(200);
    expect(await page.getByRole('status').textContent()).toBe('Rows 1 to 200 of 10,000');
    expect(await framesUntil(page, `input('input', 's-0950', 'input')`, '10 entries, of 10,000')).toBeLessThanOrEqual(
      2,
    );
    expect(await framesUntil(page, `input('input', '', 'input')`, 'Rows 1 to 200 of 10,000')).toBeLessThanOrEqual(2);
    expect(await framesUntil(page, `input('select', 'foreign', 'change')`, '20 entries')).toBeLessThanOrEqual(2);
    expect(await framesUntil(page, `input('select', '', 'change')`, 'Rows 1 to 200 of 10,000')).toBeLessThanOrEqual(2);
    const sort = `part.querySelectorAll('thead button')[2].click()`;
    expect(await framesUntil(page, `${sort}; ${sort}`, 'Rows 1 to 200 of 10,000')).toBeLessThanOrEqual(2);
    expect((await namesIn(page)).slice(0, 2)).toEqual(['s-09999/', 's-09998/']);
    expect(
      await framesUntil(page, `part.querySelector('[data-step="1"]').click()`, 'Rows 201 to 400'),
    ).toBeLessThanOrEqual(2);
    expect(await rows.count()).toBe(200);
  });

  it('are walked to the end and back', async () => {
    const page = await show(tenThousand);
    const [earlier, later] = [
      page.getByRole('button', { name: 'Earlier rows' }),
      page.getByRole('button', { name: 'Later rows' }),
    ];
    expect(await earlier.isDisabled()).toBe(true);
    for (let step = 1; step < 50; step++) await later.click();
    expect(await later.isDisabled()).toBe(true);
    expect((await namesIn(page)).at(-1)).toBe('s-09999/');
    await earlier.click();
    expect(await page.getByRole('status').textContent()).toBe('Rows 9,601 to 9,800 of 10,000');
  });

  it('have 500 tiles at most, and a link to a row far down finds it', async () => {
    const page = await show(tenThousand);
    expect(await page.locator('[data-of=bytes] a.tile').count()).toBeLessThanOrEqual(500);
    await page
      .locator('[data-of=bytes]')
      .getByRole('link', { name: /^s-09507\/, / })
      .focus();
    await page.keyboard.press('Enter');
    expect(await page.locator('tr:target th').textContent()).toBe('s-09507/');
  });
});

describe('hostile keys', () => {
  const names = Object.values(hostileKeys);
  const hostile = report(
    names.map((name, at) => entry(name, 'foreign', { bytes: at, objects: at })),
    names.map((name) => finding('foreign-prefix', name, { evidence: { keys: [name] } })),
    { bucket: { name: 'logs', region: null, endpoint: null, environment: hostileKeys['markup']! } },
  );

  it('are names and nothing else, whatever is done with them', async () => {
    const page = await show([hostile]);
    expect(await namesIn(page)).toHaveLength(names.length);
    expect(await page.locator('main script, main img, main iframe, main style').count()).toBe(0);
    await page.evaluate('for (const one of document.querySelectorAll("details")) one.open = true');
    await page.getByRole('searchbox').fill('<script>');
    expect(await namesIn(page)).toEqual(['<script>alert(1)</script><img src=x onerror=alert(1)>&amp;']);
    await page.getByRole('searchbox').fill('');
    await page.locator('thead button').first().click();
    for (const tile of (await page.locator('[data-of=bytes] a.tile').all()).slice(0, 10))
      await tile.dispatchEvent('click');
    expect(await page.locator('article').count()).toBe(names.length);
  });

  it.each([phone, desk])('do not widen the page at %o', async (viewport) => {
    const page = await show([hostile], { viewport });
    await page.evaluate('for (const one of document.querySelectorAll("details")) one.open = true');
    expect(await overhang(page)).toBe(0);
  });
});
