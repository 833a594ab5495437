// The first half of a purchase's desk: from the menu to a line that the provider knows and the values it can be given.
// Each function is one `external` of the conversation: it gets the outer context, never throws, and gives plain JSON back.

import { ProviderFault } from '../app/ports.ts';
import type { PricedOffer } from '../app/prices.ts';
import { readLine, type Line, type Service } from '../domain/service.ts';
import { buyerOf, type BotContext } from './context.ts';
import { acknowledge, askedAt, NOBODY, type DeskParts } from './desk-parts.ts';
import { closedNote, lineNote, type Note } from './notes.ts';
import { here, type Prompted, type Spot } from './prompts.ts';
import {
  awayScreen,
  numberScreen,
  serviceScreen,
  valueScreen,
  type OfferButton,
  type RecentLine,
} from './screens.ts';
import type { Chosen } from './steps.ts';

export type LineFound =
  | { readonly ok: true; readonly line: Line; readonly offer: string | null }
  /** `isClosed`: this buyer may not buy now at all. */
  | { readonly ok: false; readonly note: Note; readonly isClosed?: true };

export type Values = Prompted & { readonly offers: readonly OfferButton[] | null };

/** How long the first screen waits to hear whether anything can be sold at all. */
const LISTEN_MS = 4_000;
const RECENT_LINES = 3;
const RECENT_ORDERS = 20;

const asButtons = (offers: readonly PricedOffer[]): OfferButton[] =>
  offers.map(({ value, price }) => ({ value, price }));

export function createDeskLooking(parts: DeskParts) {
  const { catalog, counter, prices, topups, store, chat, prompts, waiting } = parts;

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

  /** Why this buyer may not buy now at all; said before anything is asked of the provider. */
  async function closedNow(outer: BotContext): Promise<Note | undefined> {
    const closed = await counter.closedTo(buyerOf(outer) ?? NOBODY);
    return closed === undefined ? undefined : closedNote(closed);
  }

  return {
    /** Step 1. `away` when nothing can be sold now. */
    services: async (
      outer: BotContext,
      spot: Spot,
      facts: { digits: string | null; note: Note | null },
    ): Promise<Prompted & { readonly away: boolean }> => {
      await acknowledge(outer);
      const place = here(outer);
      const to = askedAt(outer, spot, place);
      const closed = await closedNow(outer);
      if (closed !== undefined)
        return { ...(await prompts.put(outer, spot, awayScreen(to, closed))), away: true };
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
      const to = askedAt(outer, spot, here(outer));
      const closed = await closedNow(outer);
      const view = closed === undefined ? numberScreen(to, facts) : awayScreen(to, closed);
      return prompts.put(outer, spot, view);
    },

    /** In place of any step, once it is known that this buyer may not buy now. */
    closed: async (outer: BotContext, spot: Spot, note: Note): Promise<Prompted> =>
      prompts.put(outer, spot, awayScreen(askedAt(outer, spot, here(outer)), note)),

    /** Step 2, the answer: read locally, then looked up with the provider. */
    findLine: async (outer: BotContext, service: Service, text: string): Promise<LineFound> => {
      await acknowledge(outer);
      const closed = await closedNow(outer);
      if (closed !== undefined) return { ok: false, note: closed, isClosed: true };
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

    /** Step 3. `offers` is null when the provider is away, or nothing may be bought now. */
    values: async (
      outer: BotContext,
      spot: Spot,
      facts: Chosen & { note: Note | null; fitting: boolean },
    ): Promise<Values> => {
      await acknowledge(outer);
      const to = askedAt(outer, spot, here(outer));
      const closed = await closedNow(outer);
      if (closed !== undefined)
        return { ...(await prompts.put(outer, spot, awayScreen(to, closed))), offers: null };
      try {
        const buyer = buyerOf(outer) ?? NOBODY;
        const stock = await catalog.menu(facts.service);
        const sold = await prices.offersFor(buyer, stock);
        const isUnsold = stock.length > 0 && sold.length === 0;
        // Which amounts fit would tell a group what the balance is.
        const fitting = facts.fitting && !to.inGroup;
        const balance = fitting ? await counter.spendable(buyer) : undefined;
        const offers = asButtons(
          balance === undefined ? sold : sold.filter((offer) => offer.price <= balance),
        );
        const put = await prompts.put(outer, spot, valueScreen(to, { ...facts, fitting, offers, isUnsold }));
        await waiting.remember(spot, facts.note, put);
        return { ...put, offers };
      } catch (error) {
        if (!(error instanceof ProviderFault)) throw error;
        return { ...(await prompts.put(outer, spot, awayScreen(to))), offers: null };
      }
    },
  };
}
