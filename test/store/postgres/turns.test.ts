// The rate that several processes keep together, on a real database: never more than agreed, people first, nobody starved.

import { setImmediate as turn, setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import type { Priority } from '../../../src/app/ports.ts';
import type { Pause } from '../../../src/app/sharing.ts';
import { createSharedBudget } from '../../../src/oneclickdz/shared-budget.ts';
import { openDatabase } from '../../../src/store/postgres/database.ts';
import { createTurns } from '../../../src/store/postgres/turns.ts';
import { still } from '../../contract/under-test.ts';
import { heldTime } from '../../oneclickdz/bench.ts';
import { describeOnPostgres } from './with-postgres.ts';

const never = new AbortController().signal;
const START = Date.UTC(2026, 8, 15, 12);
const RATE = { perSecond: 2, burst: 5 };

let shops = 0;

describeOnPostgres('turns that several processes take from one database', ({ open, server }) => {
  /** Processes on one database, on a time that moves only when nothing is asked of it. */
  async function processes(count: number) {
    const schema = `turns${(shops += 1)}`;
    await open(still, schema);
    const time = heldTime(START);
    const at: [who: string, at: number][] = [];
    const pauses: Pause[] = [];
    let asking = 0;
    let shift = 0;
    async function quiet(): Promise<void> {
      for (let calm = 0; calm < 5; calm += 1) {
        await turn();
        if (asking > 0) calm = 0;
      }
    }
    const all = Array.from({ length: count }, () => {
      const database = openDatabase({ url: server().url, schema, sleep });
      onTestFinished(() => database.close());
      const turns = createTurns(database, () => time.clock() + shift);
      const budget = createSharedBudget({
        ...{ ...RATE, clock: time.clock, sleep: time.sleep, personWaitMs: 10_000, heldMs: () => 0 },
        traffic: {
          turn: async (ask) => {
            asking += 1;
            return turns.turn(ask).finally(() => (asking -= 1));
          },
        },
        paused: (pause) => void pauses.push(pause),
      });
      const take = (who: string): void => {
        const priority: Priority = who.startsWith('w') ? 'worker' : 'person';
        void budget.take(priority, never).then((grant) => {
          at.push([grant === 'granted' ? who : `${who} ${grant}`, time.clock() - START]);
        });
      };
      return { take, turns };
    });
    async function pass(ms: number, step = 100): Promise<void> {
      await quiet();
      for (let gone = 0; gone < ms; gone += step) {
        await time.advance(step);
        await quiet();
      }
    }
    return { all, at, pauses, pass, setBack: (ms: number) => (shift = -ms) };
  }

  const everywhere = (moments: readonly number[]): void => {
    for (const from of moments) {
      const within = moments.filter((moment) => moment >= from && moment < from + 5_000);
      expect(within.length).toBeLessThanOrEqual(RATE.burst + RATE.perSecond * 5);
    }
  };

  test('are together never more than one process may take, whoever asks and whenever', async () => {
    const { all, at, pass } = await processes(3);
    for (let i = 0; i < 10; i += 1) for (const one of all) one.take('w');
    await pass(4_000);
    for (let i = 0; i < 4; i += 1) for (const one of all) one.take('p');
    await pass(22_000);
    expect(at).toHaveLength(42);
    everywhere(at.map(([, moment]) => moment));
    // Nor less: what is there is used.
    expect(Math.max(...at.map(([, moment]) => moment))).toBeLessThanOrEqual(20_000);
  });

  test('are taken at once as often as the burst allows, also at the very same moment', async () => {
    const { all, at, pass } = await processes(2);
    for (let i = 0; i < 4; i += 1) for (const one of all) one.take('p');
    await pass(0);
    expect(at.map(([, moment]) => moment)).toEqual([0, 0, 0, 0, 0]);
    await pass(1_500);
    expect(at.map(([, moment]) => moment)).toEqual([0, 0, 0, 0, 0, 500, 1_000, 1_500]);
  });

  test('are people’s before they are the polling’s, of whichever process, and one is kept for them', async () => {
    const { all, at, pass } = await processes(2);
    const [a, b] = all;
    for (let i = 0; i < 6; i += 1) a?.take('w');
    await pass(0);
    expect(at).toHaveLength(4);
    b?.take('p0');
    await pass(0);
    expect(at.at(-1)).toEqual(['p0', 0]);
    for (let i = 1; i <= 3; i += 1) b?.take(`p${i}`);
    await pass(6_000);
    const after = at.slice(5).map(([who]) => who);
    // Who ask at the very same moment have no order among themselves.
    expect(after.slice(0, 3).toSorted()).toEqual(['p1', 'p2', 'p3']);
    expect(after.slice(3)).toEqual(['w', 'w']);
  });

  test('are the polling’s now and then, however many people come', async () => {
    const { all, at, pass } = await processes(2);
    const [a, b] = all;
    a?.take('w');
    await pass(0);
    for (let i = 0; i < 6; i += 1) a?.take('w');
    for (let second = 0; second < 30; second += 1) {
      for (let i = 0; i < 4; i += 1) b?.take('p');
      await pass(1_000);
    }
    // Who comes first of those that ask at the same moment is open; how long the polling has none is not: until its turn
    // is due again, to the end of people's line, and that one place behind it.
    const polling = at.flatMap(([who, moment]) => (who === 'w' ? [moment] : []));
    const gaps = [...polling, 30_000].map((moment, i) => moment - (polling[i - 1] ?? 0));
    expect(Math.max(...gaps)).toBeLessThanOrEqual(5 * 500 + 10_000 + 500);
    expect(at.some(([who]) => who === 'p too-long')).toBe(true);
    everywhere(at.filter(([who]) => !who.endsWith('long')).map(([, moment]) => moment));
  });

  test('are not the polling’s, in any process, while the provider wants quiet; people go on', async () => {
    const { all, at, pauses, pass } = await processes(2);
    const [a, b] = all;
    await a?.turns.pause({ ms: 5_000, refusals: 3 });
    await a?.turns.pause({ ms: 1_000, refusals: 1 });
    b?.take('w');
    b?.take('p');
    await pass(4_900);
    expect(at).toEqual([['p', 0]]);
    expect(pauses).toEqual([{ ms: 5_000, refusals: 3 }]);
    await pass(100);
    expect(at.slice(1)).toEqual([['w', 5_000]]);
  });

  test('are not lost for long when the clock is set back', async () => {
    const { all, at, pass, setBack } = await processes(1);
    const [a] = all;
    for (let i = 0; i < 5; i += 1) a?.take('p');
    await a?.turns.pause({ ms: 5_000, refusals: 0 });
    await pass(0);
    setBack(24 * 3_600_000);
    a?.take('p');
    await pass(500);
    expect(at.map(([, moment]) => moment)).toEqual([0, 0, 0, 0, 0, 500]);
    a?.take('w');
    await pass(5_000);
    expect(at.at(-1)?.[0]).toBe('w');
  });
});
