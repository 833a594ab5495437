// How an order's end is told, and what happens around the telling: owners, faults of ours, many orders in one chat.

import { describe, expect, it } from 'vitest';
import { createRecord } from '../../src/app/record.ts';
import type { Chat } from '../../src/bot/chat.ts';
import type { ChatFailure } from '../../src/bot/failures.ts';
import { createNotifier } from '../../src/bot/notifier.ts';
import type { Order } from '../../src/domain/order.ts';
import type { Purchase } from '../../src/domain/purchase.ts';
import { plainVault } from '../app/in-memory.ts';
import { found, MINUTE, SECOND } from '../domain/an-order.ts';
import { DELIVERED, openDesk, SENT, told, type Desk } from './open-notifier.ts';

describe('the end of an order', () => {
  /** A delivered order that took so long, and was seen before. */
  async function after(ms: number, more: Partial<Purchase> = {}): Promise<Desk> {
    const desk = openDesk();
    const order = await desk.happen(await desk.buy(more), ...SENT);
    await desk.show();
    desk.written.length = 0;
    desk.shop.clock.pass(ms);
    await desk.happen(order, DELIVERED);
    await desk.show();
    return desk;
  }

  it('after more than a minute is also said in a new message that replies to the card', async () => {
    const { written } = await after(MINUTE);
    expect(written.map(({ how, text, replyTo }) => [how, text.split('\n')[0], replyTo])).toEqual([
      ['edit', '✅ Order no. 1042: recharged.', undefined],
      ['send', '✅ Order no. 1042: recharged.', 42],
    ]);
    expect(written[1]?.text).not.toContain('1111');
  });

  it('within a minute is the edit alone', async () => {
    expect((await after(MINUTE - 1)).written).toHaveLength(1);
  });

  it('in a group never shows the code there, and brings it to the private chat', async () => {
    const { written } = await after(2 * MINUTE, { chatId: -5 });
    const inGroup = written.filter(({ place }) => place.chatId === -5);
    const inPrivate = written.filter(({ place }) => place.chatId === 7);
    expect(inGroup).toHaveLength(2);
    expect(inGroup.map(({ text }) => text).join('\n')).not.toMatch(/1111|AT-1|980/);
    expect(inPrivate).toHaveLength(1);
    expect(inPrivate[0]?.text).toContain('Card code: 1111222233334444');
  });

  it('never leaves anything of the code in what is remembered of the message', async () => {
    const desk = await after(MINUTE);
    const [order] = desk.shop.store.all();
    expect(JSON.stringify(order?.message)).not.toMatch(/1111|sealed/);
  });
});

describe('an end that another process has shown', () => {
  /** Whoever began to show how the order goes on wakes up when its end has long been shown. */
  async function wakingUp(happens: (desk: Desk, order: Order) => Promise<void>, ...failures: ChatFailure[]) {
    const desk = openDesk();
    const { store, clock } = desk.shop;
    const asleep = Promise.withResolvers<undefined>();
    const chat: Chat = {
      ...desk.chat,
      edit: async (...edit) => {
        await asleep.promise;
        const sent = await desk.chat.edit(...edit);
        const failure = failures.shift();
        return failure === undefined ? sent : { ok: false, failure };
      },
    };
    const record = createRecord({ store, clock: clock.now, changed: (order) => sleeper.changed(order) });
    const sleeper = createNotifier({
      ...{ store, vault: plainVault, chat, lateEdits: { waitMs: () => 0 }, record, clock: clock.now },
      tellOwners: () => Promise.resolve(true),
      privateLink: () => undefined,
      failed: (_order, error) => void desk.failures.push(error),
      wake: () => undefined,
    });
    const order = await desk.happen(await desk.buy(), ...SENT);
    sleeper.changed(order);
    sleeper.showDue(await store.active(), clock.now());
    await happens(desk, order);
    asleep.resolve(undefined);
    await sleeper.settled();
    return desk;
  }

  it.each([
    ['', []],
    [', though the answer to its own edit is lost', [{ kind: 'passing' } as const]],
  ])('is put right by whoever slept and wrote over it%s', async (_, lost) => {
    const { shop, written, failures } = await wakingUp(
      async (desk, order) => {
        desk.shop.clock.pass(25 * SECOND);
        await desk.happen(order, DELIVERED);
        await desk.show();
      },
      ...lost,
    );
    expect(await shop.store.active()).toEqual([]);
    expect(written.map(({ text }) => told(text)).slice(-2)).toEqual([
      expect.stringMatching(/^⏳/u),
      expect.stringMatching(/^✅/u),
    ]);
    expect(failures).toEqual([]);
  });

  it('and that nobody has closed yet is put right as well', async () => {
    const { shop, written } = await wakingUp(async (desk, order) => {
      await desk.happen(order, found('odd'), DELIVERED);
    });
    expect(told(written.at(-1)?.text ?? '')).toMatch(/^✅/u);
    expect((await shop.store.active()).map(({ message }) => message.ended)).toEqual([true]);
  });
});

describe('the owners', () => {
  it('are told once of what they must know, before the card', async () => {
    const desk = openDesk();
    const order = await desk.happen(await desk.buy(), ...SENT, found('odd'));
    await desk.show();
    await desk.happen(order, found('odd'));
    await desk.show();
    expect(desk.alerts).toEqual(['word:PENDING_REVIEW']);
    await desk.happen(order, found('fulfilled', { number: '036000000' }));
    await desk.show();
    expect(desk.alerts).toEqual(['word:PENDING_REVIEW', 'review:mismatch']);
  });
});

describe('an edit that got no answer in time', () => {
  const TIMED_OUT = 20 * SECOND;
  const LANDED = 60 * SECOND;

  it('may land behind the end: the end is shown once more when it can’t any more', async () => {
    const desk = openDesk();
    const order = await desk.buy();
    desk.delays.push(TIMED_OUT);
    desk.refusals.push({ kind: 'passing' });
    await desk.show();
    desk.shop.clock.pass(5 * SECOND);
    await desk.happen(order, ...SENT, DELIVERED);
    await desk.show();
    await desk.show();
    expect(desk.written).toHaveLength(1);
    const open = await desk.shop.store.active();
    expect(open).toHaveLength(1);
    expect(desk.notifier.nextAt(open)).toBe(desk.shop.clock.now() + LANDED - 5 * SECOND);
    desk.shop.clock.pass(LANDED);
    await desk.show();
    expect(desk.written.map(({ text }) => text.includes('1111222233334444'))).toEqual([true, true]);
    expect(await desk.shop.store.active()).toEqual([]);
  });

  it('may be the card that was confirmed', async () => {
    const desk = openDesk();
    desk.delays.push(TIMED_OUT);
    await desk.chat.edit({ chatId: 7, threadId: null }, 42, 'en', { text: 'Check, then pay.' });
    await desk.happen(await desk.buy(), ...SENT, DELIVERED);
    await desk.show();
    expect(await desk.shop.store.active()).toHaveLength(1);
    desk.shop.clock.pass(LANDED);
    await desk.show();
    expect(desk.written.map(({ text }) => text.includes('1111222233334444'))).toEqual([false, true, true]);
    expect(await desk.shop.store.active()).toEqual([]);
  });

  it('says a long order’s end aloud only once', async () => {
    const desk = openDesk();
    const order = await desk.happen(await desk.buy(), ...SENT);
    desk.delays.push(TIMED_OUT);
    await desk.show();
    desk.shop.clock.pass(50 * SECOND);
    await desk.happen(order, DELIVERED);
    await desk.show();
    desk.shop.clock.pass(LANDED);
    await desk.show();
    expect(desk.written.filter(({ how }) => how === 'send')).toHaveLength(1);
  });

  it('does not matter to a message that was sent anew since', async () => {
    const desk = openDesk();
    const order = await desk.buy();
    desk.delays.push(TIMED_OUT);
    await desk.show();
    await desk.happen(order, ...SENT, DELIVERED);
    desk.refusals.push({ kind: 'gone' });
    await desk.show();
    expect(await desk.shop.store.active()).toEqual([]);
  });
});

describe('a fault of ours', () => {
  it('is told of, rests, and does not keep others from being shown', async () => {
    const desk = openDesk();
    await desk.buy();
    await desk.buy({ messageId: 43 });
    desk.shop.store.fail(1);
    await desk.show();
    expect(desk.failures).toHaveLength(1);
    expect(desk.written.map(({ messageId }) => messageId)).toEqual([42, 43]);
    await desk.show();
    expect(desk.written).toHaveLength(2);
    desk.shop.clock.pass(5 * SECOND);
    await desk.show();
    expect(desk.written.map(({ messageId }) => messageId)).toEqual([42, 43, 42]);
    expect((await desk.shop.store.active()).every(({ message }) => message.digest !== null)).toBe(true);
  });

  it('wakes the worker when a showing is over, however it went', async () => {
    const desk = openDesk();
    await desk.buy();
    await desk.show();
    expect(desk.wakes).toBe(1);
  });
});

it('one chat takes two places at the most, so that many orders in it keep nobody else waiting', async () => {
  const desk = openDesk();
  for (let count = 0; count < 100; count += 1) await desk.buy({ messageId: count + 1 });
  const open = await desk.shop.store.active();
  desk.notifier.showDue(open, desk.shop.clock.now());
  expect(desk.notifier.nextAt(open)).toBeUndefined();
  await desk.notifier.settled();
  expect(desk.written).toHaveLength(2);
  for (let turns = 0; desk.notifier.nextAt(await desk.shop.store.active()) !== undefined; turns += 1) {
    expect(turns).toBeLessThan(120);
    await desk.show();
  }
  expect(new Set(desk.written.map(({ messageId }) => messageId)).size).toBe(100);
  expect(desk.written).toHaveLength(100);
});
