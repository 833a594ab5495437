import { Api, GrammyError } from 'grammy';
import type { Update } from 'grammy/types';
import { afterEach, beforeEach, describe, expect, it, vi, type Mock } from 'vitest';
import * as z from 'zod';
import type { UpdateJournal } from '../../src/app/chat-memory.ts';
import { createIntake, type IntakeApi, type IntakeOptions, type StopSignal } from '../../src/bot/intake.ts';
import { createKeyedQueue } from '../../src/bot/keyed-queue.ts';

/** Whatever a server that is not Telegram's may say. */
const anyUpdates = z.custom<Update[]>(() => true);

/** A Bot API server's idea of updates: what is below an offset is gone, what isn't comes again, 100 at most. */
class Telegram implements IntakeApi {
  waiting: Update[] = [];
  polls: { offset: number | undefined; timeout: number; limit: number; at: number; aborted?: boolean }[] = [];
  failures: unknown[] = [];
  webhookFailures: unknown[] = [];
  webhooksDeleted = 0;
  /** Answers that are none. */
  odd: unknown[] = [];
  #arrived = Promise.withResolvers<undefined>();

  push(...updates: Update[]) {
    this.waiting.push(...updates);
    this.#arrived.resolve(undefined);
    this.#arrived = Promise.withResolvers();
  }

  async deleteWebhook(): Promise<true> {
    await Promise.resolve();
    if (this.webhookFailures.length > 0) throw this.webhookFailures.shift();
    this.webhooksDeleted += 1;
    return true;
  }

  async getUpdates(
    options: { offset?: number; limit: number; timeout: number },
    signal?: StopSignal,
  ): Promise<Update[]> {
    const poll: (typeof this.polls)[number] = {
      offset: options.offset,
      timeout: options.timeout,
      limit: options.limit,
      at: Date.now(),
    };
    this.polls.push(poll);
    await Promise.resolve();
    if (this.failures.length > 0) throw this.failures.shift();
    if (this.odd.length > 0) return anyUpdates.parse(this.odd.shift());
    const { offset = 0 } = options;
    this.waiting = this.waiting.filter((update) => update.update_id >= offset);
    if (this.waiting.length === 0 && options.timeout > 0) await this.#long(options.timeout, signal);
    if (signal?.aborted === true) {
      poll.aborted = true;
      throw new Error('aborted');
    }
    return this.waiting.slice(0, options.limit);
  }

  async #long(seconds: number, signal: StopSignal | undefined): Promise<void> {
    const over = new AbortController();
    const aborted = new Promise<void>((resolve) => {
      if (signal instanceof AbortSignal) signal.addEventListener('abort', () => resolve());
    });
    await Promise.race([this.#arrived.promise, sleep(seconds * 1000, over.signal), aborted]);
    over.abort();
  }

  get lastOffset() {
    return this.polls.at(-1)?.offset;
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

/** The journal on a "disk" that outlives an intake. */
class Disk implements UpdateJournal {
  ids = new Set<number>();
  list: readonly unknown[] = [];
  lists: number[] = [];
  full = false;

  handled(id: number) {
    return this.ids.has(id);
  }
  async markHandled(id: number) {
    await Promise.resolve();
    if (this.full) throw new Error('disk full');
    this.ids.add(id);
  }
  unfinished() {
    return this.list;
  }
  async setUnfinished(updates: readonly unknown[]) {
    await Promise.resolve();
    if (this.full) throw new Error('disk full');
    this.list = structuredClone(updates);
    this.lists.push(updates.length);
  }
}

const refusal = (code: number, parameters = {}) =>
  new GrammyError(
    'refused',
    { ok: false, error_code: code, description: 'no', parameters },
    'getUpdates',
    {},
  );

/** A text by somebody. */
const update = (id: number, from: string, text = ''): Update => ({
  update_id: id,
  message: {
    message_id: id,
    date: 0,
    text,
    chat: { id: 1, type: 'private', first_name: from },
    from: { id: 1, is_bot: false, first_name: from },
  },
});

const who = (u: Update) => u.message?.from.first_name;

describe('the intake', () => {
  let telegram: Telegram;
  let disk: Disk;
  let begun: number[];
  let ended: number[];
  /** Ends a handler that runs until told: those whose text is `slow`. */
  let slow: Map<number, { end: () => void }>;
  let log: Record<'info' | 'warn' | 'error', Mock<(fields: object, message: string) => void>>;
  let onFatal: ReturnType<typeof vi.fn<IntakeOptions['onFatal']>>;

  beforeEach(() => {
    vi.useFakeTimers({ now: 1_000_000 });
    telegram = new Telegram();
    disk = new Disk();
    begun = [];
    ended = [];
    slow = new Map();
    log = { info: vi.fn(), warn: vi.fn(), error: vi.fn() };
    onFatal = vi.fn();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  async function handle(u: Update): Promise<void> {
    begun.push(u.update_id);
    if (u.message?.text === 'fail') throw new Error('broken');
    if (u.message?.text === 'slow') {
      const { promise, resolve } = Promise.withResolvers<undefined>();
      slow.set(u.update_id, { end: () => resolve(undefined) });
      await promise;
    }
    ended.push(u.update_id);
  }

  const create = (more: Partial<IntakeOptions> = {}) =>
    createIntake({
      api: telegram,
      handle,
      keyOf: who,
      dialogues: disk,
      queue: createKeyedQueue({ onLate: () => undefined }),
      allowedUpdates: ['message', 'callback_query'],
      onFatal,
      log,
      sleep,
      clock: Date.now,
      random: () => 1,
      ...more,
    });

  /** An intake whose process can be killed: from then on it neither hears nor does anything. */
  function createMortal() {
    const never = new Promise<never>(() => undefined);
    let alive = true;
    const living =
      <A extends unknown[], R>(call: (...args: A) => Promise<R>) =>
      async (...args: A): Promise<R> => {
        const result = await (alive ? call(...args) : never);
        return alive ? result : await never;
      };
    const intake = create({
      api: {
        getUpdates: living((...args: Parameters<IntakeApi['getUpdates']>) => telegram.getUpdates(...args)),
        deleteWebhook: living(() => telegram.deleteWebhook()),
      },
      handle: living(handle),
      dialogues: {
        handled: (id) => disk.handled(id),
        markHandled: living((id: number) => disk.markHandled(id)),
        unfinished: () => disk.unfinished(),
        setUnfinished: living((updates: readonly unknown[]) => disk.setUnfinished(updates)),
      },
    });
    return { intake, kill: () => (alive = false) };
  }

  const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

  it("fits grammY's Api", () => {
    const api: IntakeApi = new Api('1:a');
    expect(api).toBeInstanceOf(Api);
  });

  it('removes a webhook, polls long when idle, and confirms what was handled', async () => {
    const intake = create();
    void intake.run();
    await pass(1);
    expect(telegram.webhooksDeleted).toBe(1);
    expect(telegram.polls).toMatchObject([{ offset: undefined, timeout: 30, limit: 100 }]);
    expect(intake.lastAnswerAt()).toBe(1_000_000);
    telegram.push(update(7, 'amine'));
    await pass(10);
    expect(ended).toEqual([7]);
    expect(disk.ids).toContain(7);
    expect(telegram.polls.at(-1)).toMatchObject({ offset: 8, timeout: 30 });
    expect(telegram.waiting).toEqual([]);
  });

  it("hands over other people's updates while one person's call is slow, and confirms nothing beyond it", async () => {
    void create().run();
    telegram.push(update(1, 'amine', 'slow'));
    await pass(10);
    telegram.push(update(2, 'baya'), update(3, 'amine'));
    await pass(250);
    expect(begun).toEqual([1, 2]);
    telegram.push(update(4, 'chafik'));
    await pass(250);
    expect(ended).toEqual([2, 4]);
    expect(telegram.lastOffset).toBe(1);
    slow.get(1)?.end();
    await pass(1);
    expect(ended).toEqual([2, 4, 1, 3]);
    expect(telegram.polls.at(-1)).toMatchObject({ offset: 5, timeout: 30 });
  });

  it('polls at most four times a second while one update is slow', async () => {
    void create().run();
    telegram.push(update(1, 'amine', 'slow'));
    await pass(10_000);
    expect(telegram.polls.length).toBeLessThanOrEqual(43);
    expect(begun).toEqual([1]);
  });

  it("keeps one person's updates in order", async () => {
    void create().run();
    telegram.push(update(1, 'amine', 'slow'), update(2, 'amine', 'slow'), update(3, 'amine'));
    await pass(300);
    expect(begun).toEqual([1]);
    slow.get(1)?.end();
    await pass(1);
    expect(begun).toEqual([1, 2]);
    slow.get(2)?.end();
    await pass(1);
    expect(ended).toEqual([1, 2, 3]);
  });

  it('has one update on disk before the next of its key begins', async () => {
    const known: number[][] = [];
    void create({
      handle: async () => {
        await Promise.resolve();
        known.push([...disk.ids]);
      },
    }).run();
    telegram.push(update(1, 'amine'), update(2, 'amine'));
    await pass(10);
    expect(known).toEqual([[], [1]]);
  });

  it('runs updates without a key side by side', async () => {
    void create({ keyOf: () => undefined }).run();
    telegram.push(update(1, 'amine', 'slow'), update(2, 'amine'));
    await pass(1);
    expect(begun).toEqual([1, 2]);
  });

  it('handles nothing twice after a kill, and loses nothing', async () => {
    const first = createMortal();
    void first.intake.run();
    telegram.push(update(1, 'amine', 'slow'), update(2, 'baya'), update(3, 'amine'));
    await pass(300);
    expect(ended).toEqual([2]);
    first.kill();
    begun.length = 0;
    void create().run();
    await pass(300);
    slow.get(1)?.end();
    await pass(10);
    expect(begun).toEqual([1, 3]);
    expect(telegram.lastOffset).toBe(4);
  });

  it('does not write again what the handler has recorded itself', async () => {
    const mark = vi.spyOn(disk, 'markHandled');
    void create({
      handle: async (u) => {
        await Promise.resolve();
        disk.ids.add(u.update_id);
      },
    }).run();
    telegram.push(update(1, 'amine'));
    await pass(10);
    expect(mark).not.toHaveBeenCalled();
    expect(telegram.lastOffset).toBe(2);
  });

  it('counts an update as handled when its handler fails', async () => {
    void create().run();
    telegram.push(update(1, 'amine', 'fail'), update(2, 'amine'));
    await pass(10);
    expect(ended).toEqual([2]);
    expect([...disk.ids]).toEqual([1, 2]);
    expect(log.error).toHaveBeenCalledOnce();
    expect(telegram.lastOffset).toBe(3);
  });

  it('goes on after a handler that hangs', async () => {
    void create().run();
    telegram.push(update(1, 'amine', 'slow'), update(2, 'amine'));
    await pass(61_000);
    expect(ended).toEqual([2]);
    expect(telegram.lastOffset).toBe(3);
  });

  it('goes on when the disk is full', async () => {
    disk.full = true;
    void create().run();
    telegram.push(update(1, 'amine', 'slow'), ...range(2, 100).map((id) => update(id, `p${id}`)));
    await pass(1000);
    expect(ended).toHaveLength(99);
    expect(telegram.lastOffset).toBe(1);
    disk.full = false;
    telegram.push(update(101, 'baya'));
    await pass(600);
    expect(begun.at(-1)).toBe(101);
    expect(begun).toHaveLength(101);
  });

  it('follows when Telegram begins to number from somewhere lower', async () => {
    void create().run();
    telegram.push(update(5000, 'amine'));
    await pass(10);
    // Telegram answers from its oldest update when the offset is far ahead of all of them.
    const getUpdates = vi.spyOn(telegram, 'getUpdates').mockResolvedValueOnce([update(17, 'amine')]);
    await pass(30_010);
    expect(ended).toEqual([5000, 17]);
    expect(getUpdates).toHaveBeenLastCalledWith(expect.objectContaining({ offset: 18 }), expect.anything());
  });

  describe('behind a slow update, with the window full', () => {
    it('writes it down and moves on, and wipes the list when it is done', async () => {
      void create().run();
      telegram.push(update(1, 'amine', 'slow'), update(2, 'amine'));
      for (const id of range(3, 79)) telegram.push(update(id, `p${id}`));
      await pass(300);
      expect(telegram.lastOffset).toBe(1);
      expect(disk.lists).toEqual([]);
      telegram.push(update(80, 'baya'));
      await pass(600);
      expect(disk.list).toEqual([update(1, 'amine', 'slow'), update(2, 'amine')]);
      expect(telegram.polls.at(-1)).toMatchObject({ offset: 81, timeout: 30 });
      telegram.push(...range(81, 300).map((id) => update(id, `p${id}`)));
      await pass(2000);
      expect(ended).toHaveLength(298);
      slow.get(1)?.end();
      await pass(31_000);
      expect(ended.slice(-2)).toEqual([1, 2]);
      expect(disk.list).toEqual([]);
    });

    it('finishes what was written down after a kill, first and once', async () => {
      const first = createMortal();
      void first.intake.run();
      telegram.push(update(1, 'amine', 'slow'), update(2, 'amine'));
      telegram.push(...range(3, 85).map((id) => update(id, `p${id}`)));
      await pass(1000);
      first.kill();
      expect(telegram.waiting).toEqual([]);
      begun.length = 0;
      telegram.push(update(86, 'amine'));
      const second = create();
      void second.run();
      await pass(100);
      slow.get(1)?.end();
      await pass(300);
      expect(begun).toEqual([1, 2, 86]);
      await second.stop({ graceMs: 1000 });
      expect(disk.list).toEqual([]);
    });

    it('handles once what was written down but not yet confirmed', async () => {
      disk.list = [update(1, 'amine', 'slow'), update(2, 'amine'), 'no update'];
      disk.ids.add(2);
      telegram.push(update(1, 'amine', 'slow'), update(2, 'amine'), update(3, 'amine'));
      void create().run();
      await pass(300);
      slow.get(1)?.end();
      await pass(300);
      expect(begun).toEqual([1, 3]);
      expect(telegram.lastOffset).toBe(4);
      expect(disk.list).toEqual([]);
    });

    it('leaves the rest with Telegram when very many are slow', async () => {
      void create().run();
      telegram.push(...range(1, 2000).map((id) => update(id, `p${id}`, 'slow')));
      await pass(60_000);
      expect(begun.length).toBeLessThan(650);
      for (let round = 0; round < 40; round++) {
        for (const { end } of slow.values()) end();
        await pass(1000);
      }
      expect(new Set(ended).size).toBe(2000);
      expect(ended).toHaveLength(2000);
    });
  });

  it('drops a flood by one person beyond 30 waiting, says so once, and serves the others', async () => {
    void create().run();
    telegram.push(update(1, 'amine', 'slow'));
    await pass(300);
    telegram.push(...range(2, 60).map((id) => update(id, 'amine')), update(61, 'baya'));
    await pass(300);
    expect(ended).toEqual([61]);
    expect(log.warn).toHaveBeenCalledOnce();
    slow.get(1)?.end();
    await pass(300);
    expect(ended).toEqual([61, ...range(1, 31)]);
    expect(telegram.lastOffset).toBe(62);
    expect(disk.ids).toContain(60);
  });

  describe('when Telegram does not answer', () => {
    it.each([
      [409, 'conflict'],
      [401, 'unauthorized'],
    ] as const)('stops for good on %d', async (code, name) => {
      telegram.failures.push(refusal(code));
      const intake = create();
      await intake.run();
      expect(onFatal).toHaveBeenCalledExactlyOnceWith(name);
      await intake.stop({ graceMs: 1000 });
      expect(telegram.polls).toHaveLength(1);
    });

    it('confirms nothing after a conflict, since the updates are somebody else’s now', async () => {
      const intake = create();
      const run = intake.run();
      telegram.push(update(1, 'amine', 'slow'));
      await pass(300);
      telegram.failures.push(refusal(409));
      await pass(300);
      await run;
      const polls = telegram.polls.length;
      slow.get(1)?.end();
      await intake.stop({ graceMs: 1000 });
      expect(ended).toEqual([1]);
      expect(telegram.polls).toHaveLength(polls);
    });

    it('waits as long as a 429 says', async () => {
      telegram.failures.push(refusal(429, { retry_after: 7 }));
      void create().run();
      await pass(6_999);
      expect(telegram.polls).toHaveLength(1);
      await pass(1);
      expect(telegram.polls.length).toBeGreaterThan(1);
    });

    it('waits longer and longer, up to 15 s, and logs an outage once and its end once', async () => {
      telegram.failures.push(...range(1, 8).map((n) => (n % 2 === 0 ? refusal(502) : new Error('network'))));
      void create().run();
      await pass(70_000);
      const waits = telegram.polls.slice(1, 9).map((poll, n) => poll.at - (telegram.polls[n]?.at ?? 0));
      expect(waits).toEqual([500, 1000, 2000, 4000, 8000, 15_000, 15_000, 15_000]);
      expect(log.warn).toHaveBeenCalledOnce();
      expect(log.info).toHaveBeenCalledOnce();
      expect(telegram.polls[9]).toMatchObject({ timeout: 30 });
    });

    it('tries to remove the webhook until it can', async () => {
      telegram.webhookFailures.push(new Error('network'), refusal(502));
      void create().run();
      await pass(499);
      expect(telegram.polls).toHaveLength(0);
      await pass(1_001);
      expect(telegram.webhooksDeleted).toBe(1);
      expect(telegram.polls).toHaveLength(1);
    });

    it.each<[string, unknown]>([
      ['no list', { result: [] }],
      ['nothing', null],
      ['a page', '<html></html>'],
      ['a list of something else', [null, 7, {}, { update_id: '5' }, { update_id: 1e300 }]],
    ])('waits and asks again after %s instead of updates', async (_what, answer) => {
      telegram.odd.push(answer);
      void create().run();
      await pass(499);
      expect(telegram.polls).toHaveLength(1);
      telegram.push(update(7, 'amine'));
      await pass(10);
      expect(ended).toEqual([7]);
    });

    it('handles the updates between which something else stands', async () => {
      telegram.odd.push([null, update(7, 'amine'), 'x', {}]);
      void create().run();
      await pass(10);
      expect(ended).toEqual([7]);
    });

    it('never logs an error object, which may carry an address', async () => {
      telegram.failures.push(
        Object.assign(new Error('network'), { url: 'https://x/bot1:secret/getUpdates' }),
      );
      void create().run();
      await pass(10);
      expect(JSON.stringify(log.warn.mock.calls)).not.toContain('secret');
    });
  });

  describe('when stopped', () => {
    it('ends the long poll at once', async () => {
      const intake = create();
      const run = intake.run();
      await pass(1000);
      await intake.stop({ graceMs: 20_000 });
      await run;
      expect(telegram.polls[0]?.aborted).toBe(true);
      expect(Date.now()).toBe(1_001_000);
    });

    it('waits for what is in hand, then confirms it', async () => {
      const intake = create();
      void intake.run();
      telegram.push(update(1, 'amine', 'slow'), update(2, 'amine'));
      await pass(10);
      const stopped = vi.fn();
      void intake.stop({ graceMs: 20_000 }).then(stopped);
      await pass(5_000);
      expect(stopped).not.toHaveBeenCalled();
      slow.get(1)?.end();
      await pass(1);
      expect(stopped).toHaveBeenCalledOnce();
      expect(ended).toEqual([1, 2]);
      expect(telegram.polls.at(-1)).toMatchObject({ offset: 3, timeout: 0, limit: 1 });
      expect(telegram.waiting).toEqual([]);
    });

    it('gives up on what takes too long, begins nothing more, and leaves it with Telegram', async () => {
      const intake = create();
      void intake.run();
      telegram.push(update(1, 'baya'), update(2, 'amine', 'slow'), update(3, 'amine'));
      await pass(10);
      const stop = intake.stop({ graceMs: 2_000 });
      await pass(2_000);
      await stop;
      slow.get(2)?.end();
      await pass(1000);
      expect(begun).toEqual([1, 2]);
      expect([...disk.ids]).toEqual([1, 2]);
      expect(telegram.lastOffset).toBe(2);
      expect(telegram.waiting.map((u) => u.update_id)).toEqual([2, 3]);
    });

    it('resolves when it never ran, and when the last call fails', async () => {
      await create().stop({ graceMs: 1000 });
      const intake = create();
      void intake.run();
      telegram.push(update(1, 'amine'));
      await pass(10);
      telegram.failures.push(new Error('network'));
      await intake.stop({ graceMs: 1000 });
      expect(log.warn).toHaveBeenCalledOnce();
    });

    it('cuts short a wait during an outage', async () => {
      telegram.failures.push(refusal(429, { retry_after: 300 }));
      const intake = create();
      void intake.run();
      await pass(1000);
      await intake.stop({ graceMs: 1000 });
      expect(Date.now()).toBe(1_001_000);
    });
  });
});

const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);
