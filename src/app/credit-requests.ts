// People's wishes for credit and the owners' answers. The first answer counts, whoever gives it, and the money comes in
// the same commit.

import { availableOf } from '../domain/ledger.ts';
import type { Centimes } from '../domain/money.ts';
import type { CreditRequest } from '../domain/shop.ts';
import { auditOf, entryOf } from './movement.ts';
import type { Clock, Store } from './ports.ts';
import { changeRecord } from './shop-change.ts';
import type { Standings } from './standing.ts';

/** Requests one person may have open at a time. */
const OPEN_REQUESTS = 3;
/** Decided requests are kept for so long, for whoever presses their buttons late. */
const KEEP_DECIDED_MS = 7 * 24 * 3_600_000;

export type AskResult =
  | { readonly kind: 'asked'; readonly request: CreditRequest }
  /** The same wish again: a button pressed twice. */
  | { readonly kind: 'asked-before'; readonly request: CreditRequest }
  | { readonly kind: 'refused'; readonly why: 'not-a-member' | 'frozen' | 'too-many' };

export type DecideResult =
  | { readonly kind: 'decided'; readonly request: CreditRequest; readonly balance: Centimes }
  /** Another owner was faster: the request says who. */
  | { readonly kind: 'decided-before'; readonly request: CreditRequest }
  | { readonly kind: 'refused'; readonly why: 'owners-only' | 'no-such-request' };

/** A wish as a person has it. */
export interface Wish {
  readonly person: number;
  readonly amount: Centimes;
  /** Telegram's id of a picture of the payment slip. */
  readonly slip: string | null;
  /** The id of the request, where a button carries one; pressed twice it asks once. `[a-zA-Z0-9._-]`. */
  readonly id?: string;
}

export function createCreditRequests(deps: {
  store: Store;
  standings: Standings;
  clock: Clock;
  newId: () => string;
  filled: (person: number) => void;
}) {
  const { store, standings, clock, newId, filled } = deps;

  /** Asks the owners for credit. */
  async function ask({ person, amount, slip, id = newId() }: Wish): Promise<AskResult> {
    const member = await store.record('member', person);
    if (member === undefined || member.role === null) return { kind: 'refused', why: 'not-a-member' };
    if (member.frozen) return { kind: 'refused', why: 'frozen' };
    const now = clock();
    const requests = await store.records('request');
    const known = requests.find((one) => one.id === id);
    if (known !== undefined) return { kind: 'asked-before', request: known };
    if (requests.filter((one) => one.person === person && one.verdict === null).length >= OPEN_REQUESTS)
      return { kind: 'refused', why: 'too-many' };
    const old = requests.filter(({ verdict }) => verdict !== null && now - verdict.at > KEEP_DECIDED_MS);
    const request: CreditRequest = {
      ...{ kind: 'request', id, rev: 1, person, amount, slip, at: now, verdict: null, cards: [] },
    };
    const changed = await store.change({
      puts: [request],
      drops: old.map((one) => `request:${one.id}`),
      entries: [],
      audit: [auditOf(person, now, 'credit-asked', person, `${amount} centimes`)],
    });
    return { kind: changed.kind === 'done' ? 'asked' : 'asked-before', request };
  }

  /** An owner's verdict; the money comes in the same commit, and the first verdict counts. */
  async function decide(by: number, id: string, approved: boolean): Promise<DecideResult> {
    if (!standings.isOwner(by)) return { kind: 'refused', why: 'owners-only' };
    const decided = await changeRecord<'request', 'no-such-request' | 'decided'>(
      store,
      'request',
      id,
      (request) => {
        if (request === undefined) return { no: 'no-such-request' };
        if (request.verdict !== null) return { no: 'decided' };
        const { person, amount } = request;
        const at = clock();
        const deposit = { person, kind: 'deposit', amount, by, at, reason: 'asked for' } as const;
        const what = approved ? 'deposit' : 'credit-refused';
        return {
          next: { ...request, verdict: { approved, by, at } },
          entries: approved ? [entryOf(`request-${id}`, deposit)] : [],
          audit: [auditOf(by, at, what, person, `${amount} centimes, asked for`)],
        };
      },
    );
    const request = await store.record('request', id);
    if (request === undefined) return { kind: 'refused', why: 'no-such-request' };
    if (decided.kind !== 'done') return { kind: 'decided-before', request };
    if (approved) filled(request.person);
    return { kind: 'decided', request, balance: availableOf(await store.wallet(request.person)) };
  }

  return {
    ask,
    decide,

    /** Where the owners' cards of a request stand, for the one that is edited when somebody has answered. */
    rememberCards: (id: string, cards: CreditRequest['cards']) =>
      changeRecord<'request', 'gone'>(store, 'request', id, (request) =>
        request === undefined
          ? { no: 'gone' }
          : { next: { ...request, cards: [...request.cards, ...cards] }, audit: [] },
      ),
  };
}
