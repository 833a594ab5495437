// The shop's first minute: who can buy what, on whose money, when somebody sits down at the playground.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCounter, type Counter } from '../../src/playground/counter.ts';
import { deposit } from '../../src/playground/opening.ts';
import {
  arabic,
  english,
  french,
  guest,
  people,
  type PlaygroundPerson,
} from '../../src/playground/people.ts';
import { setScene } from '../../src/playground/web/scene.ts';

let counter: Counter;
let group: number;
beforeAll(async () => {
  counter = await openCounter();
  setScene(counter.telegram);
  group = counter.telegram.chats().find(({ kind }) => kind !== 'private')?.id ?? 0;
  await counter.startBot();
});
afterAll(() => counter.close());

const standing = (chat: number) => counter.telegram.messages(chat).filter(({ deleted }) => !deleted);

/** The first answer to what somebody says that has this in it; spaces are plain. */
async function answer(
  person: PlaygroundPerson,
  text: string,
  pattern: RegExp,
  chat = person.id,
): Promise<string> {
  const { id } = counter.telegram.say(person.id, chat, text);
  return counter.telegram.until(
    () =>
      standing(chat)
        .filter((message) => message.id > id)
        .map((message) => [message.text, ...message.keyboard.flat().map((button) => button.text)].join('\n'))
        .map((said) => said.replaceAll(/[\u202F\u00A0]/gu, ' '))
        .find((said) => pattern.test(said)),
    { what: `an answer to ${text} with ${String(pattern)}` },
  );
}

it('leaves every private chat as if nobody had spoken in it yet', () => {
  expect(people.flatMap(({ id }) => standing(id))).toEqual([]);
});

describe('lets buy at once', () => {
  it.each([
    { who: 'the owner', person: arabic, pay: /ادفع 980 دج/u, balance: /12 450 دج، ثم 11 470 دج/u },
    { who: 'the agent', person: french, pay: /Payer 990 DA/u, balance: /5 000 DA, puis 4 010 DA/u },
    { who: 'the customer', person: english, pay: /Pay 1 000 DA/u, balance: /2 500 DA, then 1 500 DA/u },
  ])('$who, who sees a price and a balance of their own', async ({ person, pay, balance }) => {
    expect(await answer(person, '/topup 036362608 1000', pay)).toMatch(balance);
    await answer(person, '/cancel', /./u);
  });

  it('in the group, to which its owner has added the bot', async () => {
    const said = await answer(french, '/topup 036362608 1000', /✅ Recharger 1 000 DA/u, group);
    expect(said).not.toMatch(/990|Solde|036 36/u);
  });
});

it('leaves the stranger outside', async () => {
  expect(await answer(guest, '/topup 036362608 1000', /./u)).not.toMatch(/Payer/u);
});

it('lets money be short, and the owner put more on a wallet', async () => {
  await answer(english, '/topup 036362608 5000', /2 500 DA short/u);
  await deposit(counter.telegram, english.id, 2500);
  await counter.telegram.until(() =>
    standing(english.id).some(({ text }) => text.includes('Balance: 5\u202F000')),
  );
});
