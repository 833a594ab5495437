// How fast one chat is written to.

import { describe, expect, it } from 'vitest';
import { pass, timeByHand } from './hand-timers.ts';
import { GROUP, openOutgoing, PERSON } from './open-outgoing.ts';

timeByHand();

describe('outgoing calls', () => {
  describe('in a group', () => {
    it('go at 12 at once and 20 in any minute', async () => {
      const { seen, send } = openOutgoing();
      for (let n = 0; n < 60; n++) void send(GROUP, `${n}`);
      await pass(180_000);
      const times = seen.map(({ at }) => at);
      expect(times.filter((at) => at === 0)).toHaveLength(12);
      for (const from of times) {
        expect(times.filter((at) => at >= from && at < from + 60_000).length).toBeLessThanOrEqual(20);
      }
      expect(times.length).toBe(60);
    });

    it('delete without using up what may be written', async () => {
      const { seen, call, send } = openOutgoing();
      for (let n = 0; n < 8; n++) void send(GROUP, 'burst');
      void call('deleteMessage', { chat_id: GROUP, message_id: 3 });
      await pass(0);
      expect(seen).toHaveLength(9);
    });
  });

  it('lets a private chat have 30 at once, then one a second', async () => {
    const { seen, send } = openOutgoing();
    for (let n = 0; n < 33; n++) void send(PERSON, `${n}`);
    await pass(0);
    expect(seen).toHaveLength(30);
    await pass(2_000);
    expect(seen).toHaveLength(32);
  });
});
