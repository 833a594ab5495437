// Pressing buttons, and the one answer each press may get.
import { beforeEach, describe, expect, it } from 'vitest';
import { AMINA, BILAL, call, movableClock, sentId, telegramWithTwoPeople } from './raw-call.ts';
import type { TelegramStandIn } from '../../../src/playground/telegram/server.ts';

const clock = movableClock();
const TOO_OLD = {
  ok: false,
  error_code: 400,
  description: 'Bad Request: query is too old and response timeout expired or query ID is invalid',
};

let telegram: TelegramStandIn;
beforeEach(async () => {
  telegram = await telegramWithTwoPeople({ now: clock.now, pressTimeoutMs: 60_000 });
  telegram.start(AMINA);
  await call(telegram, 'getUpdates', { offset: -1 });
});

const buttons = {
  inline_keyboard: [
    [
      { text: '5 000 DA', callback_data: 'five' },
      { text: 'Site', url: 'https://example.org/' },
    ],
    [
      { text: 'Copy', copy_text: { text: 'A-1' } },
      { text: 'Off', disabled: {} },
    ],
  ],
};
const menu = () => sentId(telegram, { chat_id: AMINA, text: 'menu', reply_markup: buttons });
const answer = (payload: object) => call(telegram, 'answerCallbackQuery', payload);

function lastQuery(): Record<string, unknown> {
  const query = telegram.pendingUpdates().at(-1)?.['callback_query'];
  if (typeof query !== 'object' || query === null) throw new Error('no callback query is waiting');
  return { ...query };
}

describe('a press', () => {
  it('reaches the bot with its data and message, and resolves with the answer', async () => {
    const id = await menu();
    const pressed = telegram.press(AMINA, AMINA, id, '5 000');
    expect(lastQuery()).toMatchObject({
      data: 'five',
      from: { id: AMINA, language_code: 'ar' },
      message: { message_id: id, text: 'menu', reply_markup: buttons },
    });
    await answer({ callback_query_id: lastQuery()['id'], text: 'Noted', show_alert: true });
    expect(await pressed).toEqual({ answered: true, text: 'Noted', alert: true });
  });

  it('finds a button by its place', async () => {
    void telegram.press(AMINA, AMINA, await menu(), { row: 0, column: 0 });
    expect(lastQuery()['data']).toBe('five');
  });

  it('of other kinds of button never reaches the bot', async () => {
    const id = await menu();
    const waiting = telegram.pendingUpdates().length;
    expect(await telegram.press(AMINA, AMINA, id, 'Site')).toEqual({
      answered: false,
      url: 'https://example.org/',
    });
    expect(await telegram.press(AMINA, AMINA, id, 'Copy')).toEqual({ answered: false, copied: 'A-1' });
    expect(await telegram.press(AMINA, AMINA, id, 'Off')).toEqual({ answered: false });
    expect(telegram.pendingUpdates()).toHaveLength(waiting);
  });

  it('of a button that is not there says what is', async () => {
    await expect(telegram.press(AMINA, AMINA, await menu(), 'Buy')).rejects.toThrow('[5 000 DA] [Site]');
    await expect(telegram.press(AMINA, AMINA, 900, 'Buy')).rejects.toThrow('shows no message 900');
    await expect(telegram.press(BILAL, AMINA, await menu(), 'Buy')).rejects.toThrow('cannot see');
  });

  it('of an outdated message carries a stub of it', () => {
    void telegram.pressStale(AMINA, AMINA, 900, 'old:data');
    expect(lastQuery()).toMatchObject({
      data: 'old:data',
      message: { message_id: 900, date: 0, chat: { id: AMINA } },
    });
  });

  it('that nobody answers resolves as unanswered', async () => {
    const impatient = await telegramWithTwoPeople({ pressTimeoutMs: 1 });
    expect(await impatient.pressStale(AMINA, AMINA, 1, 'x')).toEqual({ answered: false });
  });
});

describe('answerCallbackQuery', () => {
  beforeEach(async () => {
    void telegram.press(AMINA, AMINA, await menu(), '5 000');
  });

  it('is taken once', async () => {
    const query = { callback_query_id: lastQuery()['id'] };
    expect(await answer(query)).toEqual({ ok: true, result: true });
    expect(await answer(query)).toEqual(TOO_OLD);
  });

  it('is refused for an unknown query', async () => {
    expect(await answer({ callback_query_id: '123' })).toEqual(TOO_OLD);
  });

  it('is taken for 150 seconds and then refused', async () => {
    const query = { callback_query_id: lastQuery()['id'] };
    clock.advance(150_001);
    expect(await answer(query)).toEqual(TOO_OLD);
  });

  it('may show 200 units', async () => {
    const query = { callback_query_id: lastQuery()['id'] };
    expect((await answer({ ...query, text: 'x'.repeat(201) })).description).toBe(
      'Bad Request: MESSAGE_TOO_LONG',
    );
    expect((await answer({ ...query, text: 'x'.repeat(200) })).ok).toBe(true);
  });

  it('may open the bot itself but no other address', async () => {
    const query = { callback_query_id: lastQuery()['id'] };
    expect((await answer({ ...query, url: 'https://example.org' })).description).toBe(
      'Bad Request: URL_INVALID',
    );
    expect((await answer({ ...query, url: 'https://t.me/recharge_counter_bot?start=x' })).ok).toBe(true);
  });
});
