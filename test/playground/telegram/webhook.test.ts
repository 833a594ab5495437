// Webhook delivery: the secret, the order inside a queue, and trying again.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, it, onTestFinished } from 'vitest';
import { AMINA, BILAL, call, telegramWithTwoPeople } from './raw-call.ts';

type Post = { secret: string | string[] | undefined; body: string };

/** A bot's own little web server, which keeps what was posted. */
async function webServer(statusFor: (body: string) => number = () => 200) {
  const posts: Post[] = [];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      posts.push({ secret: request.headers['x-telegram-bot-api-secret-token'], body });
      response.writeHead(statusFor(body)).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address: AddressInfo | string | null = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return { posts, url: `http://127.0.0.1:${port ?? 0}/hook` };
}

it('posts waiting and new updates with the secret, and confirms them by 200', async () => {
  const telegram = await telegramWithTwoPeople();
  const { posts, url } = await webServer();
  telegram.start(AMINA);
  expect(await call(telegram, 'setWebhook', { url, secret_token: 'S_1' })).toEqual({
    ok: true,
    result: true,
  });
  telegram.say(AMINA, AMINA, 'second');
  await telegram.until(() => telegram.pendingUpdates().length === 0);
  expect(posts.map(({ secret }) => secret)).toEqual(['S_1', 'S_1']);
  expect(posts.map(({ body }) => /"text":"([^"]+)"/.exec(body)?.[1])).toEqual(['/start', 'second']);
});

it('tries again after a failure and keeps the order of the chat meanwhile', async () => {
  const telegram = await telegramWithTwoPeople({ webhookFirstRetryMs: 1 });
  const statuses = [500, 503];
  const { posts, url } = await webServer(() => statuses.shift() ?? 200);
  await call(telegram, 'setWebhook', { url });
  telegram.start(AMINA);
  telegram.say(AMINA, AMINA, 'second');
  await telegram.until(() => telegram.pendingUpdates().length === 0);
  expect(posts.map(({ body }) => /"text":"([^"]+)"/.exec(body)?.[1])).toEqual([
    '/start',
    '/start',
    '/start',
    'second',
  ]);
  expect(await call(telegram, 'getWebhookInfo')).toMatchObject({
    result: {
      url,
      pending_update_count: 0,
      last_error_message: 'Wrong response from the webhook: 503 Service Unavailable',
    },
  });
});

it('lets one person wait while another is served', async () => {
  const telegram = await telegramWithTwoPeople({ webhookFirstRetryMs: 60_000 });
  const { url } = await webServer((body) => (body.includes(`"id":${AMINA}`) ? 500 : 200));
  await call(telegram, 'setWebhook', { url });
  telegram.start(AMINA);
  telegram.start(BILAL);
  await telegram.until(() => telegram.pendingUpdates().length === 1);
  expect(telegram.pendingUpdates()).toMatchObject([{ message: { from: { id: AMINA } } }]);
});

it('excludes getUpdates until it is deleted', async () => {
  const telegram = await telegramWithTwoPeople();
  const { url } = await webServer();
  await call(telegram, 'setWebhook', { url });
  expect(await call(telegram, 'getUpdates')).toEqual({
    ok: false,
    error_code: 409,
    description:
      "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
  });
  await call(telegram, 'deleteWebhook');
  expect((await call(telegram, 'getUpdates')).ok).toBe(true);
});

it('ends a getUpdates that waits when it is set', async () => {
  const telegram = await telegramWithTwoPeople();
  const { url } = await webServer();
  const waiting = call(telegram, 'getUpdates', { timeout: 30 });
  await call(telegram, 'getMe');
  await call(telegram, 'setWebhook', { url });
  expect(await waiting).toEqual({
    ok: false,
    error_code: 409,
    description: 'Conflict: terminated by setWebhook request',
  });
});

it('can drop what is waiting', async () => {
  const telegram = await telegramWithTwoPeople();
  telegram.start(AMINA);
  await call(telegram, 'deleteWebhook', { drop_pending_updates: true });
  expect(telegram.pendingUpdates()).toEqual([]);
});

it('never posts outside this machine', async () => {
  const telegram = await telegramWithTwoPeople();
  expect((await call(telegram, 'setWebhook', { url: 'https://example.org/' })).ok).toBe(false);
  expect((await call(telegram, 'setWebhook', { url: 'nonsense' })).description).toContain('bad webhook');
  const { url } = await webServer();
  expect((await call(telegram, 'setWebhook', { url, secret_token: 'a b' })).description).toBe(
    'Bad Request: secret token contains unallowed characters',
  );
});
