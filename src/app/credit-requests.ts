// People's wishes for credit and the owners' answers. The first answer counts, whoever gives it, and the money comes in
// the same commit. What is answered and known to everybody is dropped; the journal keeps it.

import type { Centimes } from '../domain/money.ts';
import { recordKey, type CreditRequest, type KeptOrder } from '../domain/shop.ts';
import { auditOf, entryOf, noteOf } from './movement.ts';
import type { Clock, Store } from './ports.ts';
import { changeRecord, lookedAt, untilFresh, type Outcome } from './shop-change.ts';
import type { Standings } from './standing.ts';

/** Requests one person may have open at a time. */
const OPEN_REQUESTS = 3;

export type AskNo = 'not-a-member' | 'frozen' | 'too-many';

export type AskResult =
  | { readonly kind: 'asked'; readonly request: CreditRequest }
  /** The same wish again: an update that came twice. */
  | { readonly kind: 'asked-before' }
  | { readonly kind: 'refused'; readonly why: AskNo };

/** The same for what a purchase lacks; `kept` is that purchase. */
export type AskMissingResult =
  | (Exclude<AskResult, { kind: 'refused' }> & { readonly kept: KeptOrder })
  | { readonly kind: 'refused'; readonly why: AskNo }
  | { readonly kind: 'not-kept' };

export type DecideResult =
  | { readonly kind: 'decided'; readonly request: CreditRequest }
  /** Another owner was faster: the request says who. */
  | { readonly kind: 'decided-before'; readonly request: CreditRequest }
  | { readonly kind: 'refused'; readonly why: 'owners-only' | 'no-such-request' };

/** A wish as a person has it. */
export interface Wish {
  /** Of the request; the same wish heard twice has the same. `[a-zA-Z0-9._-]`. */
  readonly id: string;
  readonly person: number;
  readonly amount: Centimes;
  /** Telegram's id of a picture of the payment slip. */
  readonly slip: string | null;
}

export function createCreditRequests(deps: {
  store: Store;
  standings: Standings;
  clock: Clock;
  filled: (person: number) => void;
}) {
  const { store, standings, clock, filled } = deps;

  /** With the purchase that waits for it, where there is one: it is asked for once. */
  async function tryToAsk(
    { id, person, amount, slip }: Wish,
    kept?: KeptOrder,
  ): Promise<AskResult | 'stale'> {
    const member = await store.record('member', person);
    if (member === undefined || member.role === null) return { kind: 'refused', why: 'not-a-member' };
    if (member.frozen) return { kind: 'refused', why: 'frozen' };
    const requests = await store.records('request');
    if (requests.some((one) => one.id === id)) return { kind: 'asked-before' };
    if (requests.filter((one) => one.person === person && one.verdict === null).length >= OPEN_REQUESTS)
      return { kind: 'refused', why: 'too-many' };
    const at = clock();
    const request: CreditRequest = {
      ...{ kind: 'request', id, rev: 1, person, amount, slip, at, verdict: null, cards: [] },
    };
    const changed = await store.change({
      puts: [request, ...(kept === undefined ? [] : [{ ...kept, asked: true, rev: kept.rev + 1 }])],
      lookedAt: [lookedAt('member', person, member)],
      entries: [],
      audit: [auditOf(person, at, 'credit-asked', person, noteOf(amount))],
    });
    return changed.kind === 'done' ? { kind: 'asked', request } : 'stale';
  }

  async function tryToAskMissing(
    id: string,
    person: number,
    flow: string,
  ): Promise<AskMissingResult | 'stale'> {
    const kept = await store.record('kept', person);
    if (kept?.flow !== flow || clock() >= kept.until) return { kind: 'not-kept' };
    if (kept.asked) return { kind: 'asked-before', kept };
    const asked = await tryToAsk({ id, person, amount: kept.missing, slip: null }, kept);
    return asked === 'stale' || asked.kind === 'refused' ? asked : { ...asked, kept };
  }

  /** An owner's verdict; the money comes in the same commit, and the first verdict counts. */
  async function decide(
    by: { readonly id: number; readonly name: string },
    id: string,
    approved: boolean,
  ): Promise<DecideResult> {
    if (!standings.isOwner(by.id)) return { kind: 'refused', why: 'owners-only' };
    const decided = await changeRecord<'request', 'no-such-request' | 'decided'>(
      store,
      'request',
      id,
      (request) => {
        if (request === undefined) return { no: 'no-such-request' };
        if (request.verdict !== null) return { no: 'decided' };
        const { person, amount } = request;
        const at = clock();
        const deposit = { person, kind: 'deposit', amount, by: by.id, at, reason: '' } as const;
        const what = approved ? 'deposit' : 'credit-refused';
        return {
          next: { ...request, verdict: { approved, by: by.id, name: by.name, at, told: false } },
          entries: approved ? [entryOf(`request-${id}`, deposit)] : [],
          audit: [auditOf(by.id, at, what, person, noteOf(amount, true))],
        };
      },
    );
    if (decided.kind === 'done') {
      if (approved) filled(decided.record.person);
      return { kind: 'decided', request: decided.record };
    }
    const request = await store.record('request', id);
    if (request?.verdict !== undefined && request.verdict !== null)
      return { kind: 'decided-before', request };
    // The wish of an update that came again long after: its money was moved then, and is not moved twice.
    if (request !== undefined) await close(id);
    return { kind: 'refused', why: 'no-such-request' };
  }

  /** Everybody knows and every card says so. */
  const close = (id: string) =>
    store.change({ puts: [], drops: [recordKey({ kind: 'request', id })], entries: [], audit: [] });

  const noted = (
    id: string,
    next: (request: CreditRequest) => CreditRequest,
  ): Promise<Outcome<CreditRequest, 'gone'>> =>
    changeRecord<'request', 'gone'>(store, 'request', id, (request) =>
      request === undefined ? { no: 'gone' } : { next: next(request), audit: [] },
    );

  return {
    /** Asks the owners for credit. */
    ask: (wish: Wish): Promise<AskResult> => untilFresh(() => tryToAsk(wish)),

    /** Asks for exactly what the purchase lacks that was begun as `flow` and is kept. */
    askMissing: (id: string, person: number, flow: string): Promise<AskMissingResult> =>
      untilFresh(() => tryToAskMissing(id, person, flow)),

    decide,
    close,

    request: (id: string): Promise<CreditRequest | undefined> => store.record('request', id),

    /** Those that wait for an answer, and those whose answer not everybody knows. */
    requests: (): Promise<readonly CreditRequest[]> => store.records('request'),

    /** Where an owner's card stands, for the one that is edited when somebody has answered. */
    rememberCard: (id: string, card: CreditRequest['cards'][number]) =>
      noted(id, (request) => ({ ...request, cards: [...request.cards, card] })),

    /** The person has heard the verdict. */
    rememberTold: (id: string) =>
      noted(id, (request) => ({
        ...request,
        verdict: request.verdict === null ? null : { ...request.verdict, told: true },
      })),
  };
}
