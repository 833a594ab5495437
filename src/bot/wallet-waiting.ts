// What the purchase's desk does with a purchase that only lacks money: keeps it, remembers where the person read so, and
// lets go of it when it was paid or given up.

import type { KeptOrders } from '../app/kept-orders.ts';
import { StoreFault } from '../app/ports.ts';
import { centimes, type Centimes } from '../domain/money.ts';
import type { KeptOrder } from '../domain/shop.ts';
import { buyerOf, type BotContext } from './context.ts';
import { here, type Prompted, type Spot } from './prompts.ts';
import type { Note } from './notes.ts';
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
    keep: (
      outer: BotContext,
      { owner, flow }: Spot,
      bought: Chosen & { value: number },
      { price, missing }: { readonly price: Centimes; readonly missing: Centimes },
    ): Promise<boolean> =>
      unlessDiskIsFull(async () => {
        if (buyerOf(outer)?.role === 'owner') return false;
        const { service, line, offer } = bought;
        const { chatId, threadId } = here(outer);
        const value = centimes(bought.value);
        const lacking = { service, line, offer, value, price, missing, chatId, threadId, flow };
        await kept.keep({ id: owner, ...lacking });
        return true;
      }),

    /** Whoever reads that a purchase is kept is not in the middle of another one. */
    remember: ({ owner }: Spot, note: Note | null, { promptId }: Prompted): Promise<boolean> =>
      unlessDiskIsFull(async () =>
        note?.say === 'short' && note.kept === true && promptId !== null ? kept.told(owner, promptId) : false,
      ),

    /** Whatever is kept must not come back; true when something was. */
    letGo: (person: number): Promise<boolean> =>
      unlessDiskIsFull(async () => (await kept.take(person)) !== undefined),

    /** A purchase that was paid or given up must not come back; another one of the same person still waits. */
    over: ({ owner, flow }: Spot, bought?: Chosen): Promise<boolean> =>
      unlessDiskIsFull(async () => {
        const isThis = (one: KeptOrder): boolean =>
          one.flow === flow || (one.service === bought?.service && one.line === bought.line);
        return (await kept.take(owner, isThis)) !== undefined;
      }),
  };
}
