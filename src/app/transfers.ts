// An agent gives a customer credit out of the own wallet. Who they are is looked at again by the commit itself: somebody
// frozen a moment before it moves nothing.

import type { Centimes } from '../domain/money.ts';
import type { MoneyNo } from '../domain/refusal.ts';
import type { Member } from '../domain/shop.ts';
import {
  auditOf,
  entryOf,
  isTooLate,
  noteOf,
  refusedMoney,
  resultOf,
  type MoneyResult,
  type Move,
} from './movement.ts';
import { newsOf } from './money-news.ts';
import type { Clock, Store } from './ports.ts';
import { lookedAt, untilFresh } from './shop-change.ts';

/** Why this agent may not give this customer credit. */
function refusal(giver: Member | undefined, taker: Member | undefined): MoneyNo | undefined {
  if (giver === undefined || giver.role === null) return 'not-a-member';
  if (giver.frozen) return 'frozen';
  if (giver.role !== 'agent') return 'agents-to-customers';
  if (taker === undefined || taker.role === null) return 'no-such-person';
  return taker.role === 'customer' ? undefined : 'agents-to-customers';
}

export function createTransfers(deps: { store: Store; clock: Clock; filled: (person: number) => void }) {
  const { store, clock, filled } = deps;

  async function look(from: number, to: number) {
    const [giver, taker] = await Promise.all([store.record('member', from), store.record('member', to)]);
    const seen = [lookedAt('member', from, giver), lookedAt('member', to, taker)];
    return { seen, refusal: from === to ? 'to-oneself' : refusal(giver, taker) } as const;
  }

  async function attempt(move: Move, from: number, to: number, amount: Centimes) {
    const { seen, refusal: why } = await look(from, to);
    if (why !== undefined) return refusedMoney(why);
    // This id has moved money already, as whatever.
    if ((await store.record('news', move.id)) !== undefined) return { kind: 'moved-before' } as const;
    const at = clock();
    const shared = { amount, by: from, at };
    const changed = await store.change({
      puts: [newsOf(move.id, { person: to, amount, by: from, reason: '' }, 'transfer-in')],
      lookedAt: seen,
      entries: [
        entryOf(move.id, { ...shared, person: from, kind: 'transfer-out', reason: `to ${to}` }),
        entryOf(move.id, { ...shared, person: to, kind: 'transfer-in', reason: `from ${from}` }),
      ],
      audit: [auditOf(from, at, 'transfer', to, noteOf(amount))],
    });
    return changed.kind === 'stale' ? 'stale' : resultOf(store, changed, from);
  }

  return {
    /** Why nothing may move, as things are. */
    transferRefusal: async (from: number, to: number): Promise<MoneyNo | undefined> =>
      (await look(from, to)).refusal,

    transfer: async (move: Move, from: number, to: number, amount: Centimes): Promise<MoneyResult> => {
      if (isTooLate(move, clock())) return refusedMoney('too-late');
      const result = await untilFresh<MoneyResult>(() => attempt(move, from, to, amount));
      if (result.kind === 'moved') filled(to);
      return result;
    },
  };
}
