// Editing and deleting: what the bot may change, and Telegram's words when it may not.
import { beforeEach, describe, expect, it } from 'vitest';
import { AMINA, BILAL, call, movableClock, oneButton, sentId, telegramWithTwoPeople } from './raw-call.ts';
import type { TelegramStandIn } from '../../../src/playground/telegram/server.ts';

const clock = movableClock();
const NOT_MODIFIED =
  'message is not modified: specified new message content and reply markup are exactly the same' +
  ' as a current content and reply markup of the message';

let telegram: TelegramStandIn;
beforeEach(async () => {
  telegram = await telegramWithTwoPeople({ now: clock.now });
  telegram.start(AMINA);
});

const refusal = (reason: string) => ({ ok: false, error_code: 400, description: `Bad Request: ${reason}` });
const keyboard = (data: string) => oneButton({ text: 'Go', callback_data: data });
const edit = (messageId: number, payload: object, method = 'editMessageText') =>
  call(telegram, method, { chat_id: AMINA, message_id: messageId, ...payload });
const send = (payload: object = {}) => sentId(telegram, { chat_id: AMINA, text: 'one', ...payload });

describe('an edit', () => {
  it('replaces text and keyboard and keeps every version', async () => {
    const id = await send({ reply_markup: keyboard('a') });
    clock.advance(5000);
    expect((await edit(id, { text: 'two', reply_markup: keyboard('b') })).ok).toBe(true);
    expect(telegram.lastBotMessage(AMINA)).toMatchObject({
      id,
      text: 'two',
      editDate: Math.floor(clock.now() / 1000),
      original: { at: clock.now() - 5000, text: 'one', keyboard: [[{ callback_data: 'a' }]] },
      edits: [{ at: clock.now(), text: 'two', keyboard: [[{ callback_data: 'b' }]] }],
    });
  });

  it('without reply_markup drops the inline keyboard', async () => {
    const id = await send({ reply_markup: keyboard('a') });
    await edit(id, { text: 'two' });
    expect(telegram.lastBotMessage(AMINA)?.keyboard).toEqual([]);
  });

  it('that changes nothing is refused, whichever method asks', async () => {
    const id = await send({ reply_markup: keyboard('a') });
    expect(await edit(id, { text: 'one', reply_markup: keyboard('a') })).toEqual(refusal(NOT_MODIFIED));
    expect(await edit(id, { text: ' one ', reply_markup: keyboard('a') })).toEqual(refusal(NOT_MODIFIED));
    expect(await edit(id, { reply_markup: keyboard('a') }, 'editMessageReplyMarkup')).toEqual(
      refusal(NOT_MODIFIED),
    );
    expect((await edit(id, { text: 'one' })).ok).toBe(true);
    const bold = { text: 'one', entities: [{ type: 'bold', offset: 0, length: 3 }] };
    expect((await edit(id, bold)).ok).toBe(true);
    expect(await edit(id, bold)).toEqual(refusal(NOT_MODIFIED));
  });

  it('needs a message that is still there', async () => {
    const id = await send();
    telegram.deleteMessage(AMINA, id);
    expect(await edit(id, { text: 'two' })).toEqual(refusal('message to edit not found'));
    expect(await edit(900, { text: 'two' })).toEqual(refusal('message to edit not found'));
  });

  it.each([
    { force_reply: true },
    { keyboard: [[{ text: 'Yes' }, 'No']], input_field_placeholder: 'Pick' },
    { remove_keyboard: true },
  ])('cannot touch a message sent with %j', async (markup) => {
    const id = await send({ reply_markup: markup });
    expect(await edit(id, { text: 'two' })).toEqual(refusal("message can't be edited"));
  });

  it('cannot touch the message of someone else', async () => {
    const { id } = telegram.say(AMINA, AMINA, 'mine');
    expect(await edit(id, { text: 'two' })).toEqual(refusal("message can't be edited"));
  });

  it('may change an inline keyboard that asks for a reply, but not whether it asks', async () => {
    const id = await send({ reply_markup: { ...keyboard('a'), force_reply: true } });
    expect((await edit(id, { text: 'two', reply_markup: keyboard('b') })).ok).toBe(true);
    expect(telegram.lastBotMessage(AMINA)?.forceReply).toBe(true);
  });

  it('takes inline keyboards only', async () => {
    const id = await send();
    expect(await edit(id, { text: 'two', reply_markup: { force_reply: true } })).toEqual(
      refusal('inline keyboard expected'),
    );
  });

  it('keeps texts and captions apart', async () => {
    const text = await send();
    const photo = await sentId(telegram, { chat_id: AMINA, photo: 'https://example.org/a.jpg' }, 'sendPhoto');
    expect(await edit(photo, { text: 'two' })).toEqual(refusal('there is no text in the message to edit'));
    expect(await edit(text, { caption: 'two' }, 'editMessageCaption')).toEqual(
      refusal('there is no caption in the message to edit'),
    );
    expect((await edit(photo, { caption: 'two' }, 'editMessageCaption')).ok).toBe(true);
  });

  it('over 4096 units is refused with its own word', async () => {
    expect(await edit(await send(), { text: 'x'.repeat(4097) })).toEqual(refusal('MESSAGE_TOO_LONG'));
  });
});

describe('deleting', () => {
  const remove = (messageId: number, chatId = AMINA) =>
    call(telegram, 'deleteMessage', { chat_id: chatId, message_id: messageId });

  it('takes the message off the screen, once', async () => {
    const id = await send();
    expect(await remove(id)).toEqual({ ok: true, result: true });
    expect(telegram.messages(AMINA).find((message) => message.id === id)?.deleted).toBe(true);
    expect(telegram.lastBotMessage(AMINA)).toBeUndefined();
    expect(await remove(id)).toEqual(refusal('message to delete not found'));
  });

  it('is over after 48 hours', async () => {
    const id = await send();
    clock.advance(48 * 3_600_000 + 1000);
    expect(await remove(id)).toEqual(refusal("message can't be deleted for everyone"));
  });

  it('of other people in a group needs an administrator', async () => {
    const plain = telegram.addGroup({ title: 'Plain', memberIds: [BILAL] });
    const led = telegram.addGroup({ title: 'Led', memberIds: [BILAL], botIsAdmin: true });
    expect(await remove(telegram.say(BILAL, plain, 'hi').id, plain)).toEqual(
      refusal("message can't be deleted"),
    );
    expect((await remove(telegram.say(BILAL, led, 'hi').id, led)).ok).toBe(true);
  });

  it('of many skips those that are gone', async () => {
    const ids = [await send(), 901, await send()];
    const many = { chat_id: AMINA, message_ids: ids };
    expect(await call(telegram, 'deleteMessages', many)).toEqual({ ok: true, result: true });
    expect(telegram.lastBotMessage(AMINA)).toBeUndefined();
    expect((await call(telegram, 'deleteMessages', { ...many, message_ids: Array(101).fill(1) })).ok).toBe(
      false,
    );
  });
});
