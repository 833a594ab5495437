import { expect, test } from 'vitest';
import { dinars } from '../../src/domain/money.ts';
import { expectEvenBooks } from './even-books.ts';
import { everyKill } from './every-kill.ts';
import { idsOf, open, sound } from './journal-lines.ts';
import { advance, DELIVERED, GIVEN_BACK, opening, orderIn, SENT, SHOWN } from './orders.ts';
import { alter, deposit, letIn, openingBy, transfer } from './shop-changes.ts';

test('a kill at any moment loses nothing that anybody was told of, and no money', async () => {
  const kills = await everyKill(async (store, tell) => {
    for (const [name, end] of [['one', DELIVERED] as const, ['two', GIVEN_BACK] as const]) {
      let order = orderIn(await store.commit(opening(name)));
      tell(order);
      for (const event of [...SENT, end, SHOWN]) tell((order = await advance(store, order, [event])));
    }
  });
  expect(kills.length).toBeGreaterThan(50);
  for (const { dir, told } of kills) {
    const { store, faults, recovered } = await open(dir);
    expect({ faults, recovered }).toEqual({ faults: [], recovered: false });
    for (const [one, rev] of told) expect((await store.byRef(one))?.rev).toBeGreaterThanOrEqual(rev);
    await expectEvenBooks(dir, store);
  }
});

test('a kill at any moment of a wallet’s day loses nothing that anybody was told of, and no money', async () => {
  const kills = await everyKill(async (store, tell) => {
    await letIn(store, 7, 50, { ceiling: dinars(10) });
    tell('first-7');
    for (const [name, end] of [['one', DELIVERED] as const, ['two', GIVEN_BACK] as const]) {
      let order = orderIn(await store.commit(openingBy(7, name, 20)));
      tell(order);
      for (const event of [...SENT, end, SHOWN]) tell((order = await advance(store, order, [event])));
      const both = [deposit(`d-${name}`, 7, 1), transfer(`t-${name}`, 7, 8, 2)];
      await Promise.all(both.map((one) => store.change(one)));
      both.flatMap(({ entries }) => entries).forEach(({ id }) => tell(id));
      await alter(store, 7, { frozen: name === 'two' });
    }
  });
  expect(kills.length).toBeGreaterThan(80);
  for (const { dir, told, moved } of kills) {
    const { store, faults, recovered } = await open(dir);
    expect({ faults, recovered }).toEqual({ faults: [], recovered: false });
    for (const [one, rev] of told) expect((await store.byRef(one))?.rev).toBeGreaterThanOrEqual(rev);
    await sound(dir);
    const ids = [...(await idsOf(store)), ...(await idsOf(store, 8))];
    expect(new Set(ids).size).toBe(ids.length);
    expect(moved.difference(new Set(ids))).toEqual(new Set());
    // Both sides of a transfer, or none.
    const sides = (end: string): number => ids.filter((id) => id.endsWith(end)).length;
    expect(sides(':out')).toBe(sides(':in'));
  }
});
