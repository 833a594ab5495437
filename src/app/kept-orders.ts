// A purchase that only lacks money is kept for half an hour, one per person, and comes back when the money does.

import { KEPT_MS, recordKey, type KeptOrder } from '../domain/shop.ts';
import type { Clock, Store } from './ports.ts';
import { changeRecord } from './shop-change.ts';

export type KeptOrders = ReturnType<typeof createKeptOrders>;

export function createKeptOrders({ store, clock }: { store: Store; clock: Clock }) {
  /** The prompt under which each person was told so; a restart forgets it, and then nothing is taken over unasked. */
  const toldAt = new Map<number, string>();

  const drop = (kept: readonly KeptOrder[]) =>
    store.change({ puts: [], drops: kept.map(recordKey), entries: [], audit: [] });

  async function find(person: number): Promise<KeptOrder | undefined> {
    const kept = await store.record('kept', person);
    return kept !== undefined && clock() < kept.until ? kept : undefined;
  }

  async function sweep(): Promise<void> {
    const old = (await store.records('kept')).filter(({ until }) => until <= clock());
    if (old.length > 0) await drop(old);
    for (const { id } of old) toldAt.delete(id);
  }

  return {
    /** Keeps the purchase in place of an earlier one of the same person. */
    keep: async (kept: Omit<KeptOrder, 'kind' | 'rev' | 'until'>): Promise<void> => {
      await sweep();
      await changeRecord<'kept', never>(store, 'kept', kept.id, () => ({
        next: { kind: 'kept', rev: 0, ...kept, until: clock() + KEPT_MS },
        audit: [],
      }));
    },

    /** What is kept for a person; undefined when there is nothing (any more). */
    find,

    /** The same, and lets go of it. */
    take: async (person: number): Promise<KeptOrder | undefined> => {
      const known = await store.record('kept', person);
      if (known === undefined) return undefined;
      const kept = await find(person);
      await drop([known]);
      toldAt.delete(person);
      return kept;
    },

    /** The person reads in this message that a purchase is kept. */
    told: (person: number, chatId: number, messageId: number): void =>
      void toldAt.set(person, `${chatId}:${messageId}`),

    /** Whether this is the message in which the person read it last. */
    wasTold: (person: number, chatId: number, messageId: number): boolean =>
      toldAt.get(person) === `${chatId}:${messageId}`,

    /** Lets go of what nobody came back for. */
    sweep,
  };
}
