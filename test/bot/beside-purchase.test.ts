// What is done beside a purchase under way: an order, a price or a person is looked at, or a question about money is
// thought better of. The purchase waits where it was; only a question that waits for an answer gives way.

import { beforeEach, describe, expect, it } from 'vitest';
import { counterForEach, OWNER, type Counter } from './open-counter.ts';
import { AGENT, CUSTOMER, fill, openWallets } from './wallet-shop.ts';

let counter: Counter;
counterForEach((opened) => (counter = opened));
beforeEach(() => openWallets(counter));

const plain = (text: string): string => text.replace(/[\u00A0\u202F]/g, ' ');

/** A button of the person's last message, to be pressed later. */
function buttonOf(person: number, label: string): () => Promise<void> {
  const { id, keyboard } = counter.last(person);
  const found = keyboard.flat().find(({ text }) => plain(text).includes(label));
  const data = found?.callback_data;
  if (data === undefined) throw new Error(`there is no button "${label}"`);
  return async () => {
    void counter.telegram.pressStale(person, person, id, data);
    await counter.handle();
  };
}

/** Pays for what is being confirmed. */
async function pay(person: number): Promise<void> {
  const prompt = counter
    .messages(person)
    .findLast(({ keyboard }) => keyboard.flat().some(({ text }) => text.startsWith('✅')));
  const button = prompt?.keyboard.flat().find(({ text }) => text.startsWith('✅'));
  if (prompt === undefined || button === undefined) throw new Error('there is nothing to pay for');
  void counter.telegram.press(person, person, prompt.id, button.text);
  await counter.handle();
}

const orders = async (person: number): Promise<number> =>
  (await counter.shop.store.history(person, 9)).length;

describe('a purchase under way can still be paid after', () => {
  it('an order of the list was opened', async () => {
    await counter.say('/topup 036362608 1000');
    await pay(OWNER);
    await counter.say('/orders');
    const open = buttonOf(OWNER, '1');
    await counter.say('/topup 036362609 1000');
    await open();
    await pay(OWNER);
    expect(await orders(OWNER)).toBe(2);
  });

  it('the prices were looked at', async () => {
    await counter.say('/prices');
    await counter.press('Allow', OWNER);
    const back = buttonOf(OWNER, 'Back');
    await counter.say('/topup 036362609 1000');
    await back();
    await pay(OWNER);
    expect(await orders(OWNER)).toBe(1);
  });

  it('an older confirmation about money was cancelled', async () => {
    await fill(counter, AGENT, 3000);
    await counter.say('/transfer @nadia 500', AGENT);
    const cancel = buttonOf(AGENT, 'Annuler');
    await counter.say('/topup 036362608 1000', AGENT);
    await cancel();
    await pay(AGENT);
    expect(await orders(AGENT)).toBe(1);
  });
});

it('a question that was left is not answered by what is written next', async () => {
  await counter.say('/deposit @nadia');
  await counter.press('Cancel');
  await counter.say('300');
  expect(counter.text()).toContain('I did not recognise a line number');
  expect((await counter.shop.store.wallet(CUSTOMER)).put).toBe(0);
});
