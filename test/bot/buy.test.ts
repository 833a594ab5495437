// The purchase as its buyer sees it, step by step: the whole way, the ways back, and the ways out.

import { describe, expect, it } from 'vitest';
import { dinars } from '../../src/domain/money.ts';
import { COLLEAGUE, counterForEach, OWNER, type Counter } from './open-counter.ts';

let counter: Counter;
counterForEach((opened) => (counter = opened));

const orders = () => counter.shop.store.all();

describe('the way through', () => {
  it('is one message that becomes the order', async () => {
    await counter.say('/topup');
    expect(counter.text()).toBe('What would you like to recharge?');
    await counter.press('ADSL / Fibre');
    expect(counter.text()).toContain('Send the line number');
    await counter.say('036 36 26 08');
    expect(counter.text()).toContain('Line found: 036 36 26 08');
    await counter.press('1 000 DA');
    expect(counter.text()).toContain('You pay: 980 DA');
    await counter.press('Pay 980 DA');
    expect(orders()).toMatchObject([{ buyer: OWNER, value: dinars(1000), state: { name: 'confirmed' } }]);
    await counter.work();
    expect(counter.text()).toContain('Order no. 1042: in progress');
    expect(counter.messages()).toHaveLength(2);
    expect(counter.dialogues.kept.size).toBe(0);
    expect(counter.shop.topups.accepted).toHaveLength(1);
  });

  it.each([
    ['036362608', 'Line found: 036 36 26 08'],
    ['+213 36 36 26 08', 'Line found: 036 36 26 08'],
    ['٠٣٦٣٦٢٦٠٨', 'Line found: 036 36 26 08'],
    ['0472731602', 'Line found: 213 472 73 16 02'],
    ['472731602', 'which service is this line?'],
    ['/topup 036362608', 'Line found: 036 36 26 08'],
    ['/topup 036362608 1000', 'Check, then pay.'],
    ['/topup 036 36 26 08 1000', 'Check, then pay.'],
    ['/topup 036362608 ١٠٠٠', 'Check, then pay.'],
    ['/topup hello', 'What would you like to recharge?'],
  ])('%s goes straight to where it says enough', async (text, shown) => {
    await counter.say(text);
    expect(counter.text()).toContain(shown);
  });

  it('asks which service, and then goes on with that number', async () => {
    await counter.say('472731602');
    await counter.press('4G LTE');
    expect(counter.text()).toContain('Line found: 213 472 73 16 02');
  });

  it('takes an amount that is typed, and a new line at any step', async () => {
    await counter.say('036362608');
    await counter.say('500');
    expect(counter.text()).toContain('Recharge: 500 DA');
    await counter.say('0472731602');
    expect(counter.text()).toContain('Line found: 213 472 73 16 02');
    await counter.say('700');
    expect(counter.text()).toContain('not in stock');
  });

  it('goes on, however many numbers were tried and buttons pressed before', async () => {
    for (let tried = 0; tried < 45; tried += 1) await counter.say('036362608');
    expect(counter.text()).toContain('Line found: 036 36 26 08');
    for (let changed = 0; changed < 45; changed += 1) {
      await counter.press('1 000 DA');
      await counter.press('Other amount');
    }
    await counter.press('1 000 DA');
    await counter.press('Pay 980 DA');
    await counter.work();
    expect(orders()).toHaveLength(1);
    expect(counter.messages().filter(({ keyboard }) => keyboard.flat().length > 0)).toHaveLength(0);
  });

  it('offers the lines recharged lately', async () => {
    await counter.shop.buy();
    await counter.say('/topup');
    await counter.press('036 36 26 08 · ADSL');
    expect(counter.text()).toContain('Choose the amount');
  });

  it('again, from a delivered order, goes to the confirmation of the same', async () => {
    await counter.say('/topup 036362608 1000');
    await counter.press('Pay');
    await counter.work();
    counter.shop.topups.set(orders()[0]?.ref ?? '', {
      status: { kind: 'fulfilled' },
      code: '1111222233334444',
    });
    await counter.work();
    expect(counter.text()).toContain('Card code: 1111222233334444');
    await counter.press('Again');
    expect(counter.messages()).toHaveLength(2);
    expect(counter.text()).toContain('Recharge: 1 000 DA');
  });
});

describe('the ways back', () => {
  it('other amount, other number, back and cancel each do what they say', async () => {
    await counter.say('/topup 036362608 1000');
    await counter.press('Other amount');
    expect(counter.text()).toContain('Choose the amount');
    await counter.press('Other number');
    expect(counter.text()).toContain('Send the line number');
    await counter.press('Back');
    expect(counter.text()).toBe('What would you like to recharge?');
    await counter.press('Cancel');
    expect(counter.text()).toBe('Cancelled. Nothing was taken.');
    expect(counter.messages()).toHaveLength(1);
    expect(counter.dialogues.kept.size).toBe(0);
  });

  it('/cancel ends a purchase at any step, and takes the buttons off its prompt', async () => {
    await counter.say('/topup 036362608 1000');
    await counter.say('/cancel');
    expect(counter.text()).toBe('Cancelled. Nothing was taken.');
    expect(counter.messages()[0]?.keyboard).toEqual([]);
    await counter.say('/cancel');
    expect(counter.text()).toBe('There is nothing to cancel.');
  });

  it('once it is sent, cancel explains why it can not', async () => {
    await counter.say('/topup 036362608 1000');
    await counter.press('Pay');
    await counter.say('/cancel');
    expect(counter.text()).toContain('Order no. 1042 was already sent');
    expect(orders()[0]?.state.name).toBe('confirmed');
  });
});

describe('bad answers', () => {
  it.each([
    ['hello', 'not a line number'],
    ['123', '9 digits'],
    ['0550000000', 'mobile phone number'],
    ['0472731602', 'looks like a 4G LTE line'],
    ['x'.repeat(4000), 'not a line number'],
  ])('%s is answered kindly, and the question stands', async (text, told) => {
    await counter.say('/topup');
    await counter.press('ADSL / Fibre');
    await counter.say(text);
    expect(counter.text()).toContain(told);
    expect(counter.labels().at(-1)).toBe('[Back] [Cancel]');
  });

  it('a picture with a command below it is for that command, and the purchase goes on', async () => {
    await counter.say('/topup 036362608');
    counter.telegram.sendPhoto(OWNER, OWNER, '/deposit');
    await counter.handle();
    expect(counter.text()).toContain('Nobody has a wallet here yet.');
    await counter.press('1 000 DA');
    expect(counter.messages()[0]?.text).toContain('You pay');
  });

  it('a sticker or a voice message is asked for in digits', async () => {
    await counter.say('/topup');
    await counter.press('ADSL / Fibre');
    counter.telegram.sendSticker(OWNER, OWNER);
    await counter.handle();
    expect(counter.text()).toContain('in digits');
    counter.telegram.sendVoice(OWNER, OWNER);
    await counter.handle();
    expect(counter.text()).toContain('in digits');
  });

  it('a number that the provider does not know is not called found', async () => {
    counter.shop.topups.line = { kind: 'wrong' };
    await counter.say('036362608');
    expect(counter.text()).toContain('This is not an ADSL line');
    counter.shop.topups.line = { kind: 'found', offer: 'FTTc 10M' };
    await counter.say('036362609');
    expect(counter.text()).toContain('Offer: FTTc 10M');
  });

  it('an outage of the check is not called a wrong number, and can be tried again', async () => {
    counter.shop.topups.down = new Set(['checkLine']);
    await counter.say('036362608');
    expect(counter.text()).toContain('can’t be checked right now');
    counter.shop.topups.down = new Set();
    await counter.press('Check again');
    expect(counter.text()).toContain('Line found');
  });
});

describe('when nothing can be sold', () => {
  it('a purchase can not be started, says so, and can be tried again', async () => {
    counter.shop.topups.isHalted = true;
    await counter.say('/topup');
    expect(counter.text()).toContain('not available right now');
    expect(counter.labels()).toEqual(['[Check again]', '[Cancel]']);
    counter.shop.topups.isHalted = false;
    await counter.press('Check again');
    expect(counter.text()).toBe('What would you like to recharge?');
  });

  it('an outage in the middle is told, and the purchase goes on after it', async () => {
    await counter.say('036362608');
    counter.shop.topups.down = new Set(['offers', 'balance']);
    await counter.press('1 000 DA');
    expect(counter.text()).toContain('Nothing was taken');
    counter.shop.topups.down = new Set();
    await counter.press('Check again');
    expect(counter.text()).toContain('Check, then pay.');
  });

  it('an empty shelf says so and is looked at again', async () => {
    const stock = counter.shop.topups.offersInStock;
    counter.shop.topups.offersInStock = [];
    await counter.say('036362608');
    expect(counter.text()).toContain('amount is in stock right now');
    counter.shop.topups.offersInStock = stock;
    await counter.press('Check again');
    expect(counter.labels()[0]).toContain('[500 DA (490 DA)]');
  });
});

describe('in a group', () => {
  it('two people buy side by side, each by his own prompt, and see no prices', async () => {
    const group = counter.addGroup({ title: 'Counter', memberIds: [OWNER, COLLEAGUE] });
    await counter.say('/topup 036362608 1000', OWNER, group);
    const mine = counter.last(group);
    await counter.say('/topup 036362609 500', COLLEAGUE, group);
    expect(counter.text(group)).toContain('036 •• •• 09');
    for (const message of counter.messages(group)) expect(message.text).not.toMatch(/980|490|100.000/);
    const foreign = await counter.press('Recharger', OWNER, group);
    expect(foreign.text).toContain('belongs to the person who is ordering');
    expect(orders()).toEqual([]);
    const pressing = counter.telegram.press(OWNER, group, mine.id, 'Recharge');
    await counter.handle();
    await pressing;
    await counter.press('Recharger', COLLEAGUE, group);
    expect(orders().map(({ buyer }) => buyer)).toEqual([OWNER, COLLEAGUE]);
  });
});
