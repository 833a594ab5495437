// Everything outside, in our words: what the use cases need of the store, the provider, the vault and the chat.

import type { Account, Books, Entry, Wallet } from '../domain/ledger.ts';
import type { Centimes } from '../domain/money.ts';
import type { Draft, Order, Ref, SealedCode } from '../domain/order.ts';
import type { Snapshot } from '../domain/order-event.ts';
import type { LineCheck, ProviderRefusal } from '../domain/refusal.ts';
import type { Line, Service } from '../domain/service.ts';
import type { AuditLine, RecordKind, RecordOf, ShopRecord } from '../domain/shop.ts';

/** Adds a confirmed order with its hold. */
export interface Opening {
  readonly kind: 'open';
  readonly order: Draft;
  readonly entries: readonly Entry[];
  /**
   * Not when the same value for that line was confirmed then (epoch ms, at most `TWIN_WINDOW_MS` ago) or later and may have
   * been bought. Absent where the person wants it once more.
   */
  readonly twinSince?: number;
}

/**
 * What is written about an order. `step` replaces it by its next revision; its audit line says what a person did to it.
 */
export type Change =
  | Opening
  | {
      readonly kind: 'step';
      readonly order: Order;
      readonly entries: readonly Entry[];
      readonly audit?: AuditLine;
    };

/**
 * What is written about the shop: its records, and money that no order moves. All of it happens, or nothing. `puts` are
 * next revisions (1 for a new record); `drops` are record keys. An entry whose id was added within the last
 * `ENTRY_MEMORY_MS` makes the whole change `exists`; whoever draws an id must not use it for longer.
 */
export interface ShopChange {
  readonly puts: readonly ShopRecord[];
  /** What it was decided on without changing it: another revision of it makes the whole change `stale`. */
  readonly lookedAt?: readonly LookedAt[];
  readonly drops?: readonly string[];
  readonly entries: readonly Entry[];
  readonly audit: readonly AuditLine[];
}

/** A record as somebody saw it; `rev` is 0 where there was none. */
export interface LookedAt {
  readonly key: string;
  readonly rev: number;
}

/**
 * `exists`: that reference was opened before (the order as it is now). `stale`: decided on an older revision. `short`:
 * a wallet would fall below what it may; `available` is what it has. `barred`: the buyer is frozen or no longer let in.
 * `twin`: the newest order that may have bought the same.
 */
export type Committed =
  | { readonly kind: 'done'; readonly order: Order }
  | { readonly kind: 'exists'; readonly order: Order }
  | { readonly kind: 'stale' }
  | { readonly kind: 'short'; readonly available: Centimes; readonly ceiling: Centimes }
  | { readonly kind: 'barred' }
  | { readonly kind: 'twin'; readonly order: Order };

/** What became of a change of the shop. `exists`: one of its entries was added before, nothing was done now. */
export type Changed =
  | { readonly kind: 'done' }
  | { readonly kind: 'exists' }
  | { readonly kind: 'stale' }
  | { readonly kind: 'short'; readonly available: Centimes; readonly ceiling: Centimes };

/** How long the store knows an entry's id again, in ms. */
export const ENTRY_MEMORY_MS = 48 * 3_600_000;

/** Which orders; everything that is given must hold. */
export interface OrderFilter {
  readonly buyer?: number;
  readonly line?: Line;
  /** Confirmed then or later. Epoch ms. */
  readonly since?: number;
  /** Settled then or later, whenever it was confirmed. Epoch ms. */
  readonly settledSince?: number;
  /** Whether it is not settled yet. */
  readonly open?: boolean;
  readonly state?: Order['state']['name'];
}

/** A page of something, newest first; `next` is where the following page begins, null at the end. */
export interface Page<T> {
  readonly rows: readonly T[];
  readonly next: number | null;
}

/** Orders, money and the shop's records. Reads give immutable values as the disk has them. */
export interface Store {
  /** All or nothing, durable when it resolves, safe to repeat. Throws StoreFault when the disk refuses; nothing changed then. */
  commit(change: Change): Promise<Committed>;
  /** The same for a change of the shop. */
  change(change: ShopChange): Promise<Changed>;
  byRef(ref: Ref): Promise<Order | undefined>;
  byNo(no: number): Promise<Order | undefined>;
  /** Every order that is not closed yet. */
  active(): Promise<readonly Order[]>;
  /** Those of them that the provider may not have been heard of (`isUnheard`): few, however many are open. */
  unheard(): Promise<readonly Order[]>;
  /** Those of them that this process looks after: all, unless others share the store. */
  mine(): Promise<readonly Order[]>;
  /** A sign of life for those, by a process that asks for no more of them. Throws StoreFault. */
  renew(): Promise<void>;
  /** A buyer's orders, newest first. */
  history(buyer: number, limit: number): Promise<readonly Order[]>;
  /** Orders by highest number first, from below `before` (null: from the top). */
  orders(filter: OrderFilter, before: number | null, limit: number): Promise<Page<Order>>;
  /** What all orders hold and have taken. */
  books(): Promise<Books>;
  wallet(person: number): Promise<Wallet>;
  /** Everybody's entries of one account, newest first, captures left out; from below line `before`. */
  statement(account: Account, before: number | null, limit: number): Promise<Page<Entry>>;
  /** What people did, newest first. */
  auditTrail(before: number | null, limit: number): Promise<Page<AuditLine>>;
  record<K extends RecordKind>(kind: K, id: string | number): Promise<RecordOf<K> | undefined>;
  records<K extends RecordKind>(kind: K): Promise<readonly RecordOf<K>[]>;
}

/** The disk (or database) refused. The caller may try again later; nothing was changed. */
export class StoreFault extends Error {
  override readonly name = 'StoreFault';
  readonly code: StoreFaultCode;
  constructor(code: StoreFaultCode, cause: unknown) {
    super(`the store could not write (${code})`, { cause });
    this.code = code;
  }
}

type StoreFaultCode = 'disk-full' | 'unwritable' | 'outcome-unknown';

/**
 * The process ends before it is known whether the change was made: whoever meets this says and does nothing more, as if
 * killed here. The next start reads everything anew.
 */
export class OutcomeUnknown extends StoreFault {
  constructor(cause: unknown) {
    super('outcome-unknown', cause);
  }
}

/** Whose turn it is at the provider: people go before polling. */
export type Priority = 'person' | 'worker';

/** A card in stock for a service. Amounts in centimes. */
export interface Offer {
  readonly value: Centimes;
  readonly cost: Centimes;
  readonly available: boolean;
}

/** A recharge as the provider tells it, its code in the clear: seal it before it is kept. */
export type Topup = Omit<Snapshot, 'code'> & { readonly code: string | null };

/** An answer that can be asked about: the provider's id of it, when it gave one. */
export interface Identified {
  readonly requestId?: string;
}

/** What one POST of a purchase came to. `doubt`: nobody knows whether it landed. */
export type SendResult = Identified &
  (
    | { readonly kind: 'accepted'; readonly topupId: string; readonly topupRef: string | null }
    | { readonly kind: 'refused'; readonly refusal: ProviderRefusal }
    | { readonly kind: 'duplicate-ref' }
    | { readonly kind: 'not-executed'; readonly waitMs: number }
    | { readonly kind: 'doubt' }
  );

export type Found = Identified &
  ({ readonly kind: 'found'; readonly topup: Topup } | { readonly kind: 'not-found' });

export interface TopupPage extends Identified {
  readonly topups: readonly Topup[];
  readonly hasMore: boolean;
}

/** Why the provider gave no usable answer. `no-access`: key or address refused, all traffic has stopped. */
export type ProviderFaultCode =
  'no-access' | 'throttled' | 'unreachable' | 'timeout' | 'server' | 'unreadable';

/** No usable answer. The message never holds the key, a card code or a full number. */
export class ProviderFault extends Error {
  override readonly name = 'ProviderFault';
  readonly code: ProviderFaultCode;
  /** The provider's id for support, when it gave one. */
  readonly requestId: string | undefined;
  /** Whether asking again later makes sense. */
  readonly retryable: boolean;
  constructor(
    code: ProviderFaultCode,
    about: string,
    more: { cause?: unknown; requestId?: string | undefined } = {},
  ) {
    super(`${about}: ${code}`, { cause: more.cause });
    this.code = code;
    this.requestId = more.requestId;
    this.retryable = code !== 'no-access';
  }
}

/** The account behind the key, known once /validate has answered. */
export interface ProviderAccount {
  readonly username: string;
  readonly sandbox: boolean;
}

/** The provider. Reads throw ProviderFault when there is no usable answer; `send` never throws. */
export interface Topups {
  /** The account behind the key; undefined until the provider has told. */
  account(): ProviderAccount | undefined;
  /** Whether all traffic has stopped because the key or this address was refused. */
  halted(): boolean;
  offers(service: Service, priority: Priority): Promise<readonly Offer[]>;
  checkLine(service: Service, line: Line): Promise<LineCheck>;
  balance(priority: Priority): Promise<Centimes>;
  /** `notAfter` (epoch ms): what has waited for its turn until then does not go out, and is `not-executed`. */
  send(order: Pick<Order, 'service' | 'line' | 'value' | 'ref'>, notAfter?: number): Promise<SendResult>;
  byId(topupId: string, priority: Priority): Promise<Found>;
  /** Looks an order up by our own reference, then by the provider's prefixed form of it. */
  byRef(ref: Ref, priority: Priority): Promise<Found>;
  /** One page of at most 100 recharges, newest first as far as is known; `page` from 1, times in epoch ms. */
  list(range: { from: number; to: number }, page: number, priority: Priority): Promise<TopupPage>;
}

/** Card codes at rest. */
export interface Vault {
  seal(code: string, ref: Ref): SealedCode;
  /** Undefined when the key is not the one it was sealed with. */
  open(sealed: SealedCode, ref: Ref): string | undefined;
}

/** What is shown to people, on the worker's clock. */
export interface Showing {
  /** Shows what is due. Resolves at once; the work goes on behind. */
  showDue(open: readonly Order[], now: number): void;
  /** When something has to be shown next, epoch ms. */
  nextAt(open: readonly Order[]): number | undefined;
  settled(): Promise<void>;
}

export type Clock = () => number;
