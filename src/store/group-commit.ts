// Many callers, one write at a time: whatever was submitted while the disk was busy goes into the next write together.
// Each caller waits for exactly the write that holds its change; lowdb's own queue can leave the first one waiting for ever.

/** What a caller gets once the write is done: a value, a later value, or an error of its own that it throws. */
export type Answer<R> = () => R | Promise<R>;

export interface GroupCommit<C, R> {
  /** Resolves or rejects with what became of this change; rejects when the write it was in failed. */
  submit(change: C): Promise<R>;
  /** Resolves when nothing is waiting or being written. */
  idle(): Promise<void>;
}

interface Waiting<C, R> {
  readonly change: C;
  readonly resolve: (value: R | PromiseLike<R>) => void;
  readonly reject: (error: unknown) => void;
}

/** `write` gives one answer for each change, in their order; when it throws, every change of that batch is rejected. */
export function groupCommit<C, R>(
  write: (changes: readonly C[]) => Promise<readonly Answer<R>[]>,
): GroupCommit<C, R> {
  let waiting: Waiting<C, R>[] = [];
  let running: Promise<void> | undefined;

  async function writeTogether(batch: readonly Waiting<C, R>[]): Promise<void> {
    try {
      const answers = await write(batch.map(({ change }) => change));
      for (const [i, { resolve, reject }] of batch.entries()) {
        const answer = answers[i];
        if (answer === undefined) reject(new RangeError('a change went unanswered'));
        else resolve(Promise.resolve().then(answer));
      }
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }

  async function run(): Promise<void> {
    while (waiting.length > 0) {
      // What is submitted in this same turn may still join.
      await Promise.resolve();
      const batch = waiting;
      waiting = [];
      await writeTogether(batch);
    }
    running = undefined;
  }

  return {
    submit(change) {
      const { promise, resolve, reject } = Promise.withResolvers<R>();
      waiting.push({ change, resolve, reject });
      running ??= run();
      return promise;
    },
    async idle() {
      while (running !== undefined) await running;
    },
  };
}
