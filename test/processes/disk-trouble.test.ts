// The real bot on a real disk that fills up, or becomes read-only, in the middle of a purchase: nothing is sent that is not
// on disk, the person and the owners hear of it, and all goes on by itself when there is room again.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ORDERS_FILE } from '../../src/store/load-store.ts';
import { booksOf } from '../journey/books.ts';
import { buy, orderNo, quote } from '../journey/purchase.ts';
import { MINUTE, openDay, type ShopDay } from '../journey/shop-day.ts';
import { mayMount, mountSmallDisk, type SmallDisk } from './small-disk.ts';

const NOT_WRITTEN = 'The order could not be written down, so nothing was sent and nothing was taken.';
/** One owner for each language. */
const ALERT = '⚠️ القرص لا يقبل سجل الطلبات';
const SLOW = '036000002';
const TIMEOUT_MS = 120_000;

let disk: SmallDisk;
let day: ShopDay;
/** Purchases that left without being on disk as such, seen at the very moment that they arrive. */
let unsafe: unknown[];

const refIn = (body: unknown): unknown =>
  typeof body === 'object' && body !== null && 'ref' in body ? body.ref : undefined;

/** The order with this reference stands in the order book as being sent. */
function isOnDisk(ref: unknown): boolean {
  const text = readFileSync(join(disk.dir, ORDERS_FILE), 'utf8');
  const from = text.indexOf(`"ref":"${String(ref)}"`);
  return from >= 0 && text.slice(from).includes('"name":"sending"');
}

beforeEach(async () => {
  disk = await mountSmallDisk();
  day = await openDay({ env: { DATA_DIR: disk.dir } });
  unsafe = [];
  day.provider.onRequest(({ phase, path, body }) => {
    if (phase === 'before' && path.startsWith('/internet/send') && !isOnDisk(refIn(body))) unsafe.push(body);
  });
});
afterEach(async () => {
  await day.close();
  await disk.close();
});

const alerts = (): number => day.sahib.texts().filter((text) => text.includes(ALERT)).length;

/** Whatever is open comes to its end, and the books are even. */
async function addsUp(orders: number): Promise<void> {
  await day.bot().stop();
  const books = await booksOf(disk.dir, day.provider.key);
  const kept = day.provider.orders().map(({ debited, refunded }) => debited - refunded);
  expect(books).toMatchObject({ orders, held: 0, openTotal: 0, duplicates: 0, walletFaults: 0 });
  expect(books.taken).toBe(books.fulfilledTotal);
  expect(books.costs).toBe(Math.round(kept.reduce((sum, one) => sum + one, 0) * 100));
  expect(unsafe).toEqual([]);
  expect(await day.bot().ended).toBe(0);
}

const troubles = [
  { name: 'a full disk', begin: () => disk.fill(), end: () => disk.empty() },
  { name: 'a folder made read-only', begin: () => disk.readOnly(true), end: () => disk.readOnly(false) },
];

describe.skipIf(!(await mayMount()))('the real bot on a small disk', { timeout: TIMEOUT_MS }, () => {
  describe.each(troubles)('$name', ({ begin, end }) => {
    it('between the card and "pay": the person and the owners hear of it, nothing is sent, and then it can be bought', async () => {
      const card = await quote(day.owner, '036362608', 1000);
      await day.caughtUp();
      await begin();
      await day.owner.press('✅', card);
      await day.owner.sees(NOT_WRITTEN);
      expect(day.sends('036362608')).toBe(0);
      await day.telegram.until(() => alerts() === 1);
      await end();
      const no = await buy(day.owner, '036362608', 1000);
      await day.owner.sees(`✅ Order no. ${no}: recharged.`);
      expect(day.accepted('036362608')).toHaveLength(1);
      await addsUp(1);
    });

    it('while an order is under way: it waits, others are turned away, and it ends when there is room', async () => {
      const card = await quote(day.patronne, '0472731602', 500);
      const no = await buy(day.owner, SLOW, 1000);
      await day.provider.until(() => day.accepted(SLOW).length === 1);
      await day.caughtUp();
      await begin();
      await day.leap(2 * MINUTE);
      await day.telegram.until(() => alerts() === 1);
      await day.patronne.press('✅', card);
      await day.patronne.sees('La commande n’a pas pu être');
      expect(day.sends('213472731602')).toBe(0);
      expect(alerts()).toBe(1);
      await end();
      await day.leapUntil(() => day.owner.saw(`✅ Order no. ${no}: recharged.`), MINUTE);
      expect(day.sends(SLOW)).toBe(1);
      await addsUp(1);
    });

    it('at the moment the provider says yes: looked up and delivered once there is room', async () => {
      let begun: Promise<void> | undefined;
      const stop = day.provider.onRequest(async ({ phase, path }) => {
        if (phase === 'after' && path.startsWith('/internet/send')) await (begun ??= begin());
      });
      const no = await buy(day.owner, '036000001', 2000);
      await day.provider.until(() => begun);
      stop();
      for (let times = 0; times < 3; times += 1) await day.leap(MINUTE);
      await day.telegram.until(() => alerts() === 1);
      await end();
      await day.leapUntil(() => day.owner.saw(`✅ Order no. ${no}: recharged.`), MINUTE);
      expect(day.sends('036000001')).toBe(1);
      await addsUp(1);
    });

    it('and a kill while nothing can be written: the next start takes over when there is room', async () => {
      const no = await buy(day.owner, SLOW, 1000);
      await day.provider.until(() => day.accepted(SLOW).length === 1);
      await begin();
      await day.bot().kill();
      await end();
      await day.start();
      await day.leapUntil(() => day.owner.saw(`✅ Order no. ${no}: recharged.`), MINUTE);
      expect(day.sends(SLOW)).toBe(1);
      await addsUp(1);
    });
  });

  it('with room for a few pages only: each purchase is on disk and sent, or refused and not sent', async () => {
    let placed = 0;
    for (let pages = 0; pages <= 12; pages += 1) {
      const number = `0102000${String(pages).padStart(2, '0')}`;
      const card = await quote(day.owner, number, 500);
      await day.caughtUp();
      await disk.fill(pages);
      await day.owner.press('✅', card);
      const answer = await day.owner.sees(/could not be written down|Order no\./u);
      await disk.empty();
      if (answer.text.includes('Order no.')) {
        placed += 1;
        const no = orderNo(answer);
        await day.leapUntil(() => day.owner.saw(`✅ Order no. ${no}: recharged.`), MINUTE);
      }
      expect(day.sends(number)).toBe(answer.text.includes('Order no.') ? 1 : 0);
    }
    expect(placed).toBeGreaterThan(0);
    expect(placed).toBeLessThan(13);
    await addsUp(placed);
  });

  it('that is full at the start: one line says why, the code is not 0, and nothing is left behind', async () => {
    await day.bot().stop();
    await disk.fill();
    const refused = day.start();
    await expect(refused).rejects.toThrow('ended before');
    expect(await day.bot().ended).toBe(1);
    expect(day.bot().complaints()).toHaveLength(1);
    await disk.empty();
    await day.start();
    await buy(day.owner, '036362608', 1000);
    await day.owner.sees(': recharged.');
    await addsUp(1);
  });
});
