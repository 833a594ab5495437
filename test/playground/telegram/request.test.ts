// The HTTP side: addresses, tokens, the four ways to give arguments, and garbage.
import { beforeEach, describe, expect, it } from 'vitest';
import { AMINA, addressOf, call, telegramWithTwoPeople } from './raw-call.ts';
import type { TelegramStandIn } from '../../../src/playground/telegram/server.ts';

let telegram: TelegramStandIn;
beforeEach(async () => {
  telegram = await telegramWithTwoPeople();
  telegram.start(AMINA);
});

const shown = () => telegram.lastBotMessage(AMINA)?.text;

describe('an address', () => {
  it('with this token names the bot', async () => {
    expect(await call(telegram, 'getMe')).toMatchObject({
      ok: true,
      result: {
        id: 7_000_000_001,
        is_bot: true,
        username: 'recharge_counter_bot',
        can_read_all_group_messages: false,
      },
    });
  });

  it('with another token is unauthorized', async () => {
    const response = await fetch(`${telegram.apiRoot}/bot123:abc/getMe`);
    expect(response.status).toBe(401);
    expect(await response.json()).toEqual({ ok: false, error_code: 401, description: 'Unauthorized' });
  });

  it.each(['sendDice', 'getMyStarBalance', 'nonsense'])(
    'of a method not played here is not found: %s',
    async (method) => {
      expect(await call(telegram, method)).toEqual({ ok: false, error_code: 404, description: 'Not Found' });
    },
  );

  it.each(['/', '/botnonsense/getMe', '/bot%', '/favicon.ico'])(
    'that is none of the API is not found: %s',
    async (path) => {
      expect((await fetch(telegram.apiRoot + path)).status).toBe(404);
    },
  );

  it('minds no case in the name of a method', async () => {
    expect((await call(telegram, 'SENDMESSAGE', { chat_id: AMINA, text: 'x' })).ok).toBe(true);
  });
});

describe('arguments', () => {
  const markup = JSON.stringify({ inline_keyboard: [[{ text: 'b', callback_data: 'x' }]] });

  it('come in the query', async () => {
    const query = new URLSearchParams({ chat_id: `${AMINA}`, text: 'é & ب', reply_markup: markup });
    await fetch(`${addressOf(telegram, 'sendMessage')}?${query.toString()}`);
    expect(shown()).toBe('é & ب');
    expect(telegram.lastBotMessage(AMINA)?.keyboard).toHaveLength(1);
  });

  it('come as a form', async () => {
    const body = new URLSearchParams({ chat_id: `${AMINA}`, text: 'form', reply_markup: markup });
    await fetch(addressOf(telegram, 'sendMessage'), { method: 'POST', body });
    expect(telegram.lastBotMessage(AMINA)).toMatchObject({ text: 'form', keyboard: [[{ text: 'b' }]] });
  });

  it('come as multipart, with files', async () => {
    const body = new FormData();
    body.set('chat_id', `${AMINA}`);
    body.set('caption', 'تقرير\r\n2');
    body.set('document', 'attach://report');
    body.set('report', new Blob([new Uint8Array([0, 255, 13, 10, 45, 45])]), 'report.csv');
    const response = await fetch(addressOf(telegram, 'sendDocument'), { method: 'POST', body });
    expect(await response.json()).toMatchObject({
      result: { document: { file_name: 'report.csv' }, caption: 'تقرير\r\n2' },
    });
  });

  it('come as multipart with a file’s name that is not quoted, as grammY writes it', async () => {
    const body = [
      ...['--x', 'content-disposition:form-data;name="chat_id"', '', `${AMINA}`],
      ...['--x', 'content-disposition:form-data;name="document"', '', 'attach://a'],
      ...['--x', 'content-disposition:form-data;name="a";filename=report.csv', '', 'content', '--x--', ''],
    ].join('\r\n');
    const headers = { 'content-type': 'multipart/form-data; boundary=x' };
    const response = await fetch(addressOf(telegram, 'sendDocument'), { method: 'POST', headers, body });
    expect(await response.json()).toMatchObject({ result: { document: { file_name: 'report.csv' } } });
    const sent = telegram.calls.find(({ method }) => method === 'sendDocument');
    expect(sent?.payload['a']).toEqual({ fileName: 'report.csv', size: 7, text: 'content' });
  });

  it.each([
    ['application/json', '{"chat_id":', "Bad Request: can't parse JSON object"],
    ['application/json', '[1]', "Bad Request: can't parse JSON object"],
    ['multipart/form-data; boundary=x', 'garbage', "Bad Request: can't parse multipart form data"],
    ['text/plain', 'hello', 'Bad Request: unsupported content type of the request body'],
  ])('that cannot be read are a bad request: %s %s', async (type, body, description) => {
    const response = await fetch(addressOf(telegram, 'sendMessage'), {
      method: 'POST',
      headers: { 'content-type': type },
      body,
    });
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({ ok: false, error_code: 400, description });
  });
});
