// Memory of the real process with 100,000 settled and 1,000 open orders: after its start, and after it has polled them and
// sold a little meanwhile.

import { setTimeout as rest } from 'node:timers/promises';
import { accept } from './accept.ts';
import { CARD_KEY, HOUR, lineOf, MINUTE, refOf, writeBooks, type OpenOrder } from './books.ts';
import { fixed, inParallel, type Figure } from './figure.ts';
import { memoryMb } from './own-process.ts';
import { makeFolder, openShop, removeFolder, type Shop } from './shop.ts';

const CLOSED = 100_000;
const OPEN = 1_000;
const PEOPLE = 10;
const TARGET_MB = 200;
/** The bot's clock runs faster, so that a minute and a half of polling fits into less. */
const SPEED = 4;
const POLLED_MS = 90_000;
const LOOK_EVERY_MS = 500;

async function acceptAll({ provider }: Shop, now: number): Promise<readonly OpenOrder[]> {
  const open: OpenOrder[] = [];
  for (let i = 0; i < OPEN; i += 1) {
    const asked = { ref: refOf(`open-${String(i).padStart(7, '0')}`), line: lineOf(i) };
    const topupId = await accept(provider, asked.ref, asked.line);
    open.push({ ...asked, topupId, acceptedAt: now - Math.round(((OPEN - i) / OPEN) * MINUTE) });
  }
  return open;
}

/** Polls and sells for so long; resolves to the most that was seen. */
async function work({ crowd, provider }: Shop, pid: number): Promise<number> {
  for (let i = 0; i < PEOPLE; i += 1) provider.nextSend({ kind: 'fulfilled', afterMs: 0 });
  let most = 0;
  let working = true;
  const watch = async (): Promise<void> => {
    while (working) {
      most = Math.max(most, memoryMb(pid).rss);
      await rest(LOOK_EVERY_MS);
    }
  };
  const sell = async (person: number): Promise<void> => {
    await crowd.buy(person);
  };
  const busy = Promise.all([rest(POLLED_MS / SPEED), inParallel(crowd.people, 2, sell)]);
  await Promise.all([watch(), busy.finally(() => (working = false))]);
  return most;
}

export const memory: Figure = {
  name: 'memory',
  measure: async () => {
    const dataDir = await makeFolder();
    const shop = await openShop({
      people: PEOPLE,
      dataDir,
      provider: { defaultDelayMs: 30 * 24 * HOUR },
      env: { CARD_KEY },
    });
    try {
      const now = Date.now();
      await writeBooks(dataDir, { closed: CLOSED, open: await acceptAll(shop, now), now });
      const before = shop.provider.calls.length;
      const { pid } = await shop.open('real', { speed: SPEED });
      const started = memoryMb(pid).rss;
      const most = await work(shop, pid);
      const { highest } = memoryMb(pid);
      return {
        rows: [
          {
            what: `memory with ${CLOSED} settled and ${OPEN} open orders`,
            ours: `${fixed(most, 0)} MB`,
            against: `${TARGET_MB} MB`,
            ratio: fixed(most / TARGET_MB, 2),
            target: '≤ 1',
            met: most <= TARGET_MB,
          },
        ],
        notes: [
          `VmRSS at its highest in ${POLLED_MS / 1_000} s of the bot's time (${SPEED} times ours), with ${shop.provider.calls.length - before} provider requests and ${PEOPLE} purchases; ${fixed(started, 0)} MB at the first getUpdates, VmHWM ${fixed(highest, 0)} MB.`,
        ],
      };
    } finally {
      await shop.close();
      await removeFolder(dataDir);
    }
  },
};
