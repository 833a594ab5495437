// What the purchase's desk does with a purchase that only lacks money: keeps it, remembers where the person read so, and
// lets go of it when it was paid or given up.

import type { KeptOrders } from '../app/kept-orders.ts';
import { StoreFault } from '../app/ports.ts';
import { centimes } from '../domain/money.ts';
import { buyerOf, type BotContext } from './context.ts';
import { here, type Prompted, type Spot } from './prompts.ts';
import type { Note } from './screens.ts';
import type { Chosen } from './steps.ts';

/** A full disk costs the comfort of it, never the purchase under way. */
async function unlessDiskIsFull(task: () => Promise<boolean>): Promise<boolean> {
  try {
    return await task();
  } catch (error) {
    if (error instanceof StoreFault) return false;
    throw error;
  }
}

export type WaitingPurchases = ReturnType<typeof createWaitingPurchases>;

export function createWaitingPurchases(kept: KeptOrders) {
  return {
    /** True when the purchase waits for money from now on; owners, who buy on the shop's credit, wait for nobody. */
    keep: (outer: BotContext, { owner }: Spot, bought: Chosen & { value: number }): Promise<boolean> =>
      unlessDiskIsFull(async () => {
        if (buyerOf(outer)?.role === 'owner') return false;
        const { service, line, offer } = bought;
        const { chatId, threadId } = here(outer);
        const value = centimes(bought.value);
        await kept.keep({ id: owner, service, line, offer, value, chatId, threadId });
        return true;
      }),

    /** Whoever reads that a purchase is kept is not in the middle of another one. */
    remember: (outer: BotContext, { owner }: Spot, note: Note | null, { promptId }: Prompted): void => {
      if (note?.say === 'short' && note.kept === true && promptId !== null)
        kept.told(owner, here(outer).chatId, promptId);
    },

    /** A purchase that was paid or given up must not come back; true when one was kept. */
    letGo: (person: number): Promise<boolean> =>
      unlessDiskIsFull(async () => (await kept.take(person)) !== undefined),
  };
}
