// A question is on the screen for as long as it waits: once it is answered nothing below it can be pressed.

import { describe, expect, it } from 'vitest';
import { COLLEAGUE, counterForEach, OWNER, type Counter } from './open-counter.ts';
import { lettingIn, NADIA } from './letting-in.ts';

let counter: Counter;
counterForEach((opened) => (counter = opened));
const { member } = lettingIn(() => counter);

/** The buttons of every message that says this. */
const under = (words: string, chatId = OWNER): readonly string[] =>
  counter
    .messages(chatId)
    .filter(({ text }) => text.replace(/\u00A0/g, ' ').includes(words))
    .flatMap(({ keyboard }) => keyboard.flat().map(({ text }) => text));

describe('an answered question has no buttons left', () => {
  it('asked in place of a pressed message', async () => {
    await counter.say('/prices');
    await counter.press('Price of agents');
    expect(under('Send the price of agents.')).toEqual(['Back']);
    await counter.say('-2%');
    expect(under('Send the price of agents.')).toEqual([]);
    expect(counter.labels()).toContain('[Allow sales below cost]');
  });

  it('asked as a message of its own', async () => {
    await member('customer');
    await counter.say('/deposit', NADIA);
    expect(under('How much credit do you need?', NADIA)).toEqual(['Cancel']);
    await counter.say('2000', NADIA);
    expect(under('How much credit do you need?', NADIA)).toEqual([]);
  });

  it('asked again: the buttons stay until it is answered, and stand once', async () => {
    await member('agent');
    await counter.say('/people nadia');
    await counter.press('Credit ceiling');
    await counter.say('lots');
    expect([under('0 DA now'), under('That is not an amount')]).toEqual([[], ['Cancel']]);
    await counter.say('5000');
    expect(under('That is not an amount')).toEqual([]);
    await counter.say('/prices', COLLEAGUE);
    await counter.press('Prix des agents', COLLEAGUE);
    await counter.say('abc', COLLEAGUE);
    expect(under('Envoyez le prix des agents', COLLEAGUE)).toEqual(['Retour']);
  });

  it('also when the bot was started again in between', async () => {
    await counter.say('/prices');
    await counter.press('Price of agents');
    counter = await counter.restart();
    await counter.say('-2%');
    expect(under('Send the price of agents.')).toEqual([]);
  });
});
