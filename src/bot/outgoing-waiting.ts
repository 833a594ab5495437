// The calls of one chat that have not gone yet, and who waits for their answers. Pure bookkeeping: which call goes next,
// and which older edit a newer one makes needless.

import { isGroup } from './outgoing-call.ts';
import { responseOf } from './outgoing-answer.ts';
import { onAbort, type Outcome, type Request, type SignalLike } from './outgoing-transport.ts';

interface Caller {
  /** Where it waits; changes when a newer edit takes over. */
  entry: Entry;
  readonly resolve: (response: Response) => void;
  readonly reject: (error: unknown) => void;
}

/** One call to be sent. Several callers when newer edits took an older one's place. */
export interface Entry {
  request: Request;
  /** When the oldest of its callers came, epoch ms. */
  readonly since: number;
  repeats: number;
  readonly callers: Set<Caller>;
  /** Aborts once no caller is left. */
  readonly abandoned: AbortController;
}

export interface Waiting {
  /** Puts a call in line; the promise is its caller's answer and rejects when the caller's signal aborts. */
  add(request: Request, signal: SignalLike | null | undefined, now: number): Promise<Response>;
  /** The call to send next, without taking it. */
  next(now: number): Entry | undefined;
  take(entry: Entry): void;
  /** Puts a call that was not executed back in front, or hands its callers to a newer edit of the same message. */
  putBack(entry: Entry): void;
  /** Takes everything out. */
  clear(): readonly Entry[];
  empty(): boolean;
  size(): number;
}

/** In groups ends go first, then prompts before edits, what is said aside last; an edit that has waited this long goes first all the same. */
export const PATIENCE_MS = 10_000;

export function createWaiting(chat: string): Waiting {
  const entries: Entry[] = [];

  function remove(entry: Entry): void {
    const at = entries.indexOf(entry);
    if (at >= 0) entries.splice(at, 1);
  }

  function add(request: Request, signal: SignalLike | null | undefined, now: number): Promise<Response> {
    const last = entries.findLast((other) => sameMessage(other.request, request));
    const older = last !== undefined && supersedes(request, last.request) ? last : undefined;
    const entry = older ?? newEntry(request, now);
    entry.request = request;
    const { promise, resolve, reject } = Promise.withResolvers<Response>();
    const caller: Caller = { entry, resolve, reject };
    entry.callers.add(caller);
    if (older === undefined) entries.push(entry);
    onAbort(signal, () => leave(caller));
    return promise;
  }

  function leave(caller: Caller): void {
    const { entry, reject } = caller;
    reject(new DOMException('the call was aborted', 'AbortError'));
    entry.callers.delete(caller);
    if (entry.callers.size > 0) return;
    remove(entry);
    entry.abandoned.abort();
  }

  function next(now: number): Entry | undefined {
    if (!isGroup(chat)) return entries[0];
    const said = entries.filter(({ request }) => request.call.weight !== 'aside');
    const end = said.find(({ request }) => request.call.weight === 'end');
    if (end !== undefined) return end;
    const change = said.find(({ request }) => request.call.kind !== 'send');
    if (change !== undefined && now - change.since >= PATIENCE_MS) return change;
    return said.find(({ request }) => request.call.kind === 'send') ?? change ?? entries[0];
  }

  function putBack(entry: Entry): void {
    // Everybody who waited for it has gone.
    if (entry.callers.size === 0) return;
    const newer = entries.find(({ request }) => sameMessage(request, entry.request));
    if (newer !== undefined && supersedes(newer.request, entry.request)) handOn(entry, newer);
    else entries.unshift(entry);
  }

  function handOn(entry: Entry, newer: Entry): void {
    for (const caller of entry.callers) {
      caller.entry = newer;
      newer.callers.add(caller);
    }
    entry.callers.clear();
  }

  return {
    add,
    next,
    take: remove,
    putBack,
    clear: () => entries.splice(0),
    empty: () => entries.length === 0,
    size: () => entries.length,
  };
}

const newEntry = (request: Request, since: number): Entry => ({
  request,
  since,
  repeats: 0,
  callers: new Set(),
  abandoned: new AbortController(),
});

const sameMessage = (a: Request, b: Request): boolean =>
  a.call.message !== undefined && a.call.message === b.call.message;

/** Whether the newer edit leaves nothing of the older one to be seen. */
const supersedes = (newer: Request, older: Request): boolean =>
  newer.call.kind === 'edit' && newer.call.method === older.call.method;

/** Gives every caller of the entry the outcome. */
export function settle({ callers }: Entry, outcome: Outcome): void {
  for (const { resolve, reject } of callers) {
    if (outcome.kind === 'answer') resolve(responseOf(outcome));
    else reject(outcome.error);
  }
}

/** Refuses every caller of the entry without asking Telegram. */
export function refuse({ callers }: Entry, answer: () => Response): void {
  for (const { resolve } of callers) resolve(answer());
}
