// No answer from Telegram: how long the intake waits, and when it gives up for good.

import { describe, expect, it } from 'vitest';
import { pass, timeByHand } from './hand-timers.ts';
import { openIntake, range, refusal, update } from './open-intake.ts';

timeByHand();

describe('the intake', () => {
  describe('when Telegram does not answer', () => {
    it.each([
      [409, 'conflict'],
      [401, 'unauthorized'],
    ] as const)('stops for good on %d', async (code, name) => {
      const { telegram, onFatal, create } = openIntake();
      telegram.failures.push(refusal(code));
      const intake = create();
      await intake.run();
      expect(onFatal).toHaveBeenCalledExactlyOnceWith(name);
      await intake.stop({ graceMs: 1000 });
      expect(telegram.polls).toHaveLength(1);
    });

    it('confirms nothing after a conflict, since the updates are somebody else’s now', async () => {
      const { telegram, ended, slow, create } = openIntake();
      const intake = create();
      const run = intake.run();
      telegram.push(update(1, 'amine', 'slow'));
      await pass(300);
      telegram.failures.push(refusal(409));
      await pass(300);
      await run;
      const polls = telegram.polls.length;
      slow.get(1)?.end();
      await intake.stop({ graceMs: 1000 });
      expect(ended).toEqual([1]);
      expect(telegram.polls).toHaveLength(polls);
    });

    it('waits as long as a 429 says', async () => {
      const { telegram, create } = openIntake();
      telegram.failures.push(refusal(429, { retry_after: 7 }));
      void create().run();
      await pass(6_999);
      expect(telegram.polls).toHaveLength(1);
      await pass(1);
      expect(telegram.polls.length).toBeGreaterThan(1);
    });

    it('waits longer and longer, up to 15 s, and logs an outage once and its end once', async () => {
      const { telegram, log, create } = openIntake();
      telegram.failures.push(...range(1, 8).map((n) => (n % 2 === 0 ? refusal(502) : new Error('network'))));
      void create().run();
      await pass(70_000);
      const waits = telegram.polls.slice(1, 9).map((poll, n) => poll.at - (telegram.polls[n]?.at ?? 0));
      expect(waits).toEqual([500, 1000, 2000, 4000, 8000, 15_000, 15_000, 15_000]);
      expect(log.warn).toHaveBeenCalledOnce();
      expect(log.info).toHaveBeenCalledOnce();
      expect(telegram.polls[9]).toMatchObject({ timeout: 30 });
    });

    it('tries to remove the webhook until it can', async () => {
      const { telegram, create } = openIntake();
      telegram.webhookFailures.push(new Error('network'), refusal(502));
      void create().run();
      await pass(499);
      expect(telegram.polls).toHaveLength(0);
      await pass(1_001);
      expect(telegram.webhooksDeleted).toBe(1);
      expect(telegram.polls).toHaveLength(1);
    });

    it('never logs an error object, which may carry an address', async () => {
      const { telegram, log, create } = openIntake();
      telegram.failures.push(
        Object.assign(new Error('network'), { url: 'https://x/bot1:secret/getUpdates' }),
      );
      void create().run();
      await pass(10);
      expect(JSON.stringify(log.warn.mock.calls)).not.toContain('secret');
    });
  });
});
