// The part of the audit that is about wallets: reads the whole journal and counts every wallet anew, line by line, and
// holds the entries that orders wrote against the orders' own.

import { join } from 'node:path';
import { EMPTY_WALLET, postToWallet, type Account, type Entry, type Wallet } from '../domain/ledger.ts';
import { add, ZERO, type Centimes } from '../domain/money.ts';
import { isSettled } from '../domain/order.ts';
import type { Audit } from './audit.ts';
import { errorCode, REAL_FILES } from './disk.ts';
import type { HotState } from './hot-state.ts';
import {
  readJournalHead,
  readJournalLine,
  type JournalHead,
  type JournalLine,
  type Move,
} from './journal-line.ts';
import { scanLines } from './line-scan.ts';
import type { OrderRecord } from './order-record.ts';
import { isOrderKind, ofWallets, sameWallet } from './wallets.ts';

type Sums = Map<Account, Wallet>;

async function filesIn(folder: string): Promise<readonly string[]> {
  try {
    return (await REAL_FILES.readdir(folder)).sort();
  } catch (error) {
    // A folder of before there were wallets.
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  }
}

const written = ({ account, kind, amount }: Move): string => `${account} ${kind} ${amount}`;
const whole = (entry: Entry): string => `${entry.id} ${written(entry)}`;

const sumOf = (sums: Iterable<Wallet>): Wallet =>
  [...sums].reduce(
    (all, one) => ({
      put: add(all.put, one.put),
      held: add(all.held, one.held),
      taken: add(all.taken, one.taken),
    }),
    EMPTY_WALLET,
  );

/** In how many wallets two counts differ. */
function differences(a: ReadonlyMap<Account, Wallet>, b: ReadonlyMap<Account, Wallet>): number {
  const accounts = [...new Set([...a.keys(), ...b.keys()])];
  return accounts.filter((one) => !sameWallet(a.get(one) ?? EMPTY_WALLET, b.get(one) ?? EMPTY_WALLET)).length;
}

interface JournalCount {
  readonly sums: Sums;
  readonly entries: readonly Entry[];
  readonly faults: number;
}

async function countJournal(folder: string, { seq, voided }: HotState): Promise<JournalCount> {
  const sums: Sums = new Map();
  const entries: Entry[] = [];
  const skipped = new Set(voided);
  let [next, faults] = [0, 0];
  let resumes = false;

  function count(head: JournalHead, line: JournalLine): void {
    if (head.seq !== next || line.seq !== next) faults += 1;
    // After a gap all that can be counted is what came since.
    if (head.balances === 'first') resumes = head.seq !== next;
    next = head.seq + 1;
    if (head.moves.map(written).join() !== line.entries.map(written).join()) faults += 1;
    for (const [account, wallet] of skipped.has(head.seq) ? [] : line.balances) {
      if (resumes) sums.set(account, wallet);
      else if (!sameWallet(wallet, sums.get(account) ?? EMPTY_WALLET)) faults += 1;
    }
    for (const entry of line.entries) {
      if (isOrderKind(entry.kind) && skipped.has(head.seq)) continue;
      sums.set(entry.account, postToWallet(sums.get(entry.account) ?? EMPTY_WALLET, entry));
      entries.push(entry);
    }
  }

  for (const name of await filesIn(folder))
    await scanLines({
      files: REAL_FILES,
      path: join(folder, name),
      readHead: readJournalHead,
      visit: ({ head, bytes }) => {
        // Written after the hot file was read, or never told to anybody.
        if (head.seq < seq) count(head, readJournalLine(bytes, name));
      },
    });
  if (next !== seq) faults += 1;
  faults += entries.length - new Set(entries.map(({ id }) => id)).size;
  return { sums, entries, faults };
}

/** What the orders of each wallet hold and have taken by their prices, and whether the wallets say the same. */
function countOrders(orders: readonly OrderRecord[], sums: Sums): number {
  const held = new Map<Account, Centimes>();
  const taken = new Map<Account, Centimes>();
  for (const { order } of orders) {
    const into = isSettled(order) ? (order.state.name === 'fulfilled' ? taken : undefined) : held;
    into?.set(order.account, add(into.get(order.account) ?? ZERO, order.price));
  }
  const accounts = new Set([...sums.keys(), ...held.keys(), ...taken.keys()]);
  accounts.delete('shop');
  const wrong = [...accounts].filter((account) => {
    const wallet = sums.get(account) ?? EMPTY_WALLET;
    return wallet.held !== (held.get(account) ?? ZERO) || wallet.taken !== (taken.get(account) ?? ZERO);
  });
  return wrong.length;
}

/** Throws DamagedFile for what can't be read and RangeError for entries that can't be added up. */
export async function auditWallets(
  folder: string,
  hot: HotState,
  orders: readonly OrderRecord[],
): Promise<Pick<Audit, 'wallets' | 'walletEntries' | 'walletFaults'>> {
  const { sums, entries, faults } = await countJournal(folder, hot);
  const running = new Map([...hot.wallets].map(([account, { wallet }]) => [account, wallet]));
  const journal = new Set(entries.filter(({ kind }) => isOrderKind(kind)).map(whole));
  const own = new Set(orders.flatMap((record) => ofWallets(record.entries)).map(whole));
  return {
    wallets: sumOf(running.values()),
    walletEntries: sumOf(sums.values()),
    walletFaults:
      faults + differences(running, sums) + countOrders(orders, sums) + journal.symmetricDifference(own).size,
  };
}
