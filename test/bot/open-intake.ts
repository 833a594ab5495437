// The intake between a Telegram in memory and a disk that outlives it, on a clock moved by hand.

import { GrammyError } from 'grammy';
import type { Update } from 'grammy/types';
import { vi } from 'vitest';
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

export const refusal = (code: number, parameters = {}) =>
  new GrammyError(
    'refused',
    { ok: false, error_code: code, description: 'no', parameters },
    'getUpdates',
    {},
  );

/** A text by somebody. */
export const update = (id: number, from: string, text = ''): Update => ({
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

/** Ids from one to another. */
export const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);

/** An intake that has not begun, and what it has to do with. */
export function openIntake() {
  const telegram = new Telegram();
  const disk = new Disk();
  const begun: number[] = [];
  const ended: number[] = [];
  /** Ends a handler that runs until told: those whose text is `slow`. */
  const slow = new Map<number, { end: () => void }>();
  const writeDown = () => vi.fn<(fields: object, message: string) => void>();
  const log = { info: writeDown(), warn: writeDown(), error: writeDown() };
  const onFatal = vi.fn<IntakeOptions['onFatal']>();

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

  return { telegram, disk, begun, ended, slow, log, onFatal, create, createMortal };
}
