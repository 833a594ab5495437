// One attempt at a Bot API request over the real network, with a deadline of our own. The only place that touches fetch.

import type { Call } from './outgoing-call.ts';

/** grammY's polyfilled signal, or Node's. */
export interface SignalLike {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void): void;
}

/** What grammY gives its `fetch`; the rest of what it gives is meant for node-fetch. */
export interface OutgoingInit {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | AsyncIterable<Uint8Array>;
  readonly signal?: SignalLike | null;
}

/** A body that can wait and be sent again: JSON, or all of an upload. */
export type WholeBody = string | Buffer<ArrayBuffer>;

export interface Request {
  readonly call: Call;
  readonly url: string | URL;
  readonly init: Omit<OutgoingInit, 'body'> & { readonly body?: WholeBody };
}

/** What an attempt came to, kept as text because several callers may get the same answer. */
export type Outcome =
  | { readonly kind: 'answer'; readonly status: number; readonly text: string }
  | { readonly kind: 'failed'; readonly error: unknown };

export interface Transport {
  /** Passes the answer through as it is; rejects as fetch does. */
  pass(request: Request): Promise<Response>;
  /** Reads the whole answer; never throws. */
  attempt(request: Request, signal: AbortSignal): Promise<Outcome>;
}

/** A half-dead connection would otherwise hold a chat's queue until grammY's own, longer timeout. */
export const DEADLINE_MS = 20_000;
const POLL_MARGIN_MS = 10_000;

export function createTransport(fetch: typeof globalThis.fetch): Transport {
  function open({ call, url, init }: Request, signal: AbortSignal): Promise<Response> {
    const deadlineMs = call.pollSeconds > 0 ? call.pollSeconds * 1000 + POLL_MARGIN_MS : DEADLINE_MS;
    return fetch(url, {
      method: init.method ?? 'GET',
      headers: { ...init.headers },
      signal: AbortSignal.any([signal, AbortSignal.timeout(deadlineMs)]),
      ...(init.body === undefined ? {} : { body: init.body }),
    });
  }

  async function attempt(request: Request, signal: AbortSignal): Promise<Outcome> {
    try {
      const response = await open(request, signal);
      return { kind: 'answer', status: response.status, text: await response.text() };
    } catch (error) {
      return { kind: 'failed', error };
    }
  }

  function pass(request: Request): Promise<Response> {
    const controller = new AbortController();
    onAbort(request.init.signal, () => controller.abort());
    return open(request, controller.signal);
  }

  return { pass, attempt };
}

/** Calls the listener once the signal aborts, at once when it has. */
export function onAbort(signal: SignalLike | null | undefined, listener: () => void): void {
  if (signal?.aborted === true) listener();
  // Not taken off again: grammY makes one signal per call.
  else signal?.addEventListener('abort', listener);
}
