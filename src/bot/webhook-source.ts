// Telegram brings the updates to our address: it is told where that is, and asked from time to time whether it still knows.
// What is brought arrives at the port, not here.

import type { WebhookInfo } from 'grammy/types';
import type { AllowedUpdates, StopSignal } from './intake.ts';
import { about, createLine, type LineOptions } from './intake-line.ts';

interface SetOptions {
  secret_token: string;
  allowed_updates: AllowedUpdates;
  max_connections: number;
  drop_pending_updates: boolean;
}

/** The three calls of grammY's `Api` that a webhook needs. */
export interface WebhookApi {
  setWebhook(url: string, options: SetOptions, signal?: StopSignal): Promise<true>;
  getWebhookInfo(signal?: StopSignal): Promise<WebhookInfo>;
  deleteWebhook(options: { drop_pending_updates: boolean }, signal?: StopSignal): Promise<true>;
}

export interface WebhookOptions extends LineOptions {
  readonly api: WebhookApi;
  /** What Telegram calls. */
  readonly url: string;
  /** What it shows with each call. */
  readonly secret: string;
  readonly allowedUpdates: AllowedUpdates;
}

export interface WebhookSource {
  /** Tells Telegram where to, and looks after it until stopped or until another address is told; never rejects. */
  run(): Promise<void>;
  /**
   * Ends at once. `remove`: Telegram keeps from now on what is new, for whoever comes next. Left to the one process of a
   * folder: of several that share an address, one that stops would take it from the others. Never rejects.
   */
  stop(options: { remove: boolean }): Promise<void>;
  /** When Telegram last answered us, epoch ms. */
  lastAnswerAt(): number | undefined;
}

/** Calls at a time; Telegram's own default. Updates of one chat come one after the other all the same. */
const CONNECTIONS = 40;
const LOOK_MS = 60_000;
const LAST_CALL_MS = 5_000;

/** A source that Telegram knows nothing of yet; `run` tells it. */
export function createWebhookSource(options: WebhookOptions): WebhookSource {
  const { api, url, secret, allowedUpdates, log, sleep, onFatal } = options;
  const line = createLine(options);
  const rest = new AbortController();
  let running: Promise<void> | undefined;
  /** Our address as Telegram writes it. */
  let known: string | undefined;
  let errorAt: number | undefined;

  const tell = () =>
    line.ask(async (signal) => {
      await api.setWebhook(
        url,
        {
          ...{ secret_token: secret, allowed_updates: allowedUpdates },
          ...{ max_connections: CONNECTIONS, drop_pending_updates: false },
        },
        signal,
      );
      return api.getWebhookInfo(signal);
    });

  /** What Telegram met at our address, once each: a certificate, a name, a proxy. */
  function hear({ last_error_date: at, last_error_message: error }: WebhookInfo): void {
    if (at !== undefined && at !== errorAt) log.warn({ error }, 'Telegram could not bring an update');
    errorAt = at;
  }

  async function look(): Promise<void> {
    const info = await line.ask((signal) => api.getWebhookInfo(signal));
    if (info === undefined) return;
    hear(info);
    if (info.url === known) return;
    if (info.url === '' || info.url === undefined) {
      // A copy that was started without an address removes it; set again, it ends that copy with a word why.
      log.warn({}, 'the webhook was gone and is set again');
      await tell();
      return;
    }
    log.error({}, 'Telegram was told another address');
    known = undefined;
    line.close();
    onFatal('conflict');
  }

  async function loop(): Promise<void> {
    while (line.open() && known === undefined) {
      const info = await tell();
      known = info?.url;
      errorAt = info?.last_error_date;
    }
    while (line.open()) {
      await sleep(LOOK_MS, rest.signal).catch(() => undefined);
      if (line.open()) await look();
    }
  }

  async function end(remove: boolean): Promise<void> {
    line.close();
    rest.abort();
    await running;
    if (!remove || known === undefined) return;
    try {
      await api.deleteWebhook({ drop_pending_updates: false }, AbortSignal.timeout(LAST_CALL_MS));
    } catch (error) {
      log.warn(about(error), 'could not remove the webhook; the next start sets it anew');
    }
  }

  return {
    run: () => (running ??= loop()),
    stop: ({ remove }) => end(remove),
    lastAnswerAt: () => line.lastAnswerAt(),
  };
}
