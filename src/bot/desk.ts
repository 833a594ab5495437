// What a purchase does outside its script: reads stock, checks numbers, draws prompts, places the order. Two halves, each
// a file of its own; here they are put together with what any step may do.

import type { KeptOrders } from '../app/kept-orders.ts';
import { sentences } from '../i18n/index.ts';
import type { BotContext } from './context.ts';
import { createDeskLooking } from './desk-looking.ts';
import { acknowledge, type DeskParts } from './desk-parts.ts';
import { createDeskPaying } from './desk-paying.ts';
import type { Spot } from './prompts.ts';
import { button } from './view.ts';
import { namingPrompts } from './wallet-named.ts';
import { createWaitingPurchases } from './wallet-waiting.ts';

export type Desk = ReturnType<typeof createDesk>;

export function createDesk(deps: Omit<DeskParts, 'waiting'> & { readonly kept: KeptOrders }) {
  const { kept, ...rest } = deps;
  const prompts = namingPrompts(rest.prompts);
  const parts: DeskParts = { ...rest, prompts, waiting: createWaitingPurchases(kept) };
  const { waiting } = parts;

  return {
    ...createDeskLooking(parts),
    ...createDeskPaying(parts),

    /** Ends the spinner on a button that changes nothing. */
    acknowledge: async (outer: BotContext): Promise<null> => {
      await acknowledge(outer);
      return null;
    },

    /** Ends a flow with a sentence in place of its prompt. */
    close: async (outer: BotContext, spot: Spot, why: 'cancelled' | 'outdated'): Promise<null> => {
      await acknowledge(outer);
      if (why === 'cancelled') await waiting.over(spot);
      const t = sentences(outer.language);
      const recharge = button(t.buttons.recharge, { kind: 'recharge', owner: spot.owner });
      await prompts.put(outer, spot, { text: t[why], rows: [[recharge]] });
      return null;
    },
  };
}
