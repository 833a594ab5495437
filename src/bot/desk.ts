// What a purchase does outside its script: reads stock, checks numbers, draws prompts, places the order. Each function
// is one `external` of the conversation: it gets the outer context, never throws, and gives plain JSON back.

import type { Catalog } from '../app/catalog.ts';
import type { KeptOrders } from '../app/kept-orders.ts';
import type { Counter } from '../app/place-order.ts';
import { ProviderFault, type Store, type Topups } from '../app/ports.ts';
import type { PricedOffer, Prices } from '../app/prices.ts';
import type { Buyer } from '../app/standing.ts';
import { centimes, type Centimes } from '../domain/money.ts';
import type { Ref } from '../domain/order.ts';
import { readLine, type Line, type Service } from '../domain/service.ts';
import { groupsSentences } from '../i18n/groups/index.ts';
import { sentences } from '../i18n/index.ts';
import type { Chat, Place } from './chat.ts';
import { buyerOf, isOwnPress, type BotContext } from './context.ts';
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
import { createWaitingPurchases } from './wallet-waiting.ts';

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

const asButtons = (offers: readonly PricedOffer[]): OfferButton[] =>
  offers.map(({ value, price }) => ({ value, price }));

/** Whoever lost the right to buy in the middle of a purchase buys nothing with it. */
const NOBODY: Buyer = { id: 0, name: '', role: 'customer' };

export function createDesk(deps: {
  catalog: Catalog;
  counter: Counter;
  prices: Prices;
  topups: Topups;
  store: Store;
  chat: Chat;
  prompts: Prompts;
  /** Purchases that wait for money. */
  kept: KeptOrders;
  newRef: () => Ref;
}) {
  const { catalog, counter, prices, topups, store, chat, prompts, newRef } = deps;
  const waiting = createWaitingPurchases(deps.kept);

  const asked = (outer: BotContext, spot: Spot, place: Place): Asked => ({
    language: outer.language,
    owner: spot.owner,
    flow: spot.flow,
    inGroup: place.chatId < 0,
  });

  /** The spinner on a pressed button ends before anything slow begins. */
  async function acknowledge(outer: BotContext, text?: string): Promise<void> {
    if (outer.callbackQuery !== undefined && !isOwnPress(outer.update))
      await outer.answerCallbackQuery(text === undefined ? {} : { text }).catch(() => undefined);
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
        const buyer = buyerOf(outer) ?? NOBODY;
        const inStock = await prices.offersFor(buyer, await catalog.menu(facts.service));
        // Which amounts fit would tell a group what the balance is.
        const fitting = facts.fitting && !to.inGroup;
        const balance = fitting ? await counter.spendable(buyer) : undefined;
        const offers = asButtons(
          balance === undefined ? inStock : inStock.filter((offer) => offer.price <= balance),
        );
        const put = await prompts.put(outer, spot, valueScreen(to, { ...facts, fitting, offers }));
        waiting.remember(outer, spot, facts.note, put);
        return { ...put, offers };
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
      const result = await counter.quote(buyerOf(outer) ?? NOBODY, service, centimes(facts.value));
      switch (result.kind) {
        case 'provider-away':
        case 'shop-short':
          return { ...(await prompts.put(outer, spot, awayScreen(to))), kind: 'away' };
        case 'barred':
          return { ...(await prompts.put(outer, spot, awayScreen(to, { say: 'barred' }))), kind: 'away' };
        case 'paused': {
          const { words } = result;
          const screen = awayScreen(to, { say: 'paused', words });
          return { ...(await prompts.put(outer, spot, screen)), kind: 'away' };
        }
        case 'out-of-stock':
          return {
            promptId: spot.promptId,
            kind: 'values',
            note: { say: 'amount-not-offered' },
            fitting: false,
          };
        case 'short-balance': {
          const { missing, balance, price } = result;
          const isKept = await waiting.keep(outer, spot, facts);
          const short: Note = { say: 'short', missing, balance, price, kept: isKept };
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
        const isShort = note.say === 'short' && (await waiting.keep(outer, spot, agreed));
        return { kind: 'refused', note: isShort ? { ...note, kept: true } : note };
      }
      prompts.give(result.order);
      await waiting.letGo(spot.owner);
      return { kind: 'placed' };
    },

    /** Whether a confirmation with this reference has become an order. */
    isPlaced: async (ref: Ref): Promise<boolean> => (await store.byRef(ref)) !== undefined,

    /** Nothing waits for this person's money any more; true when something did. */
    letGo: waiting.letGo,

    /** Ends a flow with a sentence in place of its prompt. */
    close: async (outer: BotContext, spot: Spot, why: 'cancelled' | 'outdated'): Promise<null> => {
      await acknowledge(outer);
      if (why === 'cancelled') await waiting.letGo(spot.owner);
      const t = sentences(outer.language);
      const recharge = button(t.buttons.recharge, { kind: 'recharge', owner: spot.owner });
      await prompts.put(outer, spot, { text: t[why], rows: [[recharge]] });
      return null;
    },
  };
}
