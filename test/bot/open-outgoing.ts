// The outgoing side over a network that answers as the test says, on a clock moved by hand.

import { vi } from 'vitest';
import { createOutgoing } from '../../src/bot/outgoing.ts';
import { START } from './hand-timers.ts';

export const PERSON = 11;
export const GROUP = -100_22;
const ROOT = 'https://telegram.example/bot1:secret';

export interface Seen {
  readonly method: string;
  readonly body: Record<string, unknown>;
  readonly at: number;
  readonly signal: AbortSignal;
}

export type Reply = (seen: Seen) => Response | Promise<Response>;

export const ok = (result: unknown = true) => Response.json({ ok: true, result });
export const tooMany = (seconds: number) =>
  Response.json(
    {
      ok: false,
      error_code: 429,
      description: 'Too Many Requests',
      parameters: { retry_after: seconds },
    },
    { status: 429 },
  );
export const broken = () => new Response('<html>Bad Gateway</html>', { status: 502 });
export const unreachable = () => Promise.reject(new TypeError('fetch failed'));

/** Answers only when told. */
export function later() {
  const { promise, resolve } = Promise.withResolvers<Response>();
  return { reply: () => promise, answer: (response = ok()) => resolve(response) };
}

/** `usual`: what comes back once the replies are used up. */
export function openOutgoing(usual: Reply = () => ok()) {
  const seen: Seen[] = [];
  const replies: Reply[] = [];
  const warn = vi.fn<(fields: object, message: string) => void>();

  const answer: typeof fetch = async (input, init) => {
    const url = input instanceof Request ? input.url : String(input);
    const body: unknown = JSON.parse(typeof init?.body === 'string' ? init.body : '{}');
    const call = {
      method: url.split('/').at(-1) ?? '',
      body: { ...(typeof body === 'object' ? body : {}) },
      at: Date.now() - START,
      signal: init?.signal ?? AbortSignal.abort(),
    };
    seen.push(call);
    return await (replies.shift() ?? usual)(call);
  };

  const outgoing = createOutgoing({
    fetch: answer,
    clock: Date.now,
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    log: { warn },
  });
  const get = (method: string) => outgoing(`${ROOT}/${method}`);
  const call = (method: string, body: object, signal?: AbortSignal) =>
    outgoing(`${ROOT}/${method}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', connection: 'keep-alive' },
      body: JSON.stringify(body),
      ...(signal === undefined ? {} : { signal }),
    });
  const send = (chat: number, text: string, signal?: AbortSignal) =>
    call('sendMessage', { chat_id: chat, text }, signal);
  const edit = (chat: number, message: number, text: string, signal?: AbortSignal) =>
    call('editMessageText', { chat_id: chat, message_id: message, text }, signal);
  const texts = () => seen.map(({ body }) => body['text'] ?? 'nothing');

  return { seen, replies, warn, get, call, send, edit, texts };
}
