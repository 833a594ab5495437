// What the page's server tells a window, and does for one.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { arabic, english } from '../../src/playground/people.ts';
import type { Outcome } from '../../src/playground/oneclickdz/server.ts';
import { NEXT_KINDS, outcomeOf } from '../../src/playground/web/outcomes.ts';
import { openPage, type OpenPage } from './web-page.ts';
import { openStream } from './web-stream.ts';

let open: OpenPage;
beforeEach(async () => {
  open = await openPage();
});
afterEach(() => open.close());

describe('what a window sees', () => {
  it('is the whole picture first, then every change', async () => {
    open.telegram.start(english.id);
    const stream = await openStream(open.page.url);
    expect(stream.picture.people.map(({ role }) => role)).toEqual(['owner', 'agent', 'customer', 'stranger']);
    expect(stream.picture.chats.find(({ id }) => id === english.id)?.messages).toMatchObject([
      { text: '/start' },
    ]);
    open.telegram.say(english.id, english.id, 'hello');
    await stream.until((change) => change.kind === 'message' && change.message.text === 'hello');
    open.provider.setBalance(42);
    await stream.until((change) => change.kind === 'shop' && change.shop.balance === 42);
    stream.close();
  });

  it('opens a private chat for the page when the person first writes', async () => {
    const stream = await openStream(open.page.url);
    expect(stream.picture.chats.find(({ id }) => id === arabic.id)?.bot).toBe('not-started');
    await open.act({ do: 'start', as: arabic.id, payload: 'order-7' });
    await stream.until((change) => change.kind === 'chat' && change.chat.bot === 'member');
    await stream.until((change) => change.kind === 'message' && change.message.text === '/start order-7');
    stream.close();
  });

  it('never holds the key of the provider, nor the token of the bot', async () => {
    const stream = await openStream(open.page.url);
    await fetch(`${open.provider.url}/validate`, { headers: { 'x-access-token': open.provider.key } });
    await stream.until((change) => change.kind === 'call' && change.call.status === 200);
    expect(stream.text()).toContain('/validate');
    expect(stream.text()).not.toContain(open.provider.key);
    expect(stream.text()).not.toContain(open.telegram.token);
    stream.close();
  });

  it('is both sides of every call, the answer as soon as there is one', async () => {
    const stream = await openStream(open.page.url);
    await open.send('036000001');
    const answered = await stream.until((change) => change.kind === 'call' && change.call.status === 200);
    expect(answered).toMatchObject({
      call: { path: '/internet/send', body: { number: '036000001' }, reply: { isCut: false } },
    });
    expect(stream.text()).toContain('topupId');
    stream.close();
  });

  it('is the latest standing of an order that ends as it is accepted', async () => {
    const stream = await openStream(open.page.url);
    await open.send('036000001');
    await stream.until((change) => change.kind === 'call' && change.call.status === 200);
    expect(stream.changes().findLast(({ kind }) => kind === 'order')).toMatchObject({
      order: { status: 'FULFILLED' },
    });
    stream.close();
  });

  it('is nothing of what a new bot and its people say when they meet, and others are heard after that', async () => {
    const endMeeting = open.beginMeeting();
    open.telegram.start(arabic.id);
    const stream = await openStream(open.page.url);
    expect(stream.picture.chats.flatMap(({ messages }) => messages)).toEqual([]);
    open.telegram.say(arabic.id, arabic.id, '/invite agent');
    const acting = open.act({ do: 'start', as: english.id });
    await open.ask('/');
    expect(open.telegram.messages(english.id)).toEqual([]);
    for (const { id } of open.telegram.messages(arabic.id)) open.telegram.deleteMessage(arabic.id, id);
    endMeeting();
    expect((await acting).status).toBe(200);
    await stream.until((change) => change.kind === 'message' && change.message.text === '/start');
    expect(stream.text()).not.toContain('/invite');
    expect(stream.changes().some(({ kind }) => kind === 'picture')).toBe(true);
    stream.close();
  });

  it('starts empty again after starting over', async () => {
    open.telegram.start(english.id);
    await open.act({ do: 'outage', mode: true });
    const stream = await openStream(open.page.url);
    await open.act({ do: 'start-over' });
    const fresh = await stream.until(
      (change) => change.kind === 'picture' && change.picture !== stream.picture,
    );
    expect(open.done).toEqual(['start over']);
    expect(fresh).toMatchObject({
      picture: { orders: [], shop: { outage: false, next: null, balance: 12_450 } },
    });
    expect(stream.changes().at(-1)).toMatchObject({ kind: 'picture' });
    expect(open.telegram.messages(english.id)).toEqual([]);
    stream.close();
  });
});

describe('what a window can do', () => {
  it.each([
    ['not JSON', 'nonsense'],
    ['an unknown thing', JSON.stringify({ do: 'rob' })],
    ['an empty text', JSON.stringify({ do: 'say', as: english.id, chat: english.id, text: '' })],
    ['a negative balance', JSON.stringify({ do: 'balance', dinars: -1 })],
  ])('is not %s', async (_, body) => {
    const headers = { 'content-type': 'application/json', origin: new URL(open.page.url).origin };
    expect((await open.ask('/act', { method: 'POST', headers, body })).status).toBe(400);
  });

  it('is told in a sentence when something is not possible now', async () => {
    const { status, text } = await open.act({ do: 'say', as: english.id, chat: arabic.id, text: 'hello' });
    expect(status).toBe(409);
    expect(text).toContain('cannot write in the private chat');
  });

  it('changes its mind about the next order until one arrives, and chooses for that one only', async () => {
    await open.act({ do: 'next', next: { kind: 'out-of-stock', afterSeconds: 0 } });
    await open.act({ do: 'next', next: { kind: 'refunded', afterSeconds: 0 } });
    await open.send('036000001');
    await open.send('036000002');
    expect(open.provider.orders().map(({ status }) => status)).toEqual(['REFUNDED', 'HANDLING']);
  });

  it('keeps the choice for the next order through an outage', async () => {
    await open.act({ do: 'next', next: { kind: 'stuck', afterSeconds: 0 } });
    await open.act({ do: 'outage', mode: true });
    expect(await open.send('036000001')).toMatchObject({ success: false });
    await open.act({ do: 'outage', mode: false });
    await open.send('036000001');
    expect(open.provider.orders().map(({ status }) => status)).toEqual(['HANDLING']);
  });

  it('changes prices and stock', async () => {
    await open.act({
      do: 'products',
      service: 'ADSL',
      products: [{ value: 500, cost: 450, available: true }],
    });
    await open.send('036000001');
    expect(open.provider.balance()).toBe(12_000);
  });

  it('ends an open order by hand', async () => {
    await open.send('036000020');
    const [order] = open.provider.orders();
    await open.act({ do: 'queue', order: order?.id });
    expect(open.provider.orders()[0]?.status).toBe('QUEUED');
    await open.act({ do: 'refund', order: order?.id });
    expect(open.provider.orders()[0]?.status).toBe('REFUNDED');
    expect((await open.act({ do: 'finish', order: order?.id })).status).toBe(409);
  });
});

it('has a meaning of its own for every choice of the next order', () => {
  const meanings = NEXT_KINDS.map((kind): Outcome => outcomeOf({ kind, afterSeconds: 2 }));
  expect(new Set(meanings.map((meaning) => JSON.stringify(meaning))).size).toBe(NEXT_KINDS.length);
});
