// The second half of a purchase's desk: from a value to its price, and from the price to an order. Each function is one
// `external` of the conversation: it gets the outer context, never throws, and gives plain JSON back.

import { centimes, type Centimes } from '../domain/money.ts';
import type { Ref } from '../domain/order.ts';
import { groupsSentences } from '../i18n/groups/index.ts';
import { buyerOf, type BotContext } from './context.ts';
import { acknowledge, askedAt, NOBODY, type DeskParts } from './desk-parts.ts';
import { closedNote, refusalNote, type Note } from './notes.ts';
import { here, type Prompted, type Spot } from './prompts.ts';
import { awayScreen, confirmScreen } from './screens.ts';
import type { Chosen } from './steps.ts';

/** `values`: the value can't be bought as things are; the note says why. */
export type Quoted = Prompted &
  (
    | { readonly kind: 'quoted'; readonly ref: Ref; readonly cost: number; readonly price: number }
    | { readonly kind: 'values'; readonly note: Note; readonly fitting: boolean }
    | { readonly kind: 'away' }
  );

export type Paid = { readonly kind: 'placed' } | { readonly kind: 'refused'; readonly note: Note };

export function createDeskPaying(parts: DeskParts) {
  const { counter, store, chat, prompts, waiting, newRef } = parts;

  return {
    /** Step 4: stock, cost and balance are read again, and a reference is drawn for the button. */
    quote: async (
      outer: BotContext,
      spot: Spot,
      facts: Chosen & { value: number; note: Note | null },
    ): Promise<Quoted> => {
      await acknowledge(outer);
      void chat.typing(here(outer));
      const { service, line, note } = facts;
      const to = askedAt(outer, spot, here(outer));
      const result = await counter.quote(buyerOf(outer) ?? NOBODY, service, centimes(facts.value));
      switch (result.kind) {
        case 'provider-away':
        case 'shop-short':
          return { ...(await prompts.put(outer, spot, awayScreen(to))), kind: 'away' };
        case 'barred':
        case 'paused':
          return {
            ...(await prompts.put(outer, spot, awayScreen(to, closedNote(result)))),
            kind: 'away',
          };
        case 'out-of-stock':
          return {
            promptId: spot.promptId,
            kind: 'values',
            note: { say: 'amount-not-offered' },
            fitting: false,
          };
        case 'not-sold':
          return {
            ...{ promptId: spot.promptId, kind: 'values', fitting: false },
            note: { say: 'amount-not-sold' },
          };
        case 'short-balance': {
          const { missing, balance, price } = result;
          const isKept = await waiting.keep(outer, spot, facts, result);
          const value = centimes(facts.value);
          const short: Note = { say: 'short', missing, balance, price, value, kept: isKept };
          return { promptId: spot.promptId, kind: 'values', note: short, fitting: true };
        }
        case 'quote': {
          const { value, price, balance, cost } = result.quote;
          const ref = newRef();
          const screen = confirmScreen(to, { service, line, value, price, balance, ref, note });
          return { ...(await prompts.put(outer, spot, screen)), kind: 'quoted', ref, cost, price };
        }
      }
    },

    /** Step 5: the confirmation becomes an order, once per reference. */
    pay: async (
      outer: BotContext,
      spot: Spot,
      agreed: Chosen & { value: number; cost: number; price: number; ref: Ref; twinAccepted: boolean },
    ): Promise<Paid> => {
      const place = here(outer);
      // The card of a busy group may stay as it is for a while.
      await acknowledge(outer, place.chatId < 0 ? groupsSentences(outer.language).oneMoment : undefined);
      void chat.typing(place);
      const { service, line, ref, twinAccepted } = agreed;
      const { name: buyerName, role } = buyerOf(outer) ?? NOBODY;
      const amount = (n: number): Centimes => centimes(n);
      const result = await counter.place({
        twinAccepted,
        purchase: {
          ...{ ref, service, line, buyer: spot.owner, buyerName, role, language: outer.language },
          ...{ value: amount(agreed.value), cost: amount(agreed.cost), price: amount(agreed.price) },
          ...{ chatId: place.chatId, threadId: place.threadId, messageId: spot.promptId },
        },
      });
      if (result.kind === 'refused') {
        const note = refusalNote(result.refusal);
        if (note.say !== 'short') return { kind: 'refused', note };
        const isKept = await waiting.keep(outer, spot, agreed, note);
        return { kind: 'refused', note: { ...note, value: amount(agreed.value), kept: isKept } };
      }
      prompts.give(result.order);
      await waiting.over(spot, agreed);
      return { kind: 'placed' };
    },

    /** Whether a confirmation with this reference has become an order. */
    isPlaced: async (ref: Ref): Promise<boolean> => (await store.byRef(ref)) !== undefined,

    /** Nothing waits for this person's money any more; true when something did. */
    letGo: waiting.letGo,
  };
}
