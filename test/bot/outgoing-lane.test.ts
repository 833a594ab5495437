// One chat's calls when something goes wrong: what is repeated, what never is, and what a penalty does.

import { describe, expect, it } from 'vitest';
import { pass, timeByHand } from './hand-timers.ts';
import { broken, GROUP, ok, openOutgoing, PERSON, tooMany, unreachable } from './open-outgoing.ts';

timeByHand();

describe('outgoing calls', () => {
  describe('of edits', () => {
    it('repeats one once when nobody knows what became of it', async () => {
      const { seen, replies, warn, edit, texts } = openOutgoing();
      replies.push(unreachable, () => ok('edited'), broken, broken);
      const first = edit(PERSON, 7, 'a');
      await pass(499);
      expect(seen).toHaveLength(1);
      await pass(1);
      expect(await (await first).json()).toEqual({ ok: true, result: 'edited' });
      const second = edit(PERSON, 7, 'b');
      await pass(500);
      expect((await second).status).toBe(502);
      expect(texts()).toEqual(['a', 'a', 'b', 'b']);
      expect(JSON.stringify(warn.mock.calls)).not.toContain('secret');
    });

    it('gives a failed one up for a newer one instead of repeating it', async () => {
      const { replies, edit, texts } = openOutgoing();
      replies.push(unreachable, () => ok('newer'));
      const older = edit(PERSON, 7, 'older');
      const newer = edit(PERSON, 7, 'newer');
      await pass(500);
      expect(await (await older).json()).toEqual({ ok: true, result: 'newer' });
      expect((await newer).status).toBe(200);
      expect(texts()).toEqual(['older', 'newer']);
    });
  });

  it('never repeats a message that may have arrived', async () => {
    const { replies, send, texts } = openOutgoing();
    replies.push(unreachable, broken);
    await expect(send(PERSON, 'a')).rejects.toThrow('fetch failed');
    expect((await send(PERSON, 'b')).status).toBe(502);
    await pass(60_000);
    expect(texts()).toEqual(['a', 'b']);
  });

  describe('when Telegram wants to be left alone', () => {
    it('waits out a short penalty and repeats the call, with the rest of that chat behind it', async () => {
      const { replies, send, texts } = openOutgoing();
      replies.push(() => tooMany(5));
      const first = send(PERSON, '1');
      const second = send(PERSON, '2');
      await pass(0);
      await send(99, 'other chat');
      await pass(4_999);
      expect(texts()).toEqual(['1', 'other chat']);
      await pass(1);
      expect((await first).status).toBe(200);
      await pass(1_000);
      expect((await second).status).toBe(200);
      expect(texts()).toEqual(['1', 'other chat', '1', '2']);
    });

    it('gives a long penalty back, and refuses that chat by itself until it is over', async () => {
      const { seen, replies, call, send, edit } = openOutgoing();
      replies.push(() => tooMany(40));
      const first = send(PERSON, '1');
      const waiting = send(PERSON, '2');
      expect(await (await first).json()).toMatchObject({ error_code: 429, parameters: { retry_after: 40 } });
      expect(await (await waiting).json()).toMatchObject({
        error_code: 429,
        parameters: { retry_after: 40 },
      });
      await pass(15_500);
      const refused = await edit(PERSON, 7, '3');
      expect(refused.status).toBe(429);
      expect(await refused.json()).toMatchObject({ ok: false, parameters: { retry_after: 25 } });
      expect((await call('sendChatAction', { chat_id: PERSON })).status).toBe(429);
      expect(seen).toHaveLength(1);
      await send(99, 'other chat');
      // The last seconds are short enough to wait for.
      await pass(20_000);
      const last = send(PERSON, '4');
      await pass(4_499);
      expect(seen).toHaveLength(2);
      await pass(1);
      expect((await last).status).toBe(200);
    });

    it('begins again slowly in a group', async () => {
      const { replies, send, texts } = openOutgoing();
      replies.push(() => tooMany(5));
      for (let n = 0; n < 5; n++) void send(GROUP, `${n}`);
      await pass(5_000);
      expect(texts()).toEqual(['0', '0']);
      await pass(3_000);
      expect(texts()).toEqual(['0', '0', '1']);
    });

    it('gives up on a call that is refused time after time', async () => {
      const { seen, send } = openOutgoing(() => tooMany(1));
      const answer = send(PERSON, '1');
      await pass(60_000);
      expect((await answer).status).toBe(429);
      expect(seen).toHaveLength(4);
    });

    it('takes a second when it does not say how long', async () => {
      const { replies, send } = openOutgoing();
      replies.push(() => new Response('slow down', { status: 429 }));
      const answer = send(PERSON, '1');
      await pass(1_000);
      expect((await answer).status).toBe(200);
    });

    it('sends the newer edit when one waits for its repetition', async () => {
      const { replies, edit, texts } = openOutgoing();
      replies.push(() => tooMany(5));
      const older = edit(PERSON, 7, 'older');
      await pass(1_000);
      const newer = edit(PERSON, 7, 'newer');
      await pass(4_000);
      await Promise.all([older, newer]);
      expect(texts()).toEqual(['older', 'newer']);
    });
  });
});
