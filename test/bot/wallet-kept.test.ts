// What the messages that spoke of a purchase that waits say once it waits no longer.

import { beforeEach, describe, expect, it } from 'vitest';
import { counterForEach, OWNER, type Counter } from './open-counter.ts';
import { AGENT, CUSTOMER, fill, openWallets } from './wallet-shop.ts';

let counter: Counter;
counterForEach((opened) => (counter = opened));
beforeEach(() => openWallets(counter));

const plain = (text: string): string => text.replace(/[\u00A0\u202F]/g, ' ');

/** A purchase for which the shop is asked: the message that says so, and what its button carries. */
async function askFor(digits = '036362608', person = CUSTOMER, chatId = person) {
  await counter.say(`/topup ${digits} 1000`, person, chatId);
  await counter.press(person === CUSTOMER ? 'Ask the shop' : 'Demander', person, chatId);
  const { id, keyboard } = counter.last(chatId);
  return { id, drop: keyboard.flat()[0]?.callback_data ?? '' };
}

const messageOf = (id: number, chatId = CUSTOMER) => counter.messages(chatId).find((one) => one.id === id);

async function pressOld(id: number, data: string): Promise<void> {
  void counter.telegram.pressStale(CUSTOMER, CUSTOMER, id, data);
  await counter.handle();
}

describe('a purchase that waits', () => {
  it('comes back though another one was paid, or begun and cancelled, meanwhile', async () => {
    const group = counter.addGroup({ title: 'Counter', memberIds: [OWNER, CUSTOMER] });
    await fill(counter, CUSTOMER, 500);
    await askFor('036362608');
    await counter.say('/topup 036362609 500', CUSTOMER, group);
    await counter.press('Recharge 500 DA', CUSTOMER, group);
    await counter.work();
    await counter.work();
    expect(await counter.shop.store.history(CUSTOMER, 5)).toHaveLength(1);
    await counter.say('/topup 036362600', CUSTOMER, group);
    await counter.press('Cancel', CUSTOMER, group);
    await fill(counter, CUSTOMER, 1000);
    await counter.handle();
    expect(plain(counter.text(CUSTOMER))).toContain('036 36 26 08');
    expect(counter.labels(CUSTOMER)[0]).toBe('[✅ Pay 1 000 DA]');
  });

  it('still waits where Telegram did not take what it came back with', async () => {
    await askFor();
    counter.telegram.faultNext({
      method: 'sendMessage',
      chatId: CUSTOMER,
      fault: { kind: 'status', code: 403, description: 'Forbidden: bot was blocked by the user' },
      times: 2,
    });
    await counter.press('Put 1 000 DA');
    expect(await counter.cases.kept.find(CUSTOMER)).toBeDefined();
    expect(counter.dialogues.kept.size).toBe(0);
    await fill(counter, CUSTOMER, 100);
    await counter.handle();
    expect(counter.labels(CUSTOMER)[0]).toBe('[✅ Pay 1 000 DA]');
  });

  it('is over when a smaller amount was bought in its place', async () => {
    await fill(counter, CUSTOMER, 600);
    await counter.say('/topup 036362608 1000', CUSTOMER);
    await counter.press('500 DA', CUSTOMER);
    await counter.press('Pay 500 DA', CUSTOMER);
    await fill(counter, CUSTOMER, 1000);
    await counter.handle();
    expect(await counter.cases.kept.find(CUSTOMER)).toBeUndefined();
  });
});

describe('the message that the shop is asked', () => {
  it('points below and has no buttons once the purchase is back', async () => {
    const { id } = await askFor();
    await counter.press('Put 1 000 DA');
    expect(messageOf(id)?.text).toBe('The purchase that waited here is back: it goes on below.');
    expect(messageOf(id)?.keyboard).toEqual([]);
    expect(counter.labels(CUSTOMER)[0]).toBe('[✅ Pay 1 000 DA]');
  });

  it('does the same in a group, where it was asked there', async () => {
    const group = counter.addGroup({ title: 'Counter', memberIds: [OWNER, AGENT] });
    const { id } = await askFor('036362608', AGENT, group);
    await counter.press('Put 1 000 DA');
    expect(messageOf(id, group)?.keyboard).toEqual([]);
    expect(messageOf(id, group)?.text).toContain('est revenu');
    expect(counter.labels(group)[0]).toBe('[✅ Recharger 1 000 DA]');
  });

  it('pressed late, does not say that the purchase is cancelled which can still be paid', async () => {
    const { id, drop } = await askFor();
    await counter.press('Put 1 000 DA');
    const confirmation = counter.last(CUSTOMER).id;
    await pressOld(id, drop);
    expect(messageOf(id)?.text).toContain('no longer kept: it came back, or it is over');
    expect(messageOf(id)?.text).not.toMatch(/Cancelled|Nothing was (?:taken|moved)/);
    expect(counter.last(CUSTOMER).id).toBe(confirmation);
    await counter.press('Pay 1 000 DA', CUSTOMER);
    expect(await counter.shop.store.history(CUSTOMER, 5)).toHaveLength(1);
  });

  it('pressed late, does not drop another purchase that waits now', async () => {
    const { id, drop } = await askFor();
    await askFor('036362609');
    await pressOld(id, drop);
    expect(messageOf(id)?.text).toContain('no longer kept');
    await fill(counter, CUSTOMER, 1000);
    await counter.handle();
    expect(plain(counter.text(CUSTOMER))).toContain('036 36 26 09');
    expect(counter.labels(CUSTOMER)[0]).toBe('[✅ Pay 1 000 DA]');
  });

  it('has no button either when the purchase is dropped, or taken up, where it was offered again', async () => {
    for (const choice of ['Drop the purchase', 'Go on with the purchase']) {
      const { id } = await askFor();
      await counter.say('/topup', CUSTOMER);
      await fill(counter, CUSTOMER, 1);
      await counter.handle();
      expect(counter.text(CUSTOMER)).toContain('still waits');
      await counter.press(choice, CUSTOMER);
      expect(messageOf(id)?.keyboard).toEqual([]);
      await counter.say('/cancel', CUSTOMER);
    }
  });
});
