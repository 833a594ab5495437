// The last look before money moves: what was quoted is read again, and no press counts twice.

import { describe, expect, it } from 'vitest';
import { dinars } from '../../src/domain/money.ts';
import { ref } from '../domain/an-order.ts';
import { counterForEach, OWNER, type Counter } from './open-counter.ts';

let counter: Counter;
counterForEach((opened) => (counter = opened));

const orders = () => counter.shop.store.all();

describe('at the confirmation', () => {
  it('too little balance says how much is missing and what fits', async () => {
    counter.shop.topups.balanceNow = dinars(600);
    await counter.say('/topup 036362608 1000');
    expect(counter.text()).toContain('You are 380 DA short');
    expect(counter.labels()[0]).toBe('[500 DA (490 DA)]');
  });

  it('a changed price asks again, with the new one', async () => {
    await counter.say('/topup 036362608 1000');
    counter.shop.topups.offersInStock = [{ value: dinars(1000), cost: dinars(985), available: true }];
    await counter.press('Pay 980 DA');
    expect(orders()).toEqual([]);
    expect(counter.text()).toContain('The price is now 985 DA. Nothing was taken.');
    await counter.press('Pay 985 DA');
    expect(orders()).toMatchObject([{ price: dinars(985) }]);
  });

  it('a value that has run out meanwhile shows the others', async () => {
    await counter.say('/topup 036362608 1000');
    counter.shop.topups.offersInStock = [{ value: dinars(500), cost: dinars(490), available: true }];
    await counter.press('Pay');
    expect(counter.text()).toContain('just run out. Nothing was taken.');
    expect(orders()).toEqual([]);
  });

  it('the same line and value again needs a second yes', async () => {
    await counter.shop.buy({ ref: ref('t9999999') });
    await counter.say('/topup 036362608 1000');
    await counter.press('Pay 980 DA');
    expect(counter.text()).toContain('recharges the same line with the same amount');
    expect(orders()).toHaveLength(1);
    await counter.press('Yes, pay 980 DA once more');
    expect(orders()).toHaveLength(2);
  });

  it('a full disk refuses before anything is sent', async () => {
    await counter.say('/topup 036362608 1000');
    counter.shop.store.fail(1);
    await counter.press('Pay');
    expect(counter.text()).toContain('could not be written down, so nothing was sent');
    await counter.press('Pay');
    expect(orders()).toHaveLength(1);
  });

  it('two taps on pay are one order, and nobody is scolded', async () => {
    await counter.say('/topup 036362608 1000');
    const { id, keyboard } = counter.last();
    const label = keyboard[0]?.[0]?.text ?? '';
    const taps = [1, 2].map(() => counter.telegram.press(OWNER, OWNER, id, label));
    await counter.handle();
    const answers = await Promise.all(taps);
    expect(orders()).toHaveLength(1);
    expect(answers.map(({ text }) => text)).toEqual([undefined, undefined]);
  });
});

describe('a "pay" that has been redrawn since', () => {
  it('draws no other confirmation, however often it is tapped, and the one on the screen can be paid', async () => {
    await counter.say('/topup 036362608 1000');
    const { id, keyboard } = counter.last();
    const old = keyboard[0]?.[0]?.callback_data ?? '';
    counter.shop.topups.offersInStock = [{ value: dinars(1000), cost: dinars(985), available: true }];
    await counter.press('Pay 980 DA');
    const redrawn = counter.last();
    for (let tap = 0; tap < 3; tap += 1) {
      const pressing = counter.telegram.pressStale(OWNER, OWNER, id, old);
      await counter.handle();
      expect(await pressing).toMatchObject({ answered: true });
    }
    expect(counter.last()).toEqual(redrawn);
    await counter.press('Pay 985 DA');
    expect(orders()).toMatchObject([{ price: dinars(985) }]);
  });
});

describe('the amount pressed twice', () => {
  const confirmations = (): number =>
    counter.telegram.calls.filter(
      ({ method, payload }) =>
        (method === 'editMessageText' || method === 'sendMessage') &&
        JSON.stringify(payload).includes('Check, then pay.'),
    ).length;
  /** What the button of an amount carries, and the message it stands under. */
  async function amounts(): Promise<{ id: number; data: string }> {
    await counter.say('036362608');
    const { id, keyboard } = counter.last();
    const data = keyboard.flat().find(({ text }) => text.startsWith('1\u202F000'))?.callback_data ?? '';
    return { id, data };
  }
  async function pressTheAmount({ id, data }: { id: number; data: string }): Promise<void> {
    const pressing = counter.telegram.pressStale(OWNER, OWNER, id, data);
    await counter.handle();
    expect(await pressing).toMatchObject({ answered: true });
  }

  it('by an impatient thumb draws one confirmation, which can be paid', async () => {
    const amount = await amounts();
    await pressTheAmount(amount);
    const drawn = counter.last();
    await pressTheAmount(amount);
    expect(confirmations()).toBe(1);
    expect(counter.last()).toEqual(drawn);
    await counter.press('Pay 980 DA');
    expect(orders()).toHaveLength(1);
  });

  it('because Telegram took no confirmation draws it again', async () => {
    const amount = await amounts();
    const fault = { kind: 'html', status: 502 } as const;
    counter.telegram.faultNext({ method: 'editMessageText', fault });
    counter.telegram.faultNext({ method: 'sendMessage', fault });
    await pressTheAmount(amount);
    expect(counter.text()).toContain('Choose the amount');
    await pressTheAmount(amount);
    expect(counter.text()).toContain('Check, then pay.');
    await counter.press('Pay 980 DA');
    expect(orders()).toHaveLength(1);
  });
});
