// What happens to groups while orders run: they move, close a topic, or put the bot out. No order is lost by it.

import { beforeEach, describe, expect, it } from 'vitest';
import type { Order } from '../../src/domain/order.ts';
import { letIn } from './group-people.ts';
import { counterForEach, OWNER, type Counter } from './open-counter.ts';

const KARIM = 501;
const CODE = '1111222233334444';

let counter: Counter;
counterForEach((opened) => (counter = opened));

beforeEach(() => letIn(counter, { id: KARIM, name: 'Karim', role: 'agent' }));

function ordered(): Order {
  const [order] = counter.shop.store.all();
  if (order === undefined) throw new Error('nothing was ordered');
  return order;
}

/** An agent's order that the provider has in hand. */
async function underWay(group: number, topic: { threadId?: number } = {}): Promise<Order> {
  counter.telegram.say(KARIM, group, '/topup 036362608 1000', topic);
  await counter.handle();
  await counter.press('Recharge', KARIM, group);
  await counter.work();
  return ordered();
}

async function end(order: Order, kind: 'fulfilled' | 'refunded'): Promise<void> {
  counter.shop.topups.set(order.ref, {
    status: { kind },
    ...(kind === 'refunded' ? { code: null, transactionNo: null } : {}),
  });
  await counter.work();
}

const served = (): number => counter.addGroup({ title: 'Counter', memberIds: [OWNER, KARIM] });

describe('a group that becomes a supergroup', () => {
  it('is served under its new id at once, and its open orders end there', async () => {
    const group = served();
    const order = await underWay(group);
    const moved = counter.telegram.migrate(group);
    await counter.handle();
    expect(await counter.cases.groups.standing(moved)).toBe('served');
    await end(order, 'fulfilled');
    await counter.show();
    expect(counter.text(moved)).toContain('Order no. 1042: recharged.');
    expect(counter.last(moved).text).not.toContain('1111');
    expect(counter.messages(KARIM).filter(({ text }) => text.includes(CODE))).toHaveLength(1);
    await counter.say('/topup', KARIM, moved);
    expect(counter.text(moved)).toBe('What would you like to recharge?');
  });

  it('is known as soon as Telegram answers an edit with it, before anybody has told', async () => {
    const group = served();
    const order = await underWay(group);
    const moved = counter.telegram.migrate(group);
    await end(order, 'fulfilled');
    await counter.show();
    expect(await counter.cases.groups.standing(moved)).toBe('served');
    expect(counter.text(moved)).toContain('Order no. 1042: recharged.');
    await counter.handle();
    expect(await counter.cases.groups.standing(moved)).toBe('served');
  });
});

describe('a bot that was put out of the group', () => {
  it('tells the buyer the end in private, with the code, and the order is closed', async () => {
    const group = served();
    const order = await underWay(group);
    counter.telegram.kickBot(group);
    await counter.handle();
    await counter.work();
    await end(order, 'fulfilled');
    expect(counter.text(KARIM)).toContain('Order no. 1042: recharged.');
    expect(counter.text(KARIM)).toContain(`Card code: ${CODE}`);
    expect(counter.messages(KARIM).filter(({ text }) => text.includes('1042'))).toHaveLength(1);
    expect(await counter.shop.store.active()).toEqual([]);
  });

  it('tells it as soon as it is known, however long the group has been out of reach', async () => {
    const group = served();
    await counter.say('/topup 036362608 1000', KARIM, group);
    await counter.press('Recharge', KARIM, group);
    counter.telegram.kickBot(group);
    for (let turns = 0; turns < 8; turns += 1) {
      await counter.work();
      counter.shop.clock.pass(3_600_000);
    }
    const order = ordered();
    expect(order.message.tries).toBeGreaterThan(3);
    await end(order, 'refunded');
    expect(counter.text(KARIM)).toContain('Order no. 1042: not recharged; 1 000 DA is back in your balance.');
    expect(await counter.shop.store.active()).toEqual([]);
    counter.shop.store.audit();
  });

  it('keeps the end for a buyer who can’t be reached either, until the private chat is opened', async () => {
    const LINA = 502;
    await letIn(counter, { id: LINA, name: 'Lina', role: 'agent', isOpen: false });
    const group = counter.addGroup({ title: 'Counter', memberIds: [OWNER, LINA] });
    await counter.say('/topup 036362608 1000', LINA, group);
    await counter.press('Recharge', LINA, group);
    await counter.work();
    counter.telegram.kickBot(group);
    await end(ordered(), 'fulfilled');
    expect(await counter.shop.store.active()).toHaveLength(1);
    counter.telegram.start(LINA);
    await counter.handle();
    await counter.show();
    expect(counter.text(LINA)).toContain(`Card code: ${CODE}`);
    expect(await counter.shop.store.active()).toEqual([]);
  });

  it('is told of to the owners, once, and not where the shop did not serve', async () => {
    const group = served();
    const foreign = counter.telegram.addGroup({ title: 'Friends', memberIds: [KARIM] });
    counter.telegram.start(OWNER);
    await counter.handle();
    const before = counter.messages().length;
    counter.telegram.kickBot(foreign);
    counter.telegram.kickBot(group);
    await counter.handle();
    expect(counter.messages().slice(before)).toHaveLength(1);
    expect(counter.text()).toBe(
      '⚠️ The bot is no longer in Counter. Orders under way go on, and their buyers hear the end in private.',
    );
    expect(counter.labels()).toEqual(['[All groups]']);
  });

  it('serves again when it is added again', async () => {
    const group = served();
    counter.telegram.kickBot(group);
    counter.telegram.addBot(group);
    await counter.handle();
    expect(counter.text(group)).toContain('This group is open for orders');
  });
});

describe('a topic that is closed', () => {
  async function underWayInClosedTopic() {
    const group = counter.addGroup({ title: 'Branches', isForum: true, memberIds: [OWNER, KARIM] });
    const threadId = counter.telegram.addTopic(group, 'Oran');
    const order = await underWay(group, { threadId });
    counter.telegram.closeTopic(group, threadId);
    return { group, order };
  }

  it('while an order runs: the end is on its card all the same', async () => {
    const { group, order } = await underWayInClosedTopic();
    await end(order, 'fulfilled');
    expect(counter.text(group)).toContain('Order no. 1042: recharged.');
  });

  it.each(['TOPIC_CLOSED', 'message to edit not found'])(
    'and a card that can’t be changed (%s): the end goes to the general topic',
    async (description) => {
      const { group, order } = await underWayInClosedTopic();
      const fault = { kind: 'status', code: 400, description: `Bad Request: ${description}` } as const;
      counter.telegram.faultNext({ method: 'editMessageText', chatId: group, fault });
      await end(order, 'fulfilled');
      expect(counter.last(group).threadId).toBeUndefined();
      expect(counter.text(group)).toContain('Order no. 1042: recharged.');
      expect(await counter.shop.store.active()).toEqual([]);
    },
  );

  it('where the general topic is closed too, its buyer hears the end in private', async () => {
    const group = counter.addGroup({ title: 'Branches', isForum: true, memberIds: [OWNER, KARIM] });
    const order = await underWay(group);
    const fault = { kind: 'status', code: 400, description: 'Bad Request: TOPIC_CLOSED' } as const;
    for (const method of ['editMessageText', 'sendMessage'])
      counter.telegram.faultNext({ method, chatId: group, fault });
    await end(order, 'refunded');
    expect(counter.text(KARIM)).toContain('Order no. 1042: not recharged; 1 000 DA is back in your balance.');
    expect(await counter.shop.store.active()).toEqual([]);
  });
});
