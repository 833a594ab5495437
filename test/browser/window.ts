// A browser window on the page, as one of its people, with the gestures the tests are told in. Whatever the console
// complains of is kept, and a test that leaves complaints behind fails.
import { access } from 'node:fs/promises';
import { chromium, type Browser, type Locator, type Page } from 'playwright-core';
import { arabic, english, french, people, type PlaygroundPerson } from '../../src/playground/people.ts';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

export const speakers = { ar: arabic, fr: french, en: english } as const;
export type Speaker = keyof typeof speakers;

const strangers = people.filter(({ isOwner }) => !isOwner);

/** Somebody with no business in the shop. */
export function stranger(): PlaygroundPerson {
  const [found] = strangers;
  if (found === undefined) throw new Error('The playground has no stranger.');
  return found;
}

async function findChromium(): Promise<string> {
  for (const place of [process.env['CHROMIUM'], ...PLACES]) {
    if (
      place !== undefined &&
      (await access(place).then(
        () => true,
        () => false,
      ))
    )
      return place;
  }
  throw new Error('No Chromium here: apt-get install chromium, or name one in CHROMIUM.');
}

/** Starts a browser that keeps to itself: no look-ups, no updates. */
export async function openBrowser(): Promise<Browser> {
  const quiet = ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'];
  return chromium.launch({
    executablePath: await findChromium(),
    args: ['--no-sandbox', '--disable-component-update', '--disable-sync', ...quiet],
  });
}

export interface Window {
  readonly page: Page;
  /** What the console and the page's scripts complained of. */
  readonly complaints: readonly string[];
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
  write(text: string): Promise<void>;
  /** Presses a button under the newest message that has one with such a text. */
  press(text: string | RegExp): Promise<void>;
  /** Waits for the newest message of the bot to say something. */
  sees(text: string | RegExp): Promise<void>;
  shot(name: string): Promise<void>;
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
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error.stack)));
  page.on('requestfailed', (request) => {
    if (!request.url().endsWith('/events')) complaints.push(`failed: ${request.url()}`);
  });
  const hash = as === undefined ? '' : `#as=${as.id}&chat=${chat ?? as.id}`;
  await page.goto(`${url}${hash}`);
  await page.locator('.composer').waitFor();

  const field = page.locator('.composer textarea');
  const messages = page.locator('.message');
  const last = page.locator('.message:not(.own)').last();
  return {
    page,
    complaints,
    field,
    messages,
    last,
    toasts: page.locator('.toast'),
    become: (person) => page.locator(`[data-person="${person.id}"]`).click(),
    openChat: (chatId) => page.locator(`[data-chat="${chatId}"]`).click(),
    start: () => page.locator('.composer .big').click(),
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
      if (folder !== undefined) await page.screenshot({ path: `${folder}/${name}.png` });
    },
    close: () => context.close(),
  };
}
