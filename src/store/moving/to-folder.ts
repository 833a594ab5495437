// Belongings into an empty data folder. Everything is built and checked in a folder beside it first; then it is moved in,
// the orders last, without which nothing of it counts.

import { Low } from 'lowdb';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../../app/ports.ts';
import type { Account, Wallet } from '../../domain/ledger.ts';
import { EMPTY_WALLET, postToWallet } from '../../domain/ledger.ts';
import { isClosed } from '../../domain/order.ts';
import { recordKey } from '../../domain/shop.ts';
import { openArchive } from '../archive.ts';
import { audit, type Audit } from '../audit.ts';
import { dialogueRecord, writeDialogues } from '../dialogue-file.ts';
import { DIALOGUES_FILE } from '../dialogues.ts';
import { errorCode, REAL_FILES, syncFolder } from '../disk.ts';
import { durableFile } from '../durable-file.ts';
import { readHotState, writeHotState } from '../hot-file.ts';
import { EMPTY_STATE, type HotState } from '../hot-state.ts';
import { openJournal } from '../journal.ts';
import { balanceLines, makeLine, type NewLine } from '../journal-line.ts';
import { ARCHIVE_FOLDER, JOURNAL_FOLDER, ORDERS_FILE } from '../load-store.ts';
import { PROVIDER_FILE, writeKnownKey } from '../key-memory.ts';
import { acquireLock } from '../lock.ts';
import { monthOf } from '../month-files.ts';
import { orderRecords, type OrderRecord } from '../order-record.ts';
import { SETTINGS_FILE, writeSettings } from '../people.ts';
import { makeShopRecord } from '../shop-record.ts';
import { keepWallet } from '../wallets.ts';
import { CannotMove, inLists, type Belongings, type Happened, type Moved } from './belongings.ts';
import { MARK_FILE, removeMark } from './folder-mark.ts';
import { CARD_CHECK_FILE } from './from-folder.ts';

const MOST = 500;
/** What the folder's name begins with in which everything is built. */
const BESIDE = 'moving-';

async function putOrders(
  dir: string,
  { orders }: Belongings,
): Promise<{ open: OrderRecord[]; count: number }> {
  const records = orderRecords();
  const archive = await openArchive({
    dir: join(dir, ARCHIVE_FOLDER),
    records,
    files: REAL_FILES,
    recentSince: Infinity,
  });
  const open: OrderRecord[] = [];
  let count = 0;
  for await (const list of inLists(orders(), MOST)) {
    await archive.append(list.filter(({ order }) => isClosed(order)));
    open.push(...list.filter(({ order }) => !isClosed(order)));
    count += list.length;
  }
  return { open, count };
}

/** Lines of one month, which begins with all balances. */
function linesOf(
  list: readonly Happened[],
  seq: number,
  wallets: Map<Account, Wallet>,
  begins: boolean,
): NewLine[] {
  const at = list[0]?.at ?? 0;
  const kept = new Map([...wallets].map(([account, wallet]) => [account, keepWallet(account, wallet)]));
  const lines = begins ? [...balanceLines({ seq, batch: seq, at }, kept)] : [];
  for (const { at: then, entries, audit: audits } of list) {
    const place = { seq: seq + lines.length, batch: seq, at: then };
    lines.push(makeLine(place, { entries, puts: [], drops: [], audit: audits }));
    for (const entry of entries)
      wallets.set(entry.account, postToWallet(wallets.get(entry.account) ?? EMPTY_WALLET, entry));
  }
  return lines;
}

async function putJournal(dir: string, { happened }: Belongings, now: number) {
  const { journal } = await openJournal({
    ...{ dir: join(dir, JOURNAL_FOLDER), files: REAL_FILES, state: EMPTY_STATE, recovered: false, now },
    closedSince: () => false,
  });
  const wallets = new Map<Account, Wallet>();
  const counts = { seq: 0, entries: 0, audit: 0 };
  let month = '';
  for await (const list of inLists(happened(), MOST)) {
    // Within a list a month may end; a clock that was put back goes on in the month it had come to.
    for (const [own, group] of Map.groupBy(list, ({ at }) => (monthOf(at) > month ? monthOf(at) : month))) {
      const lines = linesOf(group, counts.seq, wallets, own !== month);
      month = own;
      (await journal.append(lines, group[0]?.at ?? now)).keep();
      counts.seq += lines.length;
      counts.entries += group.reduce((sum, { entries }) => sum + entries.length, 0);
      counts.audit += group.reduce((sum, one) => sum + one.audit.length, 0);
    }
  }
  return counts;
}

async function putState(dir: string, state: HotState, clock: Clock): Promise<void> {
  const path = join(dir, ORDERS_FILE);
  const records = orderRecords();
  const parse = (text: string): HotState => readHotState(text, path, records);
  const db = new Low<HotState>(
    durableFile({ path, parse, pieces: writeHotState, clock, files: REAL_FILES }),
    state,
  );
  await db.write();
}

async function putRest(dir: string, belongings: Belongings): Promise<void> {
  const { flows, handled, people, cardCheck, knownKey } = belongings;
  const records = new Map(
    flows.map(({ key, state, prompt, touchedAt }) => [
      key,
      dialogueRecord(key, { state: JSON.stringify(state), prompt, touchedAt }),
    ]),
  );
  const files: [string, readonly string[]][] = [
    [DIALOGUES_FILE, writeDialogues({ records, handled: new Set(handled), unfinished: '[]' })],
    [SETTINGS_FILE, writeSettings(people)],
    ...(cardCheck === undefined ? [] : [[CARD_CHECK_FILE, [cardCheck]] satisfies [string, string[]]]),
    ...(knownKey === undefined
      ? []
      : [[PROVIDER_FILE, writeKnownKey(knownKey)] satisfies [string, readonly string[]]]),
  ];
  for (const [name, pieces] of files)
    await writeFile(join(dir, name), pieces.join(''), { mode: 0o600, flush: true });
}

const isEven = (counted: Audit, { books }: Belongings): boolean =>
  counted.held === books.held &&
  counted.taken === books.taken &&
  counted.held === counted.openTotal &&
  counted.taken === counted.fulfilledTotal &&
  counted.duplicates === 0 &&
  counted.walletFaults === 0;

async function build(dir: string, belongings: Belongings, clock: Clock): Promise<Moved> {
  for (const name of [ARCHIVE_FOLDER, JOURNAL_FOLDER]) await mkdir(join(dir, name), { mode: 0o700 });
  const { open, count } = await putOrders(dir, belongings);
  const { seq, ...counts } = await putJournal(dir, belongings, clock());
  const { nextNo, books, wallets, shop, people } = belongings;
  const state: HotState = {
    ...{ nextNo, books, seq, voided: [] },
    records: new Map(open.map((record) => [record.order.ref, record])),
    wallets: new Map(wallets.map(([account, wallet]) => [account, keepWallet(account, wallet)])),
    shop: new Map(shop.map((record) => [recordKey(record), makeShopRecord(record)])),
  };
  await putState(dir, state, clock);
  await putRest(dir, belongings);
  const counted = await audit(dir);
  if (!isEven(counted, belongings) || counted.orders !== count)
    throw new CannotMove('The books would not be even in the folder. Nothing was moved.');
  return { orders: count, ...counts, wallets: wallets.length, people: people.size };
}

const NAMES: readonly string[] = [
  ARCHIVE_FOLDER,
  JOURNAL_FOLDER,
  DIALOGUES_FILE,
  SETTINGS_FILE,
  CARD_CHECK_FILE,
  PROVIDER_FILE,
  ORDERS_FILE,
];

/** With any of it the folder is, or was, a shop's; or a move was killed on its way in. */
async function checkEmpty(dir: string): Promise<void> {
  const names: readonly string[] = await REAL_FILES.readdir(dir);
  // Of a move that was killed before anything of it was moved in.
  for (const left of names.filter((name) => name.startsWith(BESIDE)))
    await rm(join(dir, left), { recursive: true });
  const found = [...NAMES, MARK_FILE].find((name) => names.includes(name));
  if (found !== undefined)
    throw new CannotMove(
      `There is something of a shop in ${dir} already: ${found}. Name an empty folder, or move it away.`,
    );
}

async function moveIn(from: string, dir: string): Promise<void> {
  const made: readonly string[] = await REAL_FILES.readdir(from);
  try {
    for (const name of NAMES) {
      if (name === ORDERS_FILE) await syncFolder(REAL_FILES, dir);
      if (made.includes(name)) await rename(join(from, name), join(dir, name));
    }
    await syncFolder(REAL_FILES, dir);
  } catch (error) {
    throw new CannotMove(
      `${dir} did not take the whole shop (${errorCode(error) ?? 'unknown'}). Nothing was changed.`,
    );
  }
}

/** Takes out what a move has brought in that was not made; its mark last, without which it would be a shop. */
export async function clearFolder(dir: string): Promise<void> {
  for (const name of NAMES.toReversed()) await rm(join(dir, name), { recursive: true, force: true });
  await syncFolder(REAL_FILES, dir);
  await removeMark(dir);
}

/** `begins`: from here on something is moved in. Throws CannotMove when the folder is a shop's or would not be even, LockedError while a bot uses it; nothing was changed then. */
export async function toFolder(
  dir: string,
  belongings: Belongings,
  clock: Clock,
  begins: () => Promise<void>,
): Promise<Moved> {
  const lock = await acquireLock(dir, { clock });
  try {
    await checkEmpty(dir);
    const beside = await mkdtemp(join(dir, BESIDE));
    try {
      const moved = await build(beside, belongings, clock);
      await begins();
      await moveIn(beside, dir);
      return moved;
    } finally {
      await rm(beside, { recursive: true, force: true });
    }
  } finally {
    await lock.release();
  }
}
