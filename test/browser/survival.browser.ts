// The bot is killed under an order, the page is reloaded, everything is started over: what is shown is always the truth.
import { expect, it } from 'vitest';
import { arabic, english } from '../../src/playground/people.ts';
import { startPlaygroundPage } from '../../src/playground/web/server.ts';
import { oneWindow, type OneWindow } from './one-window.ts';
import { openWindow, paysFor500, type Window } from './window.ts';

let play: OneWindow['play'];
let browser: OneWindow['browser'];
let window: OneWindow['window'];
oneWindow(arabic, (here) => ({ play, browser, window } = here));

const shop = (name: string) => window.page.locator('#shop').getByRole('button', { name, exact: true });
const state = () => window.page.locator('#shop .state');

async function orderWith(number: string, next: string): Promise<void> {
  await window.page.locator('#shop select').nth(1).selectOption(next);
  await window.page.locator('#shop select.set').waitFor();
  await window.write(number);
  await window.press(paysFor500.ar);
  await window.page.locator('.key.success').last().click();
  await window.page.locator('[data-order]').filter({ hasText: number }).waitFor();
}

it('delivers an order whose bot was killed in the middle, once', async () => {
  await orderWith('036130001', 'stuck');
  await shop('إيقاف مفاجئ').click();
  await state().filter({ hasText: 'متوقف' }).waitFor();
  await window.shot('ar-1280-killed');
  await window.page.locator('[data-order]').first().getByRole('button', { name: 'شحن', exact: true }).click();
  await window.page.locator('[data-order]').filter({ hasText: 'FULFILLED' }).waitFor();
  expect(await window.page.locator('.message').filter({ hasText: 'تم الشحن' }).count()).toBe(0);
  await shop('إعادة التشغيل').click();
  await state().filter({ hasText: 'يعمل' }).waitFor();
  await window.sees('تم الشحن');
  expect(play.provider.orders().filter(({ number }) => number === '036130001')).toHaveLength(1);
});

it('shows the same in a second window and after a reload', async () => {
  const second = await openWindow(browser, play.url, { as: arabic });
  const texts = (one: Window) => one.messages.allInnerTexts();
  await window.write('/balance');
  await window.sees('960');
  await expect.poll(() => texts(second)).toEqual(await texts(window));
  const before = await texts(second);
  await second.page.reload();
  await second.messages.nth(1).waitFor();
  expect(await texts(second)).toEqual(before);
  await window.page.locator('#shop input').first().fill('777');
  await window.page.locator('#shop input').first().press('Enter');
  await expect.poll(() => second.page.locator('#shop input').first().inputValue()).toBe('777');
  expect(play.provider.balance()).toBe(777);
  await second.close();
});

it('says that the line to the server is cut, and shows the truth once it is back', async () => {
  const first = await startPlaygroundPage(play);
  const port = Number(new URL(first.url).port);
  const second = await openWindow(browser, first.url, { as: arabic });
  await first.close();
  await second.page.locator('.status').filter({ hasText: 'إعادة الاتصال' }).waitFor();
  play.telegram.say(arabic.id, arabic.id, '/history');
  await play.telegram.until(() => play.telegram.lastBotMessage(arabic.id)?.text.includes('طلبات'));
  const again = await startPlaygroundPage({ ...play, port });
  await second.sees('آخر طلباتك');
  await second.close();
  await again.close();
});

it('forgets everything when somebody starts over, in every window', async () => {
  const second = await openWindow(browser, play.url, { as: english });
  await shop('البدء من الصفر').click();
  await window.page.locator('.alert').getByRole('button', { name: 'البدء من الصفر' }).click();
  await window.page.locator('.composer .big').waitFor();
  await second.page.locator('.composer .big').waitFor();
  await expect.poll(() => second.page.locator('[data-order]').count()).toBe(0);
  await expect.poll(() => play.bot.state(), { timeout: 20_000 }).toBe('running');
  await window.start();
  await window.write('/history');
  await window.sees('شحن');
  expect(await window.page.getByText('036 13 00 01').count()).toBe(0);
  await second.start();
  await second.write('/balance');
  await second.sees(/2.500/u);
  await second.close();
});
