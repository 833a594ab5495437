// Of several processes one asks Telegram; what it hears is written down before it is confirmed, and whoever has its turn
// next goes on.

import { GrammyError } from 'grammy';
import type { Update } from 'grammy/types';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { OneOfAll } from '../../src/app/lanes.ts';
import type { IntakeApi, StopSignal } from '../../src/bot/intake.ts';
import { createSharedPolling } from '../../src/bot/shared-polling.ts';

/** Whose turn it is, as the database has it: a name, or nobody's. */
class Turns {
  holder: string | undefined;
  isAway = false;
  #lost = new AbortController();

  of(name: string): OneOfAll {
    return {
      turn: () => {
        if (this.isAway) return Promise.resolve({ kind: 'unknown' });
        this.holder ??= name;
        const mine = { kind: 'mine', lost: this.#lost.signal } as const;
        return Promise.resolve(this.holder === name ? mine : { kind: 'other' });
      },
      giveUp: () => {
        if (this.holder === name) this.holder = undefined;
        return Promise.resolve();
      },
    };
  }
  /** Whoever had it loses the database. */
  lose(): void {
    this.holder = undefined;
    const lost = this.#lost;
    this.#lost = new AbortController();
    lost.abort();
  }
}

/** Serves one line at a time, until an offset confirms. */
class Telegram {
  waiting: number[] = [];
  polls: { by: string; offset: number | undefined; timeout: number }[] = [];
  webhooksDeleted = 0;
  conflicts = 0;
  #open: PromiseWithResolvers<undefined> | undefined;

  push(...ids: number[]): void {
    this.waiting.push(...ids);
    this.#open?.resolve(undefined);
  }

  of(by: string): IntakeApi {
    return {
      deleteWebhook: () => Promise.resolve(((this.webhooksDeleted += 1), true)),
      getUpdates: ({ offset, timeout }, signal) => this.#poll({ by, offset, timeout }, signal),
    };
  }

  async #poll(
    poll: { by: string; offset: number | undefined; timeout: number },
    signal: StopSignal | undefined,
  ): Promise<Update[]> {
    this.polls.push(poll);
    if (this.conflicts > 0) {
      this.conflicts -= 1;
      throw new GrammyError('no', { ok: false, error_code: 409, description: 'no' }, 'getUpdates', {});
    }
    this.#open?.reject(new Error('terminated by other getUpdates request'));
    const { offset = 0, timeout } = poll;
    this.waiting = this.waiting.filter((id) => id >= offset);
    if (this.waiting.length === 0) await this.#wait(timeout * 1_000, signal);
    return this.waiting.map((update_id) => ({ update_id }));
  }

  async #wait(ms: number, signal: StopSignal | undefined): Promise<void> {
    const open = Promise.withResolvers<undefined>();
    this.#open = open;
    const timer = setTimeout(() => open.resolve(undefined), ms);
    if (signal instanceof AbortSignal)
      signal.addEventListener('abort', () => open.reject(new Error('aborted')));
    await open.promise.finally(() => clearTimeout(timer));
  }
}

const sleep = (ms: number, signal?: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal?.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });

describe('asking Telegram in turns', () => {
  let telegram: Telegram;
  let turns: Turns;
  let written: number[];
  let isDatabaseAway: boolean;
  let fatal: string[];

  beforeEach(() => {
    vi.useFakeTimers({ now: 1_000_000 });
    [telegram, turns, written, fatal, isDatabaseAway] = [new Telegram(), new Turns(), [], [], false];
  });
  afterEach(() => {
    vi.useRealTimers();
  });
  const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

  function start(name: string) {
    const source = createSharedPolling({
      ...{ api: telegram.of(name), asking: turns.of(name), clock: Date.now, sleep, random: () => 1 },
      receive: (updates) => {
        if (isDatabaseAway) return Promise.reject(new Error('away'));
        written.push(...updates.map((update) => update.update_id));
        return Promise.resolve();
      },
      allowedUpdates: ['message'],
      onFatal: (error) => void fatal.push(error),
      log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    });
    void source.run();
    return source;
  }
  const whoAsks = (): string | undefined => telegram.polls.at(-1)?.by;

  it('is done by one, after it has removed a webhook', async () => {
    start('a');
    start('b');
    await pass(10_000);
    expect(telegram.webhooksDeleted).toBe(1);
    expect(telegram.polls).toEqual([{ by: 'a', offset: undefined, timeout: 30 }]);
  });

  it('confirms only what is written down', async () => {
    start('a');
    isDatabaseAway = true;
    telegram.push(7, 8);
    await pass(5_000);
    expect([written, telegram.polls.length]).toEqual([[], 1]);
    isDatabaseAway = false;
    await pass(1_000);
    expect(written).toEqual([7, 8]);
    expect(telegram.polls.at(-1)).toEqual({ by: 'a', offset: 9, timeout: 30 });
    expect(telegram.waiting).toEqual([]);
  });

  it('is another one’s at once when the one stops', async () => {
    const a = start('a');
    start('b');
    await pass(1);
    await a.stop({ remove: false });
    await pass(3_000);
    telegram.push(7);
    await pass(1);
    expect([whoAsks(), written]).toEqual(['b', [7]]);
  });

  it('is another one’s when the one loses the database, which then neither asks nor takes the conflict for its end', async () => {
    start('a');
    await pass(1);
    start('b');
    turns.lose();
    turns.holder = 'b';
    await pass(3_000);
    telegram.push(7);
    await pass(10_000);
    expect([whoAsks(), written, fatal]).toEqual(['b', [7], []]);
  });

  it('waits while nobody knows whose turn it is', async () => {
    turns.isAway = true;
    const a = start('a');
    await pass(10_000);
    expect([telegram.polls, a.lastAnswerAt()]).toEqual([[], undefined]);
    turns.isAway = false;
    await pass(3_000);
    expect(whoAsks()).toBe('a');
  });

  it('outlasts the long poll of the one before, but not a stranger who goes on asking', async () => {
    start('a');
    telegram.conflicts = 2;
    await pass(10_000);
    expect(fatal).toEqual([]);
    telegram.push(7);
    await pass(1);
    expect(written).toEqual([7]);
    telegram.conflicts = 1_000;
    telegram.push(8);
    await pass(100_000);
    expect(fatal).toEqual(['conflict']);
  });

  it('leaves it to the one that asks to say when Telegram answered, and to the next when that has its turn', async () => {
    const a = start('a');
    const b = start('b');
    await pass(61_000);
    expect([a.lastAnswerAt(), b.lastAnswerAt()]).toEqual([1_060_000, 'elsewhere']);
    await a.stop({ remove: false });
    await pass(3_000);
    expect(b.lastAnswerAt()).toBe(1_063_000);
  });
});
