// Pictures and files go out as everything else does: in their chat's turn, at its pace, and again after a short penalty.

import { Api, GrammyError, InputFile } from 'grammy';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createOutgoing, telegramClientOptions } from '../../src/bot/outgoing.ts';

const PERSON = 11;
const GROUP = -100_22;

interface Seen {
  readonly method: string;
  readonly body: string;
  readonly at: number;
}

const ok = () => Response.json({ ok: true, result: { message_id: 5 } });
const tooMany = (seconds: number) =>
  Response.json(
    { ok: false, error_code: 429, description: 'Too Many Requests', parameters: { retry_after: seconds } },
    { status: 429 },
  );

const textOf = (body: unknown): string =>
  body instanceof Uint8Array ? Buffer.from(body).toString('latin1') : typeof body === 'string' ? body : '';

describe('an upload', () => {
  let now: number;
  let seen: Seen[];
  let replies: (() => Response | Promise<Response>)[];
  let api: Api;

  beforeEach(() => {
    now = 1_000_000;
    seen = [];
    replies = [];
    const outgoing = createOutgoing({
      fetch: async (input, init) => {
        const url = input instanceof Request ? input.url : String(input);
        seen.push({ method: url.split('/').at(-1) ?? '', body: textOf(init?.body), at: now - 1_000_000 });
        return await (replies.shift() ?? ok)();
      },
      clock: () => now,
      sleep: async (ms) => {
        now += ms;
        return Promise.resolve();
      },
      log: { warn: () => undefined },
    });
    api = new Api('1:secret', telegramClientOptions('https://telegram.example', outgoing));
  });

  const csv = (text = 'Date;What') => new InputFile(Buffer.from(text), 'wallet.csv');
  const picture = () => new InputFile(Buffer.from([0x89, 0x50, 0x00, 0xff]), 'picture.png');

  it('takes its turn in its chat, and lets other chats pass', async () => {
    const { promise, resolve } = Promise.withResolvers<Response>();
    replies.push(() => promise);
    const text = api.sendMessage(PERSON, 'first');
    const file = api.sendDocument(PERSON, csv(), { caption: 'second' });
    await api.sendPhoto(99, picture());
    expect(seen.map(({ method }) => method)).toEqual(['sendMessage', 'sendPhoto']);
    resolve(ok());
    await Promise.all([text, file]);
    expect(seen.at(-1)).toMatchObject({ method: 'sendDocument' });
    expect(seen.at(-1)?.body).toContain('Date;What');
  });

  it('is sent again, whole, after a short penalty, and the rest of the chat waits for it', async () => {
    const { promise, resolve } = Promise.withResolvers<Response>();
    replies.push(() => promise);
    const photo = api.sendPhoto(PERSON, picture(), { caption: 'slip' });
    await vi.waitFor(() => expect(seen).toHaveLength(1));
    const text = api.sendMessage(PERSON, 'later');
    resolve(tooMany(5));
    await Promise.all([photo, text]);
    expect(seen.map(({ method }) => method)).toEqual(['sendPhoto', 'sendPhoto', 'sendMessage']);
    expect(seen[1]).toMatchObject({ at: 5_000, body: seen[0]?.body });
    expect(seen[0]?.body).toContain('\x89P\x00\xff');
  });

  it('is not sent into a long penalty', async () => {
    replies.push(() => tooMany(40));
    await expect(api.sendMessage(PERSON, 'first')).rejects.toBeInstanceOf(GrammyError);
    await expect(api.sendDocument(PERSON, csv())).rejects.toMatchObject({ error_code: 429 });
    expect(seen).toHaveLength(1);
  });

  it('counts in a group like any message', async () => {
    for (let n = 0; n < 25; n += 1) await api.sendPhoto(GROUP, picture());
    expect(seen.filter(({ at }) => at < 60_000).length).toBeLessThanOrEqual(20);
    expect(seen).toHaveLength(25);
  });

  it('is never sent twice when it may have arrived', async () => {
    replies.push(() => new Response('<html>', { status: 502 }));
    await expect(api.sendDocument(PERSON, csv())).rejects.toThrow();
    expect(seen).toHaveLength(1);
  });

  it('belongs to the chat that it is sent to, whatever stands under it', async () => {
    const forged = '\r\n--x\r\ncontent-disposition:form-data;name="chat_id"\r\n\r\n99\r\n--x';
    replies.push(() => tooMany(40));
    await expect(api.sendDocument(PERSON, csv(forged), { caption: forged })).rejects.toThrow();
    await api.sendMessage(99, 'not held');
    await expect(api.sendMessage(PERSON, 'held')).rejects.toThrow();
    expect(seen.map(({ method }) => method)).toEqual(['sendDocument', 'sendMessage']);
  });

  it('without a chat of its own is passed on at once', async () => {
    await api.uploadStickerFile(PERSON, 'static', picture());
    expect(seen).toMatchObject([{ method: 'uploadStickerFile' }]);
  });
});
