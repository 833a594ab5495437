// grammY's own client over our fetch, against a real HTTP server: what types can't prove.

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Api, GrammyError, HttpError, InputFile } from 'grammy';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { StopSignal } from '../../src/bot/intake.ts';
import { createOutgoing, telegramClientOptions } from '../../src/bot/outgoing.ts';

describe("grammY's client over our fetch", () => {
  let server: Server;
  let api: Api;
  let respond: (request: IncomingMessage, body: string, response: ServerResponse) => void;

  beforeEach(async () => {
    server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => respond(request, body, response));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    const outgoing = createOutgoing({
      fetch,
      clock: Date.now,
      sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
      log: { warn: () => undefined },
    });
    api = new Api('1:secret', telegramClientOptions(`http://127.0.0.1:${port ?? 0}`, outgoing));
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const json = (response: ServerResponse, status: number, value: object) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));

  it('sends, and understands the answer', async () => {
    respond = (request, body, response) => {
      expect(request.url).toBe('/bot1:secret/sendMessage');
      expect(JSON.parse(body)).toEqual({ chat_id: 5, text: 'hello' });
      json(response, 200, { ok: true, result: { message_id: 9 } });
    };
    await expect(api.sendMessage(5, 'hello')).resolves.toEqual({ message_id: 9 });
  });

  it('tells a long penalty as Telegram does, with and without asking', async () => {
    let asked = 0;
    respond = (_request, _body, response) => {
      asked += 1;
      const parameters = { retry_after: 100 };
      json(response, 429, { ok: false, error_code: 429, description: 'Too Many Requests', parameters });
    };
    for (let round = 0; round < 2; round++) {
      const error = await api.sendMessage(5, 'hello').catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(GrammyError);
      expect(error).toMatchObject({ error_code: 429, parameters: { retry_after: 100 } });
    }
    expect(asked).toBe(1);
  });

  it('lets a poll be aborted by a signal of Node', async () => {
    const stop = new AbortController();
    const closed = new Promise<void>((resolve) => {
      respond = (request) => {
        request.socket.on('close', resolve);
        stop.abort();
      };
    });
    const poller: { getUpdates(options: { timeout: number }, signal?: StopSignal): Promise<unknown> } = api;
    await expect(poller.getUpdates({ timeout: 30 }, stop.signal)).rejects.toBeInstanceOf(HttpError);
    await closed;
  });

  it('uploads', async () => {
    let type: string | undefined;
    let length = 0;
    respond = (request, body, response) => {
      type = request.headers['content-type'];
      length = body.length;
      json(response, 200, { ok: true, result: { message_id: 9 } });
    };
    await api.sendDocument(5, new InputFile(Buffer.from('a report'), 'report.txt'));
    expect(type).toMatch(/^multipart/);
    expect(length).toBeGreaterThan(100);
  });

  it('keeps the token out of an error', async () => {
    respond = (request) => request.socket.destroy();
    const error = await api.sendMessage(5, 'hello').catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(HttpError);
    const told = error instanceof HttpError ? [error.message, String(error.error), error.error] : [];
    expect(JSON.stringify(told)).not.toContain('secret');
  });
});
