// A kill in the middle of what is about money: what was begun goes on in the next process, once.

import { beforeEach, describe, expect, it } from 'vitest';
import { dinars } from '../../src/domain/money.ts';
import { COLLEAGUE, counterForEach, OWNER, type Counter } from './open-counter.ts';
import { decideAndDie, dying, fillAndDie, nextProcess } from './dying-process.ts';
import { AGENT, balanceOf, CUSTOMER, fill, openWallets, textsIn } from './wallet-shop.ts';

let counter: Counter;
counterForEach((opened) => (counter = opened));
beforeEach(() => openWallets(counter));

const balance = (person: number): Promise<number> => balanceOf(counter, person);
const openCards = (owner: number): number =>
  counter.messages(owner).filter(({ keyboard }) => JSON.stringify(keyboard).includes(':wyes:')).length;
const requests = () => counter.shop.store.records('request');

async function restartAndGoOn(): Promise<void> {
  counter = await nextProcess(counter);
}

describe('a request for credit', () => {
  beforeEach(() => counter.say('/deposit 2000', CUSTOMER));

  it('works on every owner’s card after a restart, once, and all cards say who answered', async () => {
    await restartAndGoOn();
    expect([openCards(OWNER), openCards(COLLEAGUE)]).toEqual([1, 1]);
    await counter.press('Créditer', COLLEAGUE);
    expect(await balance(CUSTOMER)).toBe(2000);
    expect(counter.text()).toContain('✅ 2 000 DA is on the wallet of Nadia (@nadia).\nBy Collègue, 21 Nov');
    expect(counter.text(COLLEAGUE)).toContain('Par Collègue, 21 nov');
    expect([openCards(OWNER), openCards(COLLEAGUE)]).toEqual([0, 0]);
    expect(counter.text(CUSTOMER)).toContain('The shop put 2 000 DA on your wallet');
    expect(await requests()).toEqual([]);
  });

  it('answered and killed before anybody heard of it: the person is told once, the cards are closed', async () => {
    await decideAndDie(counter, true);
    await restartAndGoOn();
    expect(textsIn(counter, CUSTOMER).filter((text) => text.includes('The shop put 2 000 DA'))).toHaveLength(
      1,
    );
    expect(counter.text()).toContain('By Owner, 21 Nov');
    expect(counter.text(COLLEAGUE)).toContain('Par Owner, 21 nov');
    expect([openCards(OWNER), openCards(COLLEAGUE)]).toEqual([0, 0]);
    expect(await requests()).toEqual([]);
    expect(await balance(CUSTOMER)).toBe(2000);
  });

  it('answered, told and killed before the cards were closed: the person is not told again', async () => {
    await dying(counter).rememberTold(await decideAndDie(counter, false));
    const before = counter.messages(CUSTOMER).length;
    await restartAndGoOn();
    expect(counter.messages(CUSTOMER)).toHaveLength(before);
    expect(counter.text()).toContain('was refused.\nBy Owner');
    expect(await requests()).toEqual([]);
  });

  it('on disk but not brought to the owners: each gets one card', async () => {
    await counter.cases.accounts.ask({ id: 'r9', person: AGENT, amount: dinars(300), slip: null });
    await counter.cases.accounts.rememberCard('r9', { owner: OWNER, messageId: counter.last().id });
    await restartAndGoOn();
    await restartAndGoOn();
    expect(openCards(OWNER)).toBe(1);
    expect(counter.text(COLLEAGUE)).toContain('Karim (21) demande 300 DA');
    expect(openCards(COLLEAGUE)).toBe(2);
  });

  it('that Telegram delivers again is the same request', async () => {
    const [request] = await requests();
    const again = { id: request?.id ?? '', person: CUSTOMER, amount: dinars(2000), slip: null };
    expect(await counter.cases.accounts.ask(again)).toEqual({ kind: 'asked-before' });
    expect(request?.id).toMatch(/^u\d+$/);
  });

  it('a card that Telegram could not edit is edited later, and the person is not told twice', async () => {
    counter.telegram.faultNext({
      method: 'editMessageText',
      fault: { kind: 'status', code: 500, description: 'Internal Server Error' },
      times: 2,
    });
    await counter.press('Put 2 000 DA');
    expect(openCards(COLLEAGUE)).toBe(1);
    expect(await requests()).toHaveLength(1);
    await counter.tidy();
    expect([openCards(OWNER), openCards(COLLEAGUE)]).toEqual([0, 0]);
    expect(await requests()).toEqual([]);
    expect(textsIn(counter, CUSTOMER).filter((text) => text.includes('The shop put'))).toHaveLength(1);
  });

  it('a card that nobody remembers loses its buttons when it is pressed late', async () => {
    const data = counter.last().keyboard[0]?.[0]?.callback_data ?? '';
    await counter.press('Refuse');
    await counter.say('/start');
    const { id } = counter.last();
    const answer = counter.telegram.pressStale(OWNER, OWNER, id, data);
    await counter.handle();
    expect(await answer).toMatchObject({ text: 'This request is no longer open. Nothing was moved.' });
    expect(counter.last().id).toBe(id);
    expect(await balance(CUSTOMER)).toBe(0);
  });

  it('keeps the picture that was sent before the amount', async () => {
    await counter.say('/deposit', AGENT);
    counter.telegram.sendPhoto(AGENT, AGENT);
    await counter.handle();
    counter = await counter.restart();
    await counter.say('beaucoup', AGENT);
    await counter.say('1500', AGENT);
    expect(counter.last()).toMatchObject({ media: 'photo' });
    expect(counter.text()).toContain('asks for 1 500 DA');
  });
});

describe('a correction', () => {
  beforeEach(async () => {
    await fill(counter, CUSTOMER, 1000);
    await counter.say('/correct @nadia -300 counted twice');
  });
  const drafts = () => counter.shop.store.records('draft');

  it('drawn before a restart is confirmed after it, once', async () => {
    const { id, keyboard } = counter.last();
    const data = keyboard[0]?.[0]?.callback_data ?? '';
    await restartAndGoOn();
    await counter.press('Correct by -300 DA');
    expect(counter.text()).toContain('Reason: counted twice');
    expect(counter.text(CUSTOMER)).toContain('corrected your wallet by -300 DA');
    expect(await drafts()).toEqual([]);
    void counter.telegram.pressStale(OWNER, OWNER, id, data);
    await counter.handle();
    expect(counter.text()).toBe('This was done already; it was not moved twice.\nBalance: 700 DA');
    expect(await balance(CUSTOMER)).toBe(700);
  });

  it('is another owner’s business only when he draws it himself', async () => {
    const data = counter.last().keyboard[0]?.[0]?.callback_data ?? '';
    const stolen = data.replace(/^d:[0-9a-z]+:/, `d:${COLLEAGUE.toString(36)}:`);
    await counter.say('/start', COLLEAGUE);
    void counter.telegram.pressStale(COLLEAGUE, COLLEAGUE, counter.last(COLLEAGUE).id, stolen);
    await counter.handle();
    expect(counter.text(COLLEAGUE)).toContain('n’est plus utilisée');
    expect(await balance(CUSTOMER)).toBe(1000);
  });

  it('cancelled, or a day old, it is gone from the disk', async () => {
    await counter.press('Cancel');
    expect(await drafts()).toEqual([]);
    await counter.say('/correct @nadia -300 counted twice');
    counter.shop.clock.pass(25 * 3_600_000);
    await restartAndGoOn();
    expect(await drafts()).toEqual([]);
    await counter.press('Correct by -300 DA');
    expect(counter.text()).toContain('no longer in use');
  });
});

describe('money that somebody else moved', () => {
  const news = () => counter.shop.store.records('news');
  const heard = (person: number, words: string): number =>
    textsIn(counter, person).filter((text) => text.includes(words)).length;

  it('a deposit, killed before the person heard of it: the next process says so, once', async () => {
    await fillAndDie(counter, CUSTOMER, 1000);
    await restartAndGoOn();
    await restartAndGoOn();
    expect(heard(CUSTOMER, 'The shop put 1 000 DA on your wallet.\nBalance: 1 000 DA')).toBe(1);
    expect(await news()).toEqual([]);
  });

  it('a correction too, with its reason', async () => {
    const made = {
      by: OWNER,
      person: CUSTOMER,
      kind: 'correction',
      amount: dinars(300),
      reason: 'slip',
    } as const;
    await dying(counter).byOwner(dying(counter).newMove(), made);
    await restartAndGoOn();
    expect(heard(CUSTOMER, 'corrected your wallet by +300 DA.\nBalance: 300 DA\nReason: slip')).toBe(1);
  });

  it('what an agent gave too, with whose it was', async () => {
    await fill(counter, AGENT, 1000);
    await dying(counter).transfer(dying(counter).newMove(), AGENT, CUSTOMER, dinars(400));
    await restartAndGoOn();
    expect(textsIn(counter, CUSTOMER).join()).toMatch(/Karim.? put 400 DA on your wallet/);
    expect(await news()).toEqual([]);
  });

  it('is said at once and kept nowhere where nobody is killed', async () => {
    await counter.say('/deposit @nadia 1000');
    await counter.press('Put 1 000 DA');
    expect(heard(CUSTOMER, 'The shop put 1 000 DA')).toBe(1);
    expect(await news()).toEqual([]);
    await restartAndGoOn();
    expect(heard(CUSTOMER, 'The shop put 1 000 DA')).toBe(1);
  });

  it('that Telegram did not take is said later', async () => {
    await counter.say('/deposit @nadia 1000');
    counter.telegram.faultNext({
      method: 'sendMessage',
      fault: { kind: 'status', code: 500, description: 'Internal Server Error' },
      times: 1,
    });
    await counter.press('Put 1 000 DA');
    expect(counter.text()).toBe('✅ 1 000 DA is on the wallet of Nadia (@nadia).\nBalance: 1 000 DA');
    expect(heard(CUSTOMER, 'The shop put 1 000 DA')).toBe(0);
    await counter.tidy();
    expect(heard(CUSTOMER, 'The shop put 1 000 DA')).toBe(1);
  });
});
