import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createKeyedQueue } from '../../src/bot/keyed-queue.ts';

/** A task that runs until told, and says when it began. */
function createTask(name: string, told: string[]) {
  const { promise, resolve, reject } = Promise.withResolvers<undefined>();
  const task = async () => {
    told.push(`${name} begins`);
    await promise;
    told.push(`${name} ends`);
  };
  return { task, end: () => resolve(undefined), fail: () => reject(new Error(name)) };
}

const breathe = () => new Promise((resolve) => setImmediate(resolve));

describe('a keyed queue', () => {
  const late: string[] = [];
  let told: string[] = [];
  let ring: (() => void) | undefined;
  const timers = {
    set: (action: () => void) => {
      ring = action;
      return setTimeout(() => undefined, 0);
    },
    clear: (timer: NodeJS.Timeout) => clearTimeout(timer),
  };
  const create = () => createKeyedQueue({ onLate: (key) => late.push(key), timers });

  beforeEach(() => {
    late.length = 0;
    told = [];
    ring = undefined;
  });

  it('runs the tasks of one key in order and those of others meanwhile', async () => {
    const queue = create();
    const [one, two, other] = [createTask('1', told), createTask('2', told), createTask('other', told)];
    void queue.run('a', one.task);
    void queue.run('a', two.task);
    void queue.run('b', other.task);
    await breathe();
    expect(told).toEqual(['1 begins', 'other begins']);
    expect([queue.pending('a'), queue.pending('b'), queue.pending('c')]).toEqual([2, 1, 0]);
    one.end();
    await breathe();
    expect(told.slice(2)).toEqual(['1 ends', '2 begins']);
    two.end();
    other.end();
    await queue.idle();
    expect([queue.pending('a'), queue.pending('b')]).toEqual([0, 0]);
  });

  it('goes on after a task that fails, and tells only its caller', async () => {
    const queue = create();
    const [one, two] = [createTask('1', told), createTask('2', told)];
    const first = queue.run('a', one.task);
    const second = queue.run('a', two.task);
    one.fail();
    two.end();
    await expect(first).rejects.toThrow('1');
    await second;
    await queue.idle();
    expect(told).toContain('2 ends');
  });

  it('leaves a hanging task behind, reports it, and survives its failing later', async () => {
    const queue = create();
    const [one, two] = [createTask('1', told), createTask('2', told)];
    const first = queue.run('a', one.task);
    void queue.run('a', two.task);
    await breathe();
    ring?.();
    await first;
    await breathe();
    expect(late).toEqual(['a']);
    expect(told).toEqual(['1 begins', '2 begins']);
    one.fail();
    two.end();
    await queue.idle();
  });

  it('takes a minute for a hang, counted from the beginning of the task', async () => {
    vi.useFakeTimers();
    try {
      const queue = createKeyedQueue({ onLate: (key) => late.push(key) });
      void queue.run('a', createTask('1', told).task);
      void queue.run('a', createTask('2', told).task);
      await vi.advanceTimersByTimeAsync(59_999);
      expect(told).toEqual(['1 begins']);
      await vi.advanceTimersByTimeAsync(1);
      expect(told).toEqual(['1 begins', '2 begins']);
      await vi.advanceTimersByTimeAsync(59_999);
      expect(late).toEqual(['a']);
      await vi.advanceTimersByTimeAsync(1);
      expect(late).toEqual(['a', 'a']);
      await queue.run('b', () => Promise.resolve());
      await vi.advanceTimersByTimeAsync(60_000);
      expect(late).toEqual(['a', 'a']);
    } finally {
      vi.useRealTimers();
    }
  });

  it('waits in idle for tasks that were added meanwhile', async () => {
    const queue = create();
    await queue.run('a', async () => {
      void queue.run('b', createTask('never', told).task);
      await Promise.resolve();
    });
    const idle = vi.fn();
    void queue.idle().then(idle);
    await breathe();
    expect(idle).not.toHaveBeenCalled();
  });
});
