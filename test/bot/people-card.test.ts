// What owners do about one person: the person hears it, and it counts at once.

import { describe, expect, it } from 'vitest';
import { dinars } from '../../src/domain/money.ts';
import { lettingIn, NADIA } from './letting-in.ts';
import { counterForEach, OWNER, type Counter } from './open-counter.ts';

let counter: Counter;
counterForEach((opened) => (counter = opened));
const { member, roleOf } = lettingIn(() => counter);

describe('a person’s card', () => {
  const card = async (): Promise<void> => counter.say('/people nadia');

  it('changes the role; the person hears it and the menu follows', async () => {
    await member('customer');
    await card();
    await counter.press('Make an agent');
    expect(await roleOf()).toBe('agent');
    expect(counter.text()).toContain('Credit ceiling: 0 DA');
    expect(counter.text(NADIA)).toContain('made you an agent');
    const menu = (): string[] => counter.telegram.commandsFor(NADIA, NADIA).map(({ command }) => command);
    expect(menu()).toContain('transfer');
    await counter.press('Make a customer');
    expect(menu()).not.toContain('transfer');
  });

  it('sets a credit ceiling from what is typed, asks again for what is no amount, and 0 ends it', async () => {
    await member('agent');
    await card();
    await counter.press('Credit ceiling');
    expect(counter.text()).toContain('0 DA now');
    for (const [typed, said] of [
      ['lots', 'not an amount'],
      ['-500', 'not below zero'],
      ['10.5', 'Whole dinars'],
      ['99999999999', 'more than can be given'],
    ] as const) {
      await counter.say(typed);
      expect(counter.text()).toContain(said);
    }
    await counter.say('٥٠٠٠ دج');
    expect(counter.text()).toContain('Credit ceiling: 5 000 DA');
    expect(counter.text(NADIA)).toContain('buy on credit, up to 5 000 DA');
    await counter.press('Credit ceiling');
    await counter.say('0');
    expect(counter.text()).toContain('Credit ceiling: 0 DA');
    expect(counter.text(NADIA)).toContain('has ended');
  });

  it('can be left without typing a ceiling', async () => {
    await member('agent');
    await card();
    await counter.press('Credit ceiling');
    await counter.press('Cancel');
    expect(counter.text()).toContain('Credit ceiling: 0 DA');
    await counter.say('5000');
    expect((await counter.cases.accounts.balance(NADIA)).ceiling).toBe(0);
  });

  it('removes only after a second yes; the money stays on the books', async () => {
    await member('agent', NADIA, 'Nadia', 700);
    await card();
    await counter.press('Remove');
    expect(counter.text()).toContain('Balance: 700 DA, which stays on the books.');
    expect(await roleOf()).toBe('agent');
    await counter.press('Yes, remove');
    expect(await roleOf()).toBeNull();
    expect(counter.text()).toContain('⛔ Removed');
    expect(counter.text(NADIA)).toContain('has closed your access');
    expect(counter.telegram.commandsFor(NADIA, NADIA).map(({ command }) => command)).not.toContain(
      'transfer',
    );
    await counter.say('/balance', NADIA);
    expect(counter.text(NADIA)).toContain('has closed your access');
    await counter.press('Let in as customer');
    expect(await roleOf()).toBe('customer');
    expect(counter.text(NADIA)).toContain('You are in');
    expect((await counter.cases.accounts.balance(NADIA)).balance).toBe(dinars(700));
  });

  it('drawn long ago, or about nobody, is answered kindly', async () => {
    await counter.say('/start');
    const { id } = counter.last();
    for (const verb of [
      'pcard:999',
      'pcard',
      'prole:999:a',
      `prole:${OWNER}:a`,
      'pfrz:999:1',
      'premy:x',
      'pceil:9',
    ]) {
      const pressing = counter.telegram.pressStale(OWNER, OWNER, id, `d:7:${verb}`);
      await counter.handle();
      expect(await pressing).toMatchObject({ answered: true });
    }
    expect(counter.shop.store.all()).toEqual([]);
  });
});

describe('in the middle of a purchase', () => {
  async function atConfirmation(): Promise<void> {
    await member('customer', NADIA, 'Nadia', 5000);
    await counter.say('/topup 036362608 1000', NADIA);
    expect(counter.labels(NADIA).join()).toContain('Pay 1 000 DA');
  }
  const pay = (): string => {
    const { keyboard } =
      counter.messages(NADIA).find((one) => one.text.includes('You pay')) ?? counter.last(NADIA);
    return keyboard.flat().find(({ text }) => text.includes('Pay'))?.text ?? '';
  };

  it('a freeze counts at once: nothing is bought, and the person hears why', async () => {
    await atConfirmation();
    const [prompt, label] = [counter.last(NADIA), pay()];
    await counter.say('/people nadia');
    await counter.press('Freeze');
    expect(counter.text(NADIA)).toContain('has stopped your new orders');
    const pressing = counter.telegram.press(NADIA, NADIA, prompt.id, label);
    await counter.handle();
    expect(await pressing).toMatchObject({ answered: true });
    expect(counter.shop.store.all()).toEqual([]);
    const shown = counter.messages(NADIA).map(({ text }) => text);
    expect(shown.some((text) => text.includes('Your access to this counter is closed for now.'))).toBe(true);
    counter.shop.store.audit();
  });

  it('a removal counts at once too', async () => {
    await atConfirmation();
    const [prompt, label] = [counter.last(NADIA), pay()];
    await counter.say('/people nadia');
    await counter.press('Remove');
    await counter.press('Yes, remove');
    const pressing = counter.telegram.press(NADIA, NADIA, prompt.id, label);
    await counter.handle();
    expect(await pressing).toMatchObject({
      text: '⛔ Your access to this counter is closed for now. Nothing was taken. Ask the shop.',
    });
    expect(counter.shop.store.all()).toEqual([]);
  });

  it('a removal counts in a group too, and is said to the presser alone', async () => {
    await member('customer', NADIA, 'Nadia', 5000);
    const group = counter.telegram.addGroup({ title: 'Counter', memberIds: [OWNER, NADIA] });
    await counter.cases.groups.allow(OWNER, group, 'Counter');
    await counter.say('/topup 036362608 1000', NADIA, group);
    const before = counter.last(group);
    await counter.cases.members.remove(OWNER, NADIA);
    const answer = await counter.press('Recharge 1 000 DA', NADIA, group);
    expect(answer.text).toContain('Your access to this counter is closed for now. Nothing was taken.');
    expect(counter.last(group)).toEqual(before);
    expect(counter.shop.store.all()).toEqual([]);
  });

  it('an order that is under way goes on to its end', async () => {
    await atConfirmation();
    await counter.press('Pay 1 000 DA', NADIA);
    await counter.cases.members.setFrozen(OWNER, NADIA, true);
    expect(counter.shop.store.all()).toHaveLength(1);
    await counter.work();
    expect(counter.shop.store.all()[0]?.sends).toBe(1);
    await counter.cases.members.setFrozen(OWNER, NADIA, false);
    await counter.say('/people nadia');
    await counter.press('Freeze');
    await counter.press('Unfreeze');
    expect(counter.text(NADIA)).toBe('You can order again.');
  });
});
