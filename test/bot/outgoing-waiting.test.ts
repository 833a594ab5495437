// Calls that have not gone yet: which goes next, which edit makes another needless, and whose caller has left.

import { describe, expect, it } from 'vitest';
import { pass, timeByHand } from './hand-timers.ts';
import { broken, GROUP, later, ok, openOutgoing, PERSON, tooMany, unreachable } from './open-outgoing.ts';

timeByHand();

describe('outgoing calls', () => {
  describe('of edits', () => {
    it('sends only the latest of those that still wait, and gives its answer to all', async () => {
      const { replies, edit, texts } = openOutgoing();
      const slow = later();
      replies.push(slow.reply, () => ok('edited'));
      void edit(PERSON, 7, 'on its way');
      const older = edit(PERSON, 7, 'older');
      const newer = edit(PERSON, 7, 'newer');
      const other = edit(PERSON, 8, 'other message');
      slow.answer();
      expect(await (await older).json()).toEqual({ ok: true, result: 'edited' });
      expect(await (await newer).json()).toEqual({ ok: true, result: 'edited' });
      await other;
      expect(texts()).toEqual(['on its way', 'newer', 'other message']);
    });

    it('keeps the order of different kinds of changes to one message', async () => {
      const { seen, replies, call, send, edit } = openOutgoing();
      const slow = later();
      replies.push(slow.reply);
      void send(PERSON, 'first');
      const all = [
        edit(PERSON, 7, 'a'),
        call('editMessageReplyMarkup', { chat_id: PERSON, message_id: 7 }),
        edit(PERSON, 7, 'b'),
        call('deleteMessage', { chat_id: PERSON, message_id: 7 }),
      ];
      slow.answer();
      await Promise.all(all);
      expect(seen.map(({ method }) => method).slice(1)).toEqual([
        'editMessageText',
        'editMessageReplyMarkup',
        'editMessageText',
        'deleteMessage',
      ]);
    });
  });

  it('leaves the order in a private chat as it is', async () => {
    const { replies, send, edit, texts } = openOutgoing();
    const slow = later();
    replies.push(slow.reply);
    void send(PERSON, '1');
    void edit(PERSON, 7, '2');
    void send(PERSON, '3');
    slow.answer();
    await pass(0);
    expect(texts()).toEqual(['1', '2', '3']);
  });

  describe('in a group', () => {
    it('let prompts pass waiting edits, in order, and no edit wait for ever', async () => {
      const { send, edit, texts } = openOutgoing();
      for (let n = 0; n < 12; n++) void send(GROUP, 'burst');
      void edit(GROUP, 7, 'edit 7');
      void edit(GROUP, 8, 'edit 8');
      for (let n = 0; n < 9; n++) void send(GROUP, `prompt ${n}`);
      await pass(30_000);
      expect(texts().slice(12)).toEqual([
        'prompt 0',
        'prompt 1',
        'prompt 2',
        'edit 7',
        'edit 8',
        'prompt 3',
        'prompt 4',
        'prompt 5',
      ]);
    });
  });

  describe('when their caller gives up', () => {
    it('leave the line without being sent', async () => {
      const { replies, send, texts } = openOutgoing();
      const slow = later();
      const giveUp = new AbortController();
      replies.push(slow.reply);
      void send(PERSON, '1');
      const second = send(PERSON, '2', giveUp.signal);
      void send(PERSON, '3');
      giveUp.abort();
      await expect(second).rejects.toThrow('aborted');
      slow.answer();
      await pass(0);
      expect(texts()).toEqual(['1', '3']);
    });

    it('end at once when they are already on their way, and hold nobody up', async () => {
      const { replies, edit, texts } = openOutgoing();
      const giveUp = new AbortController();
      replies.push(
        ({ signal }) => new Promise((_resolve, reject) => signal.addEventListener('abort', reject)),
      );
      const first = edit(PERSON, 7, '1', giveUp.signal);
      const second = edit(PERSON, 8, '2');
      giveUp.abort();
      await expect(first).rejects.toThrow('aborted');
      expect((await second).status).toBe(200);
      expect(texts()).toEqual(['1', '2']);
    });

    it('are not repeated when that was during a penalty or a broken attempt', async () => {
      const { replies, edit, texts } = openOutgoing();
      for (const reply of [tooMany(5), broken()]) {
        const slow = later();
        const giveUp = new AbortController();
        replies.push(slow.reply);
        edit(PERSON, 7, 'gone', giveUp.signal).catch(() => undefined);
        giveUp.abort();
        slow.answer(reply);
        await pass(10_000);
      }
      expect(texts()).toEqual(['gone', 'gone']);
    });

    it('are not sent when it was the newer edit that took their place', async () => {
      const { replies, edit, texts } = openOutgoing();
      const [older, newer] = [new AbortController(), new AbortController()];
      replies.push(unreachable);
      edit(PERSON, 7, 'older', older.signal).catch(() => undefined);
      edit(PERSON, 7, 'newer', newer.signal).catch(() => undefined);
      await pass(100);
      newer.abort();
      older.abort();
      await pass(10_000);
      expect(texts()).toEqual(['older']);
    });

    it('go on for the others who wait for the same edit', async () => {
      const { replies, send, edit, texts } = openOutgoing();
      const slow = later();
      const giveUp = new AbortController();
      replies.push(slow.reply);
      void send(PERSON, 'first');
      const older = edit(PERSON, 7, 'older');
      const newer = edit(PERSON, 7, 'newer', giveUp.signal);
      giveUp.abort();
      slow.answer();
      await expect(newer).rejects.toThrow('aborted');
      expect((await older).status).toBe(200);
      expect(texts()).toEqual(['first', 'newer']);
    });

    it('are not even begun when the signal aborted before', async () => {
      const { seen, send } = openOutgoing();
      await expect(send(PERSON, '1', AbortSignal.abort())).rejects.toThrow('aborted');
      await pass(0);
      expect(seen).toHaveLength(0);
    });
  });
});
