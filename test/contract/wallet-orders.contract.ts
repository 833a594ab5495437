// What every store promises of orders on people's own money.

import { expect, test } from 'vitest';
import { availableOf, EMPTY_WALLET } from '../../src/domain/ledger.ts';
import { dinars, ZERO } from '../../src/domain/money.ts';
import { advance, buy, DELIVERED, GIVEN_BACK, opening, orderIn, ref, SENT, SHOWN } from '../store/orders.ts';
import { alter, letIn, openingBy } from '../store/shop-changes.ts';
import { still, type MakeStore } from './under-test.ts';

export function ordersOnWallets(make: MakeStore): void {
  test('an order holds its price in its buyer’s wallet; delivered it takes it, refunded it gives it back', async () => {
    const { store, audit } = await make(still);
    await letIn(store, 7, 3000);
    const one = orderIn(await store.commit(openingBy(7, 'one', 1000)));
    const two = orderIn(await store.commit(openingBy(7, 'two', 500)));
    expect(await store.wallet(7)).toEqual({ put: dinars(3000), held: dinars(1500), taken: ZERO });
    await advance(store, one, [...SENT, DELIVERED, SHOWN]);
    await advance(store, two, [...SENT, GIVEN_BACK, SHOWN]);
    expect(await store.wallet(7)).toEqual({ put: dinars(3000), held: ZERO, taken: dinars(1000) });
    expect(await store.books()).toEqual({ held: ZERO, taken: dinars(1000) });
    await audit();
  });

  test('the provider may not have been heard of an order until it has accepted it', async () => {
    const { store } = await make(still);
    const unheard = async (): Promise<string[]> => (await store.unheard()).map((one) => one.ref);
    for (const name of ['one', 'two', 'three', 'four']) await store.commit(opening(name));
    const [one, two, three] = await store.active();
    if (one === undefined || two === undefined || three === undefined) throw new Error('nothing is open');
    await advance(store, one, SENT);
    await advance(store, two, [...SENT, DELIVERED, SHOWN]);
    await advance(store, three, [{ type: 'send-begun' }, { type: 'doubt', ofSend: 1 }]);
    expect(await unheard()).toEqual(['order-three', 'order-four']);
  });

  test('an order that the wallet has no money for is refused, with what there is, and leaves nothing behind', async () => {
    const { store, audit } = await make(still);
    await letIn(store, 7, 1500);
    expect((await store.commit(openingBy(7, 'one', 1000))).kind).toBe('done');
    const refused = await store.commit(openingBy(7, 'two', 501));
    expect(refused).toEqual({ kind: 'short', available: dinars(500), ceiling: ZERO });
    expect(await store.byRef(ref('order-two'))).toBeUndefined();
    expect((await store.commit(openingBy(7, 'three', 500))).kind).toBe('done');
    expect((await store.wallet(7)).held).toBe(dinars(1500));
    await audit();
  });

  test('a ceiling lets a wallet go below zero, as far as it goes', async () => {
    const { store } = await make(still);
    await letIn(store, 7, 100, { ceiling: dinars(400) });
    expect((await store.commit(openingBy(7, 'one', 500))).kind).toBe('done');
    const refused = await store.commit(openingBy(7, 'two', 1));
    expect(refused).toEqual({ kind: 'short', available: dinars(-400), ceiling: dinars(400) });
  });

  test('whoever is not let in, frozen, or no longer what the order says may not buy', async () => {
    const { store } = await make(still);
    const kinds: string[] = [];
    const attempt = async (name: string): Promise<void> =>
      void kinds.push((await store.commit(openingBy(7, name))).kind);
    await attempt('one');
    await letIn(store, 7, 9000);
    await attempt('two');
    for (const more of [{ frozen: true }, { frozen: false, role: null }, { role: 'agent' }] as const) {
      await alter(store, 7, more);
      await attempt('three');
    }
    await alter(store, 7, { role: 'customer' });
    await attempt('three');
    expect(kinds).toEqual(['barred', 'done', 'barred', 'barred', 'barred', 'done']);
  });

  test('an order that exists is given to whoever confirms it again, frozen or poor by now', async () => {
    const { store } = await make(still);
    await letIn(store, 7, 1000);
    const order = orderIn(await store.commit(openingBy(7, 'one')));
    expect(await store.commit(openingBy(7, 'one'))).toEqual({ kind: 'exists', order });
    await alter(store, 7, { frozen: true });
    const closed = await advance(store, order, [...SENT, DELIVERED, SHOWN]);
    expect(await store.commit(openingBy(7, 'one'))).toEqual({ kind: 'exists', order: closed });
  });

  test('an open order goes on to its end, whatever became of its buyer and the wallet', async () => {
    const { store, audit } = await make(still);
    await letIn(store, 7, 0, { ceiling: dinars(1000) });
    const order = orderIn(await store.commit(openingBy(7, 'one', 1000)));
    await alter(store, 7, { ceiling: ZERO, frozen: true, role: null });
    await advance(store, order, [...SENT, DELIVERED, SHOWN]);
    expect(await store.wallet(7)).toEqual({ put: ZERO, held: ZERO, taken: dinars(1000) });
    await audit();
  });

  test('owners buy on the shop’s account, and nobody else can', async () => {
    const { store } = await make(still);
    await buy(store, 'one');
    expect(await store.wallet(7)).toEqual(EMPTY_WALLET);
    await letIn(store, 7);
    const { order, ...rest } = opening('two');
    const bent = { ...rest, kind: 'open', order: { ...order, role: 'customer' } } as const;
    await expect(store.commit(bent)).rejects.toThrow(RangeError);
    expect(await store.byRef(order.ref)).toBeUndefined();
  });

  test('of fifty purchases at once only those that there is money for come through', async () => {
    let made = await make(still);
    for (let round = 0; round < 200; round += 1) {
      // A new one now and then: what is measured is the race, not how much a store holds.
      if (round % 25 === 0) made = await make(still);
      const { store } = made;
      const enoughFor = 1 + (round % 5);
      await letIn(store, round + 1, enoughFor * 10);
      const all = Array.from({ length: 50 }, (_, i) => openingBy(round + 1, `r${round}-${i}`, 10));
      const kinds = (await Promise.all(all.map((one) => store.commit(one)))).map(({ kind }) => kind);
      expect(kinds.filter((kind) => kind === 'done')).toHaveLength(enoughFor);
      expect(kinds.filter((kind) => kind === 'short')).toHaveLength(50 - enoughFor);
      expect(availableOf(await store.wallet(round + 1))).toBe(0);
    }
    await made.audit();
  });
}
