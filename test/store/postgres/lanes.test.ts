// What Telegram sends, shared by several processes: each update once, one after the other for each key, and nothing lost
// with a process that dies.

import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import * as z from 'zod';
import { StoreFault } from '../../../src/app/ports.ts';
import { alone, putMark } from '../../../src/store/moving/database-mark.ts';
import { openDatabase } from '../../../src/store/postgres/database.ts';
import type { Lane, Lanes } from '../../../src/store/postgres/lanes.ts';
import { still } from '../../contract/under-test.ts';
import { NOW } from '../orders.ts';
import { describeOnPostgres, type PostgresShop } from './with-postgres.ts';

let shops = 0;
const told = (lanes: readonly Lane[]): string[] =>
  lanes.map(({ key, updates }) => `${key}: ${updates.map(({ id }) => id).join(' ')}`).sort();

const NOTHING_MOVED = { orders: 0, entries: 0, audit: 0, wallets: 0, people: 0 };
const PROMPT = { chatId: 7, threadId: null, messageId: 12, language: 'fr' } as const;

describeOnPostgres(
  'updates shared by processes in PostgreSQL',
  ({ server, open, lanes, ask }: PostgresShop) => {
    async function two(): Promise<{ name: string; a: Lanes; b: Lanes }> {
      const name = `lanes${(shops += 1)}`;
      await open(still, name);
      return { name, a: lanes(name, 'a'), b: lanes(name, 'b') };
    }
    const send = (to: Lanes, ...list: [number, string][]): Promise<void> =>
      to.receive(list.map(([id, key]) => ({ id, key, update: { update_id: id } })));
    const lapse = (name: string) => ask(name, `UPDATE lanes SET held_until = now() - interval '1 s'`);

    test('an update is written down once, however often and wherever it comes, also after it was handled', async () => {
      const { a, b } = await two();
      await Promise.all([send(a, [1, 'x'], [2, 'x']), send(b, [1, 'x'], [2, 'x'])]);
      expect(told(await a.take(10))).toEqual(['x: 1 2']);
      await a.handled(1);
      await a.handled(2);
      await a.release('x');
      await send(b, [2, 'x'], [1, 'x']);
      expect(await b.take(10)).toEqual([]);
    });

    test('a lane is one process’s until it gives it back; what comes meanwhile waits there, in order', async () => {
      const { a, b } = await two();
      await send(a, [5, 'x'], [4, 'x'], [6, 'y']);
      const [first, second] = await Promise.all([a.take(1), b.take(9)]);
      expect([...told(first), ...told(second)].sort()).toEqual(['x: 4 5', 'y: 6']);
      await send(b, [7, 'x']);
      expect(await a.take(9)).toEqual([]);
      expect(await b.take(9)).toEqual([]);
      await a.handled(4);
      await a.handled(5);
      await Promise.all([a.release('x'), b.release('x')]);
      expect(told(await b.take(9))).toEqual(['x: 7']);
    });

    test('the longest waiting come first, and a flood in one lane comes in parts', async () => {
      const { a } = await two();
      await send(
        a,
        [50, 'late'],
        ...Array.from({ length: 40 }, (_, i): [number, string] => [i + 1, 'flood']),
      );
      const [flood] = await a.take(1);
      expect(flood?.updates.map(({ id }) => id)).toEqual(Array.from({ length: 30 }, (_, i) => i + 1));
      expect([await a.shed('flood', 30), await a.shed('flood', 30)]).toEqual([10, 0]);
      expect(told(await a.take(1))).toEqual(['late: 50']);
    });

    test('what waits is counted for all processes, and how long the oldest has waited', async () => {
      const { name, a, b } = await two();
      expect(await a.unhandled()).toEqual({ count: 0, oldestMs: 0 });
      await send(a, [1, 'x'], [2, 'x'], [3, 'y']);
      await ask(name, `UPDATE updates SET received_at = now() - interval '90 s' WHERE update_id < 3`);
      await b.take(1);
      await b.handled(1);
      const { count, oldestMs } = await a.unhandled();
      expect([count, Math.floor(oldestMs / 10_000)]).toEqual([2, 9]);
      await b.handled(2);
      expect((await a.unhandled()).oldestMs).toBeLessThan(60_000);
    });

    test('a flow is kept with the update that moved it, and goes with the lane', async () => {
      const { name, a, b } = await two();
      await send(a, [1, 'x']);
      expect(await a.take(1)).toMatchObject([{ key: 'x', state: null, prompt: undefined }]);
      await a.keep('x', { state: { step: 2 }, prompt: PROMPT }, 1);
      await a.release('x');
      expect(await b.takeOne('x')).toEqual({
        ...{ key: 'x', updates: [], state: { step: 2 }, prompt: PROMPT, touchedAt: NOW },
      });
      expect(await a.takeOne('x')).toBeUndefined();
      expect(await b.takeOne('x')).toBeUndefined();
      expect(await b.idle(NOW)).toEqual([]);
      expect(await b.idle(NOW + 1)).toEqual(['x']);
      await b.keep('x', { state: null, prompt: undefined });
      expect(await b.idle(NOW + 1)).toEqual([]);
      expect(await ask(name, 'SELECT update_id::int FROM updates WHERE handled')).toEqual([{ update_id: 1 }]);
    });

    test('what a dead process had in hand is another’s, and it writes over nothing when it was only slow', async () => {
      const { name, a, b } = await two();
      await send(a, [1, 'x'], [2, 'x']);
      await a.take(1);
      await a.handled(1);
      await lapse(name);
      expect(told(await b.take(1))).toEqual(['x: 2']);
      await expect(a.keep('x', { state: 'old', prompt: undefined }, 2)).rejects.toThrow(StoreFault);
      await a.release('x');
      expect(await a.takeOne('x')).toBeUndefined();
      await b.keep('x', { state: 'new', prompt: undefined }, 2);
      await b.release('x');
      expect(await a.takeOne('x')).toMatchObject({ state: 'new', updates: [] });
    });

    test('a sign of life keeps lanes, but brings none back', async () => {
      const { name, a, b } = await two();
      await send(a, [1, 'x'], [2, 'y']);
      await a.take(9);
      await ask(name, `UPDATE lanes SET held_until = now() + interval '1 s' WHERE key = 'x'`);
      await ask(name, `UPDATE lanes SET held_until = now() - interval '1 s' WHERE key = 'y'`);
      expect(await a.renew(['x', 'y'])).toEqual(['x']);
      const rows = await ask(name, `SELECT key FROM lanes WHERE held_until > now() + interval '10 s'`);
      expect(rows).toEqual([{ key: 'x' }]);
      expect(told(await b.take(9))).toEqual(['y: 2']);
    });

    test('a lane that a process has without knowing it is anybody’s when its lease ends', async () => {
      const { name, a } = await two();
      await send(a, [1, 'x'], [2, 'y']);
      await a.take(9);
      await ask(name, `UPDATE lanes SET held_until = now() + interval '1 s'`);
      expect(await a.renew(['y'])).toEqual(['y']);
      const rows = await ask(name, `SELECT key FROM lanes WHERE held_until > now() + interval '10 s'`);
      expect(rows).toEqual([{ key: 'y' }]);
    });

    test('an update with characters that no text of a database can hold is kept like any other', async () => {
      const { a } = await two();
      const update = { update_id: 1, message: { text: 'a\u0000b \ud800' } };
      await a.receive([{ id: 1, key: 'x', update }]);
      expect((await a.take(1))[0]?.updates).toEqual([{ id: 1, update }]);
    });

    test('nothing is taken in where the shop is just leaving: whoever sends it sends it again elsewhere', async () => {
      const { name, a } = await two();
      await send(a, [1, 'x']);
      const mover = openDatabase({ url: server().url, schema: name, sleep, as: 'mover' });
      onTestFinished(() => mover.close());
      let sending: Promise<void> | undefined;
      await mover.write(async (query) => {
        await alone(query);
        sending = send(a, [2, 'x']);
        sending.catch(() => undefined);
        await putMark(query, 'left', { id: 'a move', at: NOW, folder: 'data', moved: NOTHING_MOVED });
        // Until then it waits for the move to end.
        const isWaiting = 'SELECT true FROM pg_locks WHERE NOT granted';
        await expect.poll(() => query.rows(z.unknown(), isWaiting)).not.toEqual([]);
      });
      await expect(sending).rejects.toBeInstanceOf(StoreFault);
      await expect(send(a, [3, 'y'])).rejects.toBeInstanceOf(StoreFault);
      expect(await ask(name, 'SELECT update_id::int FROM updates')).toEqual([{ update_id: 1 }]);
    });

    test('what is long over is forgotten, what waits or runs is not', async () => {
      const { name, a } = await two();
      await send(a, [1, 'over'], [2, 'waits'], [3, 'runs']);
      for (const lane of await a.take(9)) {
        if (lane.key === 'runs') await a.keep('runs', { state: 1, prompt: undefined }, 3);
        if (lane.key === 'over') await a.handled(1);
      }
      await ask(name, `UPDATE updates SET received_at = now() - interval '3 days'`);
      await ask(name, `UPDATE lanes SET held_until = now() - interval '3 days'`);
      await a.tidy();
      expect(await ask(name, 'SELECT key FROM lanes ORDER BY key')).toEqual([
        { key: 'runs' },
        { key: 'waits' },
      ]);
      expect(await ask(name, 'SELECT update_id::int FROM updates')).toEqual([{ update_id: 2 }]);
    });

    test('of many updates on many lanes taken by three at once each is handled once and in order', async () => {
      const { name, a, b } = await two();
      const c = lanes(name, 'c');
      const all = Array.from({ length: 300 }, (_, i): [number, string] => [i + 1, `k${i % 20}`]);
      const seen = new Map<string, number[]>();
      async function work(one: Lanes): Promise<void> {
        for (let idle = 0; idle < 3;) {
          const taken = await one.take(4);
          idle = taken.length === 0 ? idle + 1 : 0;
          for (const { key, updates } of taken) {
            for (const { id } of updates) {
              seen.set(key, [...(seen.get(key) ?? []), id]);
              await one.keep(key, { state: id, prompt: undefined }, id);
            }
            await one.release(key);
          }
        }
      }
      await send(a, ...all.slice(0, 150));
      await Promise.all([send(b, ...all.slice(100)), work(a), work(b), work(c)]);
      await work(a);
      for (const ids of seen.values()) expect(ids).toEqual([...new Set(ids)].sort((x, y) => x - y));
      expect([...seen.values()].flat()).toHaveLength(300);
    });
  },
);
