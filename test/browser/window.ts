// A browser window on the page, as one of its people, with the gestures the tests are told in. A window whose
// console complained does not close in peace: the test that used it fails.
import { access } from 'node:fs/promises';
import { chromium, type Browser, type Locator, type Page } from 'playwright-core';
import { arabic, english, french, type PlaygroundPerson } from '../../src/playground/people.ts';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

export const speakers = { ar: arabic, fr: french, en: english } as const;
export type Speaker = keyof typeof speakers;

/** What a card of 500 DA costs whoever speaks the language: the owner, the agent, the customer. */
export const paysFor500: Readonly<Record<Speaker, RegExp>> = {
  ar: /490/u,
  fr: /495/u,
  en: /^\s*500\sDA\s*$/u,
};

/** Where a Chromium is, if there is one. */
export async function findChromium(): Promise<string | undefined> {
  const places = [process.env['CHROMIUM'], ...PLACES].filter((place) => place !== undefined);
  for (const place of places) {
    const isThere = await access(place).then(
      () => true,
      () => false,
    );
    if (isThere) return place;
  }
  return undefined;
}

/** Starts a browser that keeps to itself: no look-ups, no updates. */
export async function openBrowser(): Promise<Browser> {
  const executablePath = await findChromium();
  if (executablePath === undefined)
    throw new Error('No Chromium here: apt-get install chromium, or name one in CHROMIUM.');
  const quiet = ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'];
  return chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-component-update', '--disable-sync', ...quiet],
  });
}

export interface Window {
  readonly page: Page;
  readonly field: Locator;
  /** Messages on the screen, newest last. */
  readonly messages: Locator;
  readonly toasts: Locator;
  /** The newest message of the bot. */
  readonly last: Locator;
  become(person: PlaygroundPerson): Promise<void>;
  openChat(chatId: number): Promise<void>;
  /** Presses START, where it stands. */
  start(): Promise<void>;
  /** Presses START unless the chat has begun already, and waits until the bot has said something in it. */
  meet(): Promise<void>;
  write(text: string): Promise<void>;
  /** Presses a button under the newest message that has one with such a text. */
  press(text: string | RegExp): Promise<void>;
  /** Waits for the newest message of the bot to say something. */
  sees(text: string | RegExp): Promise<void>;
  shot(name: string): Promise<void>;
  /** Closes it; rejects with whatever the console and the page's scripts complained of. */
  close(): Promise<void>;
}

export interface WindowOptions {
  readonly as?: PlaygroundPerson;
  readonly chat?: number;
  readonly width?: number;
  readonly dark?: boolean;
}

/** Opens a window of its own (cookies, clipboard and all) on the page. */
export async function openWindow(
  browser: Browser,
  url: string,
  options: WindowOptions = {},
): Promise<Window> {
  const { as, chat, width = 1280, dark = false } = options;
  const context = await browser.newContext({
    viewport: { width, height: width < 500 ? 844 : 800 },
    deviceScaleFactor: width < 500 ? 2 : 1,
    hasTouch: width < 500,
    colorScheme: dark ? 'dark' : 'light',
    timezoneId: 'Africa/Algiers',
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  // A line to the server that is cut is not the page's fault.
  const isLine = (address: string): boolean => address.endsWith('/events');
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type()) && !isLine(message.location().url))
      complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error.stack)));
  page.on('requestfailed', (request) => {
    if (!isLine(request.url())) complaints.push(`failed: ${request.url()}`);
  });
  const hash = as === undefined ? '' : `#as=${as.id}&chat=${chat ?? as.id}`;
  await page.goto(`${url}${hash}`);
  // The composer itself stands before the first picture has come.
  await page.locator('.composer .line, .composer .big').waitFor();

  const field = page.locator('.composer textarea');
  const messages = page.locator('.message');
  const last = page.locator('.message:not(.own)').last();
  const door = page.locator('.composer .big');
  return {
    page,
    field,
    messages,
    last,
    toasts: page.locator('.toast'),
    become: (person) => page.locator(`[data-person="${person.id}"]`).click(),
    openChat: (chatId) => page.locator(`[data-chat="${chatId}"]`).click(),
    start: () => door.click(),
    async meet() {
      if (await door.isVisible()) await door.click();
      await last.waitFor();
    },
    async write(text) {
      await field.fill(text);
      await field.press('Enter');
    },
    async press(text) {
      await page.locator('.key:not([aria-busy])').filter({ hasText: text }).last().click();
    },
    async sees(text) {
      await page.locator('.message:not(.own)').filter({ hasText: text }).last().waitFor();
    },
    async shot(name) {
      const folder = process.env['SCREENSHOTS'];
      if (folder === undefined) return;
      // At rest: nothing that shows itself under a pointer, and nobody typing any more.
      await page.mouse.move(width / 2, 2);
      await page.locator('.status.busy').waitFor({ state: 'detached' });
      await page.screenshot({ path: `${folder}/${name}.png` });
    },
    async close() {
      await context.close();
      if (complaints.length > 0) throw new Error(`The console complained:\n${complaints.join('\n')}`);
    },
  };
}
