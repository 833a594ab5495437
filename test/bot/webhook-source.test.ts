// Telegram is told our address, and kept to it: forgotten, it is told again; told another, we give way.

import { Api, GrammyError } from 'grammy';
import type { WebhookInfo } from 'grammy/types';
import { beforeEach, describe, expect, it, vi, type Mock } from 'vitest';
import type { FatalError } from '../../src/bot/intake.ts';
import { createWebhookSource, type WebhookApi } from '../../src/bot/webhook-source.ts';

const URL_OF_OURS = 'https://bot.example.com/telegram';

const info = (url: string, more: Partial<WebhookInfo> = {}): WebhookInfo => ({
  ...{ url, has_custom_certificate: false, pending_update_count: 0 },
  ...more,
});

describe('the source of a webhook', () => {
  let now: number;
  let told: WebhookInfo;
  let sets: unknown[];
  let removals: unknown[];
  let failures: Error[];
  let fatal: FatalError[];
  let back: number;
  let log: Record<'info' | 'warn' | 'error', Mock<(fields: object, message: string) => void>>;
  /** Ends the wait that is going on. */
  let wake: () => void;

  const api: WebhookApi = {
    setWebhook: (url, options) => {
      const failure = failures.shift();
      if (failure !== undefined) return Promise.reject(failure);
      sets.push({ url, ...options });
      // In letters of its own.
      told = info(url.replace('bot.', 'BOT.'));
      return Promise.resolve(true);
    },
    getWebhookInfo: () => {
      const failure = failures.shift();
      return failure === undefined ? Promise.resolve(told) : Promise.reject(failure);
    },
    deleteWebhook: (options) => {
      const failure = failures.shift();
      if (failure !== undefined) return Promise.reject(failure);
      removals.push(options);
      return Promise.resolve(true);
    },
  };

  const create = () =>
    createWebhookSource({
      ...{ api, url: URL_OF_OURS, secret: 'a-secret-of-this-test', log },
      allowedUpdates: ['message', 'callback_query'],
      clock: () => now,
      onFatal: (error) => fatal.push(error),
      onBack: () => (back += 1),
      sleep: (_ms, signal) =>
        new Promise((resolve) => {
          wake = resolve;
          signal?.addEventListener('abort', () => resolve());
        }),
    });

  const turn = () => new Promise((resolve) => setImmediate(resolve));

  /** Some time passes, and the next look is over. */
  async function passes(): Promise<void> {
    now += 60_000;
    wake();
    await turn();
  }

  beforeEach(() => {
    now = 1_000_000;
    told = info('');
    [sets, removals, failures, fatal] = [[], [], [], []];
    back = 0;
    log = { info: vi.fn(), warn: vi.fn(), error: vi.fn() };
    wake = () => undefined;
  });

  it("fits grammY's Api", () => {
    const fitting: WebhookApi = new Api('1:a');
    expect(fitting).toBeInstanceOf(Api);
  });

  it('tells the address, the secret and what we want to hear of, and drops nothing that waits', async () => {
    const source = create();
    expect(source.lastAnswerAt()).toBeUndefined();
    void source.run();
    await turn();
    expect(sets).toEqual([
      {
        url: URL_OF_OURS,
        secret_token: 'a-secret-of-this-test',
        allowed_updates: ['message', 'callback_query'],
        max_connections: 40,
        drop_pending_updates: false,
      },
    ]);
    expect(source.lastAnswerAt()).toBe(now);
    await source.stop({ remove: false });
  });

  it('looks from time to time, and knows by that that Telegram is there', async () => {
    const source = create();
    void source.run();
    await turn();
    await passes();
    expect(source.lastAnswerAt()).toBe(now);
    failures.push(new Error('network'));
    await passes();
    expect(source.lastAnswerAt()).toBe(now - 60_000);
    // The wait after a failure, then the wait for the next look.
    await passes();
    await passes();
    expect(source.lastAnswerAt()).toBe(now);
    expect(back).toBe(1);
    expect(sets).toHaveLength(1);
    await source.stop({ remove: false });
  });

  it('tells it again when another copy has removed it', async () => {
    const source = create();
    void source.run();
    await turn();
    told = info('');
    await passes();
    await turn();
    expect(sets).toHaveLength(2);
    expect(fatal).toEqual([]);
    await source.stop({ remove: false });
  });

  it('gives way when Telegram was told another address, and leaves that one alone', async () => {
    const source = create();
    void source.run();
    await turn();
    told = info('https://elsewhere.example.com/telegram');
    await passes();
    expect(fatal).toEqual(['conflict']);
    await source.stop({ remove: true });
    expect(removals).toEqual([]);
    expect(sets).toHaveLength(1);
  });

  it('says once each what Telegram meets at our address', async () => {
    const source = create();
    void source.run();
    await turn();
    told = { ...told, last_error_date: 1, last_error_message: 'Connection refused' };
    await passes();
    await passes();
    expect(log.warn.mock.calls).toEqual([
      [{ error: 'Connection refused' }, 'Telegram could not bring an update'],
    ]);
    await source.stop({ remove: false });
  });

  it('tries until Telegram answers, and never after the token was refused', async () => {
    const refused = new GrammyError(
      'refused',
      { ok: false, error_code: 401, description: 'no', parameters: {} },
      'setWebhook',
      {},
    );
    failures.push(new Error('network'), refused);
    const source = create();
    void source.run();
    await turn();
    expect(fatal).toEqual([]);
    await passes();
    expect(fatal).toEqual(['unauthorized']);
    await source.stop({ remove: true });
    expect([sets, removals]).toEqual([[], []]);
  });

  it('is removed at the end when nobody else shares it, and left alone otherwise', async () => {
    const shared = create();
    void shared.run();
    await turn();
    await shared.stop({ remove: false });
    expect(removals).toEqual([]);
    const alone = create();
    void alone.run();
    await turn();
    await alone.stop({ remove: true });
    expect(removals).toEqual([{ drop_pending_updates: false }]);
  });

  it('ends all the same when Telegram does not hear that it is removed', async () => {
    const source = create();
    void source.run();
    await turn();
    failures.push(new Error('network'));
    await source.stop({ remove: true });
    expect(log.warn).toHaveBeenCalledOnce();
  });
});
