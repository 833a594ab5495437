// A purchase whose answer got lost: where it is looked for, and when it is sent again.

import { describe, expect, it } from 'vitest';
import { isTopupOf } from '../../src/app/advance-order.ts';
import type { SendResult, Topup, Topups } from '../../src/app/ports.ts';
import { dinars } from '../../src/domain/money.ts';
import { NOT_FOUND_BEFORE_RESEND, RESEND_AFTER_MS } from '../../src/domain/schedule.ts';
import { inState, MINUTE, ref, snapshot } from '../domain/an-order.ts';
import { count, sent } from './sent-order.ts';
import { openShop } from './shop.ts';

describe('a lost answer', () => {
  it('is looked up, not sent again, when it had landed', async () => {
    const { shop, name } = await sent('lost-accepted');
    shop.topups.set(name, { status: { kind: 'fulfilled' }, code: '1111', transactionNo: 'AT-1' });
    const end = await shop.follow(name);
    expect(end).toMatchObject({
      sends: 1,
      state: { name: 'fulfilled', topupId: 'T1', transactionNo: 'AT-1' },
    });
    expect(shop.topups.accepted).toEqual([name]);
    expect(await shop.store.books()).toEqual({ held: 0, taken: dinars(980) });
  });

  it('is sent once more with the same reference after many denials and three minutes', async () => {
    const { shop, name } = await sent('lost-not-accepted');
    const firstAt = shop.clock.now();
    let secondAt = 0;
    let denials = 0;
    shop.topups.before = (call) => {
      if (call === 'byRef') denials += 1;
      if (call === 'send') secondAt = shop.clock.now();
      if (call === 'send') shop.topups.before = () => Promise.resolve();
      return Promise.resolve();
    };
    for (let turns = 0; count(shop, 'send') < 2 && turns < 100; turns += 1) {
      const order = await shop.order(name);
      shop.clock.reach(order.dueAt ?? 0);
      await shop.advance(order);
    }
    expect(secondAt - firstAt).toBeGreaterThanOrEqual(RESEND_AFTER_MS);
    expect(denials).toBeGreaterThanOrEqual(NOT_FOUND_BEFORE_RESEND);
    expect(shop.topups.accepted).toEqual([name]);
  });

  it('is sent again three minutes after the POST, however long the write before it took', async () => {
    const shop = openShop();
    const { ref: name } = await shop.buy();
    const { store, clock, topups } = shop;
    const commit = store.commit.bind(store);
    store.commit = async (change) => {
      const committed = await commit(change);
      clock.pass(2 * MINUTE);
      store.commit = commit;
      return committed;
    };
    const sentAt: number[] = [];
    topups.before = (call) => Promise.resolve(call === 'send' ? void sentAt.push(clock.now()) : undefined);
    topups.sendings.push('lost-not-accepted');
    await shop.follow(name, async (order) => {
      await shop.advance(order);
      if (sentAt.length === 2) topups.set(name, { status: { kind: 'fulfilled' } });
    });
    const [first = 0, second = 0] = sentAt;
    expect(second - first).toBeGreaterThanOrEqual(RESEND_AFTER_MS);
  });

  it('that comes when another process has sent once more is not taken for the answer to that', async () => {
    const shop = openShop();
    const [first, second] = [Promise.withResolvers<SendResult>(), Promise.withResolvers<SendResult>()];
    const [sent, sentAgain] = [Promise.withResolvers<undefined>(), Promise.withResolvers<undefined>()];
    const sends = [
      { begun: sent, answer: first },
      { begun: sentAgain, answer: second },
    ];
    const send: Topups['send'] = () => {
      const next = sends.shift();
      next?.begun.resolve(undefined);
      return next?.answer.promise ?? Promise.reject(new Error('sent a third time'));
    };
    const other = shop.restart({ store: shop.store, topups: { ...shop.topups, send } });
    const { ref: name } = await shop.buy();
    const slow = other.advance(await shop.order(name));
    await sent.promise;
    const hands: Promise<void>[] = [];
    while (sends.length > 0) {
      const order = await shop.order(name);
      shop.clock.reach(order.dueAt ?? 0);
      const hand = other.advance(order);
      hands.push(hand);
      await Promise.race([hand, sentAgain.promise]);
    }
    first.resolve({ kind: 'not-executed', waitMs: 1_000 });
    await slow;
    expect(await shop.order(name)).toMatchObject({ sends: 2, state: { name: 'sending' } });
    second.resolve({ kind: 'doubt' });
    await Promise.all(hands);
    expect(await shop.follow(name, other.advance)).toMatchObject({ sends: 2, state: { name: 'review' } });
  });

  it('is looked for in the list before it is sent again', async () => {
    const { shop, name } = await sent('lost-accepted');
    shop.topups.hiddenFromRef.add(name);
    shop.topups.set(name, { ref: `INT-${name}`, status: { kind: 'fulfilled' } });
    expect(await shop.follow(name)).toMatchObject({ sends: 1, state: { name: 'fulfilled' } });
    expect(count(shop, 'send')).toBe(1);
  });

  it('is not sent again while the list can not be read', async () => {
    const { shop, name } = await sent('lost-not-accepted');
    shop.topups.down = new Set(['list']);
    expect(await shop.follow(name)).toMatchObject({ sends: 1, state: { name: 'review' } });
    expect(count(shop, 'send')).toBe(1);
  });

  it('is looked for on further pages of the list', async () => {
    const { shop, name } = await sent('lost-accepted');
    const { line, value } = await shop.order(name);
    for (let other = 0; other < 150; other += 1)
      await shop.topups.send({ ref: ref(`elsewhere-${other}`), service: 'ADSL', line, value });
    shop.topups.hiddenFromRef.add(name);
    shop.topups.set(name, { status: { kind: 'fulfilled' } });
    expect(await shop.follow(name)).toMatchObject({ sends: 1, state: { name: 'fulfilled' } });
    expect(count(shop, 'list')).toBe(2);
  });

  it('that the provider calls a used reference is never sent again, found or not', async () => {
    const { shop, name } = await sent({ kind: 'duplicate-ref' });
    for (let turns = 0; turns < 200; turns += 1) {
      const order = await shop.order(name);
      shop.clock.reach(order.dueAt ?? 0);
      await shop.advance(order);
    }
    expect(count(shop, 'send')).toBe(1);
    expect((await shop.order(name)).state.name).toBe('review');
    shop.store.audit();
  });

  it('twice, and denied ever after, is handed to a person with the money still held', async () => {
    const { shop, name } = await sent('lost-not-accepted', 'lost-not-accepted');
    expect(await shop.follow(name)).toMatchObject({ sends: 2, state: { name: 'review', reason: 'lost' } });
    expect(await shop.store.books()).toEqual({ held: dinars(980), taken: 0 });
  });

  it('that is known after all while a person looks settles itself', async () => {
    const { shop, name } = await sent('lost-accepted');
    shop.topups.hiddenFromRef.add(name);
    shop.topups.down = new Set(['list']);
    await shop.follow(name);
    shop.topups.hiddenFromRef.clear();
    shop.topups.set(name, { status: { kind: 'refunded' }, note: 'closed' });
    const waiting = await shop.order(name);
    shop.clock.reach(waiting.dueAt ?? 0);
    await shop.advance(waiting);
    expect((await shop.order(name)).state).toMatchObject({ name: 'refunded', note: 'closed' });
    shop.store.audit();
  });
});

describe("a recharge in the provider's list", () => {
  const listed = (more: Partial<Topup>): Topup => ({
    ...snapshot('handling'),
    topupId: 'T7',
    code: null,
    ...more,
  });

  it.each([
    ['our reference', { ref: 't0000001' }, true],
    ['our reference behind a prefix', { ref: 'INT-t0000001' }, true],
    ['the id we know', { ref: 'whatever', topupId: 'T1' }, true],
    ['another reference that ends alike', { ref: 'xt0000001' }, false],
    ['another reference', { ref: 't0000002' }, false],
  ])('by %s', (_what, more, mine) => {
    expect(isTopupOf(inState('handling'), listed(more))).toBe(mine);
  });
});
