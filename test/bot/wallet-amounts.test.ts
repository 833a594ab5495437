// An amount as people type it, wherever one is asked for: understood, or answered with what to do, and then nothing moves.

import { beforeEach, describe, expect, it } from 'vitest';
import { counterForEach, OWNER, type Counter } from './open-counter.ts';
import { AGENT, CUSTOMER, fill, openWallets } from './wallet-shop.ts';

let counter: Counter;
counterForEach((opened) => (counter = opened));
beforeEach(async () => {
  await openWallets(counter);
  await fill(counter, AGENT, 5000);
  await fill(counter, CUSTOMER, 5000);
});

/** All money there is, and every entry of it. */
async function books(): Promise<unknown> {
  const { store } = counter.shop;
  const people = await Promise.all(
    [AGENT, CUSTOMER].map(async (person) => [
      await store.wallet(person),
      await store.statement(`wallet:${person}`, null, 50),
    ]),
  );
  return [people, await store.books()];
}

const says =
  (text: string, person: number, before = '') =>
  async () => {
    if (before !== '') await counter.say(before, person);
    await counter.say(text, person);
  };
const underPicture = (text: string) => async () => {
  counter.telegram.sendPhoto(CUSTOMER, CUSTOMER, text);
  await counter.handle();
};

/** Where an amount above zero is typed, and by whom. */
const DOORS: readonly [string, number, (amount: string) => () => Promise<void>][] = [
  ['an owner’s /deposit', OWNER, (amount) => says(`/deposit @nadia ${amount}`, OWNER)],
  ['an owner’s /deposit by name', OWNER, (amount) => says(`/deposit Nadia ${amount}`, OWNER)],
  ['an owner’s answer', OWNER, (amount) => says(amount, OWNER, '/deposit @nadia')],
  ['a person’s /deposit', CUSTOMER, (amount) => says(`/deposit ${amount}`, CUSTOMER)],
  ['a person’s answer', CUSTOMER, (amount) => says(amount, CUSTOMER, '/deposit')],
  ['under the picture of a slip', CUSTOMER, (amount) => underPicture(`/deposit ${amount}`)],
  ['an agent’s /transfer', AGENT, (amount) => says(`/transfer @nadia ${amount}`, AGENT)],
  ['an agent’s answer', AGENT, (amount) => says(amount, AGENT, '/transfer @nadia')],
];

const AMOUNTS = ['2000', '2 000 DA', '2\u202F000', '2000,00', '2000.0', '+2000', '٢٠٠٠', '۲ ۰۰۰ دج', '٢٬٠٠٠'];

/** What is wrong, in the words of either language of the people above. */
const FAULTS: readonly [string, RegExp][] = [
  ['-300', /above zero|supérieur à zéro/],
  ['−٣٠٠', /above zero|supérieur à zéro/],
  ['0', /above zero|supérieur à zéro/],
  ['0,00', /above zero|supérieur à zéro/],
  ['12.5', /without centimes|sans centimes/],
  ['12,50', /without centimes|sans centimes/],
  ['١٢٫٥', /without centimes|sans centimes/],
  ['2.000', /without dots or commas|sans point ni virgule/],
  ['2,000', /without dots or commas|sans point ni virgule/],
  ['500 2000', /not an amount|pas un montant/],
  ['1e9', /not an amount|pas un montant/],
  ['mille', /not an amount|pas un montant/],
  ['10000001', /more than a wallet takes|plus qu’un portefeuille/],
  ['9'.repeat(30), /more than a wallet takes|plus qu’un portefeuille/],
];

/** Only so many may be open; whatever was asked for is turned down before the next try. */
async function turnDown(): Promise<void> {
  const { accounts } = counter.cases;
  for (const { id } of await accounts.requests()) {
    await accounts.decide({ id: OWNER, name: 'Owner' }, id, false);
    await accounts.close(id);
  }
}

describe.each(DOORS)('%s', (_where, person, typing) => {
  it('understands every way to write two thousand', async () => {
    const before = await books();
    for (const amount of AMOUNTS) {
      await typing(amount)();
      expect([amount, counter.text(person)]).toEqual([amount, expect.stringMatching(/^[^⚠]*2 000 DA[^⚠]*$/)]);
      await turnDown();
    }
    expect(await books()).toEqual(before);
  });

  it('answers what is no amount with what to do', async () => {
    const before = await books();
    for (const [amount, words] of FAULTS) {
      await typing(amount)();
      expect([amount, counter.text(person)]).toEqual([amount, expect.stringMatching(words)]);
    }
    expect(await counter.cases.accounts.requests()).toEqual([]);
    expect(await books()).toEqual(before);
  });
});

describe('a correction', () => {
  it('understands amounts that give and that take', async () => {
    for (const [amount, shown] of [
      ['-300', '-300 DA'],
      ['−٣٠٠ دج', '-300 DA'],
      ['- 2 000 DA', '-2 000 DA'],
      ['+2 000', '+2 000 DA'],
      ['٢٬٠٠٠', '+2 000 DA'],
      ['-300,00', '-300 DA'],
    ] as const)
      for (const text of [`/correct @nadia ${amount} counted twice`, `${amount} counted twice`]) {
        if (!text.startsWith('/')) await counter.say('/correct @nadia');
        await counter.say(text);
        expect(counter.text()).toContain(`by ${shown}?`);
        expect(counter.text()).toContain('Reason: counted twice');
      }
  });

  it('answers what is no amount with what to do', async () => {
    const before = await books();
    for (const [amount, words] of FAULTS.filter(([typed]) => !/^[-−]|2000$/.test(typed))) {
      await counter.say(`/correct @nadia ${amount} counted twice`);
      expect(counter.text()).toMatch(words);
      await counter.say('/correct @nadia');
      await counter.say(`${amount} counted twice`);
      expect(counter.text()).toMatch(words);
      await counter.say(`/correct @nadia ${amount}`);
      expect(counter.text()).toMatch(words);
    }
    expect(await books()).toEqual(before);
  });
});
