// Everything that a shop keeps, on its way from one store to the other: read piece by piece, so that a long history need
// not fit in memory.

import type { PromptPlace } from '../../app/chat-memory.ts';
import type { Account, Books, Entry, Wallet } from '../../domain/ledger.ts';
import type { AuditLine, ShopRecord } from '../../domain/shop.ts';
import type { OrderRecord } from '../order-record.ts';
import type { KnownKey } from '../key-memory.ts';
import type { Persons } from '../people.ts';

/** Money that moved and what people did, in the order in which it happened. */
export interface Happened {
  /** Epoch ms. */
  readonly at: number;
  readonly entries: readonly Entry[];
  readonly audit: readonly AuditLine[];
}

export interface KeptFlow {
  readonly key: string;
  readonly state: unknown;
  readonly prompt: PromptPlace | undefined;
  /** Epoch ms. */
  readonly touchedAt: number;
}

export interface Belongings {
  readonly nextNo: number;
  readonly books: Books;
  readonly wallets: readonly (readonly [Account, Wallet])[];
  readonly shop: readonly ShopRecord[];
  readonly people: Persons;
  readonly flows: readonly KeptFlow[];
  /** Ids of updates that were handled. */
  readonly handled: readonly number[];
  /** What proves the card key; undefined when nothing was ever sealed. */
  readonly cardCheck: string | undefined;
  /** What the provider said of the key in use; undefined when it has not said anything yet. */
  readonly knownKey: KnownKey | undefined;
  /** In any order. */
  readonly orders: () => AsyncIterable<OrderRecord>;
  readonly happened: () => AsyncIterable<Happened>;
}

/** What moved, for the person who moved it. */
export interface Moved {
  readonly orders: number;
  readonly entries: number;
  readonly audit: number;
  readonly wallets: number;
  readonly people: number;
}

/** The move can't be made; nothing was changed. The message is a line for the person who asked for it. */
export class CannotMove extends Error {
  override readonly name = 'CannotMove';
}

/** In lists of at most so many. */
export async function* inLists<T>(things: AsyncIterable<T>, most: number): AsyncGenerator<T[]> {
  let list: T[] = [];
  for await (const thing of things) {
    list.push(thing);
    if (list.length < most) continue;
    yield list;
    list = [];
  }
  if (list.length > 0) yield list;
}
