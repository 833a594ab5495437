// An order as a union by state. How it begins is in purchase.ts, what can happen to it in order-event.ts, and what becomes
// of it by that in transitions.ts.

import type { Account, Entry, OrderEntryKind } from './ledger.ts';
import type { Centimes } from './money.ts';
import type { ProviderRefusal } from './refusal.ts';
import type { Line, Service } from './service.ts';
import type { Role } from './shop.ts';

declare const refBrand: unique symbol;

/** Our reference of one purchase: store key, entry prefix, provider reference. `[a-z0-9-]`, at most 40 characters. */
export type Ref = string & { readonly [refBrand]: 'ref' };

export const isRef = (text: string): text is Ref => /^[a-z0-9][a-z0-9-]{7,39}$/.test(text);

export type Language = 'ar' | 'fr' | 'en';

/** A card code after AES-256-GCM; only the vault can read it. */
export type SealedCode = string & { readonly __sealed: true };

/** Why a person has to look: over its time, the provider's order is not ours, or it is nowhere to be found. */
export type ReviewReason = 'overdue' | 'mismatch' | 'lost';

export type OrderState =
  | { readonly name: 'confirmed' }
  | { readonly name: 'sending' }
  | { readonly name: 'unknown'; readonly since: number; readonly lookUps: number; readonly notFound: number }
  | {
      readonly name: 'handling';
      readonly since: number;
      readonly topupId: string;
      /** What the provider called it last, where that was no word for handling. */
      readonly word?: string;
    }
  | { readonly name: 'queued'; readonly since: number; readonly topupId: string }
  | {
      readonly name: 'review';
      readonly since: number;
      readonly reason: ReviewReason;
      readonly topupId: string | null;
    }
  | {
      readonly name: 'fulfilled';
      readonly at: number;
      readonly topupId: string | null;
      readonly code: SealedCode | null;
      readonly transactionNo: string | null;
      /** The operator's date as the provider wrote it. */
      readonly processedAt: string | null;
    }
  | {
      readonly name: 'refunded';
      readonly at: number;
      readonly topupId: string | null;
      readonly note: string | null;
    }
  | { readonly name: 'rejected'; readonly at: number; readonly refusal: ProviderRefusal };

export type StateName = OrderState['name'];

/** The one chat message that shows an order, and what it showed last. */
export interface OrderMessage {
  readonly chatId: number;
  readonly threadId: number | null;
  /** Null when there is none (any more) and a new one has to be sent. */
  readonly messageId: number | null;
  /** What the person has seen, as the card's digest. */
  readonly digest: string | null;
  /** The person has seen the end, or can't be reached for it. */
  readonly ended: boolean;
  readonly tries: number;
  /** When showing is tried again after Telegram refused it. Epoch ms. */
  readonly retryAt: number;
}

/** What a person agreed to. */
export interface Bought {
  readonly ref: Ref;
  /** Telegram user id. */
  readonly buyer: number;
  /** What the buyer was to the shop when buying: owners spend the shop's credit, the others their own. */
  readonly role: Role;
  /** How a group knows who ordered. */
  readonly buyerName: string;
  readonly language: Language;
  readonly service: Service;
  readonly line: Line;
  /** What the line receives. */
  readonly value: Centimes;
  /** What the provider takes from the shop. */
  readonly cost: Centimes;
  /** What the buyer pays. */
  readonly price: Centimes;
}

export interface Order extends Bought {
  /** The short number that people say. */
  readonly no: number;
  /** Rises by one with every commit; a change names the one that it was decided on. */
  readonly rev: number;
  readonly account: Account;
  readonly confirmedAt: number;
  /** When the worker takes the next step. Epoch ms; null once the order is settled. */
  readonly dueAt: number | null;
  /** POSTs begun, the latest moment at which the last one can have gone out, and whether any of them ended in doubt. */
  readonly sends: number;
  readonly sentAt: number | null;
  readonly doubted: boolean;
  /** The provider said that the reference is used: it landed, and is never sent again. */
  readonly landed: boolean;
  /** What the owners should be told about this order, and what they have been told. */
  readonly alert: string | null;
  readonly alerted: string | null;
  readonly message: OrderMessage;
  readonly state: OrderState;
  readonly story: readonly StoryLine[];
}

/** One line of an order's story, for owners. The same answer again and again is one line that counts. */
export type StoryLine =
  | {
      readonly kind: 'state';
      readonly at: number;
      readonly name: StateName;
      readonly by: string;
      /** What a person who brought it there gave as the reason. */
      readonly why?: string;
    }
  | {
      readonly kind: 'call';
      /** When it was heard first and last. Epoch ms. */
      readonly at: number;
      readonly lastAt: number;
      readonly times: number;
      readonly call: ProviderCall;
      /** What it came to, in a word of ours. */
      readonly came: string;
      /** The provider's id of the last one. */
      readonly requestId: string | null;
    };

/** What the provider was asked about an order. */
export type ProviderCall = 'send' | 'look-up' | 'ask' | 'list';

/** An order before the store has given it its number. */
export type Draft = Omit<Order, 'no' | 'rev'>;

export type Settled = Extract<OrderState, { name: 'fulfilled' | 'refunded' | 'rejected' }>;

export const isSettledState = (state: OrderState): state is Settled =>
  state.name === 'fulfilled' || state.name === 'refunded' || state.name === 'rejected';

/** Settled: money has moved for good and the worker asks no more. */
export const isSettled = (order: Order): boolean => isSettledState(order.state);

/** Closed: settled and the person has seen the end; nothing will ever change. */
export const isClosed = (order: Order): boolean =>
  isSettled(order) && order.message.ended && order.alert === order.alerted;

/** Confirmed or under way without the provider having been heard: its cost is not yet in the provider's balance. */
export const UNHEARD: readonly Order['state']['name'][] = ['confirmed', 'sending', 'unknown'];

export const isUnheard = (order: Order): boolean => UNHEARD.includes(order.state.name);

/** The entry by which an order moves its price; its id is the order's, so that it can be added once only. */
export function entryOf(
  order: Order | Draft,
  kind: OrderEntryKind,
  now: number,
  by: string,
  reason: string,
): Entry {
  const { ref, account, price } = order;
  return { id: `${ref}:${kind}`, account, kind, amount: price, at: now, by, reason, ref };
}
