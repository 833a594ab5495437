// The eight promises as something that can be broken: what is looked at with every step of a history, and what must be true
// once everything has been allowed to settle. Nothing here trusts the program's own opinion where the world knows better.

import type { MemoryDisk } from './memory-disk.ts';
import type { Asked, Reply } from './network.ts';
import type { Deeds } from './people.ts';
import { CUSTOMERS, OWNERS, type Plan } from './plan.ts';
import { CODE_MARK, type Provider } from './provider.ts';
import type { Said, Telegram } from './telegram.ts';
import type { VirtualTime } from './virtual-time.ts';

export type PromiseNo = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

export interface Violation {
  readonly promise: PromiseNo;
  readonly what: string;
}

/** As far as the checks read a stored order. */
interface StoredOrder {
  readonly ref: string;
  readonly no: number;
  readonly buyer: number;
  readonly account: string;
  readonly price: number;
  readonly cost: number;
  readonly value: number;
  readonly line: string;
  readonly state: { readonly name: string; readonly code?: string | null };
  readonly message: { readonly chatId: number; readonly messageId: number | null; readonly ended: boolean };
}

interface StoredEntry {
  readonly id: string;
  readonly account: string;
  readonly kind: string;
  readonly amount: number;
  readonly ref: string;
}

interface StoredRecord {
  readonly order: StoredOrder;
  readonly entries: readonly StoredEntry[];
}

interface Wallet {
  readonly put: number;
  readonly held: number;
  readonly taken: number;
}

interface HotFile {
  readonly seq: number;
  readonly books: { readonly held: number; readonly taken: number };
  readonly wallets: readonly (readonly [string, Wallet])[];
  readonly shop: readonly {
    readonly kind: string;
    readonly id: string | number;
    readonly amount?: number;
    readonly person?: number;
    readonly ceiling?: number;
  }[];
  readonly orders: readonly StoredRecord[];
}

const FOLDER = '/data';
const HOT = `${FOLDER}/orders.json`;
const ENDS = new Set(['fulfilled', 'refunded', 'rejected']);

/** How often the provider must have said that it does not know a reference, and for how long, before it is sent again. */
const DENIALS_BEFORE_RESEND = 5;
// Less than three minutes by what a slow disk takes between writing a send down and sending.
const RESEND_AFTER_MS = 150_000;

/** The slowest that a person who pays may be answered while the provider is well. */
const ANSWER_WITHIN_MS = 12_000;

interface Sends {
  count: number;
  lastAt: number;
  denials: number;
  /** The last one was answered as not executed. */
  isFree: boolean;
}

export interface Promises {
  readonly violation: () => Violation | undefined;
  /** A violation that somebody else has seen. */
  broken(promise: PromiseNo, what: string): void;
  readonly leaves: (asked: Asked) => void;
  readonly heard: (asked: Asked, reply: Reply) => void;
  readonly written: (path: string, bytes: Buffer) => void;
  readonly logged: (line: string) => void;
  /** The references of orders that are not closed, with their states. */
  readonly open: () => readonly StoredOrder[];
  /** Somebody has pressed "pay" in a history in which nothing goes wrong. */
  readonly paid: (person: number, ref: string, card: Said) => void;
  /** How often each promise was put to the test, the first at place 0. */
  readonly counts: readonly number[];
  /** Once everything has settled. */
  atEnd(): void;
}

const has = (value: unknown, ...names: readonly string[]): value is object =>
  typeof value === 'object' && value !== null && names.every((name) => name in value);
const isHotFile = (value: unknown): value is HotFile => has(value, 'books', 'wallets', 'shop', 'orders');
const isRecord = (value: unknown): value is StoredRecord => has(value, 'order', 'entries');

function read(bytes: Buffer): HotFile | 'torn' {
  try {
    const stored: unknown = JSON.parse(bytes.toString('utf8'));
    return isHotFile(stored) ? stored : 'torn';
  } catch {
    return 'torn';
  }
}

export function promises(world: {
  time: VirtualTime;
  plan: Plan;
  disk: () => MemoryDisk;
  provider: Provider;
  telegram: Telegram;
  deeds: () => Deeds;
  baseWallets: ReadonlyMap<string, Wallet>;
  life: () => number;
}): Promises {
  const { time, plan, disk, provider, telegram, deeds, baseWallets, life } = world;
  let first: Violation | undefined;
  const sends = new Map<string, Sends>();
  const toldOrders = new Map<number, number>();
  const shownCodes = new Set<string>();
  const toldMoves = new Set<string>();
  /** Requests for credit that ever were in the book: those that are answered and known leave it. */
  const requests = new Map<string, { readonly person: number; readonly amount: number }>();
  const counts = [0, 0, 0, 0, 0, 0, 0, 0];
  let haltedIn: number | undefined;

  /** One more time that a promise is put to the test. */
  const test = (promise: PromiseNo): void => void (counts[promise - 1] = (counts[promise - 1] ?? 0) + 1);

  function broken(promise: PromiseNo, what: string): void {
    first ??= { promise, what };
  }

  const parsed = new WeakMap<Buffer, HotFile | 'torn'>();
  function hot(bytes: Buffer | undefined): HotFile | undefined {
    if (bytes === undefined) return undefined;
    const known = parsed.get(bytes) ?? read(bytes);
    parsed.set(bytes, known);
    return known === 'torn' ? undefined : known;
  }

  function leaves({ service, name, body, keyed }: Asked): void {
    if (service !== 'provider') return;
    if (haltedIn === life() && keyed) broken(3, 'the provider was asked again after it had refused the key');
    if (name === 'POST internet/send') onSend(String(body['ref']));
  }

  function onSend(ref: string): void {
    const known = sends.get(ref);
    test(1);
    test(2);
    // Orders that the program repeats of its own accord would show here under a name that nobody has pressed.
    if (!deeds().paid.has(ref)) broken(1, `sent ${ref}, which nobody has confirmed`);
    const kept = hot(disk().durable(HOT))?.orders.find(({ order }) => order.ref === ref);
    if (kept === undefined) broken(2, `sent ${ref} before the order was safe on disk`);
    else if (kept.order.state.name !== 'sending')
      broken(2, `sent ${ref} while the disk says ${kept.order.state.name}`);
    if (known !== undefined && !known.isFree) {
      test(4);
      const since = time.now() - known.lastAt;
      if (known.denials < DENIALS_BEFORE_RESEND || since < RESEND_AFTER_MS)
        broken(4, `sent ${ref} again after ${known.denials} denials and ${Math.round(since / 1000)} s`);
    }
    sends.set(ref, { count: (known?.count ?? 0) + 1, lastAt: time.now(), denials: 0, isFree: false });
  }

  function heard({ service, name, body, path }: Asked, { status, body: said }: Reply): void {
    if (service !== 'provider') return;
    if (status === 401) haltedIn = life();
    if (name === 'POST internet/send') {
      const sent = sends.get(String(body['ref']));
      const text = JSON.stringify(said);
      if (sent !== undefined && (status === 429 || (status === 503 && text.includes('AUTH_UNAVAILABLE'))))
        sent.isFree = true;
    }
    if (name === 'GET internet/check-ref' && status === 404) {
      const key = decodeURIComponent(path.split('/').at(-1) ?? '');
      const sent = sends.get(key.replace(/^API-shop-/, ''));
      if (sent !== undefined && !key.startsWith('API-')) sent.denials += 1;
    }
  }

  function written(path: string, bytes: Buffer): void {
    test(7);
    if (bytes.includes(CODE_MARK)) broken(7, `a card code in the clear in ${path}`);
    if (path !== `${HOT}.tmp`) return;
    const file = hot(bytes);
    noteRequests(file);
    checkBooks(file);
  }

  function noteRequests(file: HotFile | undefined): void {
    for (const { kind, id, person = 0, amount = 0 } of file?.shop ?? [])
      if (kind === 'request') requests.set(String(id), { person, amount });
  }

  /** The lines of the journal that count: whole ones that the state knows. */
  const journalOf = (file: HotFile | undefined): string =>
    files('journal')
      .split('\n')
      .slice(0, -1)
      .filter((line) => Number(line.split(' ', 1)[0]) < (file?.seq ?? 0))
      .join('\n');

  const walletOrders = (file: HotFile, account: string): readonly StoredRecord[] =>
    file.orders.filter(({ order }) => order.account === account);

  function checkBooks(file: HotFile | undefined): void {
    if (file === undefined) return;
    test(6);
    const open = file.orders.filter(({ order }) => !ENDS.has(order.state.name));
    const held = open.reduce((sum, { order }) => sum + order.price, 0);
    if (file.books.held !== held) broken(6, `the books hold ${file.books.held}, open orders ${held}`);
    for (const [account, wallet] of file.wallets) {
      const own = walletOrders(file, account).filter(({ order }) => !ENDS.has(order.state.name));
      const ownHeld = own.reduce((sum, { order }) => sum + order.price, 0);
      if (wallet.held !== ownHeld) broken(6, `${account} holds ${wallet.held}, its open orders ${ownHeld}`);
      const member = file.shop.find(({ kind, id }) => kind === 'member' && `wallet:${id}` === account);
      const least = -(member?.ceiling ?? 0);
      if (wallet.put - wallet.taken - wallet.held < least) broken(6, `${account} fell below what it may`);
    }
    for (const { order, entries } of file.orders) {
      if (new Set(entries.map(({ id }) => id)).size < entries.length)
        broken(6, `order ${order.ref} has an entry twice`);
      if (order.state.name === 'rejected' || order.state.name === 'refunded') checkNotBought(order);
    }
  }

  /** Nobody is told "the money is back" of something that the provider has and keeps. */
  function checkNotBought({ ref, no, state }: StoredOrder): void {
    const bought = provider.purchases.find((one) => one.ref === ref);
    if (bought === undefined || deeds().judged.has(no)) return;
    if (state.name === 'rejected')
      broken(3, `order ${no} was called a failure, and the provider had taken it`);
    else if (!provider.endsOf(bought).includes('REFUNDED'))
      broken(3, `order ${no} was called given back, and the provider never said so`);
  }

  telegram.onChange = (message, before) => {
    const { chat, text, markup } = message;
    for (const { data } of before) noteMove(data);
    if (text.includes(CODE_MARK) || markup.includes(CODE_MARK)) checkReader(message);
    for (const [, no] of text.matchAll(/(?<!\d)(10\d\d)(?!\d)/g))
      if (/^[⏳🔎🕒✅↩]/u.test(text.replace(/^SANDBOX.*\n/, ''))) toldOrders.set(Number(no), chat);
  };
  telegram.onAlert = (person, text) => {
    if (text.includes(CODE_MARK)) checkOwner(person, text);
  };

  /** A card that asked to confirm a movement says now what became of it: from here on it may not be lost. */
  function noteMove(data: string): void {
    const [, , verb, ...words] = data.split(':');
    const id =
      verb === 'wput' || verb === 'wgive'
        ? words[2]
        : verb === 'wyes'
          ? `request-${words[0] ?? ''}`
          : undefined;
    const kind = verb === 'wgive' ? 'transfer-in' : 'deposit';
    if (id !== undefined && journalOf(hot(disk().contents(HOT))).includes(`"id":"${id}:${kind}"`))
      toldMoves.add(`"id":"${id}:${kind}"`);
  }

  function checkReader({ chat, text, markup }: Said): void {
    if (chat < 0) broken(7, 'a card code in a group');
    else {
      checkOwner(chat, `${text} ${markup}`);
      for (const { code } of provider.purchases) if (text.includes(code)) shownCodes.add(`${chat} ${code}`);
    }
  }

  function checkOwner(person: number, text: string): void {
    for (const { code, ref } of provider.purchases)
      if (text.includes(code) && deeds().paid.get(ref)?.person !== person)
        broken(7, `person ${person} was shown a code of somebody else`);
  }

  function logged(line: string): void {
    if (line.includes(CODE_MARK)) broken(7, 'a card code in the log');
  }

  const files = (folder: string): string =>
    [...(disk().image().get(`${FOLDER}/${folder}`) ?? [])]
      .map(([, bytes]) => bytes.toString('utf8'))
      .join('');

  function closedOrders(): readonly StoredRecord[] {
    const byRef = new Map<string, StoredRecord>();
    for (const line of files('archive').split('\n')) {
      if (line === '') continue;
      const record: unknown = JSON.parse(line.slice(line.indexOf('\t') + 1));
      if (isRecord(record)) byRef.set(record.order.ref, record);
    }
    return [...byRef.values()];
  }

  function atEnd(): void {
    if (first !== undefined) return;
    const file = hot(disk().contents(HOT));
    if (file === undefined) {
      broken(6, 'the order book can’t be read');
      return;
    }
    const hotRefs = new Set(file.orders.map(({ order }) => order.ref));
    const all = [...file.orders, ...closedOrders().filter(({ order }) => !hotRefs.has(order.ref))];
    checkBuying(all);
    checkEnds(all);
    checkMoney(file, all);
    checkOnce();
  }

  /** Promise 1 for what people write: an update that comes again without a kill is not answered again. */
  function checkOnce(): void {
    if (plan.crashes.length + plan.disk.length > 0) return;
    for (const person of CUSTOMERS) {
      const own = plan.acts.filter((act) => act.person === person);
      // Whoever only says things hears one answer to each, unless others do something about them.
      const isPlain =
        own.length > 0 && own.every(({ errand }) => errand.do === 'say' && errand.text !== '036362608');
      const isMeant = plan.acts.some(
        ({ errand }) =>
          ('to' in errand && errand.to === person) || ('whom' in errand && errand.whom === person),
      );
      if (!isPlain || isMeant || plan.blocked.length > 0) continue;
      test(1);
      const heard = telegram.said.filter(({ chat }) => chat === person).length;
      if (heard > (deeds().wrote.get(person) ?? 0))
        broken(
          1,
          `person ${person} wrote ${deeds().wrote.get(person) ?? 0} times and was answered ${heard} times`,
        );
    }
  }

  /** Promises 1 and 3: what was bought is what was confirmed, once, and both sides say the same of it. */
  function checkBuying(all: readonly StoredRecord[]): void {
    const byRef = new Map(all.map((record) => [record.order.ref, record.order]));
    if (new Set(all.map(({ order }) => order.no)).size < all.length)
      broken(6, 'an order number was given twice');
    for (const { ref, number, value } of provider.purchases) {
      const order = byRef.get(ref);
      if (order === undefined) broken(1, `the provider has ${ref}, and the shop has no such order`);
      else if (order.line !== number || order.value !== value * 100)
        broken(1, `${ref} is not what was confirmed`);
    }
    for (const { order } of all) {
      const bought = provider.purchases.find((one) => one.ref === order.ref);
      const confirmed = deeds().paid.get(order.ref);
      test(1);
      test(3);
      if (confirmed === undefined) broken(1, `order ${order.no} was confirmed by nobody`);
      else if (confirmed.person !== order.buyer) broken(1, `order ${order.no} is not its buyer's`);
      else if (!isOn(confirmed.card, order.line))
        broken(1, `order ${order.no} is for another line than was confirmed`);
      if (order.state.name === 'rejected' || order.state.name === 'refunded') checkNotBought(order);
      if (order.state.name === 'fulfilled' && !deeds().judged.has(order.no)) {
        if (bought === undefined)
          broken(3, `order ${order.no} was called delivered, and the provider does not know it`);
        else if (!provider.endsOf(bought).includes('FULFILLED'))
          broken(3, `order ${order.no} was called delivered, and was not`);
      }
    }
    for (const no of toldOrders.keys())
      if (!all.some(({ order }) => order.no === no))
        broken(2, `order ${no} was shown to somebody and is gone`);
  }

  /** Promise 5, and the part of 7 that says who does see the code. */
  function checkEnds(all: readonly StoredRecord[]): void {
    for (const { order } of all) {
      if (!ENDS.has(order.state.name)) {
        broken(5, `order ${order.no} has not ended: ${order.state.name}`);
        continue;
      }
      test(5);
      if (!order.message.ended) broken(5, `the end of order ${order.no} was never shown`);
      const { chatId, messageId } = order.message;
      const card = telegram.said.find(({ chat, id }) => chat === chatId && id === messageId);
      const mark = order.state.name === 'fulfilled' ? '✅' : '↩️';
      const hasEnd = (one: Said): boolean => one.text.includes(mark) && one.text.includes(String(order.no));
      if (card !== undefined && !card.deleted && !hasEnd(card))
        broken(5, `the message of order ${order.no} says “${card.text.slice(0, 60)}” and not its end`);
      const shown = telegram.said.some(
        (one) => (one.chat === chatId || one.chat === order.buyer) && hasEnd(one),
      );
      if (!shown) broken(5, `nobody was shown the end of order ${order.no}`);
      const code = provider.code(order.ref);
      if (order.state.name === 'fulfilled' && typeof order.state.code === 'string' && code !== undefined)
        if (
          !shownCodes.has(`${order.buyer} ${code}`) &&
          !plan.blocked.some(({ person }) => person === order.buyer)
        )
          broken(7, `the buyer of order ${order.no} was never shown the code`);
    }
  }

  /** Promise 6, by the books, by the journal and by what people have confirmed. */
  function checkMoney(file: HotFile, all: readonly StoredRecord[]): void {
    const sumOf = (records: readonly StoredRecord[], name: string): number =>
      records
        .filter(({ order }) => order.state.name === name)
        .reduce((sum, { order }) => sum + order.price, 0);
    if (file.books.taken !== sumOf(all, 'fulfilled'))
      broken(6, `the books took ${file.books.taken}, fulfilled orders ${sumOf(all, 'fulfilled')}`);
    for (const [account, wallet] of file.wallets) {
      const taken = sumOf(
        all.filter(({ order }) => order.account === account),
        'fulfilled',
      );
      if (wallet.taken !== taken) broken(6, `${account} took ${wallet.taken}, its fulfilled orders ${taken}`);
    }
    const journal = journalOf(file);
    const total = (wallets: Iterable<Wallet>): number => [...wallets].reduce((sum, { put }) => sum + put, 0);
    const put = total(file.wallets.map(([, wallet]) => wallet)) - total(baseWallets.values());
    let confirmed = 0;
    for (const [id, { amount, verb }] of deeds().moved)
      if (verb === 'wput' && journal.includes(`"id":"${id}:deposit"`)) confirmed += amount;
    for (const id of deeds().approved)
      if (journal.includes(`"id":"request-${id}:deposit"`))
        confirmed += requests.get(id)?.amount ?? 0;
    const ids = [...journal.matchAll(/"id":"([^"]+:(?:deposit|correction|transfer-in|transfer-out))"/g)].map(
      ([, id]) => id,
    );
    if (new Set(ids).size < ids.length) broken(6, 'a movement is in the journal twice');
    if (put !== confirmed) broken(6, `wallets were filled with ${put}, confirmed were ${confirmed}`);
    for (const [person, times] of countBy([...requests.values()], (one) => one.person))
      if (times > (deeds().asked.get(person) ?? 0))
        broken(
          6,
          `${person} asked for credit ${deeds().asked.get(person) ?? 0} times, the shop heard ${times}`,
        );
    for (const id of toldMoves)
      if (!journal.includes(id)) broken(6, `the movement ${id} was told and is gone`);
  }

  /** Whoever pays on a fresh card hears something soon, whatever happens to others. */
  function paid(person: number, ref: string, card: Said): void {
    if (person === plan.troublemaker) return;
    const doings = deeds().doings.get(person) ?? 0;
    time.after(
      ANSWER_WITHIN_MS,
      () => {
        // Whoever did anything else since has changed the card themselves.
        if ((deeds().doings.get(person) ?? 0) > doings + 1) return;
        test(8);
        // In a busy group the card may stay as it is for a while, once the press was answered.
        const isPlaced = hot(disk().contents(HOT))?.orders.some(({ order }) => order.ref === ref) === true;
        if (isPlaced || provider.purchases.some((one) => one.ref === ref)) return;
        if (!card.deleted && card.buttons.some(({ data }) => data.endsWith(`:p:${ref}`)))
          broken(8, `person ${person} paid, and nothing came of it in ${ANSWER_WITHIN_MS / 1000} s`);
      },
      'world',
    );
  }

  return {
    violation: () => first,
    broken,
    paid,
    counts,
    leaves,
    heard,
    written,
    logged,
    open: () => hot(disk().contents(HOT))?.orders.map(({ order }) => order) ?? [],
    atEnd,
  };
}

function countBy<T>(things: readonly T[], keyOf: (thing: T) => number): ReadonlyMap<number, number> {
  return new Map([...Map.groupBy(things, keyOf)].map(([key, group]) => [key, group.length]));
}

/** Whether a card shows this line, whole or masked. */
function isOn(card: string, line: string): boolean {
  const signs = card.replace(/[^\d•]/g, '');
  return (
    signs.includes(line) ||
    signs.includes(`${line.slice(0, line.startsWith('213') ? 6 : 3)}••••${line.slice(-2)}`)
  );
}

export const isOwner = (person: number): boolean => OWNERS.some((owner) => owner === person);
