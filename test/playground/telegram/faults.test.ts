// Trouble on demand: every kind of fault, the outage, flood limits, and hooks around each call.
import { beforeEach, describe, expect, it } from 'vitest';
import { AMINA, BILAL, addressOf, call, movableClock, telegramWithTwoPeople } from './raw-call.ts';
import type { TelegramStandIn } from '../../../src/playground/telegram/server.ts';

let telegram: TelegramStandIn;
beforeEach(async () => {
  telegram = await telegramWithTwoPeople();
  telegram.start(AMINA);
  telegram.start(BILAL);
});

const send = (text = 'x', chatId = AMINA) => call(telegram, 'sendMessage', { chat_id: chatId, text });
const shown = (chatId = AMINA) => telegram.lastBotMessage(chatId)?.text;

describe('a fault', () => {
  it('of a status is answered once and not executed', async () => {
    const description = 'Too Many Requests: retry after 7';
    telegram.faultNext({ fault: { kind: 'status', code: 429, description, retryAfter: 7 } });
    expect(await send()).toEqual({ ok: false, error_code: 429, description, parameters: { retry_after: 7 } });
    expect(shown()).toBeUndefined();
    expect((await send()).ok).toBe(true);
  });

  it('hits the named method and chat only, as often as asked, until taken back', async () => {
    const fault = { kind: 'status', code: 500, description: 'Internal Server Error' } as const;
    const takeBack = telegram.faultNext({ method: /^send/, chatId: BILAL, times: 3, fault });
    expect((await send('x', AMINA)).ok).toBe(true);
    expect((await call(telegram, 'getMe')).ok).toBe(true);
    expect((await send('x', BILAL)).ok).toBe(false);
    expect((await send('x', BILAL)).ok).toBe(false);
    takeBack();
    expect((await send('x', BILAL)).ok).toBe(true);
  });

  it('may cut the line before execution', async () => {
    telegram.faultNext({ method: 'sendMessage', fault: { kind: 'drop-before' } });
    await expect(send()).rejects.toThrow();
    expect(shown()).toBeUndefined();
    expect(telegram.calls.at(-1)).toMatchObject({ method: 'sendMessage', ok: false, isLost: true });
  });

  it('may cut the line after execution', async () => {
    telegram.faultNext({ method: 'sendMessage', fault: { kind: 'drop-after' } });
    await expect(send('arrived')).rejects.toThrow();
    expect(shown()).toBe('arrived');
    expect(telegram.calls.at(-1)).toMatchObject({ method: 'sendMessage', ok: true, isLost: true });
  });

  it('may hang; who gives up meanwhile has not been served', async () => {
    telegram.faultNext({ fault: { kind: 'hang', ms: 60_000 } });
    const giveUp = new AbortController();
    const asked = fetch(addressOf(telegram, 'sendMessage') + `?chat_id=${AMINA}&text=x`, {
      signal: giveUp.signal,
    });
    const stop = telegram.onRequest(() => giveUp.abort());
    await expect(asked).rejects.toThrow('aborted');
    stop();
    await telegram.until(() => telegram.calls.at(-1)?.isLost);
    expect(shown()).toBeUndefined();
  });

  it('may hang for a while and go on', async () => {
    telegram.faultNext({ fault: { kind: 'hang', ms: 1 } });
    telegram.faultNext({ fault: { kind: 'hang', ms: 1, after: true } });
    expect((await send()).ok).toBe(true);
    expect((await send()).ok).toBe(true);
  });

  it('may be a page of a proxy', async () => {
    telegram.faultNext({ fault: { kind: 'html', status: 502 } });
    const response = await fetch(addressOf(telegram, 'getMe'));
    expect(response.status).toBe(502);
    expect(await response.text()).toContain('<html>');
  });
});

it('an outage lasts until it is over', async () => {
  telegram.outage(true);
  for (const method of ['getMe', 'getUpdates']) {
    expect((await fetch(addressOf(telegram, method))).status).toBe(502);
  }
  telegram.outage(false);
  expect((await call(telegram, 'getMe')).ok).toBe(true);
});

describe('hooks', () => {
  it('are awaited before execution and before the answer', async () => {
    const seen: string[] = [];
    const stop = telegram.onRequest(async ({ method, payload, phase }) => {
      await Promise.resolve();
      seen.push(`${phase} ${method} ${String(payload['text'])}: ${shown() ?? 'nothing'}`);
    });
    await send('hello');
    stop();
    await send('unhooked');
    expect(seen).toEqual(['before sendMessage hello: nothing', 'after sendMessage hello: hello']);
  });
});

describe('hooks that cut the line', () => {
  it.each(['before', 'after'] as const)('do so %s execution', async (phase) => {
    telegram.onRequest((moment) => (moment.phase === phase ? 'drop' : undefined));
    await expect(send('cut')).rejects.toThrow();
    expect(shown()).toBe(phase === 'before' ? undefined : 'cut');
  });
});

describe('flood limits', () => {
  const clock = movableClock();

  it('hold back a private chat per second and a group per minute, edits included', async () => {
    telegram = await telegramWithTwoPeople({
      now: clock.now,
      floodLimits: { privatePerSecond: 1, groupPerMinute: 2 },
    });
    telegram.start(AMINA);
    const group = telegram.addGroup({ title: 'G', memberIds: [AMINA] });
    expect((await send()).ok).toBe(true);
    expect(await send()).toEqual({
      ok: false,
      error_code: 429,
      description: 'Too Many Requests: retry after 1',
      parameters: { retry_after: 1 },
    });
    clock.advance(1000);
    expect((await send()).ok).toBe(true);

    expect((await send('a', group)).ok).toBe(true);
    clock.advance(20_000);
    const edited = { chat_id: group, message_id: telegram.lastBotMessage(group)?.id, text: 'b' };
    expect((await call(telegram, 'editMessageText', edited)).ok).toBe(true);
    expect((await send('c', group)).parameters).toEqual({ retry_after: 40 });
    expect((await call(telegram, 'sendChatAction', { chat_id: group, action: 'typing' })).ok).toBe(true);
  });
});
