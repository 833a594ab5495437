// The eight promises as something that can be broken: what is looked at with every step of a history, and what must be true
// once everything has been allowed to settle. Nothing here trusts the program's own opinion where the world knows better.

import type { HotFile, StoredOrder, Wallet } from './book.ts';
import { bookChecks } from './check-books.ts';
import { checkBuying, checkEnds, checkOnce } from './check-orders.ts';
import { sendChecks, type SendChecks } from './check-sends.ts';
import type { Court, PromiseNo, Violation } from './court.ts';
import { CODE_MARK } from './provider.ts';
import type { Said } from './telegram.ts';

/** The slowest that a person who pays may be answered while the provider is well. */
const ANSWER_WITHIN_MS = 12_000;

export interface Promises extends SendChecks {
  readonly violation: () => Violation | undefined;
  /** A violation that somebody else has seen. */
  readonly broken: (promise: PromiseNo, what: string) => void;
  /** Every byte that is kept anywhere. */
  readonly written: (where: string, bytes: Buffer) => void;
  /** The order book was written, or committed. */
  readonly kept: (file: HotFile) => void;
  readonly logged: (line: string) => void;
  /** The orders that are not closed. */
  readonly open: () => readonly StoredOrder[];
  /** Somebody has pressed "pay" in a history in which nothing goes wrong. */
  readonly paid: (person: number, ref: string, card: Said) => void;
  /** How often each promise was put to the test, the first at place 0. */
  readonly counts: readonly number[];
  /** Once everything has settled. */
  atEnd(): void;
}

interface World extends Omit<Court, 'test' | 'broken'> {
  readonly baseWallets: ReadonlyMap<string, Wallet>;
}

export function promises({ baseWallets, ...world }: World): Promises {
  const { time, plan, book, provider, telegram, deeds } = world;
  const counts = [0, 0, 0, 0, 0, 0, 0, 0];
  let first: Violation | undefined;
  const broken = (promise: PromiseNo, what: string): void => void (first ??= { promise, what });
  const test = (promise: PromiseNo): void => void (counts[promise - 1] = (counts[promise - 1] ?? 0) + 1);
  const court: Court = { ...world, test, broken };
  const books = bookChecks(court, baseWallets);
  const toldOrders = new Set<number>();
  const shownCodes = new Set<string>();
  /** When somebody was last told in words what became of a press; "one moment" says nothing yet. */
  const answeredAt = new Map<number, number>();

  telegram.onChange = (message, before) => {
    const { text, markup } = message;
    for (const { data } of before) books.noteMove(data);
    if (text.includes(CODE_MARK) || markup.includes(CODE_MARK)) checkReader(message);
    for (const [, no] of text.matchAll(/(?<!\d)(10\d\d)(?!\d)/g))
      if (/^[⏳🔎🕒✅↩]/u.test(text.replace(/^SANDBOX.*\n/, ''))) toldOrders.add(Number(no));
  };
  telegram.onAlert = (person, text) => {
    if (text.includes(CODE_MARK)) checkOwner(person, text);
    if (!text.startsWith('⏳')) answeredAt.set(person, time.now());
  };

  function checkReader({ chat, text, markup }: Said): void {
    if (chat < 0) {
      broken(7, 'a card code in a group');
      return;
    }
    checkOwner(chat, `${text} ${markup}`);
    for (const { code } of provider.purchases) if (text.includes(code)) shownCodes.add(`${chat} ${code}`);
  }

  function checkOwner(person: number, text: string): void {
    for (const { code, ref } of provider.purchases)
      if (text.includes(code) && deeds().paid.get(ref)?.person !== person)
        broken(7, `person ${person} was shown a code of somebody else`);
  }

  /** Whoever pays on a fresh card hears something soon, whatever happens to others. */
  function paid(person: number, ref: string, card: Said): void {
    if (person === plan.troublemaker) return;
    const doings = deeds().doings.get(person) ?? 0;
    const pressedAt = time.now();
    const look = (): void => {
      // Whoever did anything else since has changed the card themselves.
      if ((deeds().doings.get(person) ?? 0) > doings) return;
      // The card was not fresh any more: something else of their own had taken its place, and the press was told so in words.
      const isOutdated = deeds().paid.get(ref)?.isOutdated === true;
      if (isOutdated && (answeredAt.get(person) ?? -Infinity) >= pressedAt) return;
      test(8);
      // In a busy group the card may stay as it is for a while, once the press was answered.
      const isPlaced = book.now()?.orders.some(({ order }) => order.ref === ref) === true;
      if (isPlaced || provider.purchases.some((one) => one.ref === ref)) return;
      if (!card.deleted && card.buttons.some(({ data }) => data.endsWith(`:p:${ref}`)))
        broken(8, `person ${person} paid, and nothing came of it in ${ANSWER_WITHIN_MS / 1000} s`);
    };
    time.after(ANSWER_WITHIN_MS, look, 'world');
  }

  function atEnd(): void {
    if (first !== undefined) return;
    const file = book.now();
    if (file === undefined) {
      broken(6, 'the order book can’t be read');
      return;
    }
    const hotRefs = new Set(file.orders.map(({ order }) => order.ref));
    const all = [...file.orders, ...book.closed().filter(({ order }) => !hotRefs.has(order.ref))];
    checkBuying(court, all);
    for (const no of toldOrders)
      if (!all.some(({ order }) => order.no === no))
        broken(2, `order ${no} was shown to somebody and is gone`);
    checkEnds(court, all, (person, code) => shownCodes.has(`${person} ${code}`));
    books.atEnd(file, all);
    checkOnce(court);
  }

  return {
    ...sendChecks(court),
    violation: () => first,
    broken,
    paid,
    counts,
    written: (where, bytes) => {
      test(7);
      if (bytes.includes(CODE_MARK)) broken(7, `a card code in the clear in ${where}`);
    },
    kept: books.written,
    logged: (line) => {
      if (line.includes(CODE_MARK)) broken(7, 'a card code in the log');
    },
    open: () => book.now()?.orders.map(({ order }) => order) ?? [],
    atEnd,
  };
}
