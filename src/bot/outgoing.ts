// How calls go out: the one place that knows Telegram's flood limits. It is the client's `fetch`, so every way of calling
// (handlers, conversations, the notifier) passes through it, and nothing is replayed.

import { buffer } from 'node:stream/consumers';
import type { ApiClientOptions } from 'grammy';
import { readCall, withoutWeight } from './outgoing-call.ts';
import { createLane, type Lane, type LaneOptions } from './outgoing-lane.ts';
import { createTransport, type OutgoingInit } from './outgoing-transport.ts';

export interface OutgoingOptions extends Omit<LaneOptions, 'transport'> {
  readonly fetch: typeof globalThis.fetch;
}

/** A `fetch` for grammY's client. Answers and rejects as fetch does; a 429 may be our own while a penalty runs. */
export type Outgoing = (url: string | URL, init?: OutgoingInit) => Promise<Response>;

const SWEEP_MS = 60_000;

/** An outgoing side without any chats yet. */
export function createOutgoing({ fetch, ...options }: OutgoingOptions): Outgoing {
  const transport = createTransport(fetch);
  const lanes = new Map<string, Lane>();
  let sweptAt = options.clock();

  function laneOf(chat: string): Lane {
    const lane = lanes.get(chat) ?? createLane(chat, { ...options, transport });
    lanes.set(chat, lane);
    return lane;
  }

  /** Forgets chats that have been quiet long enough for their pace to be full again. */
  function sweep(): void {
    if (options.clock() - sweptAt < SWEEP_MS) return;
    sweptAt = options.clock();
    for (const [chat, lane] of lanes) if (lane.rested()) lanes.delete(chat);
  }

  return async (url, init = {}) => {
    sweep();
    const { body: given, ...rest } = init;
    const body = typeof given === 'object' ? await buffer(given) : given;
    const call = readCall(url, body);
    const sent = call.weight === undefined ? body : withoutWeight(body);
    const request = { call, url, init: sent === undefined ? rest : { ...rest, body: sent } };
    if (call.kind !== 'free' && call.chat !== undefined) return await laneOf(call.chat).send(request);
    // "Typing" isn't delayed, but not sent into a penalty either, which would make it longer.
    const writes = call.chat !== undefined && call.method.startsWith('send');
    const refused = writes ? lanes.get(call.chat)?.refusal() : undefined;
    return refused ?? (await transport.pass(request));
  };
}

/** Longer than a long poll, and than most waits for a group's turn. */
const TIMEOUT_SECONDS = 60;

/** The options for grammY's client. `apiRoot` has no slash at its end. */
export function telegramClientOptions(apiRoot: string, fetch: Outgoing): ApiClientOptions {
  return { apiRoot, timeoutSeconds: TIMEOUT_SECONDS, fetch };
}
