// What sendMessage accepts, and the words in which everything else is refused.
import { beforeEach, describe, expect, it } from 'vitest';
import { AMINA, BILAL, call, oneButton, sentId, telegramWithTwoPeople } from './raw-call.ts';
import type { TelegramStandIn } from '../../../src/playground/telegram/server.ts';

let telegram: TelegramStandIn;
beforeEach(async () => {
  telegram = await telegramWithTwoPeople();
  telegram.start(AMINA);
});

const send = (payload: object) => call(telegram, 'sendMessage', { chat_id: AMINA, text: 'x', ...payload });
const refusal = (reason: string) => ({ ok: false, error_code: 400, description: `Bad Request: ${reason}` });

describe('text', () => {
  it('is sent, trimmed, and shown with its sender', async () => {
    expect(await send({ text: '  hello \n' })).toMatchObject({
      ok: true,
      result: { message_id: 2, text: 'hello', from: { is_bot: true }, chat: { id: AMINA, type: 'private' } },
    });
    expect(telegram.messages(AMINA).map(({ text }) => text)).toEqual(['/start', 'hello']);
  });

  it('must not be empty, missing or blank', async () => {
    expect(await send({ text: '' })).toEqual(refusal('message text is empty'));
    expect(await call(telegram, 'sendMessage', { chat_id: AMINA })).toEqual(refusal('message text is empty'));
    expect(await send({ text: ' \n ' })).toEqual(refusal('text must be non-empty'));
  });

  it('may have 4096 UTF-16 units after parsing and not one more', async () => {
    expect((await send({ text: '😀'.repeat(2048) })).ok).toBe(true);
    expect((await send({ text: `<b>${'x'.repeat(4096)}</b>`, parse_mode: 'HTML' })).ok).toBe(true);
    expect(await send({ text: 'x'.repeat(4097) })).toEqual(refusal('message is too long'));
  });

  it('needs a chat that exists', async () => {
    expect(await send({ chat_id: 999 })).toEqual(refusal('chat not found'));
    expect(await send({ chat_id: '' })).toEqual(refusal('chat_id is empty'));
  });
});

describe('captions', () => {
  it('may have 1024 units, and a photo must be there', async () => {
    const photo = 'https://example.org/a.jpg';
    const captioned = { chat_id: AMINA, photo, caption: 'x'.repeat(1024) };
    expect((await call(telegram, 'sendPhoto', captioned)).ok).toBe(true);
    expect(await call(telegram, 'sendPhoto', { ...captioned, caption: 'x'.repeat(1025) })).toEqual(
      refusal('message caption is too long'),
    );
    expect(await call(telegram, 'sendDocument', { chat_id: AMINA })).toEqual(
      refusal('there is no document in the request'),
    );
  });
});

describe('entities', () => {
  const entity = (extra: object) => send({ text: 'a😀bc', entities: [{ offset: 0, length: 1, ...extra }] });

  it.each([
    { type: 'bold' },
    { type: 'expandable_blockquote' },
    { type: 'pre', language: 'ts' },
    { type: 'text_link', url: 'https://example.org' },
    { type: 'date_time', unix_time: 1_790_000_000 },
    { type: 'date_time', unix_time: 1_790_000_000, date_time_format: 'r' },
    { type: 'date_time', unix_time: 1_790_000_000, date_time_format: 'wDT' },
  ])('come back as they were sent: $type', async (extra) => {
    expect(await entity(extra)).toMatchObject({ result: { entities: [{ offset: 0, length: 1, ...extra }] } });
  });

  it.each([
    [{ type: 'sparkle' }, "can't parse MessageEntity: Unsupported type specified"],
    [{}, 'can\'t parse MessageEntity: Can\'t find field "type"'],
    [{ type: 'date_time' }, 'can\'t parse MessageEntity: Field "unix_time" is missing or invalid'],
    [
      { type: 'date_time', unix_time: 5, date_time_format: 'rw' },
      'can\'t parse MessageEntity: Field "date_time_format" is missing or invalid',
    ],
    [{ type: 'text_link' }, 'can\'t parse MessageEntity: Field "url" is missing or invalid'],
    [{ type: 'bold', offset: -1 }, 'receive an entity with incorrect offset -1'],
    [{ type: 'bold', length: -2 }, 'receive an entity with incorrect length -2'],
    [{ type: 'bold', offset: 5 }, 'entity begins after the end of the text at UTF-16 offset 5'],
    [
      { type: 'bold', length: 6 },
      'entity beginning at UTF-16 offset 0 ends after the end of the text at UTF-16 offset 6',
    ],
    [{ type: 'bold', offset: 2 }, 'entity begins in a middle of a UTF-16 symbol'],
  ])('are refused when wrong: %j', async (extra, reason) => {
    expect(await entity(extra)).toEqual(refusal(reason));
  });

  it('shrink with the trimmed text', async () => {
    const answer = await send({ text: 'ab  ', entities: [{ type: 'bold', offset: 0, length: 4 }] });
    expect(answer).toMatchObject({ result: { text: 'ab', entities: [{ offset: 0, length: 2 }] } });
  });
});

describe('HTML', () => {
  const html = (text: string) => send({ text, parse_mode: 'HTML' });

  it('becomes entities', async () => {
    const text =
      '<b>a <i>b</i></b> <code>x&lt;y&#33;</code><pre><code class="language-ts">z</code></pre>' +
      '<a href="https://example.org/?a=1&amp;b=2">l</a><tg-spoiler>s</tg-spoiler><blockquote expandable>q</blockquote>';
    expect(await html(text)).toMatchObject({
      result: {
        text: 'a b x<y!zlsq',
        entities: [
          { type: 'bold', offset: 0, length: 3 },
          { type: 'italic', offset: 2, length: 1 },
          { type: 'code', offset: 4, length: 4 },
          { type: 'pre', offset: 8, length: 1, language: 'ts' },
          { type: 'text_link', offset: 9, length: 1, url: 'https://example.org/?a=1&b=2' },
          { type: 'spoiler', offset: 10, length: 1 },
          { type: 'expandable_blockquote', offset: 11, length: 1 },
        ],
      },
    });
  });

  it.each([
    ['é <p>x</p>', 'Unsupported start tag "p" at byte offset 3'],
    ['1 < 2', 'Unsupported start tag "" at byte offset 2'],
    ['<b>x', 'Can\'t find end tag corresponding to start tag "b"'],
    ['<b>x</i>', 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'],
    ['x</b>', 'Unexpected end tag at byte offset 1'],
    ['<b x', 'Unclosed start tag at byte offset 0'],
    ['<span>x</span>', 'Tag "span" must have class "tg-spoiler" at byte offset 0'],
  ])('is refused when broken: %s', async (text, reason) => {
    expect(await html(text)).toEqual(refusal(`can't parse entities: ${reason}`));
  });

  it('is the only parse mode here', async () => {
    expect(await send({ text: '*x*', parse_mode: 'MarkdownV2' })).toEqual(refusal('unsupported parse_mode'));
  });
});

describe('inline keyboards', () => {
  const button = (fields: object) => send({ reply_markup: oneButton({ text: 'b', ...fields }) });

  it.each([
    { callback_data: 'x'.repeat(64) },
    { callback_data: 'ب'.repeat(32) },
    { url: 'https://example.org' },
    { copy_text: { text: 'x'.repeat(256) } },
    { disabled: {} },
    { callback_data: 'x', style: 'danger' },
  ])('take one action per button: %j', async (fields) => {
    expect(await button(fields)).toMatchObject({
      result: { reply_markup: { inline_keyboard: [[{ text: 'b', ...fields }]] } },
    });
  });

  it.each([
    [{ callback_data: '' }, 'BUTTON_DATA_INVALID'],
    [{ callback_data: 'x'.repeat(65) }, 'BUTTON_DATA_INVALID'],
    [{ callback_data: 'ب'.repeat(33) }, 'BUTTON_DATA_INVALID'],
    [{}, 'text buttons are unallowed in the inline keyboard'],
    [
      { callback_data: 'x', url: 'https://example.org' },
      "can't parse InlineKeyboardButton: exactly one action is expected",
    ],
    [{ callback_data: 'x', text: '' }, "can't parse InlineKeyboardButton: text must be non-empty"],
    [{ copy_text: { text: '' } }, 'BUTTON_COPY_TEXT_INVALID'],
    [{ copy_text: { text: 'x'.repeat(257) } }, 'BUTTON_COPY_TEXT_INVALID'],
    [{ callback_data: 'x', style: 'green' }, 'can\'t parse InlineKeyboardButton: wrong field "style"'],
    [{ url: 'not a url' }, "inline keyboard button URL 'not a url' is invalid: Wrong HTTP URL"],
  ])('are refused when wrong: %j', async (fields, reason) => {
    expect(await button(fields)).toEqual(refusal(reason));
  });

  it('hold at most 100 buttons', async () => {
    const rows = (count: number) =>
      send({
        reply_markup: {
          inline_keyboard: Array.from({ length: count }, () => [{ text: 'b', callback_data: 'x' }]),
        },
      });
    expect((await rows(100)).ok).toBe(true);
    expect(await rows(101)).toEqual(refusal('reply markup is too long'));
  });

  it('must be objects inside rows inside an object', async () => {
    expect(await send({ reply_markup: 'no json' })).toEqual(refusal('object expected as reply markup'));
    expect(await send({ reply_markup: { inline_keyboard: {} } })).toEqual(
      refusal("can't parse inline keyboard markup JSON object"),
    );
  });

  it('may ask for a reply themselves', async () => {
    const markup = { ...oneButton({ text: 'Cancel', callback_data: 'c' }), force_reply: true };
    await send({ reply_markup: { ...markup, input_field_placeholder: '0555…', selective: true } });
    expect(telegram.lastBotMessage(AMINA)).toMatchObject({ forceReply: true, placeholder: '0555…' });
  });
});

describe('replies and topics', () => {
  it('answer a message that is there', async () => {
    const question = telegram.say(AMINA, AMINA, 'Hi');
    await send({ reply_parameters: { message_id: question.id } });
    expect(telegram.lastBotMessage(AMINA)?.replyTo).toBe(question.id);
  });

  it('are refused when the answered message is gone, unless the caller does not mind', async () => {
    const gone = { reply_parameters: { message_id: 77 } };
    expect(await send(gone)).toEqual(refusal('message to be replied not found'));
    const tolerant = { reply_parameters: { message_id: 77, allow_sending_without_reply: true } };
    expect((await send(tolerant)).ok).toBe(true);
    expect(telegram.lastBotMessage(AMINA)?.replyTo).toBeUndefined();
  });

  it('go to a topic of a forum that exists and is open', async () => {
    const forum = telegram.addGroup({ title: 'Shop', isForum: true, memberIds: [AMINA, BILAL] });
    const topic = telegram.addTopic(forum, 'Orders');
    expect(await send({ chat_id: forum, message_thread_id: topic })).toMatchObject({
      ok: true,
      result: { message_thread_id: topic, is_topic_message: true, reply_to_message: { message_id: topic } },
    });
    expect(await send({ chat_id: forum, message_thread_id: 55 })).toEqual(
      refusal('message thread not found'),
    );
    expect(await send({ message_thread_id: 1 })).toEqual(refusal('message thread not found'));
    telegram.closeTopic(forum, topic);
    expect(await send({ chat_id: forum, message_thread_id: topic })).toEqual(refusal('TOPIC_CLOSED'));
  });
});

describe('other senders of messages', () => {
  it('copies without naming the source and forwards with it', async () => {
    const source = await sentId(telegram, { chat_id: AMINA, text: 'Voucher' });
    const from = { chat_id: AMINA, from_chat_id: AMINA, message_id: source };
    const copy = await sentId(telegram, from, 'copyMessage');
    const forward = await sentId(telegram, from, 'forwardMessage');
    const byId = new Map(telegram.messages(AMINA).map((message) => [message.id, message]));
    expect(byId.get(copy)).toMatchObject({ text: 'Voucher', forwarded: false });
    expect(byId.get(forward)).toMatchObject({ text: 'Voucher', forwarded: true });
    expect(await call(telegram, 'copyMessage', { ...from, message_id: 900 })).toEqual(
      refusal('message to copy not found'),
    );
  });
});
