// The provider's rate budget holds for the whole process, and people go before polling.

import { afterEach, expect, it } from 'vitest';
import { buy, quote } from './purchase.ts';
import { openDay, type ShopDay } from './shop-day.ts';
import type { Visitor } from './visitor.ts';

const RATE = 2;
const BURST = 5;
const TIGHT = { ONECLICK_RATE: String(RATE), ONECLICK_BURST: String(BURST) };
/** Requests are counted on arrival: on a busy machine one may be late and the next one on time. */
const JITTER = 2;

let day: ShopDay;
afterEach(() => day.close());

/** The windows, of every length, in which more arrived than the budget allows. */
function overBudget(since = 0): string[] {
  const times = day.provider.calls.slice(since).map(({ at }) => at);
  return times.flatMap((from, first) =>
    times.slice(first).flatMap((to, i) => {
      const seconds = (to - from) / 1_000;
      return i + 1 > BURST + RATE * seconds + JITTER ? [`${i + 1} requests in ${seconds} s`] : [];
    }),
  );
}

const everyone = (): Visitor[] => [day.owner, day.patronne, day.sahib];

it('thirty orders by three people as fast as they can: never above the budget, and all are delivered', async () => {
  day = await openDay({ speed: 20, env: TIGHT });
  const numbers = Array.from({ length: 10 }, (_, i) => `04727316${String(i).padStart(2, '0')}`);
  await Promise.all(
    everyone().map(async (person, i) => {
      for (const number of numbers) {
        await buy(person, number, [500, 1000, 2000][i] ?? 0);
        await person.sees(/^✅/u, 30_000);
      }
    }),
  );
  expect(day.provider.orders()).toHaveLength(30);
  expect(day.provider.calls.length).toBeGreaterThan(150);
  expect(overBudget()).toEqual([]);
  const books = await day.count();
  expect(books).toMatchObject({ held: 0, duplicates: 0, orders: 30 });
  expect(books.taken).toBe(books.providerTook);
}, 120_000);

it('thirty open orders that must be asked about one by one do not keep a person waiting', async () => {
  day = await openDay({ speed: 20 });
  for (const [i, person] of everyone().entries()) {
    for (let n = 0; n < 10; n += 1) {
      day.provider.nextSend({ kind: 'stuck' });
      await buy(person, `04727316${i}${n}`, 500);
    }
  }
  await day.provider.until(() => day.provider.orders().length === 30);
  await day.bot().stop();
  await day.start({ env: TIGHT });
  day.provider.faultNext({ path: '/internet/list', times: 10_000, fault: { kind: 'status', status: 500 } });
  const before = day.provider.calls.length;
  const polls = (): number =>
    day.provider.calls.slice(before).filter(({ path }) => path.startsWith('/internet/check-id')).length;
  await day.provider.until(() => polls() > 3);
  const earlier = polls();
  await Promise.all([
    quote(day.owner, '036362608', 1000),
    quote(day.patronne, '031417237', 1000),
    quote(day.sahib, '021123456', 1000),
  ]);
  // Nine requests of people at two a second, and one of five for the polling.
  expect(polls() - earlier).toBeLessThanOrEqual(5);
  expect(overBudget(before)).toEqual([]);
  expect(day.owner.buttons()[0]).toEqual(['✅ Pay 980 DA']);
}, 120_000);
