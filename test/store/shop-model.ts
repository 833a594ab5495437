// What a history must have come to: everything that somebody was told of, noted as it was told, and held against the
// store after each act.

import { expect } from 'vitest';
import type { Changed, Committed, ShopChange, Store } from '../../src/app/ports.ts';
import { availableOf, effectOf, holderOf, total, walletOf, type Entry } from '../../src/domain/ledger.ts';
import { add, dinars, ZERO, type Centimes } from '../../src/domain/money.ts';
import { isSettled, type Order, type Ref } from '../../src/domain/order.ts';
import type { Member } from '../../src/domain/shop.ts';
import { step } from '../../src/domain/transitions.ts';
import { audit } from '../../src/store/audit.ts';
import { PEOPLE, type Move, type Person } from './histories.ts';
import { opening, ref } from './orders.ts';
import { aMember, auditLine, correction, deposit, shopChange, transfer } from './shop-changes.ts';

type Answer = Committed | Changed;

/** A change that somebody asks for, and what it means to hear that it is done. */
export interface Wanted {
  submit(store: Store): Promise<Answer>;
  heard(answer: Answer): void;
}

export type Availables = ReadonlyMap<Person, Centimes>;

async function everything<T>(
  page: (before: number | null) => Promise<{ rows: readonly T[]; next: number | null }>,
): Promise<T[]> {
  const rows: T[] = [];
  for (let before: number | null = null, more = true; more; more = before !== null) {
    const found: { rows: readonly T[]; next: number | null } = await page(before);
    rows.push(...found.rows);
    before = found.next;
  }
  return rows;
}

/** The change of the shop that a move is; ids are of their day, because nobody repeats a request of last week. */
async function shopChangeOf(
  store: Store,
  move: Exclude<Move, { kind: 'open' | 'step' }>,
  now: number,
): Promise<ShopChange> {
  switch (move.kind) {
    case 'deposit':
      return deposit(`${move.id}@${now}`, move.person, move.amount);
    case 'correction':
      return correction(`${move.id}@${now}`, move.person, move.amount);
    case 'transfer':
      return transfer(`${move.id}@${now}`, move.from, move.to, move.amount);
    case 'member': {
      const rev = ((await store.record('member', move.person))?.rev ?? 0) + 1;
      const { ceiling, frozen, role } = move;
      return shopChange({ puts: [aMember(move.person, { rev, ceiling: dinars(ceiling), frozen, role })] });
    }
    case 'leave':
      return shopChange({ drops: [`member:${move.person}`] });
  }
}

/** The money of one person as the orders, the statement and the told entries have it. */
async function checkWallet(store: Store, person: Person, moved: readonly Entry[]): Promise<void> {
  const own = moved.filter(({ account }) => account === walletOf(person));
  const orders = (await everything((before) => store.orders({ buyer: person }, before, 2))).filter(
    ({ account }) => account === walletOf(person),
  );
  const held = total(orders.filter((order) => !isSettled(order)).map(({ price }) => price));
  const taken = total(orders.filter(({ state }) => state.name === 'fulfilled').map(({ price }) => price));
  const put = own.map(effectOf).reduce(add, ZERO);
  const wallet = await store.wallet(person);
  expect(wallet).toEqual({ put, held, taken });
  const told = await everything((before) => store.statement(walletOf(person), before, 3));
  const ids = told.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(told.map(effectOf).reduce(add, ZERO)).toBe(availableOf(wallet));
  const money = told.filter(({ kind }) => kind !== 'hold' && kind !== 'release');
  expect(money.map(({ id }) => id).reverse()).toEqual(own.map(({ id }) => id));
}

/** Everything on disk, counted by somebody else. */
async function checkDisk(store: Store, dir: string): Promise<void> {
  const open = (await store.active()).filter((order) => !isSettled(order));
  const books = await store.books();
  expect(books.held).toBe(total(open.map(({ price }) => price)));
  const counted = await audit(dir);
  expect(counted).toMatchObject({ ...books, entries: books, duplicates: 0 });
  expect(counted).toMatchObject({ openTotal: counted.held, fulfilledTotal: counted.taken });
  expect(counted).toMatchObject({ walletFaults: 0, walletEntries: counted.wallets });
  const wallets = await Promise.all(PEOPLE.map((person) => store.wallet(person)));
  expect(counted.wallets.put).toBe(total(wallets.map(({ put }) => put)));
}

export function shopModel() {
  const moved: Entry[] = [];
  const members = new Map<number, Member>();
  const trail: string[] = [];
  const told = new Map<Ref, number>();
  /** What had been told of orders before the last write: all that a torn copy leaves. */
  let toldBefore = new Map<Ref, number>();
  /** The most that anybody could owe since the last act began. */
  const ceilings = new Map<number, Centimes>();

  function hearChange(change: ShopChange, answer: Answer): void {
    if (answer.kind !== 'done') return;
    moved.push(...change.entries);
    for (const record of change.puts) {
      if (record.kind !== 'member') continue;
      members.set(record.id, record);
      ceilings.set(record.id, dinars(Math.max(ceilings.get(record.id) ?? 0, record.ceiling) / 100));
    }
    for (const key of change.drops ?? []) members.delete(Number(key.split(':')[1]));
    trail.push(...change.audit.map(({ about }) => about));
  }

  function hearOrder(answer: Answer, order: Pick<Order, 'ref'>, about?: string): void {
    if (answer.kind !== 'done' || !('order' in answer)) return;
    told.set(order.ref, answer.order.rev);
    if (about !== undefined) trail.push(about);
  }

  async function wants(store: Store, move: Move, now: number): Promise<readonly Wanted[]> {
    if (move.kind === 'open') {
      const { by, price } = move;
      const who = by === 'owner' ? ({ role: 'owner' } as const) : ({ role: 'customer', buyer: by } as const);
      const change = opening(move.name, { ...who, price: dinars(price) }, now);
      return [{ submit: (to) => to.commit(change), heard: (answer) => hearOrder(answer, change.order) }];
    }
    if (move.kind === 'step') {
      const order = await store.byRef(ref(`order-${move.name}`));
      const next = order && step(order, move.event, now);
      if (next === undefined) return [];
      const about = `${order?.ref} ${next.order.rev}`;
      const byHand = move.event.type === 'settled-by-hand';
      const change = { kind: 'step', ...next, ...(byHand ? { audit: auditLine(about) } : {}) } as const;
      return [
        {
          submit: (to) => to.commit(change),
          heard: (answer) => hearOrder(answer, next.order, byHand ? about : undefined),
        },
      ];
    }
    const change = { ...(await shopChangeOf(store, move, now)), audit: [auditLine(`${move.kind} ${now}`)] };
    return [{ submit: (to) => to.change(change), heard: (answer) => hearChange(change, answer) }];
  }

  return {
    wants,
    /** Before the answers are heard; `written`: something was done, so that the copy of before has moved on. */
    begin(written: boolean): void {
      if (written) toldBefore = new Map(told);
      ceilings.clear();
      for (const { id, ceiling } of members.values()) ceilings.set(id, ceiling);
    },
    async availables(store: Store): Promise<Availables> {
      const found = new Map<Person, Centimes>();
      for (const person of PEOPLE) found.set(person, availableOf(await store.wallet(person)));
      return found;
    },
    /** Nobody fell below what they may owe, through whatever was done at once. */
    async checkFloors(store: Store, before: Availables): Promise<void> {
      for (const person of PEOPLE) {
        const now = availableOf(await store.wallet(person));
        const floor = Math.min(before.get(person) ?? 0, 0 - (ceilings.get(person) ?? 0));
        expect(now).toBeGreaterThanOrEqual(floor);
      }
    },
    /** A torn copy takes back what the last write did to orders, and nothing else. */
    async afterTear(store: Store): Promise<void> {
      for (const [known, rev] of toldBefore)
        expect((await store.byRef(known))?.rev).toBeGreaterThanOrEqual(rev);
      for (const known of [...told.keys()]) {
        const order = await store.byRef(known);
        if (order === undefined) told.delete(known);
        else told.set(known, order.rev);
      }
      toldBefore = new Map(told);
    },
    async check(store: Store, dir: string): Promise<void> {
      await checkDisk(store, dir);
      for (const person of PEOPLE) await checkWallet(store, person, moved);
      for (const [known, rev] of told) expect((await store.byRef(known))?.rev).toBe(rev);
      const byId = (a: Member, b: Member): number => a.id - b.id;
      expect((await store.records('member')).toSorted(byId)).toEqual([...members.values()].sort(byId));
      const lines = await everything((before) => store.auditTrail(before, 4));
      expect(lines.map(({ about }) => about).reverse()).toEqual(trail);
      expect(moved.every(({ account }) => holderOf(account) !== undefined)).toBe(true);
    },
  };
}

export type ShopModel = ReturnType<typeof shopModel>;
