// Processes that share what Telegram sends: each update is handled once, those of a key in order and never by two at a
// time, and what a dead process had in hand is another's.

import { setTimeout as sleepFor } from 'node:timers/promises';
import type { Update } from 'grammy/types';
import { expect, onTestFinished, test, vi } from 'vitest';
import { LostLane, type Dialogues } from '../../src/app/chat-memory.ts';
import type { SharedLanes } from '../../src/app/lanes.ts';
import { OutcomeUnknown } from '../../src/app/ports.ts';
import { createKeyedQueue } from '../../src/bot/keyed-queue.ts';
import { createLaneIntake, receiverInto, type LaneIntake } from '../../src/bot/lane-intake.ts';
import { openDatabase } from '../../src/store/postgres/database.ts';
import { createHeldLanes } from '../../src/store/postgres/held-lanes.ts';
import { createLanes, type Lanes } from '../../src/store/postgres/lanes.ts';
import { createListener } from '../../src/store/postgres/listener.ts';
import { still } from '../contract/under-test.ts';
import { describeOnPostgres } from '../store/postgres/with-postgres.ts';

/** Of the process's own patience: it looks again and gives signs of life so many times more often. */
const FASTER = 20;
/** Half of a stop's time in the one test that lets it pass by hand. */
const HALF_MS = 123_456;
const PROMPT = { chatId: 7, threadId: null, messageId: 12, language: 'fr' } as const;

let shops = 0;

interface Bot {
  readonly intake: LaneIntake;
  readonly lanes: SharedLanes;
  readonly dialogues: Dialogues;
  /** Ids in the order in which this process began and ended them. */
  readonly begun: number[];
  readonly ended: number[];
  readonly recognised: string[];
  readonly logged: string[];
  /** What its source still writes down while it is being stopped. */
  lastBrought: readonly Update[];
  /** What it writes down waits for this. */
  held: Promise<unknown> | undefined;
  /** Waits of HALF_MS, which end when told. */
  readonly halves: PromiseWithResolvers<undefined>[];
  /** From now on it does nothing more, as after SIGKILL. */
  kill(): void;
  /** It stands still; resolves when it does. What a handler waits for may come all the same. */
  freeze(): Promise<void>;
}

describeOnPostgres('an intake that shares with others', ({ open, server, ask }) => {
  /** Handlers that run until told, by update id. */
  const gates = new Map<number, PromiseWithResolvers<undefined>>();
  const gate = (id: number): void => void gates.set(id, Promise.withResolvers());
  const letGo = (id: number): void => gates.get(id)?.resolve(undefined);

  async function shop() {
    const name = `intake${(shops += 1)}`;
    await open(still, name);
    gates.clear();
    return {
      start: (holder: string, guardMs?: number) => start(name, holder, guardMs),
      lapse: () => ask(name, `UPDATE lanes SET held_until = now() - interval '1 s'`),
      unhandled: async () =>
        (await ask(name, 'SELECT update_id::int AS id FROM updates WHERE NOT handled ORDER BY id')).map(
          ({ id }) => id,
        ),
    };
  }

  async function start(schema: string, holder: string, guardMs = 60_000): Promise<Bot> {
    const { url } = server();
    const database = openDatabase({ url, schema, sleep: sleepFor });
    const listener = createListener({ url, sleep: sleepFor });
    const begun: number[] = [];
    const ended: number[] = [];
    const recognised: string[] = [];
    const logged: string[] = [];
    let alive = true;
    const never = new Promise<never>(() => undefined);
    let thawing: Promise<undefined> | undefined;
    let standing = 0;
    const thaw = Promise.withResolvers<undefined>();
    const real = createLanes({ database, holder, clock: Date.now });
    // Whoever is dead asks the database for nothing and hears nothing from it.
    const living: Lanes = new Proxy(real, {
      get: (target, name, receiver): unknown => (alive ? Reflect.get(target, name, receiver) : () => never),
    });
    const { dialogues, lanes } = createHeldLanes({ lanes: living, clock: Date.now });

    async function rest(ms: number, signal?: AbortSignal): Promise<void> {
      if (!alive) return never;
      if (ms === HALF_MS) {
        const half = Promise.withResolvers<undefined>();
        bot.halves.push(half);
        return half.promise;
      }
      if (thawing === undefined) return sleepFor(ms / FASTER, undefined, signal && { signal });
      standing += 1;
      return thawing;
    }

    async function handle({ update_id: id, message }: Update): Promise<void> {
      begun.push(id);
      await gates.get(id)?.promise;
      if (!alive) await never;
      const key = String(message?.from.id);
      if (message?.text === 'unknown') throw new OutcomeUnknown(new Error('gone'));
      if (message?.text === 'fail') throw new Error('broken');
      if (message?.text === 'flow') {
        dialogues.setPrompt(key, PROMPT);
        await dialogues.write(key, { at: id }, id);
      }
      ended.push(id);
    }

    const over = Promise.withResolvers<undefined>();
    const log = (_: object, words: string): void => void logged.push(words);
    const write = receiverInto(lanes, ({ message }) => String(message?.from.id));
    const intake = createLaneIntake({
      ...{ lanes, handle, clock: Date.now, log: { info: log, warn: log, error: log } },
      write: async (brought) => {
        await bot.held;
        await write(brought);
      },
      source: {
        run: () => over.promise,
        stop: async () => {
          if (bot.lastBrought.length > 0) await write(bot.lastBrought);
          over.resolve(undefined);
        },
        lastAnswerAt: () => undefined,
      },
      bells: { on: (bell, heard) => listener.on(bell, heard) },
      recognise: (key) => Promise.resolve(void recognised.push(key)),
      queue: createKeyedQueue({ guardMs, onLate: () => undefined }),
      sleep: rest,
    });
    const bot: Bot = {
      ...{ intake, lanes, dialogues, begun, ended, recognised, logged },
      ...{ lastBrought: [], held: undefined, halves: [] },
      kill: () => void (alive = false),
      freeze: async () => {
        thawing = thaw.promise;
        // Neither looks for more nor gives a sign of life.
        await vi.waitFor(() => expect(standing).toBeGreaterThanOrEqual(2));
      },
    };
    await listener.start();
    void intake.run();
    onTestFinished(async () => {
      for (const { resolve } of gates.values()) resolve(undefined);
      thawing = undefined;
      thaw.resolve(undefined);
      if (alive) await intake.stop({ graceMs: 2_000 });
      await listener.close();
      await database.close();
    });
    return bot;
  }

  /** Somebody's text, by the number of the person. */
  const update = (id: number, person: number, text = ''): Update => ({
    update_id: id,
    message: {
      ...{ message_id: id, date: 0, text },
      chat: { id: person, type: 'private', first_name: 'x' },
      from: { id: person, is_bot: false, first_name: 'x' },
    },
  });
  const send = ({ lanes }: Bot, ...updates: Update[]): Promise<void> =>
    lanes.receive(
      updates.map((one) => ({ id: one.update_id, key: String(one.message?.from.id), update: one })),
    );
  const until = (check: () => void | Promise<void>): Promise<void> => vi.waitFor(check, { timeout: 20_000 });

  test('each update is handled once, and those of a key in order, whoever handles them', async () => {
    const { start, unhandled } = await shop();
    const [a, b] = [await start('a'), await start('b')];
    const all = Array.from({ length: 120 }, (_, i) => update(i + 1, i % 12));
    await send(a, ...all.slice(0, 80));
    await send(b, ...all.slice(40));
    await until(async () => expect(await unhandled()).toEqual([]));
    const handled = [...a.ended, ...b.ended];
    expect(handled.toSorted((x, y) => x - y)).toEqual(all.map((one) => one.update_id));
    for (const { ended } of [a, b])
      for (let person = 0; person < 12; person += 1) {
        const own = ended.filter((id) => (id - 1) % 12 === person);
        expect(own).toEqual(own.toSorted((x, y) => x - y));
      }
  });

  test('a slow one holds up its own key alone, and keeps it with signs of life', async () => {
    const { start, unhandled } = await shop();
    const [a, b] = [await start('a'), await start('b')];
    gate(1);
    await send(a, update(1, 7), update(2, 7), update(3, 8));
    await until(() => expect([...a.ended, ...b.ended]).toEqual([3]));
    await send(b, update(4, 9));
    await until(async () => expect(await unhandled()).toEqual([1, 2]));
    letGo(1);
    await until(async () => expect(await unhandled()).toEqual([]));
    expect([...a.begun, ...b.begun].toSorted()).toEqual([1, 2, 3, 4]);
  });

  test('a handler that throws has handled its update', async () => {
    const { start, unhandled } = await shop();
    const a = await start('a');
    await send(a, update(1, 7, 'fail'), update(2, 7));
    await until(async () => expect(await unhandled()).toEqual([]));
    expect([a.begun, a.ended]).toEqual([[1, 2], [2]]);
    expect(a.logged).toEqual(['an update could not be handled']);
  });

  test('what came of an update nobody knows is found out by the next, and nothing behind it is begun', async () => {
    const { start, unhandled } = await shop();
    const a = await start('a');
    await send(a, update(1, 7, 'unknown'), update(2, 7));
    await until(() => expect(a.logged).toContain('a lane could not be worked in'));
    expect([a.begun[0], a.ended, await unhandled()]).toEqual([1, [], [1, 2]]);
  });

  test('what a killed one had in hand is taken over when its lease ends', async () => {
    const { start, lapse, unhandled } = await shop();
    const a = await start('a');
    gate(2);
    await send(a, update(1, 7, 'flow'), update(2, 7), update(3, 7));
    await until(() => expect(a.begun).toEqual([1, 2]));
    a.kill();
    const b = await start('b');
    gates.delete(2);
    await lapse();
    await until(() => expect(b.ended).toEqual([2, 3]));
    expect(await unhandled()).toEqual([]);
    expect(b.recognised).toEqual(['7']);
    expect(a.recognised).toEqual([]);
  });

  test('one that was only slow writes over nothing and begins nothing more where another goes on', async () => {
    const { start, lapse, unhandled } = await shop();
    const a = await start('a');
    gate(1);
    await send(a, update(1, 7, 'flow'), update(2, 7, 'flow'));
    await until(() => expect(a.begun).toEqual([1]));
    const waiting = gates.get(1);
    gates.delete(1);
    await a.freeze();
    await lapse();
    const b = await start('b');
    await until(() => expect(b.ended).toEqual([1, 2]));
    waiting?.resolve(undefined);
    await until(() => expect(a.logged).toContain('an update could not be handled'));
    await until(() => expect(a.intake.waiting()).toBe(0));
    expect([a.begun, a.ended]).toEqual([[1], []]);
    expect(await unhandled()).toEqual([]);
    await b.intake.inOrder('7', async () => {
      expect(await Promise.resolve(b.dialogues.read('7'))).toEqual({ at: 2 });
    });
  });

  test('a lane that comes back to the one that was slow has nothing handled twice', async () => {
    const { start, lapse, unhandled } = await shop();
    const a = await start('a');
    gate(1);
    await send(a, update(1, 7), update(2, 7, 'flow'));
    await until(() => expect(a.begun).toEqual([1]));
    await lapse();
    // Taken once more, with what is still in hand.
    await until(() => expect(a.intake.waiting()).toBe(4));
    letGo(1);
    await until(async () => expect(await unhandled()).toEqual([]));
    await until(() => expect(a.intake.waiting()).toBe(0));
    expect([a.begun, a.ended]).toEqual([
      [1, 2],
      [1, 2],
    ]);
  });

  test('what was handled but could not be written down is not handled again here', async () => {
    const { start, unhandled } = await shop();
    const a = await start('a');
    gate(1);
    await send(a, update(1, 7));
    await until(() => expect(a.begun).toEqual([1]));
    letGo(1);
    await server().cut();
    await until(async () => expect(await unhandled()).toEqual([]));
    expect(a.begun).toEqual([1]);
  });

  test('of a flood in one lane what is behind is dropped, with a word', async () => {
    const { start, unhandled } = await shop();
    const a = await start('a');
    const all = Array.from({ length: 40 }, (_, i) => update(i + 1, 7));
    await send(a, ...all);
    await until(async () => expect(await unhandled()).toEqual([]));
    expect(a.ended).toEqual(all.slice(0, 30).map((one) => one.update_id));
    expect(a.logged).toEqual(['too many updates waiting, dropping some']);
  });

  test('a handler that hangs is left behind, and the next of its key has its turn', async () => {
    const { start, unhandled } = await shop();
    const a = await start('a', 50);
    gate(1);
    await send(a, update(1, 7), update(2, 7));
    await until(async () => expect(await unhandled()).toEqual([]));
    expect(a.ended).toEqual([2]);
  });

  test('a task runs between the updates of a key, after those that wait, and not where another process is', async () => {
    const { start } = await shop();
    const [a, b] = [await start('a'), await start('b')];
    gate(1);
    await send(a, update(1, 7));
    await until(() => expect([...a.begun, ...b.begun]).toEqual([1]));
    const [one, other] = a.begun.length === 1 ? [a, b] : [b, a];
    const seen: string[] = [];
    const task = (name: string) => () => Promise.resolve(void seen.push(name));
    expect(await other.intake.inOrder('7', task('elsewhere'))).toBe(false);
    const between = one.intake.inOrder('7', task('between'));
    const free = await other.intake.inOrder('8', task('free'));
    expect([free, seen]).toEqual([true, ['free']]);
    letGo(1);
    expect(await between).toBe(true);
    await until(async () => expect(await other.intake.inOrder('7', task('later'))).toBe(true));
    expect(seen).toEqual(['free', 'between', 'later']);
  });

  test('a task in a free lane comes after what waits there', async () => {
    const { start, unhandled } = await shop();
    const a = await start('a');
    await a.intake.stop({ graceMs: 1_000 });
    await send(a, update(1, 7));
    const b = await start('b');
    let before: readonly number[] = [];
    await until(async () => {
      const task = () => Promise.resolve(void (before = [...b.ended]));
      expect(await b.intake.inOrder('7', task)).toBe(true);
    });
    expect(before).toEqual([1]);
    await until(async () => expect(await unhandled()).toEqual([]));
  });

  test('a stop finishes what is in hand and gives the lanes back; what hangs is left to others', async () => {
    const { start, unhandled } = await shop();
    const a = await start('a');
    gate(1);
    gate(3);
    await send(a, update(1, 7, 'flow'), update(2, 7), update(3, 8, 'flow'));
    await until(() => expect(a.begun).toEqual([1, 3]));
    const stopped = a.intake.stop({ graceMs: 6_000 });
    letGo(1);
    await stopped;
    expect(a.ended).toEqual([1, 2]);
    expect(await unhandled()).toEqual([3]);
    expect(await a.intake.inOrder('9', () => Promise.resolve())).toBe(false);
    expect(() => a.dialogues.read('8')).toThrow(LostLane);
    gates.delete(3);
    const b = await start('b');
    await until(() => expect(b.ended).toEqual([3]));
  });

  test('the last one handles what came in while it was being stopped, and leaves nothing waiting', async () => {
    const { start, unhandled } = await shop();
    const a = await start('a');
    gate(1);
    await send(a, update(1, 7));
    await until(() => expect(a.begun).toEqual([1]));
    // Behind what is in hand, and of one who has nothing in hand.
    a.lastBrought = [update(2, 7), update(3, 8)];
    const stopped = a.intake.stop({ graceMs: 60_000 });
    await until(() => expect(a.begun).toEqual([1, 3]));
    letGo(1);
    await stopped;
    expect([a.ended, await unhandled()]).toEqual([[3, 1, 2], []]);
  });

  test('one that stops takes no call of Telegram any more, and handles the one that it was writing down', async () => {
    const { start, unhandled } = await shop();
    const a = await start('a');
    const { promise, resolve } = Promise.withResolvers<undefined>();
    a.held = promise;
    const called = a.intake.receive(update(1, 7));
    const stopped = a.intake.stop({ graceMs: 60_000 });
    await expect(a.intake.receive(update(2, 8))).rejects.toThrow('takes no updates');
    resolve(undefined);
    await called;
    await stopped;
    expect([a.ended, await unhandled()]).toEqual([[1], []]);
  });

  test('one that stops while something hangs takes nothing more in the last half of its time', async () => {
    const { start, unhandled } = await shop();
    const a = await start('a');
    gate(1);
    gate(2);
    await send(a, update(1, 7), update(2, 8));
    await until(() => expect(a.begun).toEqual([1, 2]));
    const stopped = a.intake.stop({ graceMs: 2 * HALF_MS });
    await until(() => expect(a.halves).toHaveLength(1));
    a.halves[0]?.resolve(undefined);
    await until(() => expect(a.halves).toHaveLength(2));
    await send(a, update(3, 9));
    letGo(2);
    await until(async () => expect(await unhandled()).toEqual([1, 3]));
    letGo(1);
    await stopped;
    expect([a.ended, await unhandled()]).toEqual([[2, 1], [3]]);
  });
});
