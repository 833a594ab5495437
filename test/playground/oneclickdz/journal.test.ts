// What is kept of a call for somebody who looks on: both sides of it, never the key, and no more than can be read.
import { afterEach, expect, it } from 'vitest';
import type { StandInEvent } from '../../../src/playground/oneclickdz/server.ts';
import { openCaller, purchase } from './caller.ts';
import type { Caller } from './caller.ts';

let caller: Caller;
afterEach(() => caller.standIn.close());

const last = () => caller.standIn.calls.at(-1);

it('keeps the answer as it went out, with the headers that matter', async () => {
  caller = await openCaller();
  caller.standIn.nextSend({ kind: 'throttled', retryAfterSeconds: 2 });
  const { body, headers } = await caller.send(purchase());
  expect(last()).toMatchObject({
    status: 429,
    reply: {
      headers: { 'retry-after': '2', 'x-request-id': headers.get('x-request-id') },
      isCut: false,
    },
  });
  expect(JSON.parse(last()?.reply?.text ?? '')).toEqual(body);
});

it('keeps the page of a proxy, and nothing where nothing was answered', async () => {
  caller = await openCaller();
  caller.standIn.faultNext({ fault: { kind: 'html', status: 502 } });
  const { body } = await caller.get('/account/balance');
  expect(last()).toMatchObject({ status: 502, reply: { text: body } });
  caller.standIn.faultNext({ fault: { kind: 'drop-before' } });
  await expect(caller.get('/account/balance')).rejects.toThrow();
  expect(last()).toMatchObject({ status: 'dropped' });
  expect(last()).not.toHaveProperty('reply');
});

it('shows the key nowhere: not in the answer that names it, nor where a caller put it by mistake', async () => {
  caller = await openCaller();
  const { key } = caller.standIn;
  expect(JSON.stringify(await caller.get('/validate'))).toContain(key);
  await caller.get(`/internet/check-ref/${key}?key=${key}`);
  await caller.send(purchase({ ref: key, number: `${key}!` }));
  const kept = JSON.stringify(caller.standIn.calls);
  expect(kept).not.toContain(key);
  expect(kept).toContain('/internet/check-ref/pk-…');
  expect(kept).toContain('\\"key\\": \\"pk-…\\"');
});

it('shows a wrong key nowhere either, as it may be the right one of somebody else', async () => {
  caller = await openCaller();
  const wrong = 'pk-of-another-shop';
  await caller.call('GET', `/internet/check-ref/${wrong}`, { headers: { 'x-access-token': wrong } });
  expect(JSON.stringify(caller.standIn.calls)).not.toContain(wrong);
});

it('cuts a long answer, and says so', async () => {
  caller = await openCaller({ balance: 1_000_000 });
  for (let i = 0; i < 40; i += 1) await caller.send(purchase({ ref: `ref-${i}` }));
  await caller.get('/internet/list?pageSize=40');
  expect(last()?.reply).toMatchObject({ isCut: true });
  expect(last()?.reply?.text.length).toBeLessThanOrEqual(4000);
});

it('keeps the answers of the newest thousand calls only', async () => {
  caller = await openCaller();
  for (let i = 0; i < 1002; i += 1) await caller.call('GET', '/ping', { headers: {} });
  const withReply = caller.standIn.calls.filter(({ reply }) => reply !== undefined);
  expect(caller.standIn.calls).toHaveLength(1002);
  expect(withReply.map(({ seq }) => seq).at(0)).toBe(3);
});

it('tells the latest standing of an order last, also to a listener that looks while it is told', async () => {
  caller = await openCaller();
  const { standIn } = caller;
  const heard: string[] = [];
  standIn.on((event: StandInEvent) => {
    if (event.kind === 'balance') standIn.orders();
    if (event.kind === 'order') heard.push(event.order.status);
  });
  await caller.send(purchase({ number: '036000001' }));
  expect(standIn.orders()[0]?.status).toBe('FULFILLED');
  expect(heard.at(-1)).toBe('FULFILLED');
});
