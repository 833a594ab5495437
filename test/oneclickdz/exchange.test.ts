// One request and its answer: what goes out, what comes back as a value, and that nothing of the key does.

import { expect, test } from 'vitest';
import { createExchange, retryAfterMs } from '../../src/oneclickdz/exchange.ts';
import { KEY } from './bench.ts';

const NOON = Date.UTC(2026, 8, 1, 12);

test.each([
  [null, undefined],
  ['5', 5_000],
  ['Tue, 01 Sep 2026 12:00:07 GMT', 7_000],
  ['Tue, 01 Sep 2026 11:00:00 GMT', 0],
  ['soon', undefined],
])('Retry-After %s', (header, ms) => {
  expect(retryAfterMs(header, NOON)).toBe(ms);
});

/** An exchange over a network that answers like that, and what went out. */
function over(answer: () => Response | Promise<Response>) {
  const sent: Request[] = [];
  const exchange = createExchange({
    ...{ apiKey: KEY, baseUrl: 'https://api.example/v3', clock: () => NOON },
    fetch: async (input, init) => {
      sent.push(new Request(input, init));
      return await answer();
    },
  });
  return { exchange, sent };
}
const get = { method: 'GET', path: 'account/balance' } as const;

test('the key goes with every request but those that need none', async () => {
  const { exchange, sent } = over(() => Response.json({}));
  await exchange({ ...get, query: { from: '2026-09-01T12:00:00Z' } }, 1_000);
  await exchange({ ...get, keyed: false }, 1_000);
  expect(sent.map(({ headers }) => headers.get('x-access-token'))).toEqual([KEY, null]);
  expect(sent[0]?.url).toBe('https://api.example/v3/account/balance?from=2026-09-01T12%3A00%3A00Z');
});

test.each([
  ['JSON', '{"a":1}', { a: 1 }],
  ['a page', '<html>', undefined],
  ['nothing', null, undefined],
])('%s comes back with its status, whatever that is', async (_what, text, body) => {
  for (const status of [200, 503]) {
    const { exchange } = over(() => new Response(text, { status, headers: { 'retry-after': '5' } }));
    expect(await exchange(get, 1_000)).toMatchObject({ kind: 'answer', status, body, retryAfterMs: 5_000 });
  }
});

test('an answer that never ends is cut off, and is none', async () => {
  let [chunks, cancelled] = [0, false];
  const endless = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      chunks += 1;
      controller.enqueue(new Uint8Array(500_000));
    },
    cancel: () => {
      cancelled = true;
    },
  });
  const { exchange } = over(() => new Response(endless));
  expect(await exchange(get, 60_000)).toMatchObject({ kind: 'no-answer', reason: 'unreadable' });
  expect(cancelled).toBe(true);
  expect(chunks).toBeLessThan(10);
});

test('a failure tells its kind, and nothing of what was asked', async () => {
  const inner = Object.assign(new Error(`could not reach https://api.example with ${KEY}`), {
    code: 'ECONNRESET',
  });
  const { exchange } = over(() => Promise.reject(new TypeError(`fetch failed: ${KEY}`, { cause: inner })));
  const came = await exchange(get, 1_000);
  expect(came).toMatchObject({ kind: 'no-answer', reason: 'unreachable' });
  const cause = came.kind === 'no-answer' ? came.cause : undefined;
  expect([cause?.message, cause?.cause]).toEqual(['Error ECONNRESET', undefined]);
});

test.each(['', 'two words', 'ключ', 'line\nbreak'])(
  'the key %j fits into no header, and is not quoted',
  (apiKey) => {
    const make = () => createExchange({ apiKey, baseUrl: 'https://api.example', clock: () => NOON });
    expect(make).toThrow(new TypeError('the provider key has characters no header can carry'));
  },
);
