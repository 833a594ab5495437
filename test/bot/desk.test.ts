// What the steps of a purchase do outside their script, where the whole purchase does not show it.

import { describe, expect, it } from 'vitest';
import { ProviderFault } from '../../src/app/ports.ts';
import { line, ref } from '../domain/an-order.ts';
import { COLLEAGUE, counterForEach, OWNER, type Counter } from './open-counter.ts';

let counter: Counter;
counterForEach((opened) => (counter = opened));

describe('the first screen', () => {
  it('offers three lines at the most, newest first, each once, and only the person’s own', async () => {
    const lines = ['036000001', '036000002', '036000001', '036000003', '036000004'];
    for (const number of lines) {
      await counter.shop.buy({ line: line(number) });
      counter.shop.clock.pass(1_000);
    }
    await counter.shop.buy({ line: line('036000009'), buyer: COLLEAGUE });
    await counter.say('/topup');
    expect(counter.labels().slice(1, -1)).toEqual([
      '[036 00 00 04 · ADSL]',
      '[036 00 00 03 · ADSL]',
      '[036 00 00 01 · ADSL]',
    ]);
  });

  it('offers no lines where others read along', async () => {
    await counter.shop.buy();
    const group = counter.addGroup({ title: 'Counter', memberIds: [OWNER] });
    await counter.say('/topup', OWNER, group);
    expect(counter.labels(group)).toEqual(['[ADSL / Fibre] [4G LTE]', '[Cancel]']);
  });

  it('is there while the provider is only busy', async () => {
    counter.shop.topups.before = (call) =>
      call === 'offers' ? Promise.reject(new ProviderFault('throttled', 'offers')) : Promise.resolve();
    await counter.say('/topup');
    expect(counter.text()).toBe('What would you like to recharge?');
  });

  it('says so when the provider is away', async () => {
    counter.shop.topups.down = new Set(['offers']);
    await counter.say('/topup');
    expect(counter.text()).toContain('not available right now');
  });
});

describe('a slow call', () => {
  it('ends the spinner before it begins, and shows typing', async () => {
    await counter.say('036362608');
    let answeredBefore = false;
    counter.shop.topups.before = (call) => {
      if (call === 'balance')
        answeredBefore = counter.telegram.calls.some(({ method }) => method === 'answerCallbackQuery');
      return Promise.resolve();
    };
    await counter.press('1 000 DA');
    expect(answeredBefore).toBe(true);
    expect(counter.telegram.calls.some(({ method }) => method === 'sendChatAction')).toBe(true);
  });
});

describe('a reference', () => {
  it('is drawn anew with every confirmation that is shown, and travels in its button', async () => {
    await counter.say('/topup 036362608 1000');
    const first = counter.last().keyboard[0]?.[0]?.callback_data;
    await counter.press('Other amount');
    await counter.press('1 000 DA');
    const second = counter.last().keyboard[0]?.[0]?.callback_data;
    expect(first).toMatch(/:p:t\d{7}$/);
    expect(second).not.toBe(first);
    const stale = counter.telegram.pressStale(OWNER, OWNER, counter.last().id, first ?? '');
    await counter.handle();
    await stale;
    expect(counter.shop.store.all()).toEqual([]);
  });

  it('of a purchase is the one on its button', async () => {
    await counter.say('/topup 036362608 1000');
    const name = counter.last().keyboard[0]?.[0]?.callback_data?.split(':').at(-1) ?? '';
    await counter.press('Pay');
    expect(counter.shop.store.all().map((order) => order.ref)).toEqual([ref(name)]);
  });
});

it('an order remembers where it was bought, and in which language', async () => {
  const group = counter.addGroup({ title: 'Counter', memberIds: [COLLEAGUE], isForum: true });
  const threadId = counter.telegram.addTopic(group, 'Recharges');
  counter.telegram.say(COLLEAGUE, group, '/topup 036362608 1000', { threadId });
  await counter.handle();
  const prompt = counter.last(group);
  await counter.press('Recharger', COLLEAGUE, group);
  expect(counter.shop.store.all()).toMatchObject([
    { buyer: COLLEAGUE, language: 'fr', message: { chatId: group, threadId, messageId: prompt.id } },
  ]);
});
