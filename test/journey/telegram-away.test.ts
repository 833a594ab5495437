// Telegram is away, refuses, or the person cannot be reached: the order goes on, and its message catches up.

import { describe, expect, it } from 'vitest';
import type { Fault } from '../../src/playground/telegram/stand-in.ts';
import { booksAddUp } from './closing.ts';
import { buy, quote } from './purchase.ts';
import { dayForAll, MINUTE, type ShopDay } from './shop-day.ts';

let day: ShopDay;
dayForAll((opened) => (day = opened), { between: 15 * MINUTE });

const finished = (number: string): Promise<unknown> =>
  day.provider.until(() => day.accepted(number).at(-1)?.status === 'FULFILLED');

it('an outage during an order: it goes through, and its message catches up', async () => {
  const card = await quote(day.owner, '036362608', 500);
  await day.owner.press('✅', card);
  await day.owner.sees('Order no.');
  await day.caughtUp();
  day.telegram.outage(true);
  await finished('036362608');
  await day.leap(10 * MINUTE);
  expect(day.owner.saw(': recharged.')).toBe(false);
  day.telegram.outage(false);
  await day.leapUntil(() => day.owner.saw(': recharged.'), MINUTE);
  expect((await day.owner.sees(': recharged.')).text).toContain(day.accepted('036362608')[0]?.cardCode);
  expect(day.accepted('036362608')).toHaveLength(1);
});

describe.each<[string, Fault]>([
  [
    '429 with a short wait',
    { kind: 'status', code: 429, description: 'Too Many Requests: retry after 3', retryAfter: 3 },
  ],
  [
    '429 with a long wait',
    { kind: 'status', code: 429, description: 'Too Many Requests: retry after 90', retryAfter: 90 },
  ],
  ['500', { kind: 'status', code: 500, description: 'Internal Server Error' }],
  ['a proxy page', { kind: 'html', status: 502 }],
  ['a connection cut before', { kind: 'drop-before' }],
  ['a connection cut after', { kind: 'drop-after' }],
])('Telegram answers every edit with %s', (_, fault) => {
  it('the order is sold all the same and its message tells the end', async () => {
    const card = await quote(day.owner, '036000001', 1000);
    const stop = day.telegram.faultNext({ method: 'editMessageText', times: 3, fault });
    const before = day.accepted('036000001').length;
    await day.owner.press('✅', card);
    await day.provider.until(() => day.accepted('036000001').length === before + 1);
    await day.leapUntil(() => day.owner.saw(': recharged.'), MINUTE);
    stop();
    expect(day.accepted('036000001')).toHaveLength(before + 1);
    expect((await day.owner.sees(': recharged.')).id).toBe(card.id);
  });
});

it('the pressed button gets no answer through: the purchase is made once all the same', async () => {
  const card = await quote(day.owner, '213470000001', 500);
  day.telegram.faultNext({ method: 'answerCallbackQuery', fault: { kind: 'drop-before' } });
  void day.owner.press('✅', card);
  await day.owner.sees(': recharged.');
  expect(day.sends('213470000001')).toBe(1);
});

it('a person who blocked the bot sees the end as soon as he comes back', async () => {
  const no = await buy(day.owner, '036000020', 500);
  const card = await day.owner.sees('in progress');
  day.telegram.block(day.owner.id);
  day.provider.finish(day.accepted('036000020')[0]?.ref ?? '');
  await day.leap(5 * MINUTE);
  await day.leap(5 * MINUTE);
  day.owner.looksAway();
  day.telegram.unblock(day.owner.id);
  const done = await day.owner.sees(`✅ Order no. ${no}: recharged.`);
  expect(done.id === card.id || done.replyTo === card.id).toBe(true);
  const shown = day.telegram.messages(day.owner.id).find(({ id }) => id === card.id);
  expect(shown?.text).toContain(day.accepted('036000020')[0]?.cardCode);
});

it('an alert to an owner that Telegram did not take is told later', async () => {
  const fault: Fault = { kind: 'status', code: 500, description: 'Internal Server Error' };
  day.telegram.faultNext({ method: 'sendMessage', chatId: day.patronne.id, fault });
  day.provider.nextSend({ kind: 'refused', code: 'NO_BALANCE', status: 403 });
  day.patronne.looksAway();
  const no = await buy(day.owner, '029000000', 500);
  await day.owner.sees('the shop’s credit does not cover it');
  await day.leapUntil(() => day.patronne.saw(no), MINUTE, 20);
});

it('a deleted order message is replaced by a new one', async () => {
  const no = await buy(day.owner, '036000020', 1000);
  const card = await day.owner.sees('in progress');
  day.telegram.deleteMessage(day.owner.chatId, card.id);
  day.provider.finish(day.accepted('036000020').at(-1)?.ref ?? '');
  await day.leapUntil(() => day.owner.saw('Card code:'), MINUTE / 6);
  const done = await day.owner.sees('Card code:');
  expect(done.id).toBeGreaterThan(card.id);
  expect(done.text).toContain(`Order no. ${no}`);
});

it('a deleted prompt is no reason to stop: the next answer draws a new one', async () => {
  day.owner.say('036362608');
  const values = await day.owner.sees('Choose the amount.');
  day.telegram.deleteMessage(day.owner.chatId, values.id);
  day.owner.say('2000');
  const card = await day.owner.sees('Check, then pay.');
  day.telegram.deleteMessage(day.owner.chatId, card.id);
  const pay = card.keyboard[0]?.[0]?.callback_data ?? '';
  await day.telegram.pressStale(day.owner.id, day.owner.chatId, card.id, pay);
  await day.owner.sees(': recharged.');
});

it('an account that is gone keeps nobody else waiting, and its order ends in the books', async () => {
  const no = await buy(day.patronne, '213470000020', 500);
  await day.patronne.sees(' : en cours');
  day.telegram.deactivate(day.patronne.id);
  day.provider.finish(day.accepted('213470000020')[0]?.ref ?? '');
  await buy(day.owner, '031417237', 500);
  await day.owner.sees(': recharged.');
  await day.leap(MINUTE);
  day.owner.say(`/status ${no}`);
  await day.owner.sees(`✅ Order no. ${no}: recharged.`);
});

booksAddUp(() => day);
