// Promise 6: the books with every write, and at the end by the journal and by what people have confirmed.

import { isEnded, type HotFile, type StoredRecord, type Wallet } from './book.ts';
import type { Court } from './court.ts';
import { checkNotBought } from './check-orders.ts';

export interface BookChecks {
  /** The order book was written. */
  readonly written: (file: HotFile) => void;
  /** A card that asked to confirm a movement says now what became of it: from here on it may not be lost. */
  noteMove(data: string): void;
  atEnd(file: HotFile, all: readonly StoredRecord[]): void;
}

const priceOf = (records: readonly StoredRecord[]): number =>
  records.reduce((sum, { order }) => sum + order.price, 0);

/** What a button that moves money is called in the journal. */
function movementOf(data: string): string | undefined {
  const [, , verb, ...words] = data.split(':');
  if (verb === 'wyes') return `"id":"request-${words[0] ?? ''}:deposit"`;
  if (verb === 'wput') return `"id":"${words[2] ?? ''}:deposit"`;
  return verb === 'wgive' ? `"id":"${words[2] ?? ''}:transfer-in"` : undefined;
}

export function bookChecks(court: Court, baseWallets: ReadonlyMap<string, Wallet>): BookChecks {
  const { book, deeds, test, broken } = court;
  const toldMoves = new Set<string>();
  /** Requests for credit that ever were in the book: those that are answered and known leave it. */
  const requests = new Map<string, { readonly person: number; readonly amount: number }>();

  function checkWallets(file: HotFile, open: readonly StoredRecord[]): void {
    for (const [account, wallet] of file.wallets) {
      const held = priceOf(open.filter(({ order }) => order.account === account));
      if (wallet.held !== held) broken(6, `${account} holds ${wallet.held}, its open orders ${held}`);
      const member = file.shop.find(({ kind, id }) => kind === 'member' && `wallet:${id}` === account);
      const least = -(member?.ceiling ?? 0);
      if (wallet.put - wallet.taken - wallet.held < least) broken(6, `${account} fell below what it may`);
    }
  }

  function checkTaken(file: HotFile, all: readonly StoredRecord[]): void {
    const fulfilled = all.filter(({ order }) => order.state.name === 'fulfilled');
    if (file.books.taken !== priceOf(fulfilled))
      broken(6, `the books took ${file.books.taken}, fulfilled orders ${priceOf(fulfilled)}`);
    for (const [account, wallet] of file.wallets) {
      const taken = priceOf(fulfilled.filter(({ order }) => order.account === account));
      if (wallet.taken !== taken) broken(6, `${account} took ${wallet.taken}, its fulfilled orders ${taken}`);
    }
  }

  /** What people have confirmed and the journal knows. */
  function confirmed(journal: string): number {
    let sum = 0;
    for (const [id, { amount, verb }] of deeds().moved)
      if (verb === 'wput' && journal.includes(`"id":"${id}:deposit"`)) sum += amount;
    for (const id of deeds().approved)
      if (journal.includes(`"id":"request-${id}:deposit"`)) sum += requests.get(id)?.amount ?? 0;
    return sum;
  }

  function checkMoves(file: HotFile): void {
    const journal = book.journal(file);
    const total = (wallets: Iterable<Wallet>): number => [...wallets].reduce((sum, { put }) => sum + put, 0);
    const put = total(file.wallets.map(([, wallet]) => wallet)) - total(baseWallets.values());
    const ids = [...journal.matchAll(/"id":"([^"]+:(?:deposit|correction|transfer-in|transfer-out))"/g)].map(
      ([, id]) => id,
    );
    if (new Set(ids).size < ids.length) broken(6, 'a movement is in the journal twice');
    const meant = confirmed(journal);
    if (put !== meant) broken(6, `wallets were filled with ${put}, confirmed were ${meant}`);
    for (const id of toldMoves)
      if (!journal.includes(id)) broken(6, `the movement ${id} was told and is gone`);
  }

  function checkRequests(): void {
    for (const [person, made] of Map.groupBy(requests.values(), (one) => one.person)) {
      const asked = deeds().asked.get(person) ?? 0;
      if (made.length > asked)
        broken(6, `${person} asked for credit ${asked} times, the shop heard ${made.length}`);
    }
  }

  return {
    written(file) {
      test(6);
      for (const { kind, id, person = 0, amount = 0 } of file.shop)
        if (kind === 'request') requests.set(String(id), { person, amount });
      const open = file.orders.filter(({ order }) => !isEnded(order));
      if (file.books.held !== priceOf(open))
        broken(6, `the books hold ${file.books.held}, open orders ${priceOf(open)}`);
      checkWallets(file, open);
      for (const { order, entries } of file.orders) {
        if (new Set(entries.map(({ id }) => id)).size < entries.length)
          broken(6, `order ${order.ref} has an entry twice`);
        checkNotBought(court, order);
      }
    },
    noteMove(data) {
      const movement = movementOf(data);
      if (movement !== undefined && book.journal(book.now()).includes(movement)) toldMoves.add(movement);
    },
    atEnd(file, all) {
      checkTaken(file, all);
      checkMoves(file);
      checkRequests();
    },
  };
}
