// The page of the playground in a real browser: from `npm start` without a bot token until somebody can use it, from a
// call of the Bot API to its pixels, and what the page weighs.

import { spawn } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { english } from '../../src/playground/people.ts';
import { inPage, watchPixels } from '../browser/in-page.ts';
import { openPlayground } from '../browser/open-playground.ts';
import { weigh } from '../browser/weight.ts';
import { findChromium, openBrowser, openWindow } from '../browser/window.ts';
import { fixed, median, quantile, type Figure, type Row } from './figure.ts';
import { makeFolder, removeFolder } from './shop.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const RUNS = 5;
const START_TARGET_MS = 3_000;
const MESSAGES = 60;
const PIXELS_TARGET_MS = 100;
const WEIGHT_TARGET_KB = 500;

/** One `npm start`: ms until START can be pressed and the bot is up. The browser is open already, as a person's is. */
async function start(browser: Browser): Promise<number> {
  const folder = await makeFolder();
  await mkdir(join(folder, 'tmp'));
  const began = performance.now();
  const npm = spawn('npm', ['start', '--prefix', ROOT], {
    cwd: folder,
    // Empty, so that no .env makes it the real bot.
    env: { PATH: process.env['PATH'] ?? '', HOME: folder, TMPDIR: join(folder, 'tmp'), BOT_TOKEN: '' },
    stdio: ['pipe', 'pipe', 'inherit'],
    // A group of its own, so that what npm starts ends with it.
    detached: true,
  });
  const ended = new Promise((resolve) => npm.once('close', resolve));
  const page = await browser.newPage();
  try {
    await page.goto(await urlIn(npm.stdout, ended));
    await page.locator('.composer .big').click({ trial: true });
    await page.locator('#shop .state.running').waitFor();
    return performance.now() - began;
  } finally {
    await page.close();
    if (npm.pid !== undefined) process.kill(-npm.pid, 'SIGTERM');
    await ended;
    await removeFolder(folder);
  }
}

/** The address that the output names. */
function urlIn(output: NodeJS.ReadableStream, ended: Promise<unknown>): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    output.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      const url = /http:\/\/127\.0\.0\.1:\d+\//u.exec(text)?.[0];
      if (url !== undefined) resolve(url);
    });
    void ended.then(() => reject(new Error(`npm start ended without an address: ${text}`)));
  });
}

async function starts(browser: Browser): Promise<readonly number[]> {
  const took: number[] = [];
  for (let i = 0; i < RUNS; i += 1) took.push(await start(browser));
  return took;
}

/** Ms from the stand-in's acceptance of each message to the frame that shows it. */
async function pixels(browser: Browser): Promise<readonly number[]> {
  const playground = await openPlayground({ withoutBot: true });
  try {
    const window = await openWindow(browser, playground.url, { as: english });
    await window.start();
    await window.messages.first().waitFor();
    await window.page.evaluate(inPage(watchPixels));
    for (let i = 1; i <= MESSAGES; i += 1) {
      await playground.call('sendMessage', { chat_id: english.id, text: `Message ${i}.` });
      await window.sees(`Message ${i}.`);
    }
    const waits = await window.page.evaluate<number[]>('waits');
    await window.close();
    return waits;
  } finally {
    await playground.close();
  }
}

async function weight(browser: Browser): Promise<{ bytes: number; files: number }> {
  const playground = await openPlayground({ withoutBot: true });
  try {
    const { bytes, addresses } = await weigh(browser, playground.url);
    return { bytes, files: addresses.length };
  } finally {
    await playground.close();
  }
}

const row = (what: string, value: number, target: number, show: (value: number) => string): Row => ({
  what,
  ours: show(value),
  against: show(target),
  ratio: fixed(value / target, 2),
  target: '≤ 1',
  met: value <= target,
});

const seconds = (ms: number): string => `${fixed(ms / 1_000, 2)} s`;
const millis = (ms: number): string => `${fixed(ms, 0)} ms`;
const kilobytes = (kb: number): string => `${fixed(kb, 0)} kB`;

async function measurePage(browser: Browser): ReturnType<Figure['measure']> {
  const took = await starts(browser);
  const waits = await pixels(browser);
  const { bytes, files } = await weight(browser);
  return {
    rows: [
      row('`npm start` to the page usable', median(took), START_TARGET_MS, seconds),
      row('Bot API call to pixels on the page', median(waits), PIXELS_TARGET_MS, millis),
      row('page weight, fonts included', bytes / 1_000, WEIGHT_TARGET_KB, kilobytes),
    ],
    notes: [
      `median of ${RUNS} starts with npm's own, ${seconds(quantile(took, 0))}–${seconds(quantile(took, 1))}; median of ${waits.length} messages, 95 of 100 within ${millis(quantile(waits, 0.95))}; ${files} files, uncompressed; Chromium without a screen.`,
    ],
  };
}

export const page: Figure = {
  name: 'page',
  measure: async () => {
    if ((await findChromium()) === undefined)
      return {
        rows: [],
        notes: ['not measured: no Chromium here (apt-get install chromium, or CHROMIUM=…).'],
      };
    const browser = await openBrowser();
    try {
      return await measurePage(browser);
    } finally {
      await browser.close();
    }
  },
};
