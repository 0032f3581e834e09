import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';

/** Everything is off that a browser does by itself: it is to do nothing but show a page. */
const quiet = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

/** Starts the Chromium that CHROMIUM names. */
export async function startBrowser(): Promise<Browser> {
  const executablePath = process.env['CHROMIUM'] ?? '';
  if (executablePath === '') throw new Error('CHROMIUM names no browser: these tests are run by npm run test:browser');
  return chromium.launch({ executablePath, args: quiet });
}

/** A page, and what went wrong in it. */
export interface Opened {
  page: Page;
  /** What the console said, errors that nobody caught, dialogs, and requests for anything but the page itself. */
  trouble: string[];
  close: () => Promise<void>;
}

/** No such host is ever asked: the page is served from memory, and every other request is refused and noted. */
const address = 'http://report.invalid/';

/**
 * Opens a document as a web server would give it.
 * @param injected script that runs before the page's own, by the browser's leave and not the page's
 */
export async function open(
  browser: Browser,
  document: string,
  options: BrowserContextOptions = {},
  injected?: string,
): Promise<Opened> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  const trouble: string[] = [];
  let served = false;
  await context.route('**/*', async (route) => {
    const { url, isNavigation } = { url: route.request().url(), isNavigation: route.request().isNavigationRequest() };
    if (url === address && isNavigation && !served) {
      served = true;
      await route.fulfill({ body: document, contentType: 'text/html; charset=utf-8' });
    } else {
      trouble.push(`request: ${url}`);
      await route.abort();
    }
  });
  if (injected !== undefined) await context.addInitScript({ content: injected });
  const page = await context.newPage();
  page.on('console', (message) => trouble.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => trouble.push(`error: ${error.message}`));
  page.on('dialog', (dialog) => {
    trouble.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('popup', () => trouble.push('popup'));
  await page.goto(address);
  return { page, trouble, close: () => context.close() };
}
