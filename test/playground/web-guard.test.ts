// Who may talk to the page's server, and what it lets out.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openPage, type OpenPage } from './web-page.ts';

let open: OpenPage;
beforeEach(async () => {
  open = await openPage();
});
afterEach(() => open.close());

describe('who may talk to the page', () => {
  it('serves it on the loopback address only', () => {
    expect(new URL(open.page.url).hostname).toBe('127.0.0.1');
  });

  it.each([
    ['another origin', { origin: 'https://shop.example' }],
    ['an origin that hides itself', { origin: 'null' }],
    ['no origin at all', {}],
    ['the right origin under another host name', { host: 'shop.example', origin: 'http://shop.example' }],
  ])('refuses an action from %s', async (_, headers) => {
    expect((await open.act({ do: 'kill-bot' }, headers)).status).toBe(403);
    expect(open.done).toEqual([]);
  });

  it('does an action that comes from the page', async () => {
    expect((await open.act({ do: 'kill-bot' })).status).toBe(200);
    expect(open.done).toEqual(['kill']);
  });

  it.each(['/', '/events', '/app/main.js'])(
    'keeps %s from a page of another origin or host',
    async (path) => {
      expect((await open.ask(path, { headers: { origin: 'https://shop.example' } })).status).toBe(403);
      expect((await open.ask(path, { headers: { host: 'shop.example' } })).status).toBe(403);
      expect(
        (await open.ask(path, { headers: { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' } }))
          .status,
      ).toBe(403);
    },
  );

  it('opens from a link elsewhere, but only the page itself', async () => {
    const headers = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' };
    expect((await open.ask('/', { headers })).status).toBe(200);
    expect((await open.ask('/app/main.js', { headers })).status).toBe(403);
  });

  it('lets no script run but its own files', async () => {
    const { headers, text } = await open.ask('/');
    expect(headers['content-security-policy']).toContain(
      "default-src 'none'; script-src 'self'; style-src 'self'",
    );
    expect(headers['content-security-policy']).not.toContain('unsafe');
    expect(text).not.toMatch(/<script(?![^>]*src=)|<style|style="|\son\w+=/u);
  });

  it('gives away nothing but the files of the page', async () => {
    for (const path of [
      '/../web/server.ts',
      '/%2e%2e/web/server.ts',
      '/app',
      '/.env',
      '/app/../../people.ts',
    ])
      expect((await open.ask(path)).status).toBe(404);
  });
});
