// The provider's strings: what somebody sets in the panel is what the bot and its buyers meet.
import { expect, it } from 'vitest';
import { arabic, english } from '../../src/playground/people.ts';
import { oneWindow, type OneWindow } from './one-window.ts';
import { paysFor500 } from './window.ts';

let play: OneWindow['play'];
let window: OneWindow['window'];
oneWindow(english, (here) => ({ play, window } = here));

const shop = () => window.page.locator('#shop');

it('shows both sides of a call without the key, and leaves an open one open while it ends', async () => {
  play.provider.faultNext({ path: '/validate', fault: { kind: 'hang', ms: 1500 } });
  const answered = fetch(`${play.provider.url}/validate`, {
    headers: { 'x-access-token': play.provider.key },
  });
  const pending = shop()
    .locator('.call')
    .filter({ has: window.page.locator('.pending') });
  const call = shop().locator(`[data-call="${await pending.getAttribute('data-call')}"]`);
  await call.locator('summary').click();
  expect(await call.locator('.request').innerText()).toContain('GET /v3/validate\nX-Access-Token: pk-…');
  expect(await call.locator('.answer').innerText()).toContain('waiting');
  await answered;
  await call.locator('.status.good').waitFor();
  expect(await call.locator('.answer').innerText()).toMatch(/HTTP 200[^]*"key": "pk-…"/u);
  await call.locator('pre').last().scrollIntoViewIfNeeded();
  await window.shot('en-1280-call');
});

it('charges the shop what the stock card says, and the customer what the shop asks', async () => {
  await shop().locator('details.card > summary').click();
  await shop().getByLabel('Price, DA: ADSL 500', { exact: true }).fill('455');
  await shop().getByLabel('Price, DA: ADSL 500', { exact: true }).press('Enter');
  await shop().getByLabel('In stock: ADSL 1000', { exact: true }).uncheck();
  // The bot keeps a price list for a while.
  const amounts = expect.poll(async () => (await offer()).join(), { timeout: 30_000, interval: 1_000 });
  await amounts.not.toMatch(/1.?000/u);
  const before = play.provider.balance();
  await window.press(paysFor500.en);
  await window.page.locator('.key.success').last().click();
  await shop().locator('[data-order]').filter({ hasText: '036150001' }).waitFor();
  expect(play.provider.balance()).toBe(before - 455);
  expect(await window.messages.allInnerTexts()).not.toContainEqual(expect.stringContaining('455'));
});

/** The amounts the bot offers for a line, asked anew. */
async function offer(): Promise<string[]> {
  const before = await window.messages.count();
  await window.write('036150001');
  await window.messages.nth(before + 1).waitFor();
  return window.last.locator('.key').allInnerTexts();
}

it('lets the provider fall silent and come back', async () => {
  await shop().getByLabel('It answers').selectOption('on');
  await window.write('036150002');
  await window.sees('⚠️');
  await shop().locator('.call .status.bad').filter({ hasText: '503' }).first().waitFor();
  await shop().getByLabel('It answers').selectOption('off');
  await expect.poll(async () => (await offer()).length, { timeout: 30_000 }).toBeGreaterThan(2);
});

it('says in the language of the person what a line to try does, and writes its number', async () => {
  await window.become(arabic);
  await shop().locator('.lines-to-try > summary').click();
  const line = shop().locator('.lines-to-try li').filter({ hasText: '036000001' });
  expect(await line.innerText()).toContain('يُشحن فورا');
  await window.meet();
  await line.getByRole('button').click();
  expect(await window.field.inputValue()).toBe('036000001');
});

it('really restarts the bot, which then goes on', async () => {
  await shop().getByRole('button', { name: 'Restart', exact: true }).click();
  await shop().locator('.state.starting').waitFor();
  await shop().locator('.state.running').waitFor();
  await window.write('/help');
  await window.sees('/status');
});
