// Healthy while Telegram answers, over real HTTP.

import { afterEach, describe, expect, it } from 'vitest';
import { serveHealth, UnusablePort } from '../../src/http/health.ts';
import { MINUTE, NOW } from '../domain/an-order.ts';

describe('the health check', () => {
  let close: (() => Promise<void>) | undefined;
  afterEach(async () => {
    await close?.();
    close = undefined;
  });

  async function serve(lastAnswerAt: number | undefined, path = '/health'): Promise<Response> {
    const server = await serveHealth({ port: 0, lastAnswerAt: () => lastAnswerAt, clock: () => NOW });
    ({ close } = server);
    return fetch(`http://127.0.0.1:${server.port}${path}`, { headers: { connection: 'close' } });
  }

  it.each([
    ['just now', NOW, 200],
    ['within two minutes', NOW - 2 * MINUTE + 1, 200],
    ['two minutes ago', NOW - 2 * MINUTE, 503],
    ['never', undefined, 503],
  ])('Telegram answered %s', async (_when, at, status) => {
    const response = await serve(at);
    expect(response.status).toBe(status);
    expect(await response.json()).toEqual({ healthy: status === 200 });
  });

  it.each(['/', '/metrics', '/healthz'])('answers nothing else: %s', async (path) => {
    expect((await serve(NOW, path)).status).toBe(404);
  });

  it('says so at once, with another one as an example, when its port is taken', async () => {
    const server = await serveHealth({ port: 0, lastAnswerAt: () => NOW, clock: () => NOW });
    ({ close } = server);
    const again = serveHealth({ port: server.port, lastAnswerAt: () => NOW, clock: () => NOW });
    await expect(again).rejects.toThrow(
      `PORT is ${server.port}, which another program uses. Example: ${server.port + 1}`,
    );
    await expect(again).rejects.toBeInstanceOf(UnusablePort);
  });
});
