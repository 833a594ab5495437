// What is under way on the real server while the world stands still. The world goes on once all of it is done, or waits for
// a lock that only something else in the world can give back; what was done is told in the order in which it was begun.

/** Taken before the machine is. */
const realTimeout = globalThis.setTimeout;
const realImmediate = globalThis.setImmediate;

const LOOK_AGAIN_MS = 25;

interface Doing {
  readonly pid: number | undefined;
  /** Set when it is done. */
  tell: (() => Promise<void>) | undefined;
  isBlocked: boolean;
}

export interface Doings {
  /** `pid`: of the server's process that does it, when it may have to wait there; `told`: what is done with the answer. */
  readonly begin: <T>(work: Promise<T>, told: (answer: T) => void | Promise<void>, pid?: number) => void;
  /** Resolves when nothing goes on by itself. */
  readonly still: () => Promise<void>;
}

/** `blocked`: processes of the server that wait for a lock. */
export function openDoings(blocked: () => Promise<ReadonlySet<number>>): Doings {
  let doings: Doing[] = [];
  let wake = (): void => undefined;
  let finished = 0;

  function begin<T>(work: Promise<T>, told: (answer: T) => void | Promise<void>, pid?: number): void {
    const doing: Doing = { pid, tell: undefined, isBlocked: false };
    const done = (tell: Doing['tell']): void => {
      doing.tell = tell;
      finished += 1;
      // It may have been what another waited for.
      for (const other of doings) other.isBlocked = false;
      wake();
    };
    doings.push(doing);
    work.then(
      (answer) => done(async () => told(answer)),
      (error: unknown) =>
        done(() => Promise.reject(error instanceof Error ? error : new Error(String(error)))),
    );
  }

  async function progress(under: readonly Doing[]): Promise<void> {
    await new Promise<void>((resolve) => {
      wake = resolve;
      if (under.some(({ tell }) => tell !== undefined)) resolve();
      else realTimeout(resolve, LOOK_AGAIN_MS);
    });
    const left = under.filter(({ tell, pid }) => tell === undefined && pid !== undefined);
    if (left.length < under.length) return;
    const before = finished;
    const waiting = await blocked();
    // What has come to an end since may have been what they waited for.
    if (finished > before) return;
    for (const one of left)
      if (one.tell === undefined && one.pid !== undefined && waiting.has(one.pid)) one.isBlocked = true;
  }

  async function still(): Promise<void> {
    for (;;) {
      await new Promise<void>((resolve) => void realImmediate(resolve));
      const under = doings.filter(({ tell, isBlocked }) => tell === undefined && !isBlocked);
      if (under.length > 0) {
        await progress(under);
        continue;
      }
      const over = doings.filter(({ tell }) => tell !== undefined);
      if (over.length === 0) return;
      doings = doings.filter(({ tell }) => tell === undefined);
      for (const { tell } of over) await tell?.();
    }
  }

  return { begin, still };
}
