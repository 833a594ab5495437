// From the provider's "fulfilled" to the edited message, for orders that take it 3 to 45 seconds, and how often the bot
// asked about each. Bought through the real bot with its default budget; its clock and the provider's run faster.

import { setTimeout as rest } from 'node:timers/promises';
import { fixed, median, quantile, type Figure } from './figure.ts';
import { openShop, type Shop } from './shop.ts';

const ORDERS = 60;
const SPEED = 6;
/** Between two purchases, in the bot's time. */
const EVERY_MS = 6_000;
const SHORTEST_MS = 3_000;
const LONGEST_MS = 45_000;
/** No divisor of ORDERS, so that stepping by it visits every duration once, in no order. */
const STRIDE = 23;
const LAG_TARGET_MS = 3_000;
const GAP_TARGET_MS = 4_000;

/** Evenly over the whole range, so that the median does not hang on luck. */
const durationOf = (i: number): number =>
  SHORTEST_MS + ((LONGEST_MS - SHORTEST_MS) * (((i * STRIDE) % ORDERS) + 0.5)) / ORDERS;

/** Every purchase, from the provider's "fulfilled" to the card on the screen, in ms of the bot's time. */
async function lags({ crowd, provider }: Shop, clock: () => number): Promise<readonly number[]> {
  for (let i = 0; i < ORDERS; i += 1) provider.nextSend({ kind: 'fulfilled', afterMs: durationOf(i) });
  return Promise.all(
    crowd.people.map(async (person, i) => {
      await rest((i * EVERY_MS) / SPEED);
      const line = await crowd.buy(person);
      const seenAt = clock();
      const order = provider.orders().find(({ number }) => number === line);
      if (order?.status !== 'FULFILLED') throw new Error(`the order for ${line} is not fulfilled`);
      return seenAt - order.statusSince;
    }),
  );
}

/** Times between two questions about the same order, and how many there were. */
function questions({ provider }: Shop): { gaps: readonly number[]; single: number; lists: number } {
  const last = new Map<string, number>();
  const gaps: number[] = [];
  let single = 0;
  for (const { path, at } of provider.calls) {
    if (!/^\/internet\/check-(id|ref)\//.test(path)) continue;
    const before = last.get(path);
    if (before !== undefined) gaps.push(at - before);
    last.set(path, at);
    single += 1;
  }
  return { gaps, single, lists: provider.calls.filter(({ path }) => path === '/internet/list').length };
}

export const freshness: Figure = {
  name: 'freshness',
  measure: async () => {
    const began = Date.now();
    const clock = (): number => began + (Date.now() - began) * SPEED;
    const shop = await openShop({ people: ORDERS, provider: { now: clock } });
    try {
      await shop.open('real', { speed: SPEED });
      const took = await lags(shop, clock);
      const { gaps, single, lists } = questions(shop);
      const lag = median(took);
      const gap = Math.min(...gaps);
      const seconds = (ms: number): string => `${fixed(ms / 1_000, 2)} s`;
      return {
        rows: [
          {
            what: `"fulfilled" to the edited message, ${ORDERS} orders of 3–45 s`,
            ours: seconds(lag),
            against: seconds(LAG_TARGET_MS),
            ratio: fixed(lag / LAG_TARGET_MS, 2),
            target: '≤ 1',
            met: lag <= LAG_TARGET_MS,
          },
          {
            what: 'shortest time between two questions about one order',
            ours: seconds(gap),
            against: seconds(GAP_TARGET_MS),
            ratio: fixed(gap / GAP_TARGET_MS, 2),
            target: '≥ 1',
            met: gap >= GAP_TARGET_MS,
          },
        ],
        notes: [
          `median; 95 of 100 within ${seconds(quantile(took, 0.95))}, the longest ${seconds(Math.max(...took))}; a purchase every ${EVERY_MS / 1_000} s, clocks ${SPEED} times ours; ${single} questions about single orders, ${lists} pages of the list.`,
        ],
      };
    } finally {
      await shop.close();
    }
  },
};
