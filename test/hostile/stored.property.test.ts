// Files that are not what was written: bits that flipped, ends that are missing, files that are gone, swapped, of another
// version, or rubbish of the right shape. The folder opens as it was, or with its previous copy and a word about it, or it
// does not open and says in one line which file it is. Money is never quietly more or less.

import * as fc from 'fast-check';
import { cp, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Store } from '../../src/app/ports.ts';
import { walletOf } from '../../src/domain/ledger.ts';
import { dinars } from '../../src/domain/money.ts';
import { NEW_HOUSE } from '../../src/domain/shop.ts';
import { openFolder, type Folder } from '../../src/store/open-folder.ts';
import { found, ref as refOf } from '../domain/an-order.ts';
import { advance, buy, DELIVERED, GIVEN_BACK, NOW, opening, orderIn, SENT } from '../store/orders.ts';
import {
  alter,
  auditLine,
  correction,
  deposit,
  letIn,
  openingBy,
  shopChange,
  transfer,
} from '../store/shop-changes.ts';
import { bend, bent, type Bend } from './odd.ts';
import { runs } from './runs.ts';

const API_KEY = 'pk-secret-of-the-shop';
const CODE = '998877665544';
const PEOPLE = [21, 22, 23, 24];
const MONTH_MS = 31 * 86_400_000;

let base: string;
let files: readonly string[];
let whole: Awaited<ReturnType<typeof snapshot>>;

interface Opened {
  readonly folder: Folder;
  readonly told: readonly unknown[];
}

async function open(dir: string, now = NOW + MONTH_MS): Promise<Opened> {
  const told: unknown[] = [];
  const log = (fact: string, details: object): void => void told.push({ fact, ...details });
  const folder = await openFolder({ dir, cardKey: undefined, apiKey: API_KEY, clock: () => now, log });
  return { folder, told };
}

/** All that is money, or decides about money. */
async function snapshot(store: Store) {
  const wallets = await Promise.all(PEOPLE.map((id) => store.wallet(id)));
  const members = (await store.records('member')).map(({ id, role, frozen, ceiling, rule, belowCost }) => {
    return { id, role, frozen, ceiling, rule, belowCost };
  });
  const { rows } = await store.orders({}, null, 1_000);
  const orders = rows.map(({ ref, no, buyer, service, line, value, cost, price, account, state }) => {
    return { ref, no, buyer, service, line, value, cost, price, account, state: state.name };
  });
  const statements = await Promise.all(PEOPLE.map((id) => store.statement(walletOf(id), null, 1_000)));
  const open = (await store.active()).map(({ ref, sends }) => ({ ref, sends }));
  return {
    wallets,
    members,
    house: await store.records('house'),
    orders,
    statements,
    open,
    books: await store.books(),
  };
}

/** A shop that has seen a month: people, money in and out, orders in every state. */
async function furnish(dir: string): Promise<void> {
  for (const now of [NOW, NOW + MONTH_MS]) {
    const { folder } = await open(dir, now);
    const { store, vault, dialogues, people, keyMemory, updates } = folder;
    const name = `n${now}`;
    if (now === NOW) for (const id of PEOPLE) await letIn(store, id, 5_000);
    else await alter(store, 24, { role: 'agent', ceiling: dinars(700) });
    await store.change(deposit(`d-${name}`, 22, 300));
    await store.change(correction(`c-${name}`, 23, -100));
    await store.change(transfer(`t-${name}`, 21, 22, 250));
    await store.change(
      shopChange({
        puts: now === NOW ? [{ ...NEW_HOUSE, rev: 1, threshold: dinars(900) }] : [],
        audit: [auditLine('x')],
      }),
    );
    const code = vault.seal(CODE, refOf(`order-${name}-sold`));
    const sold = { ...DELIVERED, snapshot: { ...DELIVERED.snapshot, code } };
    await buy(store, `${name}-sold`, { buyer: 21, role: 'customer' }, sold, now);
    await buy(store, `${name}-back`, { buyer: 22, role: 'customer' }, GIVEN_BACK, now);
    await store.commit(openingBy(22, `${name}-fresh`, 400));
    const sent = orderIn(await store.commit(openingBy(21, `${name}-sent`, 500)));
    await advance(store, sent, SENT, now);
    const doubted = orderIn(await store.commit(opening(`${name}-doubt`, {}, now)));
    await advance(store, doubted, [{ type: 'send-begun' }, { type: 'doubt' }], now);
    const odd = orderIn(await store.commit(openingBy(23, `${name}-odd`, 600)));
    await advance(store, odd, [...SENT, found('fulfilled', { number: '036000000' })], now);
    await dialogues.write('7:7:0', { version: [0, 2], state: { buy: [1] } }, 5);
    await dialogues.write('21:21:0', { version: [0, 2], state: { ask: [2] } }, 6);
    if (updates.kind === 'alone') await updates.journal.setUnfinished([{ update_id: 9 }]);
    await people.setLanguage(21, now === NOW ? 'fr' : 'ar');
    await keyMemory.keep(now === NOW);
    await folder.close();
  }
}

beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'hostile-'));
  await furnish(base);
  // Opened once more, so that what is there is what a start leaves.
  const { folder } = await open(base);
  whole = await snapshot(folder.store);
  await folder.close();
  const names = await readdir(base, { recursive: true, withFileTypes: true });
  files = names.filter((one) => one.isFile()).map((one) => relative(base, join(one.parentPath, one.name)));
  files = files.toSorted();
});
afterAll(() => rm(base, { recursive: true, force: true }));

interface Damage {
  readonly file: number;
  /** 0 ≤ at < 1 of the file. */
  readonly at: number;
  readonly what:
    | { readonly do: 'flip'; readonly bit: number }
    | { readonly do: 'put'; readonly text: string; readonly instead: number }
    | { readonly do: 'digit'; readonly digit: number }
    | { readonly do: 'cut' | 'delete' | 'empty' | 'zeros' | 'twice' }
    | { readonly do: 'swap'; readonly other: number }
    | { readonly do: 'version'; readonly version: number }
    | { readonly do: 'bend'; readonly bends: readonly Bend[] };
}

const damage: fc.Arbitrary<Damage> = fc.record({
  file: fc.nat(100),
  at: fc.double({ min: 0, max: 0.999_999, noNaN: true }),
  what: fc.oneof(
    { weight: 3, arbitrary: fc.record({ do: fc.constant('flip'), bit: fc.nat(7) }) },
    { weight: 4, arbitrary: fc.record({ do: fc.constant('digit'), digit: fc.nat(9) }) },
    fc.record({
      do: fc.constant('put'),
      text: fc.string({ unit: 'binary', maxLength: 6 }),
      instead: fc.nat(6),
    }),
    {
      weight: 2,
      arbitrary: fc.record({ do: fc.constantFrom('cut', 'cut', 'delete', 'empty', 'zeros', 'twice') }),
    },
    fc.record({ do: fc.constant('swap'), other: fc.nat(100) }),
    fc.record({ do: fc.constant('version'), version: fc.constantFrom(0, 1, 2, 3, 99, -1) }),
    {
      weight: 2,
      arbitrary: fc.record({
        do: fc.constant('bend'),
        bends: fc.array(bend, { minLength: 1, maxLength: 2 }),
      }),
    },
  ),
});

/** The next digit from a place on becomes another one; what is not a number keeps its form, and so does what is. */
function otherDigit(bytes: Buffer, from: number, digit: number): void {
  for (let i = from; i < bytes.length; i += 1) {
    const old = (bytes[i] ?? 0) - 48;
    if (old < 0 || old > 9) continue;
    bytes[i] = 48 + (old === digit ? (digit + 1) % 10 : digit);
    return;
  }
}

function asJson(text: string, change: (value: unknown) => unknown): string {
  try {
    return `${JSON.stringify(change(JSON.parse(text)))}\n`;
  } catch {
    return text;
  }
}

async function harm(dir: string, { file, at, what }: Damage): Promise<void> {
  const path = join(dir, files[file % files.length] ?? '');
  if (what.do === 'delete') return rm(path, { force: true });
  if (what.do === 'swap') {
    const other = join(dir, files[what.other % files.length] ?? '');
    // A file in the place of its own previous copy is a backup of one write ago, put back: nobody can tell.
    if (path.replace(/\.prev$/u, '') === other.replace(/\.prev$/u, '')) return;
    await rename(path, `${path}.was`).catch(() => undefined);
    await rename(other, path).catch(() => undefined);
    return rename(`${path}.was`, other).catch(() => undefined);
  }
  const bytes = await readFile(path).catch(() => Buffer.alloc(0));
  const place = Math.floor(at * bytes.length);
  // A file of its own: the previous copy may be another name of it.
  await rm(path, { force: true });
  switch (what.do) {
    case 'flip':
      if (bytes.length > 0) bytes[place] = (bytes[place] ?? 0) ^ (1 << what.bit);
      return writeFile(path, bytes);
    case 'digit':
      otherDigit(bytes, place, what.digit);
      return writeFile(path, bytes);
    case 'put': {
      const rest = bytes.subarray(place + what.instead);
      return writeFile(path, Buffer.concat([bytes.subarray(0, place), Buffer.from(what.text), rest]));
    }
    case 'cut':
      return writeFile(path, bytes.subarray(0, place));
    case 'empty':
      return writeFile(path, '');
    case 'zeros':
      return writeFile(path, bytes.fill(0, place, Math.min(bytes.length, place + 512)));
    case 'twice':
      return writeFile(path, Buffer.concat([bytes, bytes.subarray(place)]));
    case 'version':
      return writeFile(
        path,
        bytes.toString().replaceAll(/"(?:version|v)":\d+/g, `"version":${what.version}`),
      );
    case 'bend':
      return writeFile(
        path,
        asJson(bytes.toString(), (value) => bent(value, what.bends)),
      );
  }
}

/** What is read of it, or the one line that says why not. */
async function attempt<T>(read: () => Promise<T>): Promise<{ value: T } | { line: string }> {
  try {
    return { value: await read() };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return { line: error.message };
  }
}

function expectOneLine(line: string): void {
  expect(line).not.toMatch(/[\r\n]|\bat .*:\d+:\d+/u);
  expect(line.length).toBeLessThan(2_000);
  for (const secret of [API_KEY, CODE, '036362608']) expect(line).not.toContain(secret);
}

/** What was put on wallets and nobody took off again, whatever became of the orders. */
const puts = ({ wallets }: typeof whole): readonly number[] => wallets.map(({ put }) => put);

async function check({ folder, told }: Opened): Promise<void> {
  const read = await attempt(() => snapshot(folder.store));
  // A line of the archive or of the journal that is only read when somebody looks.
  if ('line' in read) {
    expectOneLine(read.line);
    return;
  }
  const { value } = read;
  for (const one of told) expectOneLine(JSON.stringify(one));
  if (told.length === 0) {
    const { statements, ...money } = value;
    const { statements: known, ...same } = whole;
    expect(money).toEqual(same);
    // The journal's earlier months are read when somebody asks; one that was emptied makes statements shorter, no more.
    for (const [i, { rows }] of statements.entries())
      for (const row of rows) expect(known[i]?.rows).toContainEqual(row);
    return;
  }
  expect(puts(value)).toEqual(puts(whole));
  expect(value.members).toEqual(whole.members);
  for (const order of value.orders) {
    const known = whole.orders.find(({ ref }) => ref === order.ref);
    expect({ ...order, state: known?.state }).toEqual(known);
  }
}

test('a damaged folder opens as it was, or says what happened, or does not open', async () => {
  let [opened, refused] = [0, 0];
  await fc.assert(
    fc.asyncProperty(fc.array(damage, { minLength: 1, maxLength: 2 }), async (all) => {
      const dir = await mkdtemp(join(tmpdir(), 'hostile-'));
      try {
        await cp(base, dir, { recursive: true });
        for (const one of all) await harm(dir, one);
        const start = await attempt(() => open(dir));
        if ('line' in start) {
          refused += 1;
          expectOneLine(start.line);
          return;
        }
        opened += 1;
        try {
          await check(start.value);
        } finally {
          await start.value.folder.close();
        }
      } finally {
        await rm(dir, { recursive: true, force: true });
      }
    }),
    runs(150),
  );
  expect(Math.min(opened, refused)).toBeGreaterThan(0);
});
