// What a purchase does outside its script: reads stock, checks numbers, draws prompts, places the order. Each function
// is one `external` of the conversation: it gets the outer context, never throws, and gives plain JSON back.

import type { Catalog } from '../app/catalog.ts';
import type { Counter } from '../app/place-order.ts';
import { ProviderFault, type Offer, type Store, type Topups } from '../app/ports.ts';
import { centimes, type Centimes } from '../domain/money.ts';
import type { Ref } from '../domain/order.ts';
import { readLine, type Line, type Service } from '../domain/service.ts';
import { sentences } from '../i18n/index.ts';
import type { Chat, Place } from './chat.ts';
import type { BotContext } from './context.ts';
import { lineNote, refusalNote } from './notes.ts';
import { here, type Prompted, type Prompts, type Spot } from './prompts.ts';
import {
  awayScreen,
  confirmScreen,
  numberScreen,
  serviceScreen,
  valueScreen,
  type Asked,
  type Note,
  type OfferButton,
  type RecentLine,
} from './screens.ts';
import type { Chosen } from './steps.ts';
import { button } from './view.ts';

export type LineFound =
  | { readonly ok: true; readonly line: Line; readonly offer: string | null }
  | { readonly ok: false; readonly note: Note };

export type Values = Prompted & { readonly offers: readonly OfferButton[] | null };

/** `values`: the value can't be bought as things are; the note says why. */
export type Quoted = Prompted &
  (
    | { readonly kind: 'quoted'; readonly ref: Ref; readonly cost: number; readonly price: number }
    | { readonly kind: 'values'; readonly note: Note; readonly fitting: boolean }
    | { readonly kind: 'away' }
  );

export type Paid = { readonly kind: 'placed' } | { readonly kind: 'refused'; readonly note: Note };

export type Desk = ReturnType<typeof createDesk>;

/** How long the first screen waits to hear whether anything can be sold at all. */
const LISTEN_MS = 4_000;
const RECENT_LINES = 3;
const RECENT_ORDERS = 20;

const asButtons = (offers: readonly Offer[]): OfferButton[] =>
  offers.map(({ value, cost }) => ({ value, cost }));

export function createDesk(deps: {
  catalog: Catalog;
  counter: Counter;
  topups: Topups;
  store: Store;
  chat: Chat;
  prompts: Prompts;
  newRef: () => Ref;
}) {
  const { catalog, counter, topups, store, chat, prompts, newRef } = deps;

  const asked = (outer: BotContext, spot: Spot, place: Place): Asked => ({
    language: outer.language,
    owner: spot.owner,
    flow: spot.flow,
    inGroup: place.chatId < 0,
  });

  /** The spinner on a pressed button ends before anything slow begins. */
  async function acknowledge(outer: BotContext): Promise<void> {
    if (outer.callbackQuery !== undefined) await outer.answerCallbackQuery().catch(() => undefined);
  }

  async function recentLines(buyer: number): Promise<RecentLine[]> {
    const recent = new Map<string, RecentLine>();
    for (const { service, line } of await store.history(buyer, RECENT_ORDERS)) {
      if (recent.size < RECENT_LINES) recent.set(`${service}${line}`, { service, line });
    }
    return [...recent.values()];
  }

  /** Whether the provider is known to be away; "don't know yet" counts as here. */
  async function isAway(): Promise<boolean> {
    if (topups.halted()) return true;
    const listening = new AbortController();
    const tooLong = new Promise<false>((resolve) => {
      const timer = setTimeout(() => resolve(false), LISTEN_MS);
      listening.signal.addEventListener('abort', () => clearTimeout(timer));
    });
    const answer = catalog.menu('ADSL').then(
      () => false,
      (error: unknown) => error instanceof ProviderFault && error.code !== 'throttled',
    );
    const away = await Promise.race([answer, tooLong]);
    listening.abort();
    return away;
  }

  return {
    /** Ends the spinner on a button that changes nothing. */
    acknowledge: async (outer: BotContext): Promise<null> => {
      await acknowledge(outer);
      return null;
    },

    /** Step 1. `away` when nothing can be sold now. */
    services: async (
      outer: BotContext,
      spot: Spot,
      facts: { digits: string | null; note: Note | null },
    ): Promise<Prompted & { readonly away: boolean }> => {
      await acknowledge(outer);
      const place = here(outer);
      const to = asked(outer, spot, place);
      if (await isAway()) return { ...(await prompts.put(outer, spot, awayScreen(to))), away: true };
      const recent = facts.digits === null && place.chatId > 0 ? await recentLines(spot.owner) : [];
      return { ...(await prompts.put(outer, spot, serviceScreen(to, { ...facts, recent }))), away: false };
    },

    /** Step 2, the question. */
    askNumber: async (
      outer: BotContext,
      spot: Spot,
      facts: { service: Service; note: Note | null },
    ): Promise<Prompted> => {
      await acknowledge(outer);
      return prompts.put(outer, spot, numberScreen(asked(outer, spot, here(outer)), facts));
    },

    /** Step 2, the answer: read locally, then looked up with the provider. */
    findLine: async (outer: BotContext, service: Service, text: string): Promise<LineFound> => {
      await acknowledge(outer);
      const reading = readLine(service, text);
      if (!reading.ok) return { ok: false, note: lineNote(service, reading.fault) };
      void chat.typing(here(outer));
      const check = await topups.checkLine(service, reading.line);
      switch (check.kind) {
        case 'found':
          return { ok: true, line: reading.line, offer: check.offer ?? null };
        case 'wrong':
          return { ok: false, note: { say: 'not-a-line', service } };
        case 'unavailable':
          return { ok: false, note: { say: 'cannot-check', text: reading.line } };
      }
    },

    /** Step 3. `offers` is null when the provider is away. */
    values: async (
      outer: BotContext,
      spot: Spot,
      facts: Chosen & { note: Note | null; fitting: boolean },
    ): Promise<Values> => {
      await acknowledge(outer);
      const to = asked(outer, spot, here(outer));
      try {
        const inStock = await catalog.menu(facts.service);
        const balance = facts.fitting ? await counter.spendable() : undefined;
        const offers = asButtons(
          balance === undefined ? inStock : inStock.filter((offer) => offer.cost <= balance),
        );
        return { ...(await prompts.put(outer, spot, valueScreen(to, { ...facts, offers }))), offers };
      } catch (error) {
        if (!(error instanceof ProviderFault)) throw error;
        return { ...(await prompts.put(outer, spot, awayScreen(to))), offers: null };
      }
    },

    /** Step 4: stock, cost and balance are read again, and a reference is drawn for the button. */
    quote: async (
      outer: BotContext,
      spot: Spot,
      facts: Chosen & { value: number; note: Note | null },
    ): Promise<Quoted> => {
      await acknowledge(outer);
      void chat.typing(here(outer));
      const { service, line, note } = facts;
      const to = asked(outer, spot, here(outer));
      const result = await counter.quote(service, centimes(facts.value));
      switch (result.kind) {
        case 'provider-away':
          return { ...(await prompts.put(outer, spot, awayScreen(to))), kind: 'away' };
        case 'out-of-stock':
          return {
            promptId: spot.promptId,
            kind: 'values',
            note: { say: 'amount-not-offered' },
            fitting: false,
          };
        case 'short-balance': {
          const { missing, balance, price } = result;
          const short: Note = { say: 'short', missing, balance, price };
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
      await acknowledge(outer);
      const place = here(outer);
      void chat.typing(place);
      const { service, line, ref, twinAccepted } = agreed;
      const amount = (n: number): Centimes => centimes(n);
      const result = await counter.place({
        twinAccepted,
        purchase: {
          ...{ ref, service, line, buyer: spot.owner, language: outer.language },
          ...{ value: amount(agreed.value), cost: amount(agreed.cost), price: amount(agreed.price) },
          ...{ chatId: place.chatId, threadId: place.threadId, messageId: spot.promptId },
        },
      });
      if (result.kind === 'refused') return { kind: 'refused', note: refusalNote(result.refusal) };
      prompts.give(result.order);
      return { kind: 'placed' };
    },

    /** Whether a confirmation with this reference has become an order. */
    isPlaced: async (ref: Ref): Promise<boolean> => (await store.byRef(ref)) !== undefined,

    /** Ends a flow with a sentence in place of its prompt. */
    close: async (outer: BotContext, spot: Spot, why: 'cancelled' | 'outdated'): Promise<null> => {
      await acknowledge(outer);
      const t = sentences(outer.language);
      const recharge = button(t.buttons.recharge, { kind: 'recharge', owner: spot.owner });
      await prompts.put(outer, spot, { text: t[why], rows: [[recharge]] });
      return null;
    },
  };
}
