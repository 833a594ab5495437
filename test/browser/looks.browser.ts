// How the page looks and what it weighs: no serious accessibility fault, nothing that sticks out on a phone, fonts that
// come with the page, and messages on the screen within a tenth of a second.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Browser } from 'playwright-core';
import { english } from '../../src/playground/people.ts';
import { inPage, overflowing, watchPixels } from './in-page.ts';
import { openPlayground, type OpenPlayground } from './open-playground.ts';
import { weigh } from './weight.ts';
import { openBrowser, openWindow, paysFor500, speakers, type Window } from './window.ts';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
let axe: string;
const MOST_BYTES = 500_000;
const MEDIAN_MS = 100;

let play: OpenPlayground;
let browser: Browser;
beforeAll(async () => {
  axe = await readFile(AXE, 'utf8');
  [play, browser] = await Promise.all([openPlayground({ speed: 20 }), openBrowser()]);
  play.provider.setBalance(100_000);
});
afterAll(async () => {
  await browser.close();
  await play.close();
});

interface AxeResults {
  violations: { id: string; impact: string | null; nodes: { html: string; failureSummary?: string }[] }[];
}

/** Serious and critical faults, in words. */
async function faults({ page }: Window): Promise<string[]> {
  // As an expression, for the page itself lets no foreign script in.
  await page.evaluate(axe);
  const results = await page.evaluate<AxeResults>('axe.run()');
  return results.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary ?? ''}`),
    );
}

describe.each([
  { language: 'ar', width: 390, dark: false },
  { language: 'ar', width: 1280, dark: false },
  { language: 'fr', width: 390, dark: false },
  { language: 'fr', width: 1280, dark: true },
  { language: 'en', width: 390, dark: true },
  { language: 'en', width: 1280, dark: false },
] as const)('in $language at $width px, dark: $dark', ({ language, width, dark }) => {
  const line = `03614${{ ar: 1, fr: 2, en: 3 }[language]}${width === 390 ? '001' : '002'}`;
  let window: Window;
  beforeAll(async () => {
    play.provider.forNumber(line, { kind: 'fulfilled', afterMs: 300 });
    window = await openWindow(browser, play.url, { as: speakers[language], width, dark });
    await window.meet();
    await window.write(line);
    await window.press(paysFor500[language]);
    await window.page.locator('.key.success').last().waitFor();
  });
  afterAll(() => window.close());

  it('has no serious accessibility fault before paying, nor after', async () => {
    await window.shot(`${language}-${width}-confirm`);
    expect(await faults(window)).toEqual([]);
    await window.page.locator('.key.success').last().click();
    const grouped = line.replace(/^(\d{3})(\d\d)(\d\d)(\d\d)$/u, '$1 $2 $3 $4');
    await window.page.locator('.text').filter({ hasText: grouped }).locator('.spoiler').waitFor();
    await window.shot(`${language}-${width}-card`);
    expect(await faults(window)).toEqual([]);
    if (width < 720) return;
    const call = window.page.locator('.call').filter({ hasText: '/internet/send' }).first();
    await call.locator('summary').click();
    await call.locator('.answer').scrollIntoViewIfNeeded();
    await window.shot(`${language}-${width}-call`);
    expect(await faults(window)).toEqual([]);
  });

  it('sticks out nowhere, in the chat, the list and backstage', async () => {
    expect(await window.page.evaluate(inPage(overflowing))).toEqual([]);
    if (width > 720) return;
    await window.page.locator('.back').click();
    await window.shot(`${language}-${width}-list`);
    expect(await window.page.evaluate(inPage(overflowing))).toEqual([]);
    expect(await faults(window)).toEqual([]);
    await window.page.locator('#list .to-shop').click();
    await window.page.locator('.call').first().waitFor();
    for (const details of await window.page.locator('#shop details:not(.call) > summary').all())
      await details.click();
    await window.shot(`${language}-${width}-backstage`);
    expect(await window.page.evaluate(inPage(overflowing))).toEqual([]);
    expect(await faults(window)).toEqual([]);
    await window.page.goBack();
    expect(await window.page.locator('#list').isVisible()).toBe(true);
  });

  it('writes Arabic in the font that comes with the page', async () => {
    const isLoaded = await window.page.evaluate("document.fonts.check('16px Page', 'مرحبا')");
    expect(isLoaded).toBe(true);
  });
});

it('weighs at most 500 kB, fonts included, and loads nothing from elsewhere', async () => {
  const { bytes, addresses } = await weigh(browser, play.url);
  process.stdout.write(`Page weight: ${bytes} bytes in ${addresses.length} files\n`);
  expect(bytes).toBeGreaterThan(100_000);
  expect(bytes).toBeLessThanOrEqual(MOST_BYTES);
  expect(addresses.filter((address) => !address.startsWith(play.url))).toEqual([]);
});

it('has a message on the screen within a tenth of a second of the bot sending it, in the median', async () => {
  const quiet = await openPlayground({ withoutBot: true });
  const window = await openWindow(browser, quiet.url, { as: english });
  await window.start();
  await window.messages.first().waitFor();
  await window.page.evaluate(inPage(watchPixels));
  const texts = Array.from({ length: 40 }, (_, index) => `Message ${index + 1}.`);
  for (const text of texts) {
    await quiet.call('sendMessage', { chat_id: english.id, text });
    await window.sees(text);
  }
  // The last one's frame may be painted a moment after its text is found.
  await expect.poll(() => window.page.evaluate<number>('waits.length')).toBeGreaterThanOrEqual(40);
  const waits = await window.page.evaluate<number[]>('waits');
  await window.close();
  await quiet.close();
  const sorted = waits.toSorted((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)];
  process.stdout.write(
    `Bot API call to pixels: median ${median ?? NaN} ms, worst ${sorted.at(-1) ?? NaN} ms of ${sorted.length}\n`,
  );
  expect(median).toBeLessThanOrEqual(MEDIAN_MS);
});
