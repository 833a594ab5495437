// A purchase left alone is closed where its prompt stands; nobody has to write first.

import { describe, expect, it } from 'vitest';
import { IDLE_MS, sweepIdleFlows } from '../../src/bot/janitor.ts';
import { counterForEach, OWNER, type Counter } from './open-counter.ts';

let counter: Counter;
counterForEach((opened) => (counter = opened));

const sweep = (
  inOrder = (_key: string, task: () => Promise<void>): Promise<void> => task(),
): Promise<void> => {
  const { dialogues, prompts, chat } = counter;
  return sweepIdleFlows({ dialogues, prompts, chat, clock: counter.shop.clock.now, inOrder });
};

describe('after thirty minutes without an answer', () => {
  it('the prompt says that it is closed and how to begin again', async () => {
    await counter.say('/topup 036362608 1000');
    counter.shop.clock.pass(IDLE_MS + 1);
    await sweep();
    expect(counter.messages()).toHaveLength(1);
    expect(counter.text()).toBe(
      'Closed after 30 minutes without an answer. Nothing was taken. /topup starts again.',
    );
    expect(counter.dialogues.kept.size).toBe(0);
    await counter.press('Recharge a line');
    expect(counter.text()).toBe('What would you like to recharge?');
  });

  it('in a group the button belongs to the one who was ordering', async () => {
    const group = counter.addGroup({ title: 'Counter', memberIds: [OWNER] });
    await counter.say('/topup', OWNER, group);
    counter.shop.clock.pass(IDLE_MS + 1);
    await sweep();
    expect(counter.last(group).keyboard[0]?.[0]?.callback_data).toBe('t:7');
  });

  it('not a moment earlier, and an answer counts anew', async () => {
    await counter.say('/topup');
    counter.shop.clock.pass(IDLE_MS);
    await sweep();
    expect(counter.dialogues.kept.size).toBe(1);
    await counter.press('ADSL / Fibre');
    counter.shop.clock.pass(IDLE_MS - 1);
    await sweep();
    expect(counter.text()).toContain('Send the line number');
  });

  it('an answer that comes just before is not swept away', async () => {
    await counter.say('/topup');
    counter.shop.clock.pass(IDLE_MS + 1);
    await sweep(async (_key, task) => {
      await counter.press('ADSL / Fibre');
      await task();
    });
    expect(counter.text()).toContain('Send the line number');
    expect(counter.dialogues.kept.size).toBe(1);
  });

  it('the message of an order is never touched', async () => {
    await counter.say('/topup 036362608 1000');
    await counter.press('Pay');
    await counter.work();
    const before = counter.text();
    counter.shop.clock.pass(IDLE_MS + 1);
    await sweep();
    expect(counter.text()).toBe(before);
  });

  it('a prompt that is gone is no trouble', async () => {
    await counter.say('/topup');
    counter.telegram.deleteMessage(OWNER, counter.last().id);
    counter.shop.clock.pass(IDLE_MS + 1);
    await sweep();
    expect(counter.dialogues.kept.size).toBe(0);
    expect(counter.messages()).toEqual([]);
  });
});
