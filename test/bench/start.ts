// From the start of the process to its first getUpdates, with an empty folder and with 10,000 open orders in it.

import { HOUR, madeUpOrders, writeBooks, CARD_KEY } from './books.ts';
import { fixed, median, quantile, type Figure, type Row } from './figure.ts';
import { makeFolder, openShop, removeFolder } from './shop.ts';

const RUNS = 5;
const OPEN = 10_000;

async function starts(open: number): Promise<readonly number[]> {
  const dataDir = await makeFolder();
  const now = Date.now();
  if (open > 0)
    await writeBooks(dataDir, { closed: 0, open: madeUpOrders(open, now - 3 * HOUR, now - HOUR), now });
  const shop = await openShop({ people: 1, dataDir, env: { CARD_KEY } });
  const took: number[] = [];
  try {
    for (let i = 0; i < RUNS; i += 1) {
      const bot = await shop.open('real');
      took.push(bot.startMs);
      await bot.end();
    }
  } finally {
    await shop.close();
    await removeFolder(dataDir);
  }
  return took;
}

function row(what: string, took: readonly number[], targetMs: number): Row {
  const ms = median(took);
  return {
    what,
    ours: `${fixed(ms / 1_000, 2)} s`,
    against: `${fixed(targetMs / 1_000, 0)} s`,
    ratio: fixed(ms / targetMs, 2),
    target: '≤ 1',
    met: ms <= targetMs,
  };
}

const range = (took: readonly number[]): string =>
  `${fixed(quantile(took, 0) / 1_000, 2)}–${fixed(quantile(took, 1) / 1_000, 2)} s`;

export const start: Figure = {
  name: 'start',
  measure: async () => {
    const empty = await starts(0);
    const full = await starts(OPEN);
    return {
      rows: [
        row('start to first getUpdates', empty, 1_000),
        row(`the same with ${OPEN} open orders`, full, 3_000),
      ],
      notes: [
        `median of ${RUNS} starts each, the process's own start included: ${range(empty)} and ${range(full)}.`,
      ],
    };
  },
};
