// What happened, for those who watch: every HTTP call, listeners, and a way to wait for a fact.
import type { AcceptedOrder } from './order-book.ts';

/** What was answered, as far as it is kept. */
export type Answered = {
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  /** Whether there was more of it. */
  readonly isCut: boolean;
};

/** One HTTP call that reached the stand-in; access keys are masked. */
export type Call = {
  readonly seq: number;
  /** Arrival, epoch milliseconds on the stand-in's clock. */
  readonly at: number;
  readonly method: string;
  /** Below `/v3`, percent-encoded as it arrived. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly body: unknown;
  /** The first characters of the key, or empty. */
  readonly key: string;
  /** The reference the call is about, where it names one. */
  readonly ref?: string;
  /** HTTP status answered, or why there is none; `pending` until it is known. */
  readonly status: number | 'pending' | 'hanging' | 'dropped';
  /** Absent before the answer, where there is none, and from the thousandth call back. */
  readonly reply?: Answered | undefined;
};

/** What listeners hear; a call is told twice, on arrival (`pending`) and when its status is known. */
export type StandInEvent =
  | { readonly kind: 'call'; readonly call: Call }
  | { readonly kind: 'order'; readonly order: AcceptedOrder }
  | { readonly kind: 'balance'; readonly balance: number };

// A playground left open for days polls without end; the oldest calls go.
const mostCalls = 100_000;
const mostReplies = 1000;

type Falsy = false | 0 | 0n | '' | null | undefined;

/** How long to wait (milliseconds of the wall clock) and what for, in words for the error. */
export type UntilOptions = { readonly timeoutMs?: number; readonly what?: string };

/** The journal of a stand-in. */
export type Journal = {
  readonly calls: readonly Call[];
  readonly arrived: (call: Omit<Call, 'seq' | 'status' | 'reply'>) => number;
  readonly answered: (seq: number, status: Call['status'], reply?: Answered) => void;
  readonly tell: (event: StandInEvent) => void;
  readonly on: (listener: (event: StandInEvent) => void) => () => void;
  readonly until: <T>(predicate: () => T, options?: UntilOptions) => Promise<Exclude<T, Falsy>>;
  readonly clear: () => void;
};

/** Creates an empty journal; `refresh` runs before each look of `until`, since outcomes depend on the clock. */
export function createJournal(refresh: () => void): Journal {
  const calls: Call[] = [];
  const listeners = new Set<(event: StandInEvent) => void>();
  let seq = 0;

  function tell(event: StandInEvent): void {
    for (const listener of [...listeners]) listener(event);
  }

  function on(listener: (event: StandInEvent) => void): () => void {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  }

  /** The answers are what weighs. */
  function dropOldReply(): void {
    const index = calls.length - 1 - mostReplies;
    const old = calls[index];
    if (old?.reply === undefined) return;
    calls[index] = { ...old, reply: undefined };
  }

  return {
    calls,
    tell,
    on,
    clear: () => void calls.splice(0),
    arrived(call) {
      seq += 1;
      const entry: Call = { seq, ...call, status: 'pending' };
      calls.push(entry);
      if (calls.length > mostCalls) calls.splice(0, calls.length - mostCalls / 2);
      dropOldReply();
      tell({ kind: 'call', call: entry });
      return seq;
    },
    answered(answeredSeq, status, reply) {
      const index = calls.findLastIndex((call) => call.seq === answeredSeq);
      const call = calls[index];
      if (call === undefined) return;
      const isKept = reply !== undefined && index >= calls.length - mostReplies;
      const entry: Call = { ...call, status, ...(isKept ? { reply } : {}) };
      calls[index] = entry;
      tell({ kind: 'call', call: entry });
    },
    until: (predicate, options = {}) => wait({ predicate, options, refresh, on }),
  };
}

function wait<T>(parts: {
  readonly predicate: () => T;
  readonly options: UntilOptions;
  readonly refresh: () => void;
  readonly on: Journal['on'];
}): Promise<Exclude<T, Falsy>> {
  const { timeoutMs = 10_000, what = 'the awaited state' } = parts.options;
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      clearInterval(interval);
      clearTimeout(timeout);
      off();
    };
    const look = (): void => {
      try {
        const value = parts.predicate();
        if (!isTruthy(value)) return;
        stop();
        resolve(value);
      } catch (error) {
        stop();
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    };
    const off = parts.on(look);
    const interval = setInterval(() => {
      parts.refresh();
      look();
    }, 25).unref();
    const timeout = setTimeout(() => {
      stop();
      reject(new Error(`The provider stand-in waited ${timeoutMs} ms in vain for ${what}`));
    }, timeoutMs);
    parts.refresh();
    look();
  });
}

function isTruthy<T>(value: T): value is Exclude<T, Falsy> {
  return Boolean(value);
}
