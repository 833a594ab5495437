// Work ordered by a key: one key's tasks one after another, different keys at the same time. The intake puts every
// update in here. A task that hangs is left behind after a while, so that nobody's chat is dead until a restart.

/** The two timer functions that the guard needs; Node's own unless a test moves the time. */
export interface Timers {
  /** Calls `action` once after `ms`. */
  readonly set: (action: () => void, ms: number) => NodeJS.Timeout;
  readonly clear: (timer: NodeJS.Timeout) => void;
}

export interface KeyedQueueOptions {
  /** How long one task may run, in ms, before its key goes on without it. */
  readonly guardMs?: number;
  /** Told about each task that was left behind. Must not throw. */
  readonly onLate: (key: string) => void;
  readonly timers?: Timers;
}

export interface KeyedQueue {
  /** Runs the task after all earlier ones of its key; resolves when it is done or left behind, rejects when it fails in time. */
  run(key: string, task: () => Promise<void>): Promise<void>;
  /** How many tasks of the key are running or waiting. */
  pending(key: string): number;
  /** Resolves when nothing runs or waits, tasks added meanwhile included; never rejects. */
  idle(): Promise<void>;
}

interface Line {
  tail: Promise<unknown>;
  size: number;
}

const GUARD_MS = 60_000;

const NODE_TIMERS: Timers = {
  set: (action, ms) => setTimeout(action, ms),
  clear: (timer) => clearTimeout(timer),
};

/** A queue with a line per key; a key takes no memory once its line is empty. */
export function createKeyedQueue(options: KeyedQueueOptions): KeyedQueue {
  const { guardMs = GUARD_MS, onLate, timers = NODE_TIMERS } = options;
  const lines = new Map<string, Line>();

  async function guarded(key: string, task: () => Promise<void>): Promise<void> {
    const { promise: late, resolve: giveUp } = Promise.withResolvers<undefined>();
    const timer = timers.set(() => {
      onLate(key);
      giveUp(undefined);
    }, guardMs);
    try {
      await Promise.race([task(), late]);
    } finally {
      timers.clear(timer);
    }
  }

  function run(key: string, task: () => Promise<void>): Promise<void> {
    const line = lines.get(key) ?? { tail: Promise.resolve(), size: 0 };
    lines.set(key, line);
    line.size += 1;
    const done = line.tail.then(async () => {
      try {
        await guarded(key, task);
      } finally {
        line.size -= 1;
        if (line.size === 0) lines.delete(key);
      }
    });
    // One task's failure is its caller's business; the next one starts all the same.
    line.tail = done.catch(() => undefined);
    return done;
  }

  async function idle(): Promise<void> {
    while (lines.size > 0) await Promise.all([...lines.values()].map((line) => line.tail));
  }

  return { run, pending: (key) => lines.get(key)?.size ?? 0, idle };
}
