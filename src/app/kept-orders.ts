// A purchase that only lacks money is kept for half an hour, one per person, and comes back when the money does.

import { KEPT_MS, recordKey, type KeptOrder } from '../domain/shop.ts';
import type { Clock, Store } from './ports.ts';
import { changeRecord, lookedAt } from './shop-change.ts';

export type KeptOrders = ReturnType<typeof createKeptOrders>;

/** A purchase as it was begun, and what it lacks. */
export type Lacking = Omit<KeptOrder, 'kind' | 'rev' | 'until' | 'promptId' | 'asked' | 'offered'>;

export function createKeptOrders({ store, clock }: { store: Store; clock: Clock }) {
  const isOver = ({ until }: KeptOrder): boolean => until <= clock();

  /** False when one of them has changed meanwhile: then nothing is dropped. */
  async function drop(kept: readonly KeptOrder[]): Promise<boolean> {
    const seen = kept.map((one) => lookedAt('kept', one.id, one));
    const drops = kept.map(recordKey);
    return (await store.change({ puts: [], lookedAt: seen, drops, entries: [], audit: [] })).kind === 'done';
  }

  /** True when the purchase is kept, and `next` makes something else of it. */
  async function note(person: number, next: (kept: KeptOrder) => KeptOrder | undefined): Promise<boolean> {
    const noted = await changeRecord<'kept', 'as-it-is'>(store, 'kept', person, (kept) => {
      const noting = kept === undefined || isOver(kept) ? undefined : next(kept);
      return noting === undefined ? { no: 'as-it-is' } : { next: noting, audit: [] };
    });
    return noted.kind === 'done';
  }

  async function find(person: number): Promise<KeptOrder | undefined> {
    const kept = await store.record('kept', person);
    return kept === undefined || isOver(kept) ? undefined : kept;
  }

  return {
    /** Keeps the purchase in place of an earlier one of the same person. */
    keep: async (lacking: Lacking): Promise<void> => {
      await changeRecord<'kept', never>(store, 'kept', lacking.id, () => ({
        next: {
          ...{ kind: 'kept', rev: 0, ...lacking, until: clock() + KEPT_MS },
          ...{ promptId: null, asked: false, offered: false },
        },
        audit: [],
      }));
    },

    /** What is kept for a person; undefined when there is nothing (any more). */
    find,

    /** The same, and lets go of it, if it is the one that is meant. */
    take: async (
      person: number,
      isMeant: (kept: KeptOrder) => boolean = () => true,
    ): Promise<KeptOrder | undefined> => {
      const known = await store.record('kept', person);
      if (known === undefined || !isMeant(known) || !(await drop([known]))) return undefined;
      return isOver(known) ? undefined : known;
    },

    /** Lets go of it, unless something else is kept instead meanwhile. */
    drop: (kept: KeptOrder): Promise<boolean> => drop([kept]),

    /** Everything that is kept. */
    all: async (): Promise<readonly KeptOrder[]> =>
      (await store.records('kept')).filter((kept) => !isOver(kept)),

    /** The person reads in this message that a purchase is kept. */
    told: (person: number, promptId: number): Promise<boolean> =>
      note(person, (kept) => ({ ...kept, promptId })),

    /** Whoever is busy is offered once to go on with it; false when that was done before. */
    offer: (person: number): Promise<boolean> =>
      note(person, (kept) => (kept.offered ? undefined : { ...kept, offered: true })),

    /** Lets go of what nobody came back for. */
    sweep: async (): Promise<void> => {
      const over = (await store.records('kept')).filter(isOver);
      if (over.length > 0) await drop(over);
    },
  };
}
