// The intake over grammY's client and real HTTP against the stand-in, killed and started again in the middle.

import { Api } from 'grammy';
import type { Update } from 'grammy/types';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createIntake, type Intake } from '../../src/bot/intake.ts';
import { createKeyedQueue } from '../../src/bot/keyed-queue.ts';
import { createOutgoing, telegramClientOptions } from '../../src/bot/outgoing.ts';
import { startTelegramStandIn, type TelegramStandIn } from '../../src/playground/telegram/server.ts';

const PEOPLE = [101, 102, 103];

describe('the intake against a server with real offsets', () => {
  let telegram: TelegramStandIn;
  let recorded: Set<number>;
  let unfinished: readonly unknown[];
  let finished: string[];
  let fatal: string[];
  /** Texts whose handlers don't end in this life. */
  let stuck: string[];
  let lives: Intake[];

  beforeEach(async () => {
    telegram = await startTelegramStandIn();
    for (const id of PEOPLE) {
      telegram.addPerson({ id, firstName: `Person ${id}` });
      telegram.start(id);
    }
    recorded = new Set();
    unfinished = [];
    finished = [];
    fatal = [];
    stuck = [];
    lives = [];
  });
  afterEach(async () => {
    await Promise.all(lives.map((life) => life.stop({ graceMs: 0 })));
    await telegram.close();
  });

  /** One life of the process; after `kill` nothing leaves it, arrives in it or is written by it. */
  function live() {
    const never = new Promise<never>(() => undefined);
    const connection = new AbortController();
    const dead = () => connection.signal.aborted;
    const mortalFetch: typeof fetch = async (input, init) => {
      if (dead()) throw new Error('dead');
      const signals = [connection.signal, ...(init?.signal ? [init.signal] : [])];
      return await fetch(input, { ...init, signal: AbortSignal.any(signals) });
    };
    const outgoing = createOutgoing({
      fetch: mortalFetch,
      clock: Date.now,
      sleep: (ms) => sleep(ms),
      log: { warn: () => undefined },
    });
    const intake = createIntake({
      api: new Api(telegram.token, telegramClientOptions(telegram.apiRoot, outgoing)),
      async handle(update: Update) {
        const text = update.message?.text ?? '';
        await (stuck.includes(text) ? never : sleep(1));
        if (dead()) return await never;
        finished.push(text);
      },
      keyOf: (update) => String(update.message?.from.id),
      dialogues: {
        handled: (id) => recorded.has(id),
        markHandled: async (id) => {
          recorded.add(id);
          await Promise.resolve();
        },
        unfinished: () => unfinished,
        setUnfinished: async (updates) => {
          unfinished = structuredClone(updates);
          await Promise.resolve();
        },
      },
      queue: createKeyedQueue({ onLate: () => undefined }),
      allowedUpdates: ['message'],
      onFatal: (error) => fatal.push(error),
      log: { info: () => undefined, warn: () => undefined, error: () => undefined },
      sleep: (ms, signal) => sleep(ms, undefined, { signal }),
      clock: Date.now,
    });
    lives.push(intake);
    void intake.run();
    return { intake, kill: () => connection.abort() };
  }

  const until = (condition: () => boolean) =>
    vi.waitFor(() => expect(condition()).toBe(true), { timeout: 10_000, interval: 5 });

  const say = (person: number, text: string) => void telegram.say(person, person, text);

  it('loses nothing and finishes nothing twice across a kill, and keeps each person’s order', async () => {
    const texts = Array.from({ length: 20 }, (_, n) =>
      PEOPLE.map((person) => ({ person, text: `${person}/${n}` })),
    );
    stuck = ['101/3', '102/11'];
    const first = live();
    for (const { person, text } of texts.flat()) say(person, text);
    await until(() => finished.includes('103/19') && finished.includes('102/10'));
    first.kill();
    stuck = [];
    live();
    await until(() => finished.length >= 63 && telegram.pendingUpdates().length === 0);
    for (const person of PEOPLE) {
      const own = finished.filter((text) => text.startsWith(`${person}/`));
      expect(own).toEqual(texts.flat().flatMap((one) => (one.person === person ? [one.text] : [])));
    }
    expect(finished).toHaveLength(63);
    expect(fatal).toEqual([]);
  });

  it('keeps what is stuck over a kill after the window has moved on', async () => {
    stuck = ['wait'];
    const first = live();
    await until(() => finished.length === 3);
    say(101, 'wait');
    await until(() => telegram.pendingUpdates().length === 1);
    for (let n = 0; n < 150; n += 25) {
      for (let m = n; m < n + 25; m++) say(102, `${m}`);
      await until(() => finished.at(-1) === `${n + 24}`);
    }
    await until(() => telegram.pendingUpdates().length < 100);
    first.kill();
    stuck = [];
    live();
    await until(() => finished.includes('wait') && telegram.pendingUpdates().length === 0);
    expect(finished).toHaveLength(154);
  });

  it('gives way to a second copy', async () => {
    live();
    await until(() => finished.length === 3);
    await until(() => telegram.pendingUpdates().length === 0);
    live();
    await until(() => fatal.length > 0);
    expect(fatal).toEqual(['conflict']);
    say(101, 'hello');
    await until(() => finished.includes('hello'));
    expect(finished).toHaveLength(4);
  });

  it('comes back by itself after an outage', async () => {
    live();
    await until(() => finished.length === 3);
    telegram.faultNext({ method: 'getUpdates', times: 2, fault: { kind: 'html', status: 502 } });
    telegram.faultNext({ method: 'getUpdates', fault: { kind: 'drop-after' } });
    for (const text of ['a', 'b', 'c']) say(101, text);
    await until(() => finished.length === 6);
    expect(finished.slice(3)).toEqual(['a', 'b', 'c']);
  });
});
