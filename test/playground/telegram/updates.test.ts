// getUpdates: offsets, waiting, a second caller, and how long updates live.
import { beforeEach, describe, expect, it } from 'vitest';
import { AMINA, call, movableClock, telegramWithTwoPeople } from './raw-call.ts';
import type { TelegramStandIn } from '../../../src/playground/telegram/server.ts';

const clock = movableClock();
let telegram: TelegramStandIn;
beforeEach(async () => {
  telegram = await telegramWithTwoPeople({ now: clock.now });
  telegram.start(AMINA);
});

const texts = (answer: { result?: unknown }) =>
  Array.isArray(answer.result)
    ? answer.result.map((update: { message: { text: string } }) => update.message.text)
    : [];
const get = (payload: object = {}) => call(telegram, 'getUpdates', payload);
const firstId = () => telegram.pendingUpdates()[0]?.update_id ?? 0;

describe('offsets', () => {
  it('confirm everything below them and redeliver the rest', async () => {
    for (const text of ['a', 'b']) telegram.say(AMINA, AMINA, text);
    expect(texts(await get())).toEqual(['/start', 'a', 'b']);
    expect(texts(await get())).toEqual(['/start', 'a', 'b']);
    expect(texts(await get({ offset: firstId() + 1 }))).toEqual(['a', 'b']);
    expect(telegram.pendingUpdates()).toHaveLength(2);
  });

  it('below zero keep only the last ones', async () => {
    for (const text of ['a', 'b']) telegram.say(AMINA, AMINA, text);
    expect(texts(await get({ offset: -2 }))).toEqual(['a', 'b']);
    expect(telegram.pendingUpdates()).toHaveLength(2);
  });

  it('come with a limit between 1 and 100', async () => {
    for (let count = 0; count < 120; count += 1) telegram.say(AMINA, AMINA, `${count}`);
    expect(texts(await get({ limit: 2 }))).toEqual(['/start', '0']);
    expect(texts(await get({ limit: 5000 }))).toHaveLength(100);
    expect(texts(await get({ limit: 0 }))).toHaveLength(1);
  });

  it('rise by one per update, also after starting over', async () => {
    const first = firstId();
    telegram.startOver();
    expect(telegram.pendingUpdates()).toEqual([]);
    telegram.start(AMINA);
    expect(firstId()).toBe(first + 1);
    expect(texts(await get())).toEqual(['/start']);
  });
});

describe('a long poll', () => {
  it('answers as soon as something happens', async () => {
    const poll = get({ timeout: 50, offset: firstId() + 1 });
    telegram.say(AMINA, AMINA, 'later');
    expect(texts(await poll)).toEqual(['later']);
  });

  it('is ended by a newer one', async () => {
    const older = get({ timeout: 50, offset: firstId() + 1 });
    await telegram.until(() => telegram.pendingUpdates().length === 0);
    const newer = get({ timeout: 50 });
    expect(await older).toEqual({
      ok: false,
      error_code: 409,
      description:
        'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
    });
    telegram.say(AMINA, AMINA, 'for the newer');
    expect(texts(await newer)).toEqual(['for the newer']);
  });

  it('is ended at once when the stand-in closes', async () => {
    const poll = get({ timeout: 50, offset: firstId() + 1 }).catch(() => 'connection lost');
    await telegram.until(() => telegram.pendingUpdates().length === 0);
    await telegram.close();
    expect(await poll).toBe('connection lost');
  });
});

describe('what is delivered', () => {
  it('lives 24 hours, and a button press 150 seconds', async () => {
    void telegram.pressStale(AMINA, AMINA, 1, 'x');
    expect(telegram.pendingUpdates()).toHaveLength(2);
    clock.advance(150_000);
    expect(telegram.pendingUpdates().map((update) => 'callback_query' in update)).toEqual([false]);
    clock.advance(24 * 3_600_000);
    expect(texts(await get())).toEqual([]);
  });

  it('follows allowed_updates, which are remembered until changed', async () => {
    await get({ allowed_updates: ['callback_query'] });
    telegram.say(AMINA, AMINA, 'unseen');
    await get();
    telegram.say(AMINA, AMINA, 'unseen too');
    await get({ allowed_updates: [] });
    telegram.say(AMINA, AMINA, 'seen');
    expect(texts(await get())).toEqual(['/start', 'seen']);
  });

  it('is an edited message when a person edits', () => {
    const { id } = telegram.say(AMINA, AMINA, 'frist');
    telegram.editOwn(AMINA, AMINA, id, 'first');
    expect(telegram.pendingUpdates().at(-1)).toMatchObject({
      edited_message: { message_id: id, text: 'first' },
    });
  });

  it('marks commands, photos, stickers, voices and forwards the way Telegram does', () => {
    telegram.start(AMINA, 'ref_1');
    telegram.sendPhoto(AMINA, AMINA, 'see');
    telegram.sendSticker(AMINA, AMINA);
    telegram.sendVoice(AMINA, AMINA);
    telegram.say(AMINA, AMINA, 'told', { forwarded: true });
    expect(telegram.pendingUpdates().slice(1)).toMatchObject([
      { message: { text: '/start ref_1', entities: [{ type: 'bot_command', offset: 0, length: 6 }] } },
      { message: { photo: [{}], caption: 'see' } },
      { message: { sticker: { type: 'regular' } } },
      { message: { voice: { duration: 3 } } },
      { message: { text: 'told', forward_origin: { type: 'hidden_user' } } },
    ]);
  });
});
