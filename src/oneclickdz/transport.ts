// Carries a call through access, budget and deadline, repeats reads that failed for a moment, and tells the log one
// fact per request. A send goes through `once` and is never repeated here.

import { ProviderFault, type Clock, type Identified, type Priority } from '../app/ports.ts';
import type { Access } from './access.ts';
import type { Budget, Sleep } from './budget.ts';
import { readEnvelope, requestIdOf, upperUnderscored } from './envelope.ts';
import { judge, type Complaint, type Verdict } from './errors.ts';
import type { Answer, Call, Exchange, NoAnswer } from './exchange.ts';
import type { Throttle } from './throttle.ts';

export interface Ask extends Call {
  /** The path's pattern, for logs and errors: numbers and references are left out. */
  readonly endpoint: string;
  readonly priority: Priority;
  readonly purpose: 'send' | 'read';
  /** Our reference, for the log. */
  readonly ref?: string;
  /** Epoch ms; what has not had its turn by then is not sent. */
  readonly notAfter?: number | undefined;
}

/** One fact per request for the log; `code` is the provider's or our own word for what went wrong. */
export interface LogFact {
  readonly endpoint: string;
  readonly status?: number;
  readonly code?: string;
  readonly requestId?: string;
  readonly ms: number;
  readonly ref?: string;
}

/** What a call came to. `said`: an answer that is not a yes. */
export type Tried = { readonly ms: number; readonly requestId?: string } & (
  | { readonly kind: 'ok'; readonly data: unknown; readonly meta: unknown }
  | { readonly kind: 'said'; readonly complaint: Complaint; readonly verdict: Verdict }
  | NoAnswer
);

export interface Transport {
  /** One request. Throws ProviderFault only if nothing was sent. */
  once(ask: Ask, deadlineMs: number): Promise<Tried>;
  /** One request, and for a GET its repeats, all within one deadline; waiting for the budget doesn't count. */
  patiently(ask: Ask): Promise<Tried>;
}

export interface TransportOptions {
  readonly exchange: Exchange;
  readonly access: Access;
  readonly budget: Budget;
  readonly throttle: Throttle;
  readonly clock: Clock;
  readonly random: () => number;
  readonly sleep: Sleep;
  readonly getMs: number;
  readonly apiKey: string;
  readonly log: (fact: LogFact) => void;
}

const REPEATS: Record<Priority, number> = { person: 2, worker: 1 };
/** A longer `Retry-After` is not waited for here. */
const LONGEST_HINT_MS = 10_000;

/** Wires the parts; holds no state of its own. */
export function createTransport(options: TransportOptions): Transport {
  const { exchange, access, budget, throttle, clock, random, sleep, getMs, log } = options;
  const secret = upperUnderscored(options.apiKey);
  /** A server may quote what it was sent. A few letters are no secret and would swallow innocent codes. */
  const quotesKey = (text: string): boolean => secret.length >= 8 && upperUnderscored(text).includes(secret);
  const harmless = (text: string | undefined): string | undefined =>
    text === undefined || quotesKey(text) ? undefined : text;

  function notSent(ask: Ask): ProviderFault {
    return new ProviderFault(
      access.halted() ? 'no-access' : access.closed() ? 'unreachable' : 'throttled',
      ask.endpoint,
    );
  }

  async function waitForTurn(ask: Ask): Promise<void> {
    const granted = await budget.take(ask.priority, access.stopped());
    const isLate = clock() > (ask.notAfter ?? Infinity);
    if (isLate || granted !== 'granted' || access.halted() || access.closed()) throw notSent(ask);
  }

  function understand(ask: Ask, got: Answer | NoAnswer, ms: number): Tried {
    if (got.kind === 'no-answer') return { ...got, ms };
    const id = harmless(requestIdOf(got.body, got.requestIdHeader));
    const about = { ms, ...(id !== undefined && { requestId: id }) };
    const envelope = readEnvelope(got.body);
    const { status, retryAfterMs } = got;
    if (envelope.kind === 'ok' && status >= 200 && status < 300) {
      return { kind: 'ok', data: envelope.data, meta: envelope.meta, ...about };
    }
    const told = envelope.kind === 'error' ? envelope : {};
    const whose = { envelope: envelope.kind === 'error', readable: got.body !== undefined };
    const complaint = { ...told, ...whose, purpose: ask.purpose, status, retryAfterMs };
    return { kind: 'said', complaint, verdict: judge(complaint), ...about };
  }

  /** Any considered answer of the application means that it took the key; a busy or broken one may not have looked. */
  function learn(ask: Ask, tried: Tried): void {
    if (tried.kind === 'said' && tried.verdict.kind === 'halt') {
      access.halt(tried.verdict.detail);
    } else if (ask.keyed !== false && isConsidered(tried)) {
      access.trust();
    }
  }

  function tell(ask: Ask, tried: Tried, status: number | undefined): void {
    const code =
      tried.kind === 'said' ? harmless(tried.complaint.code) : tried.kind === 'ok' ? undefined : tried.reason;
    log({
      endpoint: ask.endpoint,
      ...(status !== undefined && { status }),
      ...(code !== undefined && { code }),
      ...(tried.requestId !== undefined && { requestId: tried.requestId }),
      ms: tried.ms,
      ...(ask.ref !== undefined && { ref: ask.ref }),
    });
  }

  async function once(ask: Ask, deadlineMs: number): Promise<Tried> {
    // Outside the door: while the key is unproven, whoever is inside keeps everybody else out, people too.
    if (ask.priority === 'worker') await throttle.over(access.stopped());
    const entry = await access.enter(ask.priority);
    if (entry.kind !== 'in') throw notSent(ask);
    try {
      await waitForTurn(ask);
      const startedAt = clock();
      const got = await exchange(ask, deadlineMs);
      if (got.kind === 'answer') throttle.heard(got);
      const tried = understand(ask, got, Math.max(0, clock() - startedAt));
      learn(ask, tried);
      tell(ask, tried, got.kind === 'answer' ? got.status : undefined);
      return tried;
    } finally {
      entry.leave();
    }
  }

  async function patiently(ask: Ask): Promise<Tried> {
    let leftMs = getMs;
    for (let repeat = 0; ; repeat += 1) {
      const tried = await once(ask, leftMs);
      const waitMs =
        ask.method === 'GET' && repeat < REPEATS[ask.priority] ? pause(tried, repeat) : undefined;
      if (waitMs === undefined) return tried;
      leftMs -= tried.ms + waitMs;
      if (leftMs <= 0) return tried;
      await sleep(waitMs, access.stopped()).catch(() => undefined);
    }
  }

  /** The wait before a repeat, or undefined when there is nothing to repeat: 250–750 ms, then 750–2250 ms. */
  function pause(tried: Tried, repeat: number): number | undefined {
    const usualMs = Math.round(500 * 3 ** repeat * (0.5 + random()));
    if (tried.kind === 'no-answer') return tried.reason === 'unreachable' ? usualMs : undefined;
    if (tried.kind === 'ok' || tried.verdict.kind !== 'fault' || !tried.verdict.repeatable) return undefined;
    const { waitMs = 0 } = tried.verdict;
    return waitMs <= LONGEST_HINT_MS ? Math.max(waitMs, usualMs) : undefined;
  }

  return { once, patiently };
}

function isConsidered(tried: Tried): boolean {
  if (tried.kind !== 'said') return tried.kind === 'ok';
  const { envelope, status } = tried.complaint;
  return envelope && status < 500 && status !== 429 && status !== 408;
}

/** The provider's id of a call, for what is told of it. */
export const idOf = ({ requestId }: Tried): Identified => (requestId === undefined ? {} : { requestId });

/** The fault that a failed read becomes. */
export function faultOf(tried: Tried, endpoint: string): ProviderFault {
  const { requestId } = tried;
  if (tried.kind === 'ok') return new ProviderFault('unreadable', endpoint, { requestId });
  if (tried.kind === 'no-answer') return new ProviderFault(tried.reason, endpoint, { cause: tried.cause });
  const { verdict, complaint } = tried;
  const cause = new Error(`HTTP ${complaint.status}`);
  const code = verdict.kind === 'halt' ? 'no-access' : verdict.kind === 'fault' ? verdict.code : 'server';
  return new ProviderFault(code, endpoint, { cause, requestId });
}
