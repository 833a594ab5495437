// What must succeed in the end is tried again with growing rests, and never after it has become pointless.

import { setTimeout as sleepFor } from 'node:timers/promises';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { untilDone } from '../src/until-done.ts';

vi.mock('node:timers/promises', () => ({ setTimeout: vi.fn(() => Promise.resolve()) }));

const rests = (): unknown[] => vi.mocked(sleepFor).mock.calls.map(([ms]) => ms);

/** A task that fails so many times. */
function failing(times: number) {
  let tries = 0;
  return {
    tries: () => tries,
    task: () => {
      tries += 1;
      return tries > times ? Promise.resolve() : Promise.reject(new Error('not yet'));
    },
  };
}

beforeEach(() => {
  vi.mocked(sleepFor).mockClear();
});

describe('a task', () => {
  it('that succeeds is done once, without a rest', async () => {
    const { task, tries } = failing(0);
    await untilDone(task, { stopped: () => false });
    expect([tries(), rests()]).toEqual([1, []]);
  });

  it('that fails is tried again after growing rests, a minute at the most', async () => {
    const { task, tries } = failing(9);
    await untilDone(task, { stopped: () => false });
    expect(tries()).toBe(10);
    expect(rests()).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60].map((seconds) => seconds * 1_000));
  });

  it('that is hopeless is left, without an exception', async () => {
    const { task, tries } = failing(9);
    await untilDone(task, {
      stopped: () => false,
      hopeless: (error) => error instanceof Error && tries() === 2,
    });
    expect([tries(), rests()]).toEqual([2, [1_000]]);
  });

  it('is not begun again once everything stops', async () => {
    const { task, tries } = failing(9);
    await untilDone(task, { stopped: () => tries() === 3 });
    expect(tries()).toBe(3);
  });
});
