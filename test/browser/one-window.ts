// What the tests of a file share when each of them is told in one window: a playground for all of them, and before each a
// fresh window of somebody who has met the bot.
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import type { Browser } from 'playwright-core';
import type { PlaygroundPerson } from '../../src/playground/people.ts';
import { openPlayground, type OpenPlayground } from './open-playground.ts';
import { openBrowser, openWindow, type Window } from './window.ts';

export interface OneWindow {
  readonly play: OpenPlayground;
  readonly browser: Browser;
  readonly window: Window;
}

/** Sets it up; the bot's clock runs twenty times faster. */
export function oneWindow(as: PlaygroundPerson, use: (here: OneWindow) => void): void {
  let play: OpenPlayground;
  let browser: Browser;
  let window: Window;
  beforeAll(async () => {
    [play, browser] = await Promise.all([openPlayground({ speed: 20 }), openBrowser()]);
  });
  beforeEach(async () => {
    window = await openWindow(browser, play.url, { as });
    await window.meet();
    use({ play, browser, window });
  });
  afterEach(() => window.close());
  afterAll(async () => {
    await browser.close();
    await play.close();
  });
}
