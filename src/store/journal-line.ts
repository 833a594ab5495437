// The lines of the journal: one for every change that moves money of wallets or changes the shop, and the balances that
// each month's file begins with. The start of a line says who is moved by what, so that start-up parses hardly any.

import * as z from 'zod';
import {
  holderOf,
  walletOf,
  type Account,
  type Entry,
  type EntryKind,
  type Wallet,
} from '../domain/ledger.ts';
import { centimes } from '../domain/money.ts';
import type { AuditLine, ShopRecord } from '../domain/shop.ts';
import { DamagedFile, NewerFile } from './disk.ts';
import { bodyOf, LONGEST_LINE } from './line-scan.ts';
import { SEAL_LENGTH } from './seal.ts';
import { entrySchema } from './order-schema.ts';
import { account, count, faultsOf, moment, text, wallet } from './schema-fields.ts';
import { auditLineSchema } from './shop-schema.ts';
import { isOrderKind, type Wallets } from './wallets.ts';

/** What stands in front of a line. */
export interface JournalHead {
  /** How many lines were written before it. */
  readonly seq: number;
  /** The `seq` of the first line that was written together with it. */
  readonly batch: number;
  /** Epoch ms. */
  readonly at: number;
  /** How many audit lines it has. */
  readonly audits: number;
  /** Its entries, in their order. */
  readonly moves: readonly Move[];
  /** Whether it holds balances instead, and is the first that does or follows such a one. */
  readonly balances: 'none' | 'first' | 'more';
}

/** What a line's start tells of an entry. */
export type Move = Pick<Entry, 'account' | 'kind' | 'amount'>;

/** What a change writes down. */
export interface Happening {
  readonly entries: readonly Entry[];
  readonly puts: readonly ShopRecord[];
  readonly drops: readonly string[];
  readonly audit: readonly AuditLine[];
}

/** A line as it is read again; its records as they were stored then. */
export interface JournalLine extends Omit<Happening, 'puts'> {
  readonly seq: number;
  readonly at: number;
  readonly puts: readonly unknown[];
  readonly balances: readonly (readonly [Account, Wallet])[];
}

export interface NewLine {
  readonly head: JournalHead;
  /** With its line end. */
  readonly bytes: Buffer;
  /** The ids of its entries that no order wrote. */
  readonly moneyIds: readonly string[];
  readonly happened: Happening;
}

const VERSION = 1;
/** A change has fewer entries than this, and fewer audit lines: places on a page count in such steps. */
export const LINE_STEP = 1_000;

const list = <T extends z.ZodType>(item: T) => z.array(item).max(LINE_STEP - 1);
const schema = z.strictObject({
  v: z.literal(VERSION),
  seq: count,
  at: moment,
  entries: list(entrySchema),
  puts: z.array(z.unknown()),
  drops: z.array(text),
  audit: list(auditLineSchema),
  balances: z.array(z.tuple([account, wallet])).default([]),
});
const newerSchema = z.looseObject({ v: z.int().min(VERSION + 1) });

const writeMove = ({ account, kind, amount }: Move): string => `${holderOf(account) ?? 0}:${kind}:${amount}`;

const MARKS = { none: '-', first: '=', more: '+' } as const;

const writeHead = ({ seq, batch, at, audits, moves, balances }: JournalHead): string =>
  `${seq} ${batch} ${at} ${audits} ${moves.length > 0 ? moves.map(writeMove).join(',') : MARKS[balances]}`;

const HEAD = /^(\d{1,15}) (\d{1,15}) (\d{1,15}) (\d{1,3}) (\S+)$/;
const MOVE = /^(-?[1-9]\d{0,15}):([a-z-]+):(-?\d{1,15})$/;
const ENTRY_KINDS: readonly EntryKind[] = [
  'hold',
  'release',
  'capture',
  'deposit',
  'correction',
  'transfer-in',
  'transfer-out',
];

function readMove(written: string): Move | undefined {
  const [, holder, word, amount] = MOVE.exec(written) ?? [];
  const kind = ENTRY_KINDS.find((one) => one === word);
  if (kind === undefined) return undefined;
  return { account: walletOf(Number(holder)), kind, amount: centimes(Number(amount)) };
}

/** Reads what stands in front of a line; undefined for what can't be one of ours. */
export function readJournalHead(written: string): JournalHead | undefined {
  const match = HEAD.exec(written);
  if (match === null) return undefined;
  const [seq = 0, batch = 0, at = 0, audits = 0] = match.slice(1, 5).map(Number);
  const last = match[5] ?? '';
  const balances = last === MARKS.first ? 'first' : last === MARKS.more ? 'more' : 'none';
  if (last.length === 1) return { seq, batch, at, audits, moves: [], balances };
  const moves = last.split(',').map(readMove);
  const known = moves.filter((move) => move !== undefined);
  return known.length === moves.length ? { seq, batch, at, audits, moves: known, balances } : undefined;
}

type Place = Pick<JournalHead, 'seq' | 'batch' | 'at'>;

function bytesOf(head: JournalHead, body: object): Buffer {
  const bytes = Buffer.from(`${writeHead(head)}\t${JSON.stringify(body)}\n`);
  if (bytes.length + SEAL_LENGTH <= LONGEST_LINE) return bytes;
  throw new RangeError(`line ${head.seq} of the journal is too long to be read again`);
}

/** The line of a change; throws RangeError for one that could not be read again. */
export function makeLine({ seq, batch, at }: Place, { entries, puts, drops, audit }: Happening): NewLine {
  const body = { v: VERSION, seq, at, entries, puts, drops, audit };
  const read = schema.safeParse(JSON.parse(JSON.stringify(body)));
  if (!read.success) throw new RangeError(`the change can't be written down: ${faultsOf(read.error)}`);
  const head: JournalHead = { seq, batch, at, audits: audit.length, moves: entries, balances: 'none' };
  const moneyIds = entries.filter(({ kind }) => !isOrderKind(kind)).map(({ id }) => id);
  return { head, bytes: bytesOf(head, body), moneyIds, happened: { entries, puts, drops, audit } };
}

/** So many wallets fit on a line with room to spare. */
const WALLETS_PER_LINE = 5_000;

/**
 * The lines that carry all balances forward, so that a later count can begin with them; after others one at least, since
 * nothing else may follow lines that are missing.
 */
export function balanceLines({ seq, batch, at }: Place, wallets: Wallets): readonly NewLine[] {
  const all = [...wallets].map(([account, { wallet }]) => [account, wallet] as const);
  const lines: NewLine[] = [];
  for (let from = 0; from < all.length || (from === 0 && seq > 0); from += WALLETS_PER_LINE) {
    const place = { seq: seq + lines.length, batch, at };
    const happened = { entries: [], puts: [], drops: [], audit: [] };
    const body = { v: VERSION, seq: place.seq, at, ...happened };
    const head: JournalHead = { ...place, audits: 0, moves: [], balances: from === 0 ? 'first' : 'more' };
    const balances = all.slice(from, from + WALLETS_PER_LINE);
    lines.push({ head, bytes: bytesOf(head, { ...body, balances }), moneyIds: [], happened });
  }
  return lines;
}

function parse(line: Buffer, where: string): unknown {
  try {
    return JSON.parse(bodyOf(line));
  } catch {
    // JSON's own message quotes the text.
    throw new DamagedFile(`${where}: the line can't be read`);
  }
}

/** Reads a whole line; throws DamagedFile or NewerFile that says `where`. */
export function readJournalLine(line: Buffer, where: string): JournalLine {
  const stored = parse(line, where);
  if (newerSchema.safeParse(stored).success)
    throw new NewerFile(`${where}: written by a newer version of this program`);
  const read = schema.safeParse(stored);
  if (read.success) return read.data;
  throw new DamagedFile(`${where}: the line can't be read: ${faultsOf(read.error)}`);
}
