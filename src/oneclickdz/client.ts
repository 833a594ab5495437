// The provider behind the port `Topups`: OneClickDz v3 over HTTP. Reads throw ProviderFault; `send` never throws and
// never says more than is known.

import { setTimeout as sleepFor } from 'node:timers/promises';

import {
  ProviderFault,
  type Clock,
  type Priority,
  type ProviderAccount,
  type SendResult,
  type Topups,
} from '../app/ports.ts';
import type { SharedTraffic } from '../app/sharing.ts';
import { wholeDinars } from '../domain/money.ts';
import { createAccess, type Access, type HaltDetail } from './access.ts';
import { readAccount, readPing, readTransactions, type TransactionPage } from './account.ts';
import { createBudget, type Sleep } from './budget.ts';
import { notExecutedWaitMs, type Verdict } from './errors.ts';
import { createExchange, type Call } from './exchange.ts';
import { createLineCheck } from './line-check.ts';
import { createLookup } from './lookup.ts';
import { createSharedBudget } from './shared-budget.ts';
import { createThrottle, type Throttle } from './throttle.ts';
import { createTransport, faultOf, idOf, type LogFact, type Transport, type Tried } from './transport.ts';
import { readBalance, readOffers, readSent, readTopups } from './wire.ts';

export type { HaltDetail } from './access.ts';
export type { Transaction, TransactionPage } from './account.ts';
export type { Sleep } from './budget.ts';
export type { LogFact } from './transport.ts';

export interface TopupsOptions {
  readonly apiKey: string;
  /** Ends in `/v3`. */
  readonly baseUrl: string;
  readonly rate?: { readonly perSecond: number; readonly burst: number };
  /** How long the network may take, repeats of a read included; waiting for the rate budget doesn't count. */
  readonly deadlines?: { readonly getMs: number; readonly sendMs: number };
  readonly fetch?: typeof globalThis.fetch;
  readonly clock?: Clock;
  /** 0 ≤ x < 1, for the jitter of repeats. */
  readonly random?: () => number;
  /** Must reject when aborted and must let `clock` advance. */
  readonly sleep?: Sleep;
  /** Traffic has stopped; called once per cause. */
  readonly onHalt: (detail: HaltDetail) => void;
  readonly log?: (fact: LogFact) => void;
  /** What other processes that use this key do; without it there are none. */
  readonly shared?: SharedTraffic | undefined;
}

/** The port, and what only start-up, health and daily accounts need. */
export interface TopupsClient extends Topups {
  /** Asks who the key belongs to; halts, and throws ProviderFault('no-access'), when the key may not buy. */
  validate(priority?: Priority): Promise<ProviderAccount>;
  /** Needs no key and says nothing about internet recharges. */
  ping(): Promise<{ readonly up: boolean }>;
  /** One page of at most 100 movements on the provider's books; `page` from 1. */
  transactions(page: number): Promise<TransactionPage>;
  /** Ends every wait and lets nothing more out; requests that are out are left to end. */
  close(): void;
}

const RATE = { perSecond: 2, burst: 5 };
const DEADLINES = { getMs: 15_000, sendMs: 40_000 };
/** The longest a person's call waits for its turn. */
const PERSON_WAIT_MS = 10_000;
const PAGE_SIZE = '100';

/** Opens no connection; throws TypeError for a key that can't stand in a header. */
export function createTopups(options: TopupsOptions): TopupsClient {
  const { onHalt, clock = Date.now, deadlines = DEADLINES, shared } = options;
  const sleep: Sleep = options.sleep ?? ((ms, signal) => sleepFor(ms, undefined, { signal }));
  const timing = { clock, sleep, personWaitMs: PERSON_WAIT_MS };
  const access = createAccess({ ...timing, onHalt, others: shared });
  const throttle = createThrottle({ ...timing, told: (pause) => shared?.pause(pause) });
  const paced = { ...timing, ...(options.rate ?? RATE), heldMs: () => throttle.heldMs() };
  if (shared !== undefined) joinOthers(shared, access, throttle);
  const transport = createTransport({
    ...timing,
    access,
    throttle,
    budget:
      shared === undefined
        ? createBudget(paced)
        : createSharedBudget({ ...paced, traffic: shared, paused: (pause) => throttle.join(pause) }),
    exchange: createExchange({ ...options, clock }),
    random: options.random ?? Math.random,
    getMs: deadlines.getMs,
    apiKey: options.apiKey,
    log: (fact) => options.log?.(fact),
  });
  const get = createReader(transport);
  let known: ProviderAccount | undefined;
  let validating: Promise<ProviderAccount> | undefined;

  async function askAccount(priority: Priority): Promise<ProviderAccount> {
    const { account, flaw } = await get({ path: 'validate', priority }, ({ data }) => readAccount(data));
    known = account;
    if (flaw === undefined) return account;
    access.halt(flaw);
    throw new ProviderFault('no-access', 'GET validate');
  }

  /** Many look-ups at once need only one answer. */
  function validate(priority: Priority = 'person'): Promise<ProviderAccount> {
    validating ??= askAccount(priority).finally(() => (validating = undefined));
    return validating;
  }

  return {
    account: () => known,
    halted: () => access.halted(),
    close: () => access.close(),
    validate,
    checkLine: createLineCheck(transport),
    send: createSend(transport, deadlines.sendMs),
    ...createLookup(transport, async (priority) => known ?? (await validate(priority))),
    offers: (service, priority) =>
      get({ path: 'internet/products', query: { type: service }, priority }, ({ data }) => readOffers(data)),
    balance: (priority) => get({ path: 'account/balance', priority }, ({ data }) => readBalance(data)),
    ping: () => get({ path: 'ping', keyed: false, priority: 'worker' }, ({ data }) => readPing(data)),
    list({ from, to }, page, priority) {
      const range = { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
      const query = { page: String(page), pageSize: PAGE_SIZE, ...range };
      return get({ path: 'internet/list', query, priority }, (answer) => {
        const listed = readTopups(answer, page);
        return listed && { ...listed, ...idOf(answer) };
      });
    },
    transactions(page) {
      const query = { page: String(page), pageSize: PAGE_SIZE };
      return get({ path: 'account/transactions', query, priority: 'worker' }, (answer) =>
        readTransactions(answer, page),
      );
    },
  };
}

/** What the other processes heard counts here as well. */
function joinOthers(shared: SharedTraffic, access: Access, throttle: Throttle): void {
  shared.hear({
    paused: (pause) => throttle.join(pause),
    refused: (flaw) => access.warn(flaw),
    accepted: () => access.reassure(),
  });
}

type Get = Omit<Call, 'method' | 'json'> & { readonly priority: Priority };
type Reader = <T>(call: Get, read: (answer: Extract<Tried, { kind: 'ok' }>) => T | undefined) => Promise<T>;

function createReader(transport: Transport): Reader {
  return async (call, read) => {
    const endpoint = `GET ${call.path}`;
    const tried = await transport.patiently({ ...call, method: 'GET', purpose: 'read', endpoint });
    const value = tried.kind === 'ok' ? read(tried) : undefined;
    if (value === undefined) throw faultOf(tried, endpoint);
    return value;
  };
}

function createSend(transport: Transport, sendMs: number): Topups['send'] {
  return async ({ service, line, value, ref }, notAfter) => {
    const amount = wholeDinars(value);
    if (amount === undefined) return { kind: 'refused', refusal: { reason: 'bad-request' } };
    const json = { type: service, number: line, value: amount, ref };
    const path = 'internet/send';
    try {
      const call = { method: 'POST', path, json, endpoint: `POST ${path}`, ref, notAfter } as const;
      const tried = await transport.once({ ...call, priority: 'person', purpose: 'send' }, sendMs);
      return { ...resultOf(tried), ...idOf(tried) };
    } catch (error) {
      // A fault here means that nothing went out. Anything else is a bug of ours, and then nobody knows.
      if (!(error instanceof ProviderFault)) return { kind: 'doubt' };
      if (error.code === 'no-access') return { kind: 'refused', refusal: { reason: 'no-access' } };
      return { kind: 'not-executed', waitMs: notExecutedWaitMs() };
    }
  };
}

function resultOf(tried: Tried): SendResult {
  if (tried.kind === 'no-answer') return { kind: 'doubt' };
  if (tried.kind === 'said') return verdictOf(tried.verdict);
  const sent = readSent(tried.data);
  return sent === undefined ? { kind: 'doubt' } : { kind: 'accepted', ...sent };
}

function verdictOf(verdict: Verdict): SendResult {
  switch (verdict.kind) {
    case 'refused':
    case 'duplicate-ref':
    case 'not-executed':
      return verdict;
    case 'halt':
      return verdict.certain ? { kind: 'refused', refusal: { reason: 'no-access' } } : { kind: 'doubt' };
    case 'doubt':
    case 'not-found':
    case 'fault':
      return { kind: 'doubt' };
  }
}
