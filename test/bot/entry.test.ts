// What a command's text and a bare number mean, and that a new purchase makes the running one give way.

import { describe, expect, it } from 'vitest';
import { stepOfNumber } from '../../src/bot/answers.ts';
import { stepOfTopup } from '../../src/bot/entry.ts';
import { MENU, type Step } from '../../src/bot/steps.ts';
import { COLLEAGUE, counterForEach, OWNER, type Counter } from './open-counter.ts';

const told = (step: Step | undefined): string => {
  if (step?.to === 'find')
    return `${step.service} ${step.text} ${step.value === null ? '-' : step.value / 100}`;
  if (step?.to === 'service' && step.digits !== null)
    return `? ${step.digits} ${step.value === null ? '-' : step.value / 100}`;
  return step?.to ?? 'nothing';
};

describe('/topup with', () => {
  it.each([
    ['', 'service'],
    ['hello', 'service'],
    ['1000', 'service'],
    ['036362608', 'ADSL 036362608 -'],
    ['036 36 26 08', 'ADSL 036362608 -'],
    ['036362608 1000', 'ADSL 036362608 1000'],
    ['036 36 26 08 1000', 'ADSL 036362608 1000'],
    ['036362608 1000DA', 'ADSL 036362608 1000'],
    ['036362608 1000 DA', 'ADSL 036362608 1000'],
    ['036362608 1000 دج', 'ADSL 036362608 1000'],
    ['036362608 1 000', 'ADSL 036362608 1000'],
    ['036362608 ١٠٠٠', 'ADSL 036362608 1000'],
    ['+213 36 36 26 08 500', 'ADSL 036362608 500'],
    ['0472731602 2000', '4G 213472731602 2000'],
    ['472731602 500', '? 472731602 500'],
    ['036362608 hello', 'service'],
    ['036362608 1234567', 'service'],
  ])('"%s" is %s', (text, expected) => {
    expect(told(stepOfTopup(text))).toBe(expected);
  });

  it('nothing that is a number is the menu itself', () => {
    expect(stepOfTopup('  ')).toBe(MENU);
  });
});

describe('a bare number', () => {
  it.each([
    ['036362608', 'ADSL 036362608 -'],
    ['213472731602', '4G 213472731602 -'],
    ['472731602', '? 472731602 -'],
    ['1000', 'nothing'],
    ['thank you', 'nothing'],
  ])('%s is %s', (text, expected) => {
    expect(told(stepOfNumber(text, null))).toBe(expected);
  });
});

describe('a purchase that begins', () => {
  let counter: Counter;
  counterForEach((opened) => (counter = opened));

  it('takes the place of the one that was running, whose buttons go', async () => {
    await counter.say('/topup');
    await counter.say('/topup 036362608 1000');
    const [first, second] = counter.messages();
    expect(first?.keyboard).toEqual([]);
    expect(second?.text).toContain('Check, then pay.');
    expect(counter.dialogues.kept.size).toBe(1);
  });

  it('redraws the message whose button began it', async () => {
    await counter.say('/start');
    await counter.press('Recharge a line');
    expect(counter.messages()).toHaveLength(1);
    expect(counter.text()).toBe('What would you like to recharge?');
  });

  it('belongs to one person in one chat', async () => {
    const group = counter.addGroup({ title: 'Counter', memberIds: [OWNER, COLLEAGUE] });
    await counter.say('/topup');
    await counter.say('/topup', OWNER, group);
    await counter.say('/topup', COLLEAGUE, group);
    expect(counter.dialogues.kept.size).toBe(3);
    await counter.say('/cancel', OWNER, group);
    expect(counter.dialogues.kept.size).toBe(2);
  });

  it('leaves the message of an order alone', async () => {
    await counter.say('/topup 036362608 1000');
    await counter.press('Pay');
    await counter.work();
    const order = counter.last();
    await counter.say('/topup');
    expect(counter.messages().find(({ id }) => id === order.id)?.text).toBe(order.text);
  });

  it('again is only for the order’s own buyer', async () => {
    const { no } = await counter.shop.buy({ buyer: COLLEAGUE });
    await counter.say('/start');
    const pressing = counter.telegram.pressStale(OWNER, OWNER, counter.last().id, `a:7:${no}`);
    await counter.handle();
    expect((await pressing).text).toContain('no longer in use');
    expect(counter.dialogues.kept.size).toBe(0);
  });
});
