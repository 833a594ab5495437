// One attempt over the network: how long it may take, and that it comes back as a value.

import { describe, expect, it, vi } from 'vitest';
import { readCall } from '../../src/bot/outgoing-call.ts';
import { createTransport, DEADLINE_MS, type Request } from '../../src/bot/outgoing-transport.ts';

const ok = () => Promise.resolve(Response.json({ ok: true, result: true }));
const request = (method: string, body: object): Request => {
  const url = `https://telegram.example/bot1:secret/${method}`;
  const text = JSON.stringify(body);
  return { call: readCall(url, text), url, init: { method: 'POST', body: text } };
};
const never = new AbortController().signal;

describe('an attempt', () => {
  it.each([
    ['sendMessage', { chat_id: 5 }, DEADLINE_MS],
    ['getUpdates', { timeout: 0 }, DEADLINE_MS],
    ['getUpdates', { timeout: 30 }, 40_000],
  ])('at %s with %j ends by itself after %i ms', async (method, body, ms) => {
    const timeout = vi.spyOn(AbortSignal, 'timeout');
    await createTransport(ok).attempt(request(method, body), never);
    expect(timeout.mock.calls).toEqual([[ms]]);
    timeout.mockRestore();
  });

  it('that fails, or breaks off in the middle of its answer, is a value', async () => {
    const failure = new TypeError('fetch failed');
    const torn = new Response(new ReadableStream({ start: (controller) => controller.error(failure) }));
    for (const answer of [() => Promise.reject(failure), () => Promise.resolve(torn)]) {
      const outcome = await createTransport(answer).attempt(request('sendMessage', { chat_id: 5 }), never);
      expect(outcome).toEqual({ kind: 'failed', error: failure });
    }
  });
});

it('a call that is passed on ends with its caller, also with one who has left before', async () => {
  const seen: AbortSignal[] = [];
  const transport = createTransport((_url, init) => {
    if (init?.signal) seen.push(init.signal);
    return ok();
  });
  const caller = new AbortController();
  const { call, url, init } = request('getUpdates', { timeout: 30 });
  await transport.pass({ call, url, init: { ...init, signal: caller.signal } });
  expect(seen[0]?.aborted).toBe(false);
  caller.abort();
  await transport.pass({ call, url, init: { ...init, signal: caller.signal } });
  expect(seen.map(({ aborted }) => aborted)).toEqual([true, true]);
});
