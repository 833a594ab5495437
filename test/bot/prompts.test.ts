// One prompt per purchase: it is redrawn in place, moves below what was typed, and is left alone once it is an order.

import { describe, expect, it } from 'vitest';
import { recogniseOrders, recogniseOrdersIn } from '../../src/bot/prompts.ts';
import type { Order } from '../../src/domain/order.ts';
import { COLLEAGUE, counterForEach, OWNER, type Counter } from './open-counter.ts';

let counter: Counter;
counterForEach((opened) => (counter = opened));

describe('the prompt', () => {
  it('is redrawn in place while only buttons are pressed', async () => {
    await counter.say('/topup');
    const { id } = counter.last();
    await counter.press('ADSL / Fibre');
    await counter.press('Back');
    expect(counter.messages().map((message) => message.id)).toEqual([id]);
  });

  it('moves below what the person typed, and the old one loses its buttons', async () => {
    await counter.say('/topup');
    await counter.press('ADSL / Fibre');
    await counter.say('036362608');
    const [old, current] = counter.messages();
    expect(old?.keyboard).toEqual([]);
    expect(current?.text).toContain('Line found');
    expect(counter.messages()).toHaveLength(2);
  });

  it('that was deleted is sent anew', async () => {
    await counter.say('/topup');
    const { id } = counter.last();
    const pressing = counter.telegram.press(OWNER, OWNER, id, 'ADSL / Fibre');
    counter.telegram.deleteMessage(OWNER, id);
    await counter.handle();
    await pressing;
    expect(counter.text()).toContain('Send the line number');
  });

  it('in a group answers the one who is ordering, and opens his reply field', async () => {
    const group = counter.addGroup({ title: 'Counter', memberIds: [OWNER, COLLEAGUE] });
    const asked = counter.telegram.say(OWNER, group, '/topup');
    await counter.handle();
    expect(counter.last(group).replyTo).toBe(asked.id);
    await counter.press('ADSL / Fibre', OWNER, group);
    const question = counter.last(group);
    expect(question).toMatchObject({ forceReply: true, replyTo: asked.id });
    await counter.say('036362609', COLLEAGUE, group);
    expect(counter.last(group).id).toBe(question.id);
    await counter.say('036362608', OWNER, group, question.id);
    expect(counter.text(group)).toContain('Line found: 036 •• •• 08');
  });

  it('that Telegram does not take loses no purchase', async () => {
    await counter.say('/topup');
    const refused = { kind: 'status', code: 500, description: 'Internal Server Error' } as const;
    counter.telegram.faultNext({ method: /editMessageText|sendMessage/, times: 2, fault: refused });
    await counter.press('ADSL / Fibre');
    await counter.say('036362608');
    expect(counter.text()).toContain('Line found');
    expect(counter.failures).toEqual([]);
  });
});

describe('a prompt that has become an order’s message', () => {
  it('is nobody’s prompt any more', async () => {
    await counter.say('/topup 036362608 1000');
    expect(counter.prompts.of('7:7:0')).toMatchObject({ chatId: OWNER, messageId: counter.last().id });
    await counter.press('Pay');
    expect(counter.prompts.of('7:7:0')).toBeUndefined();
  });

  it('is not drawn over by its own flow, should that come back after a kill', async () => {
    await counter.say('/topup 036362608 1000');
    const [key = '', flow] = [...counter.dialogues.kept][0] ?? [];
    const cancel = counter.last().keyboard.at(-1)?.[0]?.callback_data ?? '';
    await counter.press('Pay');
    await counter.work();
    const order = counter.last();
    await counter.dialogues.write(key, flow, 0);
    const pressing = counter.telegram.pressStale(OWNER, OWNER, order.id, cancel);
    await counter.handle();
    await pressing;
    expect(counter.messages()[0]).toEqual(order);
    expect(counter.text()).toContain('Cancelled');
  });

  it('is recognised again when a power cut has brought its flow back, closed or not', async () => {
    await counter.say('/topup 036362608 1000');
    const [key = '', flow] = [...counter.dialogues.kept][0] ?? [];
    const place = counter.dialogues.prompt(key);
    await counter.press('Pay');
    await counter.work();
    await counter.dialogues.write(key, flow, 0);
    if (place !== undefined) counter.dialogues.setPrompt(key, place);
    const { dialogues, shop } = counter;
    const given: number[] = [];
    const give = (order: Order): void => void given.push(order.no);
    // The order itself may be closed by then, and no longer among the active ones.
    const store = {
      active: () => Promise.resolve([]),
      history: (buyer: number, limit: number) => shop.store.history(buyer, limit),
    };
    await recogniseOrders({ dialogues, store, prompts: { give } });
    expect(given).toContain(shop.store.all()[0]?.no);
  });

  it('is recognised by another process that takes the flow over', async () => {
    await counter.say('/topup 036362608 1000');
    const [key = '', flow] = [...counter.dialogues.kept][0] ?? [];
    const place = counter.dialogues.prompt(key);
    await counter.press('Pay');
    await counter.dialogues.write(key, flow, 0);
    if (place !== undefined) counter.dialogues.setPrompt(key, place);
    const { prompts, shop } = await counter.restart();
    expect(prompts.of(key)).toEqual(place);
    await recogniseOrdersIn(key, { store: shop.store, prompts });
    expect(prompts.of(key)).toBeUndefined();
  });

  it('keeps what the order wrote into it', async () => {
    await counter.say('/topup 036362608 1000');
    await counter.press('Pay');
    await counter.work();
    const [order] = counter.messages();
    counter.prompts.retire('7:7:0');
    await counter.say('/help');
    expect(counter.messages()[0]).toEqual(order);
  });
});
