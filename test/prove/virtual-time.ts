// Time that only the scheduler moves. Everything that waits, the program's timers and the world's events alike, stands in
// one line ordered by moment; between two of them the program runs until nothing of it can go on. What belongs to the
// running instance is marked so, and a crash takes exactly that away.

/** `life`: an answer to the running instance, gone with it; `timer`: one of its timers, gone too. `world`: everything else. */
export type Owner = 'life' | 'timer' | 'world';

export interface Waiting {
  readonly due: number;
  readonly seq: number;
  readonly owner: Owner;
  run: (() => void) | undefined;
}

export interface VirtualTime {
  readonly now: () => number;
  /** What the machine's clock shows: somebody may have set it. */
  readonly wall: () => number;
  /** Sets the machine's clock by this much; what waits is not moved by it. */
  setClock(ms: number): void;
  /** Calls `run` after `ms`; cancelled by clearing `run`. */
  after(ms: number, run: () => void, owner: Owner): Waiting;
  /** The same, counted from when the event at hand was due: the world does not nap while the machine does. */
  afterDue(ms: number, run: () => void, owner: Owner): Waiting;
  /** The next thing in line, taken out, with the clock moved there (or to `notBefore`, if that is later). */
  next(notBefore?: number): (() => void) | undefined;
  /** When the next thing is due; Infinity when nothing is. */
  readonly nextDue: () => number;
  /** The same of what is no timer. */
  readonly nextUnderWay: () => number;
  /** Takes away everything of the running instance. */
  cut(): void;
}

/** Whether `a` comes before `b`. */
const isBefore = (a: Waiting, b: Waiting): boolean => a.due < b.due || (a.due === b.due && a.seq < b.seq);

export function virtualTime(began: number): VirtualTime {
  let now = began;
  let dueNow = began;
  let seq = 0;
  let offset = 0;
  let heap: Waiting[] = [];

  function push(waiting: Waiting): void {
    let i = heap.push(waiting) - 1;
    while (i > 0) {
      const up = (i - 1) >> 1;
      const parent = heap[up];
      if (parent === undefined || !isBefore(waiting, parent)) break;
      heap[i] = parent;
      i = up;
    }
    heap[i] = waiting;
  }

  function add(due: number, run: () => void, owner: Owner): Waiting {
    const waiting: Waiting = { due, seq: (seq += 1), owner, run };
    push(waiting);
    return waiting;
  }

  function sink(waiting: Waiting): void {
    let i = 0;
    for (;;) {
      let child = 2 * i + 1;
      const left = heap[child];
      if (left === undefined) break;
      const right = heap[child + 1];
      let least = left;
      if (right !== undefined && isBefore(right, left)) {
        child += 1;
        least = right;
      }
      if (!isBefore(least, waiting)) break;
      heap[i] = least;
      i = child;
    }
    heap[i] = waiting;
  }

  function pop(): Waiting | undefined {
    const top = heap[0];
    const last = heap.pop();
    if (top !== undefined && last !== undefined && last !== top) sink(last);
    return top;
  }

  function peek(): Waiting | undefined {
    while (heap[0] !== undefined && heap[0].run === undefined) pop();
    return heap[0];
  }

  return {
    now: () => Math.floor(now),
    wall: () => Math.floor(now) + offset,
    setClock: (ms) => void (offset += ms),
    after: (ms, run, owner) => add(now + Math.max(0, ms), run, owner),
    afterDue: (ms, run, owner) => add(dueNow + Math.max(0, ms), run, owner),
    next(notBefore = -Infinity) {
      const waiting = peek();
      if (waiting === undefined) return undefined;
      pop();
      now = Math.max(now, waiting.due, notBefore);
      dueNow = waiting.due;
      const { run } = waiting;
      waiting.run = undefined;
      return run;
    },
    nextDue: () => peek()?.due ?? Infinity,
    nextUnderWay: () =>
      heap.reduce(
        (soonest, { due, owner, run }) =>
          owner === 'timer' || run === undefined ? soonest : Math.min(soonest, due),
        Infinity,
      ),
    cut() {
      const kept = heap.filter(({ owner, run }) => owner === 'world' && run !== undefined);
      heap = [];
      for (const waiting of kept) push(waiting);
    },
  };
}
