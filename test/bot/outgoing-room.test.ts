// What goes out first in a group that may be written to twenty times a minute, and what only while there is room.

import { beforeEach, describe, expect, it } from 'vitest';
import { WEIGHT } from '../../src/bot/outgoing-call.ts';
import type { Weight } from '../../src/bot/view.ts';
import { pass, timeByHand } from './hand-timers.ts';
import { GROUP, openOutgoing, PERSON, tooMany } from './open-outgoing.ts';

timeByHand();

let outgoing: ReturnType<typeof openOutgoing>;
beforeEach(() => {
  outgoing = openOutgoing();
});

const call = (method: string, payload: object, weight?: Weight) =>
  outgoing.call(method, { ...payload, ...(weight === undefined ? {} : { [WEIGHT]: weight }) });
const send = (text: string, weight?: Weight, chat = GROUP) =>
  call('sendMessage', { chat_id: chat, text }, weight);
const edit = (message: number, text: string, weight?: Weight, chat = GROUP) =>
  call('editMessageText', { chat_id: chat, message_id: message, text }, weight);
const texts = () => outgoing.texts().map(String);
const times = (count: number, act: (n: number) => unknown): void => {
  for (let n = 0; n < count; n += 1) void act(n);
};

it('what a call is worth never reaches Telegram', async () => {
  await edit(7, 'under way', 'progress');
  expect(outgoing.seen[0]?.body).toEqual({ chat_id: GROUP, message_id: 7, text: 'under way' });
});

describe('the progress of an order', () => {
  it('goes out at once in a quiet group', async () => {
    expect((await edit(7, 'under way', 'progress')).status).toBe(200);
  });

  it('is refused for a moment while people are being asked', async () => {
    await send('a prompt');
    const refused = await edit(7, 'under way', 'progress');
    expect(refused.status).toBe(429);
    expect(await refused.json()).toMatchObject({ parameters: { retry_after: 3 } });
    await pass(3_000);
    expect((await edit(7, 'under way', 'progress')).status).toBe(200);
    expect(texts()).toEqual(['a prompt', 'under way']);
  });

  it('leaves room for the end of every order that is under way', async () => {
    times(10, (n) => send(`prompt ${n}`));
    await pass(5_000);
    times(10, (n) => edit(n, `under way ${n}`, 'progress'));
    await pass(5_000);
    expect(outgoing.seen).toHaveLength(10);
    times(10, (n) => edit(n, `end ${n}`, 'end'));
    await pass(0);
    expect(outgoing.seen).toHaveLength(20);
  });

  it('is never refused in private', async () => {
    times(20, (n) => send(`${n}`, undefined, PERSON));
    expect((await edit(7, 'under way', 'progress', PERSON)).status).toBe(200);
  });

  it('gives way alike with what could be spared', async () => {
    times(12, (n) => send(`prompt ${n}`));
    await pass(5_000);
    expect((await send('said aloud', 'spare')).status).toBe(429);
  });
});

describe('what is said aside', () => {
  it('goes out a second after the prompt that it belongs to', async () => {
    await send('a prompt');
    void send('for one alone', 'aside');
    await pass(999);
    expect(texts()).toEqual(['a prompt']);
    await pass(1);
    expect(texts()).toEqual(['a prompt', 'for one alone']);
  });

  it('is refused when more people are asked meanwhile, and keeps nobody waiting', async () => {
    await send('a prompt');
    const aside = send('for one alone', 'aside');
    await pass(500);
    times(4, (n) => send(`another ${n}`));
    await pass(0);
    expect(texts()).toEqual(['a prompt', ...[0, 1, 2, 3].map((n) => `another ${n}`)]);
    await pass(1_000);
    expect((await aside).status).toBe(429);
    expect(texts()).toHaveLength(5);
  });

  it('is refused at once in a busy group', async () => {
    times(5, (n) => send(`prompt ${n}`));
    await pass(0);
    expect((await send('for one alone', 'aside')).status).toBe(429);
  });

  it('goes last', async () => {
    times(12, (n) => edit(n, `change ${n}`));
    await pass(0);
    void send('for one alone', 'aside');
    void edit(40, 'a change');
    await pass(60_000);
    expect(texts().slice(12)).toEqual(['a change', 'for one alone']);
  });
});

describe('the end of an order', () => {
  it('goes before prompts that wait, and before older changes', async () => {
    times(14, (n) => send(`prompt ${n}`));
    void edit(50, 'a prompt changed');
    void edit(7, 'the end', 'end');
    await pass(0);
    expect(texts().slice(0, 2)).toEqual(['prompt 0', 'the end']);
  });

  it('cuts a wait short that others have to sit out', async () => {
    times(13, (n) => send(`prompt ${n}`));
    await pass(1_000);
    expect(outgoing.seen).toHaveLength(12);
    void edit(7, 'the end', 'end');
    await pass(0);
    expect(outgoing.seen.at(-1)).toMatchObject({ body: { text: 'the end' }, at: 1_000 });
    await pass(3_000);
    expect(texts().at(-1)).toBe('prompt 12');
  });

  it('begins slowly too after Telegram complained', async () => {
    outgoing.replies.push(() => tooMany(5));
    times(3, (n) => edit(n, 'the end', 'end'));
    await pass(12_000);
    expect(outgoing.seen.map(({ at }) => at)).toEqual([0, 5_000, 8_000, 11_000]);
  });

  it('of ten orders finds room though prompts never stop, and prompts go on meanwhile', async () => {
    times(5, (n) => edit(n, `under way ${n}`, 'progress'));
    await pass(3_000);
    times(5, (n) => edit(n + 5, `under way ${n + 5}`, 'progress'));
    times(40, (n) => send(`prompt ${n}`));
    await pass(40_000);
    const before = outgoing.seen.length;
    expect(texts().filter((text) => text.startsWith('prompt')).length).toBeGreaterThanOrEqual(4);
    times(5, (n) => edit(n, `end ${n}`, 'end'));
    await pass(0);
    expect(texts().slice(before)).toEqual([0, 1, 2, 3, 4].map((n) => `end ${n}`));
  });
});
