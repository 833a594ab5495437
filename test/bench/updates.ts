// Updates per second on one core: many people who ask for help, open and leave purchases, send numbers and stickers and
// press old buttons, each waiting for the bot's answer before the next.

import { fixed, type Figure } from './figure.ts';
import { measureLoad } from './load.ts';
import { giveOneCore, takeAllCores } from './own-process.ts';
import { openShop, UNLIMITED } from './shop.ts';

const PEOPLE = 300;
const TARGET = 300;

export const updates: Figure = {
  name: 'updates',
  measure: async () => {
    const shop = await openShop({ people: PEOPLE, env: UNLIMITED });
    try {
      const { pid } = await shop.open('real');
      const pinned = giveOneCore(pid);
      const { crowd } = shop;
      const load = await measureLoad({
        crowd,
        pids: [pid],
        warmMs: 5_000,
        measureMs: 10_000,
        round: crowd.chat,
      });
      return {
        rows: [
          {
            what: 'updates per second, one core',
            ours: `${fixed(load.perSecond, 0)}/s`,
            against: `${TARGET}/s`,
            ratio: fixed(load.perSecond / TARGET, 2),
            target: '≥ 1',
            met: load.perSecond >= TARGET,
          },
        ],
        notes: [
          `${PEOPLE} people; ${pinned ? 'the bot on one core, people and stand-ins on another' : 'cores not separated'}; it used ${fixed(load.busy * 100, 0)} % of its core, ${fixed(load.cpuMsEach, 2)} ms an update (${fixed(1_000 / load.cpuMsEach, 0)} a second of processor time).`,
        ],
      };
    } finally {
      takeAllCores();
      await shop.close();
    }
  },
};
