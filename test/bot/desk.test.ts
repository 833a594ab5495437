// What the steps of a purchase do outside their script, where the whole purchase does not show it.

import { beforeEach, describe, expect, it } from 'vitest';
import { ProviderFault } from '../../src/app/ports.ts';
import { dinars } from '../../src/domain/money.ts';
import { line, ref } from '../domain/an-order.ts';
import { letIn } from './group-people.ts';
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

const NADIA = 501;
const SAM = 502;
const KARIM = 503;

describe('while sales rest', () => {
  beforeEach(() => letIn(counter, { id: NADIA, name: 'Nadia', role: 'customer' }));
  const paused = '⚠️ The shop has paused its sales. Nothing was taken.\nThe shop says: Back at two';
  const asked = () => counter.shop.topups.calls.length;

  it.each(['036362608', '/topup 036362608', '/topup 036362608 1000'])(
    '%s is answered with that before the provider hears of it, and goes on from there afterwards',
    async (text) => {
      await counter.say('/pause Back at two');
      const before = asked();
      await counter.say(text, NADIA);
      expect(counter.text(NADIA)).toBe(paused);
      expect(counter.labels(NADIA)).toEqual(['[Check again]', '[Cancel]']);
      expect(asked()).toBe(before);
      await counter.press('Check again', NADIA);
      expect(counter.text(NADIA)).toBe(paused);
      await counter.say('/resume');
      await counter.press('Check again', NADIA);
      expect(counter.text(NADIA)).toContain(text.endsWith('1000') ? 'You pay: 1 000 DA' : 'Line found');
    },
  );

  it('every step of a purchase that was begun before says so', async () => {
    await counter.say('/topup', NADIA);
    await counter.say('/pause Back at two');
    await counter.press('ADSL / Fibre', NADIA);
    expect(counter.text(NADIA)).toBe(paused);
    await counter.say('036362608', NADIA);
    expect(counter.text(NADIA)).toBe(paused);
    await counter.say('/resume');
    await counter.press('Check again', NADIA);
    await counter.press('1 000 DA', NADIA);
    await counter.say('/pause Back at two');
    const before = asked();
    await counter.press('Other amount', NADIA);
    expect(counter.text(NADIA)).toBe(paused);
    expect(asked()).toBe(before);
    await counter.press('Cancel', NADIA);
    expect(counter.text(NADIA)).toBe('Cancelled. Nothing was taken.');
  });

  it('another number can be sent, and is answered with the same', async () => {
    await counter.say('/pause Back at two');
    await counter.say('036362608', NADIA);
    await counter.say('036362609', NADIA);
    expect(counter.text(NADIA)).toBe(paused);
    await counter.say('later', NADIA);
    expect(counter.text(NADIA)).toBe(paused);
    await counter.say('/resume');
    await counter.press('Check again', NADIA);
    expect(counter.text(NADIA)).toContain('036 36 26 09');
  });
});

describe('a price below cost', () => {
  beforeEach(() => letIn(counter, { id: KARIM, name: 'Karim', role: 'agent' }));
  const unsold = '⚠️ These recharges are not sold at the moment. Nothing was taken. The shop has been told.';

  it('on everything is neither called a lack of stock nor explained', async () => {
    await counter.cases.house.setRule(OWNER, 'agent', { kind: 'percent', hundredths: -500 });
    await counter.say('036362608', KARIM);
    expect(counter.text(KARIM)).toContain(unsold);
    await counter.say('/topup 036362608 1000', KARIM);
    expect(counter.text(KARIM)).toBe(`Line found: 036 36 26 08\n${unsold}`);
    expect(counter.labels(KARIM)).toEqual(['[Check again]', '[Other number] [Cancel]']);
    expect(counter.shop.unsold()).toContainEqual(expect.objectContaining({ role: 'agent', own: null }));
  });

  it('on one amount says that this one is not sold', async () => {
    const [first, ...others] = counter.shop.topups.offersInStock;
    if (first === undefined) throw new Error('nothing is in stock');
    counter.shop.topups.offersInStock = [{ ...first, cost: dinars(520) }, ...others];
    await counter.say('/topup 036362608 500', KARIM);
    expect(counter.text(KARIM)).toContain('⚠️ This amount is not sold at the moment. Nothing was taken.');
    expect(counter.labels(KARIM).join()).toContain('[1 000 DA]');
    expect(counter.shop.unsold()).toEqual([]);
  });

  it('that comes between the confirmation and the payment takes nothing', async () => {
    await counter.say('/topup 036362608 1000', KARIM);
    await counter.cases.house.setRule(OWNER, 'agent', { kind: 'percent', hundredths: -500 });
    await counter.press('Pay 1 000 DA', KARIM);
    expect(counter.text(KARIM)).toBe(`Line found: 036 36 26 08\n${unsold}`);
    expect(counter.shop.store.all()).toEqual([]);
  });
});

it('somebody else’s order of the same recharge is not named, one’s own is', async () => {
  for (const [id, name] of [[NADIA, 'Nadia'] as const, [SAM, 'Sam'] as const])
    await letIn(counter, { id, name, role: 'customer' });
  for (const person of [NADIA, SAM, NADIA]) {
    await counter.say('/topup 036362608 1000', person);
    await counter.press('Pay 1 000 DA', person);
  }
  expect(counter.text(SAM)).toContain('The same recharge for this line was ordered a moment ago.');
  expect(counter.text(SAM)).not.toMatch(/1042|Order no/);
  expect(counter.text(NADIA)).toContain('Order no. 1042');
  await counter.press('Yes, pay', SAM);
  expect(counter.shop.store.all().map(({ buyer }) => buyer)).toEqual([NADIA, SAM]);
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
