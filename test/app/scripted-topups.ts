// A provider in memory: it knows what it accepted, answers as scripted, and counts what it is asked.

import {
  ProviderFault,
  type Found,
  type Offer,
  type SendResult,
  type Topup,
  type Topups,
} from '../../src/app/ports.ts';
import { centimes, dinars, type Centimes } from '../../src/domain/money.ts';
import type { LineCheck, ProviderRefusal } from '../../src/domain/refusal.ts';

/**
 * What one POST meets. `lost`: the answer is lost, after the order was accepted or before; `repeated`: it was accepted, and
 * what comes back is the refusal of its repetition by somebody on the way.
 */
export type Sending =
  | 'accept'
  | 'lost-accepted'
  | 'lost-not-accepted'
  | Exclude<SendResult, { kind: 'accepted' | 'doubt' }>
  | { readonly kind: 'repeated'; readonly refusal: ProviderRefusal };

/** The provider: knows what it accepted, answers as scripted, and counts what it is asked. */
export interface ScriptedTopups extends Topups {
  offersInStock: Offer[];
  balanceNow: Centimes;
  line: LineCheck;
  /** What the next POSTs meet; `accept` when empty. */
  readonly sendings: Sending[];
  /** References as accepted, in order. */
  readonly accepted: readonly string[];
  /** Every call by its name. */
  readonly calls: readonly string[];
  /** What the orders look like that it knows, by our reference; delivered ones have a transaction number unless told. */
  set(ref: string, more: Partial<Topup>): void;
  /** Looks up by reference fail to see these. */
  readonly hiddenFromRef: Set<string>;
  /** The list shows neither codes nor transaction numbers. */
  listIsBare: boolean;
  /** Which reads fail, as by an outage. */
  down: ReadonlySet<'offers' | 'balance' | 'byId' | 'byRef' | 'list' | 'checkLine'>;
  /** Called before each read is answered. */
  before: (call: string) => Promise<void>;
  sandbox: boolean;
  isHalted: boolean;
}

const PAGE = 100;

export function scriptedTopups(): ScriptedTopups {
  const known = new Map<string, Topup>();
  const accepted: string[] = [];
  const calls: string[] = [];
  const answer = (topup: Topup | undefined): Found =>
    topup === undefined ? { kind: 'not-found' } : { kind: 'found', topup };

  async function read(call: 'offers' | 'balance' | 'byId' | 'byRef' | 'list' | 'checkLine'): Promise<void> {
    calls.push(call);
    await topups.before(call);
    if (topups.down.has(call)) throw new ProviderFault('unreachable', call);
  }

  function accept(order: Parameters<Topups['send']>[0]): string {
    const topupId = `T${accepted.length + 1}`;
    accepted.push(order.ref);
    known.set(order.ref, {
      topupId,
      ref: order.ref,
      status: { kind: 'handling' },
      service: order.service,
      number: order.line,
      value: order.value,
      code: null,
      transactionNo: null,
      processedAt: null,
      note: null,
    });
    return topupId;
  }

  const topups: ScriptedTopups = {
    offersInStock: [500, 1000, 2000].map((value) => ({
      value: dinars(value),
      cost: centimes(value * 98),
      available: true,
    })),
    balanceNow: dinars(100_000),
    line: { kind: 'found' },
    sendings: [],
    accepted,
    calls,
    hiddenFromRef: new Set(),
    listIsBare: false,
    down: new Set(),
    before: () => Promise.resolve(),
    sandbox: false,
    isHalted: false,
    set: (ref, more) => {
      const topup = known.get(ref);
      if (topup === undefined) throw new Error(`the provider does not know ${ref}`);
      const proof =
        more.status?.kind === 'fulfilled' ? { code: '1111222233334444', transactionNo: 'AT-1' } : {};
      known.set(ref, { ...topup, ...proof, ...more });
    },
    account: () => ({ username: 'shop', sandbox: topups.sandbox }),
    halted: () => topups.isHalted,
    offers: async () => {
      await read('offers');
      return topups.offersInStock;
    },
    checkLine: async () => {
      calls.push('checkLine');
      await topups.before('checkLine');
      return topups.down.has('checkLine') ? { kind: 'unavailable' } : topups.line;
    },
    balance: async () => {
      await read('balance');
      return topups.balanceNow;
    },
    send: async (order) => {
      calls.push('send');
      await topups.before('send');
      const sending = topups.sendings.shift() ?? 'accept';
      if (sending === 'lost-not-accepted') return { kind: 'doubt' };
      if (typeof sending === 'object' && sending.kind !== 'repeated') return sending;
      const topupId = accept(order);
      if (typeof sending === 'object') return { kind: 'refused', refusal: sending.refusal };
      return sending === 'lost-accepted' ? { kind: 'doubt' } : { kind: 'accepted', topupId, topupRef: null };
    },
    byId: async (topupId) => {
      await read('byId');
      return answer([...known.values()].find((topup) => topup.topupId === topupId));
    },
    byRef: async (ref) => {
      await read('byRef');
      return answer(topups.hiddenFromRef.has(ref) ? undefined : known.get(ref));
    },
    list: async (_range, page) => {
      await read('list');
      const bare = topups.listIsBare ? { code: null } : {};
      const newest = [...known.values()].toReversed().map((topup) => ({ ...topup, ...bare }));
      return { topups: newest.slice((page - 1) * PAGE, page * PAGE), hasMore: newest.length > page * PAGE };
    },
  };
  return topups;
}
