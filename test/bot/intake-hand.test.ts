// What was taken from Telegram and is not finished: which offset it allows, and what outlives a kill.

import { describe, expect, it, vi } from 'vitest';
import { pass, timeByHand } from './hand-timers.ts';
import { openIntake, range, update } from './open-intake.ts';

timeByHand();

describe('the intake', () => {
  it('handles nothing twice after a kill, and loses nothing', async () => {
    const { telegram, begun, ended, slow, create, createMortal } = openIntake();
    const first = createMortal();
    void first.intake.run();
    telegram.push(update(1, 'amine', 'slow'), update(2, 'baya'), update(3, 'amine'));
    await pass(300);
    expect(ended).toEqual([2]);
    first.kill();
    begun.length = 0;
    void create().run();
    await pass(300);
    slow.get(1)?.end();
    await pass(10);
    expect(begun).toEqual([1, 3]);
    expect(telegram.lastOffset).toBe(4);
  });

  it('follows when Telegram begins to number from somewhere lower', async () => {
    const { telegram, ended, create } = openIntake();
    void create().run();
    telegram.push(update(5000, 'amine'));
    await pass(10);
    // Telegram answers from its oldest update when the offset is far ahead of all of them.
    const getUpdates = vi.spyOn(telegram, 'getUpdates').mockResolvedValueOnce([update(17, 'amine')]);
    await pass(30_010);
    expect(ended).toEqual([5000, 17]);
    expect(getUpdates).toHaveBeenLastCalledWith(expect.objectContaining({ offset: 18 }), expect.anything());
  });

  describe('behind a slow update, with the window full', () => {
    it('writes it down and moves on, and wipes the list when it is done', async () => {
      const { telegram, disk, ended, slow, create } = openIntake();
      void create().run();
      telegram.push(update(1, 'amine', 'slow'), update(2, 'amine'));
      for (const id of range(3, 79)) telegram.push(update(id, `p${id}`));
      await pass(300);
      expect(telegram.lastOffset).toBe(1);
      expect(disk.lists).toEqual([]);
      telegram.push(update(80, 'baya'));
      await pass(600);
      expect(disk.list).toEqual([update(1, 'amine', 'slow'), update(2, 'amine')]);
      expect(telegram.polls.at(-1)).toMatchObject({ offset: 81, timeout: 30 });
      telegram.push(...range(81, 300).map((id) => update(id, `p${id}`)));
      await pass(2000);
      expect(ended).toHaveLength(298);
      slow.get(1)?.end();
      await pass(31_000);
      expect(ended.slice(-2)).toEqual([1, 2]);
      expect(disk.list).toEqual([]);
    });

    it('finishes what was written down after a kill, first and once', async () => {
      const { telegram, disk, begun, slow, create, createMortal } = openIntake();
      const first = createMortal();
      void first.intake.run();
      telegram.push(update(1, 'amine', 'slow'), update(2, 'amine'));
      telegram.push(...range(3, 85).map((id) => update(id, `p${id}`)));
      await pass(1000);
      first.kill();
      expect(telegram.waiting).toEqual([]);
      begun.length = 0;
      telegram.push(update(86, 'amine'));
      const second = create();
      void second.run();
      await pass(100);
      slow.get(1)?.end();
      await pass(300);
      expect(begun).toEqual([1, 2, 86]);
      await second.stop({ graceMs: 1000 });
      expect(disk.list).toEqual([]);
    });

    it('handles once what was written down but not yet confirmed', async () => {
      const { telegram, disk, begun, slow, create } = openIntake();
      disk.list = [update(1, 'amine', 'slow'), update(2, 'amine'), 'no update'];
      disk.ids.add(2);
      telegram.push(update(1, 'amine', 'slow'), update(2, 'amine'), update(3, 'amine'));
      void create().run();
      await pass(300);
      slow.get(1)?.end();
      await pass(300);
      expect(begun).toEqual([1, 3]);
      expect(telegram.lastOffset).toBe(4);
      expect(disk.list).toEqual([]);
    });

    it('leaves the rest with Telegram when very many are slow', async () => {
      const { telegram, begun, ended, slow, create } = openIntake();
      void create().run();
      telegram.push(...range(1, 2000).map((id) => update(id, `p${id}`, 'slow')));
      await pass(60_000);
      expect(begun.length).toBeLessThan(650);
      for (let round = 0; round < 40; round++) {
        for (const { end } of slow.values()) end();
        await pass(1000);
      }
      expect(new Set(ended).size).toBe(2000);
      expect(ended).toHaveLength(2000);
    });
  });

  it.each<[string, unknown]>([
    ['no list', { result: [] }],
    ['nothing', null],
    ['a page', '<html></html>'],
    ['a list of something else', [null, 7, {}, { update_id: '5' }, { update_id: 1e300 }]],
  ])('waits and asks again after %s instead of updates', async (_what, answer) => {
    const { telegram, ended, create } = openIntake();
    telegram.odd.push(answer);
    void create().run();
    await pass(499);
    expect(telegram.polls).toHaveLength(1);
    telegram.push(update(7, 'amine'));
    await pass(10);
    expect(ended).toEqual([7]);
  });

  it('handles the updates between which something else stands', async () => {
    const { telegram, ended, create } = openIntake();
    telegram.odd.push([null, update(7, 'amine'), 'x', {}]);
    void create().run();
    await pass(10);
    expect(ended).toEqual([7]);
  });
});
