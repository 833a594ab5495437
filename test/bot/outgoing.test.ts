import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createOutgoing, type Outgoing } from '../../src/bot/outgoing.ts';

const PERSON = 11;
const GROUP = -100_22;
const ROOT = 'https://telegram.example/bot1:secret';

interface Seen {
  readonly method: string;
  readonly body: Record<string, unknown>;
  readonly at: number;
  readonly signal: AbortSignal;
}

type Reply = (seen: Seen) => Response | Promise<Response>;

const ok = (result: unknown = true) => Response.json({ ok: true, result });
const tooMany = (seconds: number) =>
  Response.json(
    {
      ok: false,
      error_code: 429,
      description: 'Too Many Requests',
      parameters: { retry_after: seconds },
    },
    { status: 429 },
  );
const broken = () => new Response('<html>Bad Gateway</html>', { status: 502 });
const unreachable = () => Promise.reject(new TypeError('fetch failed'));

describe('outgoing calls', () => {
  let seen: Seen[];
  let replies: Reply[];
  let usual: Reply;
  let outgoing: Outgoing;
  const warn = vi.fn<(fields: object, message: string) => void>();

  beforeEach(() => {
    vi.useFakeTimers({ now: 1_000_000 });
    seen = [];
    replies = [];
    usual = () => ok();
    warn.mockClear();
    outgoing = createOutgoing({
      fetch: answer,
      clock: Date.now,
      sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
      log: { warn },
    });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  const answer: typeof fetch = async (input, init) => {
    const url = input instanceof Request ? input.url : String(input);
    const body: unknown = JSON.parse(typeof init?.body === 'string' ? init.body : '{}');
    const call = {
      method: url.split('/').at(-1) ?? '',
      body: { ...(typeof body === 'object' ? body : {}) },
      at: Date.now() - 1_000_000,
      signal: init?.signal ?? AbortSignal.abort(),
    };
    seen.push(call);
    return await (replies.shift() ?? usual)(call);
  };

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
  const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
  const texts = () => seen.map(({ body }) => body['text'] ?? 'nothing');

  /** Answers only when told. */
  function later() {
    const { promise, resolve } = Promise.withResolvers<Response>();
    return { reply: () => promise, answer: (response = ok()) => resolve(response) };
  }

  it('passes the answer through', async () => {
    replies.push(() => ok({ message_id: 5 }));
    const response = await send(PERSON, 'hello');
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ ok: true, result: { message_id: 5 } });
    expect(seen).toMatchObject([{ method: 'sendMessage', body: { chat_id: PERSON, text: 'hello' } }]);
  });

  it('keeps the calls of one chat in order, and lets other chats pass', async () => {
    const slow = later();
    replies.push(slow.reply);
    void send(PERSON, '1');
    void send(PERSON, '2');
    void send(99, 'other');
    await pass(0);
    expect(texts()).toEqual(['1', 'other']);
    slow.answer();
    await pass(0);
    expect(texts()).toEqual(['1', 'other', '2']);
  });

  it('never delays polls, answers to buttons, or "typing"', async () => {
    replies.push(later().reply);
    void send(PERSON, 'stuck');
    await call('answerCallbackQuery', { callback_query_id: '1' });
    await call('sendChatAction', { chat_id: PERSON, action: 'typing' });
    await call('getChatMember', { chat_id: PERSON, user_id: 1 });
    await call('setMyCommands', { commands: [] });
    await outgoing(`${ROOT}/getMe`);
    await call('getUpdates', { timeout: 30 });
    expect(seen.map(({ method }) => method)).toEqual([
      'sendMessage',
      'answerCallbackQuery',
      'sendChatAction',
      'getChatMember',
      'setMyCommands',
      'getMe',
      'getUpdates',
    ]);
  });

  describe('of edits', () => {
    it('sends only the latest of those that still wait, and gives its answer to all', async () => {
      const slow = later();
      replies.push(slow.reply, () => ok('edited'));
      void edit(PERSON, 7, 'on its way');
      const older = edit(PERSON, 7, 'older');
      const newer = edit(PERSON, 7, 'newer');
      const other = edit(PERSON, 8, 'other message');
      slow.answer();
      expect(await (await older).json()).toEqual({ ok: true, result: 'edited' });
      expect(await (await newer).json()).toEqual({ ok: true, result: 'edited' });
      await other;
      expect(texts()).toEqual(['on its way', 'newer', 'other message']);
    });

    it('keeps the order of different kinds of changes to one message', async () => {
      const slow = later();
      replies.push(slow.reply);
      void send(PERSON, 'first');
      const all = [
        edit(PERSON, 7, 'a'),
        call('editMessageReplyMarkup', { chat_id: PERSON, message_id: 7 }),
        edit(PERSON, 7, 'b'),
        call('deleteMessage', { chat_id: PERSON, message_id: 7 }),
      ];
      slow.answer();
      await Promise.all(all);
      expect(seen.map(({ method }) => method).slice(1)).toEqual([
        'editMessageText',
        'editMessageReplyMarkup',
        'editMessageText',
        'deleteMessage',
      ]);
    });

    it('repeats one once when nobody knows what became of it', async () => {
      replies.push(unreachable, () => ok('edited'), broken, broken);
      const first = edit(PERSON, 7, 'a');
      await pass(499);
      expect(seen).toHaveLength(1);
      await pass(1);
      expect(await (await first).json()).toEqual({ ok: true, result: 'edited' });
      const second = edit(PERSON, 7, 'b');
      await pass(500);
      expect((await second).status).toBe(502);
      expect(texts()).toEqual(['a', 'a', 'b', 'b']);
      expect(JSON.stringify(warn.mock.calls)).not.toContain('secret');
    });

    it('gives a failed one up for a newer one instead of repeating it', async () => {
      replies.push(unreachable, () => ok('newer'));
      const older = edit(PERSON, 7, 'older');
      const newer = edit(PERSON, 7, 'newer');
      await pass(500);
      expect(await (await older).json()).toEqual({ ok: true, result: 'newer' });
      expect((await newer).status).toBe(200);
      expect(texts()).toEqual(['older', 'newer']);
    });
  });

  it('never repeats a message that may have arrived', async () => {
    replies.push(unreachable, broken);
    await expect(send(PERSON, 'a')).rejects.toThrow('fetch failed');
    expect((await send(PERSON, 'b')).status).toBe(502);
    await pass(60_000);
    expect(texts()).toEqual(['a', 'b']);
  });

  describe('when Telegram wants to be left alone', () => {
    it('waits out a short penalty and repeats the call, with the rest of that chat behind it', async () => {
      replies.push(() => tooMany(5));
      const first = send(PERSON, '1');
      const second = send(PERSON, '2');
      await pass(0);
      await send(99, 'other chat');
      await pass(4_999);
      expect(texts()).toEqual(['1', 'other chat']);
      await pass(1);
      expect((await first).status).toBe(200);
      await pass(1_000);
      expect((await second).status).toBe(200);
      expect(texts()).toEqual(['1', 'other chat', '1', '2']);
    });

    it('gives a long penalty back, and refuses that chat by itself until it is over', async () => {
      replies.push(() => tooMany(40));
      const first = send(PERSON, '1');
      const waiting = send(PERSON, '2');
      expect(await (await first).json()).toMatchObject({ error_code: 429, parameters: { retry_after: 40 } });
      expect(await (await waiting).json()).toMatchObject({
        error_code: 429,
        parameters: { retry_after: 40 },
      });
      await pass(15_500);
      const refused = await edit(PERSON, 7, '3');
      expect(refused.status).toBe(429);
      expect(await refused.json()).toMatchObject({ ok: false, parameters: { retry_after: 25 } });
      expect((await call('sendChatAction', { chat_id: PERSON })).status).toBe(429);
      expect(seen).toHaveLength(1);
      await send(99, 'other chat');
      // The last seconds are short enough to wait for.
      await pass(20_000);
      const last = send(PERSON, '4');
      await pass(4_499);
      expect(seen).toHaveLength(2);
      await pass(1);
      expect((await last).status).toBe(200);
    });

    it('begins again slowly in a group', async () => {
      replies.push(() => tooMany(5));
      for (let n = 0; n < 5; n++) void send(GROUP, `${n}`);
      await pass(5_000);
      expect(texts()).toEqual(['0', '0']);
      await pass(3_000);
      expect(texts()).toEqual(['0', '0', '1']);
    });

    it('gives up on a call that is refused time after time', async () => {
      usual = () => tooMany(1);
      const answer = send(PERSON, '1');
      await pass(60_000);
      expect((await answer).status).toBe(429);
      expect(seen).toHaveLength(4);
    });

    it('takes a second when it does not say how long', async () => {
      replies.push(() => new Response('slow down', { status: 429 }));
      const answer = send(PERSON, '1');
      await pass(1_000);
      expect((await answer).status).toBe(200);
    });

    it('sends the newer edit when one waits for its repetition', async () => {
      replies.push(() => tooMany(5));
      const older = edit(PERSON, 7, 'older');
      await pass(1_000);
      const newer = edit(PERSON, 7, 'newer');
      await pass(4_000);
      await Promise.all([older, newer]);
      expect(texts()).toEqual(['older', 'newer']);
    });
  });

  describe('in a group', () => {
    it('go at 12 at once and 20 in any minute', async () => {
      for (let n = 0; n < 60; n++) void send(GROUP, `${n}`);
      await pass(180_000);
      const times = seen.map(({ at }) => at);
      expect(times.filter((at) => at === 0)).toHaveLength(12);
      for (const from of times) {
        expect(times.filter((at) => at >= from && at < from + 60_000).length).toBeLessThanOrEqual(20);
      }
      expect(times.length).toBe(60);
    });

    it('let prompts pass waiting edits, in order, and no edit wait for ever', async () => {
      for (let n = 0; n < 12; n++) void send(GROUP, 'burst');
      void edit(GROUP, 7, 'edit 7');
      void edit(GROUP, 8, 'edit 8');
      for (let n = 0; n < 9; n++) void send(GROUP, `prompt ${n}`);
      await pass(30_000);
      expect(texts().slice(12)).toEqual([
        'prompt 0',
        'prompt 1',
        'prompt 2',
        'edit 7',
        'edit 8',
        'prompt 3',
        'prompt 4',
        'prompt 5',
      ]);
    });

    it('delete without using up what may be written', async () => {
      for (let n = 0; n < 8; n++) void send(GROUP, 'burst');
      void call('deleteMessage', { chat_id: GROUP, message_id: 3 });
      await pass(0);
      expect(seen).toHaveLength(9);
    });
  });

  it('lets a private chat have 30 at once, then one a second', async () => {
    for (let n = 0; n < 33; n++) void send(PERSON, `${n}`);
    await pass(0);
    expect(seen).toHaveLength(30);
    await pass(2_000);
    expect(seen).toHaveLength(32);
  });

  it('keeps a chat in mind until its pace is full again', async () => {
    await pass(20_000);
    for (let n = 0; n < 20; n++) void send(GROUP, 'many');
    await pass(37_000);
    expect(seen).toHaveLength(20);
    await pass(3_000);
    await send(99, 'makes it look around');
    for (let n = 0; n < 20; n++) void send(GROUP, 'again');
    await pass(0);
    expect(seen).toHaveLength(21);
    await pass(21_000);
    expect(texts().slice(21)).toEqual(Array<string>(12).fill('again'));
  });

  it('leaves the order in a private chat as it is', async () => {
    const slow = later();
    replies.push(slow.reply);
    void send(PERSON, '1');
    void edit(PERSON, 7, '2');
    void send(PERSON, '3');
    slow.answer();
    await pass(0);
    expect(texts()).toEqual(['1', '2', '3']);
  });

  describe('when their caller gives up', () => {
    it('leave the line without being sent', async () => {
      const slow = later();
      const giveUp = new AbortController();
      replies.push(slow.reply);
      void send(PERSON, '1');
      const second = send(PERSON, '2', giveUp.signal);
      void send(PERSON, '3');
      giveUp.abort();
      await expect(second).rejects.toThrow('aborted');
      slow.answer();
      await pass(0);
      expect(texts()).toEqual(['1', '3']);
    });

    it('end at once when they are already on their way, and hold nobody up', async () => {
      const giveUp = new AbortController();
      replies.push(
        ({ signal }) => new Promise((_resolve, reject) => signal.addEventListener('abort', reject)),
      );
      const first = edit(PERSON, 7, '1', giveUp.signal);
      const second = edit(PERSON, 8, '2');
      giveUp.abort();
      await expect(first).rejects.toThrow('aborted');
      expect((await second).status).toBe(200);
      expect(texts()).toEqual(['1', '2']);
    });

    it('are not repeated when that was during a penalty or a broken attempt', async () => {
      for (const reply of [tooMany(5), broken()]) {
        const slow = later();
        const giveUp = new AbortController();
        replies.push(slow.reply);
        edit(PERSON, 7, 'gone', giveUp.signal).catch(() => undefined);
        giveUp.abort();
        slow.answer(reply);
        await pass(10_000);
      }
      expect(texts()).toEqual(['gone', 'gone']);
    });

    it('are not sent when it was the newer edit that took their place', async () => {
      const [older, newer] = [new AbortController(), new AbortController()];
      replies.push(unreachable);
      edit(PERSON, 7, 'older', older.signal).catch(() => undefined);
      edit(PERSON, 7, 'newer', newer.signal).catch(() => undefined);
      await pass(100);
      newer.abort();
      older.abort();
      await pass(10_000);
      expect(texts()).toEqual(['older']);
    });

    it('go on for the others who wait for the same edit', async () => {
      const slow = later();
      const giveUp = new AbortController();
      replies.push(slow.reply);
      void send(PERSON, 'first');
      const older = edit(PERSON, 7, 'older');
      const newer = edit(PERSON, 7, 'newer', giveUp.signal);
      giveUp.abort();
      slow.answer();
      await expect(newer).rejects.toThrow('aborted');
      expect((await older).status).toBe(200);
      expect(texts()).toEqual(['first', 'newer']);
    });

    it('are not even begun when the signal aborted before', async () => {
      await expect(send(PERSON, '1', AbortSignal.abort())).rejects.toThrow('aborted');
      await pass(0);
      expect(seen).toHaveLength(0);
    });
  });
});
