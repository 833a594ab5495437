// What a first visit to the page loads: from where, and how many bytes of it.
import type { Browser } from 'playwright-core';

export interface Weight {
  readonly bytes: number;
  readonly addresses: readonly string[];
}

/** Opens the page with nothing in the cache; the stream of events, which never ends, is not counted. */
export async function weigh(browser: Browser, url: string): Promise<Weight> {
  const context = await browser.newContext();
  const page = await context.newPage();
  const bodies: Promise<Buffer>[] = [];
  const addresses: string[] = [];
  page.on('response', (response) => {
    addresses.push(response.url());
    if (!response.url().endsWith('/events')) bodies.push(response.body());
  });
  await page.goto(url);
  await page.locator('.composer .line, .composer .big').waitFor();
  await page.evaluate('document.fonts.ready.then(() => undefined)');
  await page.waitForLoadState('load');
  const bytes = (await Promise.all(bodies)).reduce((sum, { length }) => sum + length, 0);
  await context.close();
  return { bytes, addresses };
}
