// Two people in one group, each in a window of their own, and what neither may do to the other.
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Browser } from 'playwright-core';
import { english, french, guest } from '../../src/playground/people.ts';
import { openPlayground, type OpenPlayground } from './open-playground.ts';
import { openBrowser, openWindow, type Window } from './window.ts';

let play: OpenPlayground;
let browser: Browser;
let nadia: Window;
let sam: Window;
let group: number;
beforeAll(async () => {
  [play, browser] = await Promise.all([openPlayground({ speed: 20 }), openBrowser()]);
  group = play.telegram.chats().find(({ kind }) => kind !== 'private')?.id ?? 0;
  nadia = await openWindow(browser, play.url, { as: french });
  sam = await openWindow(browser, play.url, { as: english });
  for (const window of [nadia, sam]) {
    await window.meet();
    await window.openChat(group);
  }
});
afterAll(async () => {
  try {
    await Promise.all([nadia.close(), sam.close()]);
  } finally {
    await browser.close();
    await play.close();
  }
});

it('sells to two people at once, and each sees both recharges but only the own code, in private', async () => {
  await Promise.all([nadia.write('/topup 036120001 500'), sam.write('/topup 036120002 1000')]);
  const pay = (window: Window, amount: RegExp) =>
    window.page.locator('.key.success').filter({ hasText: amount });
  await Promise.all([pay(nadia, /500/u).waitFor(), pay(sam, /000/u).waitFor()]);
  await nadia.shot('group-1280-two-orders');
  await Promise.all([pay(nadia, /500/u).click(), pay(sam, /000/u).click()]);
  for (const window of [nadia, sam]) {
    await window.sees(/✅.*rechargée\./u);
    await window.sees(/✅.*recharged\./u);
  }
  const codes = play.provider.orders().map(({ cardCode }) => cardCode);
  expect(codes).toHaveLength(2);
  for (const window of [nadia, sam]) {
    const text = await window.page.locator('#chat').innerText();
    for (const code of codes) expect(text).not.toContain(code);
    // Nor what the one pays or has left: 495 of 5 000 DA.
    expect(text).not.toMatch(/49[05]|Solde|Balance|4.505/u);
  }
  await nadia.page.locator('.key').filter({ hasText: 'Ouvrir le code' }).last().click();
  await nadia.page.locator('.spoiler').last().waitFor();
  expect(new URL(nadia.page.url()).hash).toContain(`chat=${french.id}`);
  await nadia.openChat(group);
});

it('turns away somebody who presses the button of another', async () => {
  await sam.write('/topup 036120003 500');
  const button = nadia.page.locator('.key.success').last();
  await button.click();
  await nadia.page.locator('.toast, .alert').filter({ hasText: '⛔' }).waitFor();
  expect(play.provider.orders().filter(({ number }) => number === '036120003')).toEqual([]);
  await nadia.page
    .locator('.alert button')
    .click({ timeout: 500 })
    .catch(() => undefined);
});

it('shows an ephemeral message to its receiver only', async () => {
  play.telegram.addBot(group, 'administrator');
  await play.call('sendMessage', {
    chat_id: group,
    text: 'pour Nadia',
    ephemeral_message_parameters: { receiver_user_id: french.id },
  });
  await play.call('sendMessage', { chat_id: group, text: 'pour tous' });
  for (const window of [nadia, sam]) await window.sees('pour tous');
  expect(await nadia.page.getByText('pour Nadia').count()).toBe(1);
  expect(await nadia.page.getByText('Vous seul voyez ce message').count()).toBe(1);
  expect(await sam.page.getByText('pour Nadia').count()).toBe(0);
});

it('hides a question about one’s balance, and its answer, from the others', async () => {
  await nadia.write('/balance');
  await nadia.sees('Solde :');
  await play.call('sendMessage', { chat_id: group, text: 'pour tout le monde' });
  await sam.sees('pour tout le monde');
  expect(await nadia.page.getByText('/balance', { exact: true }).count()).toBe(1);
  expect(await sam.page.getByText('/balance', { exact: true }).count()).toBe(0);
  expect(await sam.page.getByText('Solde :').count()).toBe(0);
});

it('tells a stranger kindly that this shop is not theirs', async () => {
  await sam.become(guest);
  await sam.start();
  await sam.sees(String(guest.id));
  await sam.become(english);
});
