// A purchase in each language to each outcome, made with nothing but the page: the chat on one side, the provider's
// panel on the other.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Browser, Locator } from 'playwright-core';
import { deposit, WALLETS } from '../../src/playground/opening.ts';
import type { NextKind } from '../../src/playground/web/outcomes.ts';
import { clearClipboard, readClipboard } from './in-page.ts';
import { openPlayground, type OpenPlayground } from './open-playground.ts';
import { openBrowser, openWindow, paysFor500, speakers, type Speaker, type Window } from './window.ts';

const DONE = /✅/u;
const BACK = /↩️/u;
const SAID = {
  ar: {
    delivered: 'تم الشحن',
    back: 'وأُعيد',
    finish: 'شحن',
    refund: 'إعادة المبلغ',
  },
  fr: {
    delivered: 'rechargée.',
    back: 'n’a pas abouti',
    finish: 'Livrer',
    refund: 'Rembourser',
  },
  en: {
    delivered: 'recharged.',
    back: 'not recharged',
    finish: 'Deliver',
    refund: 'Refund',
  },
} as const;

/** What is chosen for the order, what the card shows meanwhile, and how the order ends. */
const outcomes: readonly {
  readonly next: NextKind;
  readonly meanwhile?: RegExp;
  readonly byHand?: 'finish' | 'refund';
  readonly end: 'delivered' | 'back';
}[] = [
  { next: 'delivered', end: 'delivered' },
  { next: 'refunded', end: 'back' },
  { next: 'stuck', meanwhile: /⏳/u, byHand: 'refund', end: 'back' },
  { next: 'never-answers', end: 'delivered' },
  { next: 'answer-lost', end: 'delivered' },
  { next: 'error-500', end: 'delivered' },
  { next: 'error-500-accepted', end: 'delivered' },
  { next: 'throttled', end: 'delivered' },
  { next: 'unknown-word', meanwhile: /⏳|🔎/u, byHand: 'finish', end: 'delivered' },
  { next: 'out-of-stock', end: 'back' },
  { next: 'no-balance', end: 'back' },
];

/** The bot's clock runs so many times faster; slower, nobody would wait for its schedule, faster, its own deadlines are missed. */
const SPEED = 20;
const LONGEST_MS = 120_000;

let play: OpenPlayground;
let browser: Browser;
beforeAll(async () => {
  [play, browser] = await Promise.all([openPlayground({ speed: SPEED }), openBrowser()]);
  play.provider.setBalance(100_000);
  for (const { person } of WALLETS) await deposit(play.telegram, person.id, 20_000);
});
afterAll(async () => {
  await browser.close();
  await play.close();
});

const cardOf = (window: Window, number: string): Locator => {
  const grouped = number.replace(/^(\d{3})(\d\d)(\d\d)(\d\d)$/u, '$1 $2 $3 $4');
  // By its own text: the announcement of its end quotes it.
  const text = window.page.locator('.text').filter({ hasText: grouped });
  return window.page.locator('.message:not(.own)').filter({ has: text }).last();
};

describe.each(['ar', 'fr', 'en'] as const)('a purchase in %s', (language: Speaker) => {
  let window: Window;
  let count = 0;
  const words = SAID[language];
  beforeAll(async () => {
    window = await openWindow(browser, play.url, { as: speakers[language] });
    await window.meet();
    await window.page.locator('#shop .pair input').fill('0.5');
  });
  afterAll(() => window.close());

  /** Sets what becomes of the next order and places it, for a line of its own. */
  async function order(next: NextKind): Promise<{ card: Locator; row: Locator; number: string }> {
    const chooser = window.page.locator('#shop select').nth(1);
    await chooser.selectOption(next);
    await window.page.locator('#shop select.set').waitFor();
    count += 1;
    const number = `0361${{ ar: '1', fr: '2', en: '3' }[language]}${String(count).padStart(4, '0')}`;
    await window.write(number);
    await window.press(paysFor500[language]);
    await window.page.locator('.key.success').last().click();
    const card = cardOf(window, number);
    return { card, row: window.page.locator('[data-order]').filter({ hasText: number }), number };
  }

  it('waits with a queued order that somebody then delivers at the provider', async () => {
    const { card, row } = await order('queued');
    await card.locator('.text').filter({ hasText: /🕒/u }).waitFor();
    await window.shot(`${language}-1280-queued`);
    await row.getByRole('button', { name: words.finish, exact: true }).click();
    await row.filter({ hasText: 'FULFILLED' }).waitFor();
    await window.toasts.first().waitFor();
  });

  it.each(outcomes)(
    'ends $end when the next order is set to $next',
    async ({ next, meanwhile, byHand, end }) => {
      const { card, row, number } = await order(next);
      if (meanwhile !== undefined) await card.locator('.text').filter({ hasText: meanwhile }).waitFor();
      if (byHand !== undefined) await row.getByRole('button', { name: words[byHand], exact: true }).click();
      await card
        .locator('.text')
        .filter({ hasText: end === 'delivered' ? DONE : BACK })
        .filter({ hasText: words[end] })
        .waitFor({ timeout: 40_000 });
      expect(await window.page.locator('#shop select').nth(1).inputValue()).toBe('');
      const accepted = play.provider.orders().filter((one) => one.number === number);
      expect(accepted.map(({ status }) => status)).toEqual(
        next === 'out-of-stock' || next === 'no-balance'
          ? []
          : [end === 'delivered' ? 'FULFILLED' : 'REFUNDED'],
      );
      if (next === 'delivered') await window.shot(`${language}-1280-delivered`);
    },
  );

  it('hides the card code until it is tapped, and copies it', async () => {
    const { card, number } = await order('delivered');
    await card.locator('.text').filter({ hasText: DONE }).waitFor();
    const code = play.provider.orders().find((one) => one.number === number)?.cardCode ?? '-';
    const hidden = card.locator('.spoiler');
    expect(await hidden.getByText(code).isVisible()).toBe(false);
    await hidden.click();
    await card.getByText(code).click();
    await window.toasts.first().waitFor();
    expect(await window.page.evaluate(readClipboard)).toBe(code);
    await window.page.evaluate(clearClipboard);
    await card.locator('.key').first().click();
    await expect.poll(() => window.page.evaluate(readClipboard)).toBe(code);
  });
});

// The bot asks about a queued order every half hour of its own clock: the other purchases have used up most of it.
it('tells the end of a queued order when the bot next asks about it', { timeout: LONGEST_MS }, async () => {
  const window = await openWindow(browser, play.url, { as: speakers.ar });
  await cardOf(window, '036110001')
    .locator('.text')
    .filter({ hasText: DONE })
    .waitFor({ timeout: LONGEST_MS - 10_000 });
  await window.close();
});
