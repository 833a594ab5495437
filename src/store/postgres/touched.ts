// What a change reads and writes, known before anything is read: it is locked in one order, the same for everybody, so that
// no two processes wait for each other.

import type { Change, ShopChange } from '../../app/ports.ts';
import { holderOf, type Account, type Entry } from '../../domain/ledger.ts';
import type { Ref } from '../../domain/order.ts';
import type { Line } from '../../domain/service.ts';
import { recordKey } from '../../domain/shop.ts';

export interface Touched {
  readonly refs: ReadonlySet<Ref>;
  /** Of orders that are opened: of two for one line the second must see the first. */
  readonly lines: ReadonlySet<Line>;
  /** The earliest moment since which another order for them is a twin, epoch ms; Infinity when that matters to nobody. */
  readonly twinSince: number;
  readonly accounts: ReadonlySet<Account>;
  /** Records that are only looked at, and records that may change. */
  readonly looked: ReadonlySet<string>;
  readonly put: ReadonlySet<string>;
  /** Ids of money entries that must not be added twice. */
  readonly entryIds: ReadonlySet<string>;
}

const NO_LINES = { lines: new Set<Line>(), twinSince: Infinity };

const memberKeys = (accounts: Iterable<Account>): string[] =>
  [...accounts].flatMap((account) => {
    const id = holderOf(account);
    return id === undefined ? [] : [recordKey({ kind: 'member', id })];
  });

const accountsOf = (entries: readonly Entry[]): Set<Account> =>
  new Set(entries.map(({ account }) => account));

export function touchedByOrder(change: Change): Touched {
  const { order, entries } = change;
  const accounts = new Set([order.account, ...accountsOf(entries)]);
  const opened =
    change.kind === 'open'
      ? { lines: new Set([order.line]), twinSince: change.twinSince ?? Infinity }
      : NO_LINES;
  return {
    ...{ refs: new Set([order.ref]), ...opened, accounts, looked: new Set(memberKeys(accounts)) },
    ...{ put: new Set(), entryIds: new Set() },
  };
}

export function touchedByShop({ puts, drops = [], lookedAt = [], entries }: ShopChange): Touched {
  const accounts = accountsOf(entries);
  return {
    ...{ refs: new Set(), ...NO_LINES },
    accounts,
    looked: new Set([...memberKeys(accounts), ...lookedAt.map(({ key }) => key)]),
    put: new Set([...puts.map(recordKey), ...drops]),
    entryIds: new Set(entries.map(({ id }) => id)),
  };
}

const union = <T>(all: readonly ReadonlySet<T>[]): ReadonlySet<T> => new Set(all.flatMap((one) => [...one]));

/** What changes that are written together touch. */
export const allTouched = (all: readonly Touched[]): Touched => ({
  refs: union(all.map(({ refs }) => refs)),
  lines: union(all.map(({ lines }) => lines)),
  twinSince: Math.min(...all.map(({ twinSince }) => twinSince)),
  accounts: union(all.map(({ accounts }) => accounts)),
  looked: union(all.map(({ looked }) => looked)),
  put: union(all.map(({ put }) => put)),
  entryIds: union(all.map(({ entryIds }) => entryIds)),
});
