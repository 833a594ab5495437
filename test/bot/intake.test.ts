// Each update handled once and in its turn, whoever else is slow, and an end that leaves nothing in between.

import { Api } from 'grammy';
import { describe, expect, it, vi } from 'vitest';
import type { IntakeApi } from '../../src/bot/intake.ts';
import { pass, timeByHand } from './hand-timers.ts';
import { openIntake, range, refusal, update } from './open-intake.ts';

timeByHand();

describe('the intake', () => {
  it("fits grammY's Api", () => {
    const api: IntakeApi = new Api('1:a');
    expect(api).toBeInstanceOf(Api);
  });

  it('removes a webhook, polls long when idle, and confirms what was handled', async () => {
    const { telegram, disk, ended, create } = openIntake();
    const intake = create();
    void intake.run();
    await pass(1);
    expect(telegram.webhooksDeleted).toBe(1);
    expect(telegram.polls).toMatchObject([{ offset: undefined, timeout: 30, limit: 100 }]);
    expect(intake.lastAnswerAt()).toBe(1_000_000);
    telegram.push(update(7, 'amine'));
    await pass(10);
    expect(ended).toEqual([7]);
    expect(disk.ids).toContain(7);
    expect(telegram.polls.at(-1)).toMatchObject({ offset: 8, timeout: 30 });
    expect(telegram.waiting).toEqual([]);
  });

  it("hands over other people's updates while one person's call is slow, and confirms nothing beyond it", async () => {
    const { telegram, begun, ended, slow, create } = openIntake();
    void create().run();
    telegram.push(update(1, 'amine', 'slow'));
    await pass(10);
    telegram.push(update(2, 'baya'), update(3, 'amine'));
    await pass(250);
    expect(begun).toEqual([1, 2]);
    telegram.push(update(4, 'chafik'));
    await pass(250);
    expect(ended).toEqual([2, 4]);
    expect(telegram.lastOffset).toBe(1);
    slow.get(1)?.end();
    await pass(1);
    expect(ended).toEqual([2, 4, 1, 3]);
    expect(telegram.polls.at(-1)).toMatchObject({ offset: 5, timeout: 30 });
  });

  it('polls at most four times a second while one update is slow', async () => {
    const { telegram, begun, create } = openIntake();
    void create().run();
    telegram.push(update(1, 'amine', 'slow'));
    await pass(10_000);
    expect(telegram.polls.length).toBeLessThanOrEqual(43);
    expect(begun).toEqual([1]);
  });

  it("keeps one person's updates in order", async () => {
    const { telegram, begun, ended, slow, create } = openIntake();
    void create().run();
    telegram.push(update(1, 'amine', 'slow'), update(2, 'amine', 'slow'), update(3, 'amine'));
    await pass(300);
    expect(begun).toEqual([1]);
    slow.get(1)?.end();
    await pass(1);
    expect(begun).toEqual([1, 2]);
    slow.get(2)?.end();
    await pass(1);
    expect(ended).toEqual([1, 2, 3]);
  });

  it('has one update on disk before the next of its key begins', async () => {
    const { telegram, disk, create } = openIntake();
    const known: number[][] = [];
    void create({
      handle: async () => {
        await Promise.resolve();
        known.push([...disk.ids]);
      },
    }).run();
    telegram.push(update(1, 'amine'), update(2, 'amine'));
    await pass(10);
    expect(known).toEqual([[], [1]]);
  });

  it('runs updates without a key side by side', async () => {
    const { telegram, begun, create } = openIntake();
    void create({ keyOf: () => undefined }).run();
    telegram.push(update(1, 'amine', 'slow'), update(2, 'amine'));
    await pass(1);
    expect(begun).toEqual([1, 2]);
  });

  it('does not write again what the handler has recorded itself', async () => {
    const { telegram, disk, create } = openIntake();
    const mark = vi.spyOn(disk, 'markHandled');
    void create({
      handle: async (u) => {
        await Promise.resolve();
        disk.ids.add(u.update_id);
      },
    }).run();
    telegram.push(update(1, 'amine'));
    await pass(10);
    expect(mark).not.toHaveBeenCalled();
    expect(telegram.lastOffset).toBe(2);
  });

  it('counts an update as handled when its handler fails', async () => {
    const { telegram, disk, ended, log, create } = openIntake();
    void create().run();
    telegram.push(update(1, 'amine', 'fail'), update(2, 'amine'));
    await pass(10);
    expect(ended).toEqual([2]);
    expect([...disk.ids]).toEqual([1, 2]);
    expect(log.error).toHaveBeenCalledOnce();
    expect(telegram.lastOffset).toBe(3);
  });

  it('goes on after a handler that hangs', async () => {
    const { telegram, ended, create } = openIntake();
    void create().run();
    telegram.push(update(1, 'amine', 'slow'), update(2, 'amine'));
    await pass(61_000);
    expect(ended).toEqual([2]);
    expect(telegram.lastOffset).toBe(3);
  });

  it('goes on when the disk is full', async () => {
    const { telegram, disk, begun, ended, create } = openIntake();
    disk.full = true;
    void create().run();
    telegram.push(update(1, 'amine', 'slow'), ...range(2, 100).map((id) => update(id, `p${id}`)));
    await pass(1000);
    expect(ended).toHaveLength(99);
    expect(telegram.lastOffset).toBe(1);
    disk.full = false;
    telegram.push(update(101, 'baya'));
    await pass(600);
    expect(begun.at(-1)).toBe(101);
    expect(begun).toHaveLength(101);
  });

  it('drops a flood by one person beyond 30 waiting, says so once, and serves the others', async () => {
    const { telegram, disk, ended, slow, log, create } = openIntake();
    void create().run();
    telegram.push(update(1, 'amine', 'slow'));
    await pass(300);
    telegram.push(...range(2, 60).map((id) => update(id, 'amine')), update(61, 'baya'));
    await pass(300);
    expect(ended).toEqual([61]);
    expect(log.warn).toHaveBeenCalledOnce();
    slow.get(1)?.end();
    await pass(300);
    expect(ended).toEqual([61, ...range(1, 31)]);
    expect(telegram.lastOffset).toBe(62);
    expect(disk.ids).toContain(60);
  });

  describe('when stopped', () => {
    it('ends the long poll at once', async () => {
      const { telegram, create } = openIntake();
      const intake = create();
      const run = intake.run();
      await pass(1000);
      await intake.stop({ graceMs: 20_000 });
      await run;
      expect(telegram.polls[0]?.aborted).toBe(true);
      expect(Date.now()).toBe(1_001_000);
    });

    it('waits for what is in hand, then confirms it', async () => {
      const { telegram, ended, slow, create } = openIntake();
      const intake = create();
      void intake.run();
      telegram.push(update(1, 'amine', 'slow'), update(2, 'amine'));
      await pass(10);
      const stopped = vi.fn();
      void intake.stop({ graceMs: 20_000 }).then(stopped);
      await pass(5_000);
      expect(stopped).not.toHaveBeenCalled();
      slow.get(1)?.end();
      await pass(1);
      expect(stopped).toHaveBeenCalledOnce();
      expect(ended).toEqual([1, 2]);
      expect(telegram.polls.at(-1)).toMatchObject({ offset: 3, timeout: 0, limit: 1 });
      expect(telegram.waiting).toEqual([]);
    });

    it('gives up on what takes too long, begins nothing more, and leaves it with Telegram', async () => {
      const { telegram, disk, begun, slow, create } = openIntake();
      const intake = create();
      void intake.run();
      telegram.push(update(1, 'baya'), update(2, 'amine', 'slow'), update(3, 'amine'));
      await pass(10);
      const stop = intake.stop({ graceMs: 2_000 });
      await pass(2_000);
      await stop;
      slow.get(2)?.end();
      await pass(1000);
      expect(begun).toEqual([1, 2]);
      expect([...disk.ids]).toEqual([1, 2]);
      expect(telegram.lastOffset).toBe(2);
      expect(telegram.waiting.map((u) => u.update_id)).toEqual([2, 3]);
    });

    it('resolves when it never ran, and when the last call fails', async () => {
      const { telegram, log, create } = openIntake();
      await create().stop({ graceMs: 1000 });
      const intake = create();
      void intake.run();
      telegram.push(update(1, 'amine'));
      await pass(10);
      telegram.failures.push(new Error('network'));
      await intake.stop({ graceMs: 1000 });
      expect(log.warn).toHaveBeenCalledOnce();
    });

    it('cuts short a wait during an outage', async () => {
      const { telegram, create } = openIntake();
      telegram.failures.push(refusal(429, { retry_after: 300 }));
      const intake = create();
      void intake.run();
      await pass(1000);
      await intake.stop({ graceMs: 1000 });
      expect(Date.now()).toBe(1_001_000);
    });
  });
});
