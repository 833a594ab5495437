// `advance(order)`: looks at the state and does the one next thing with the provider. Safe to run at any moment, twice,
// or after a kill at any `await`: every fact goes through `record`, and a purchase is only sent after `sending` is on disk.

import type { Order, ProviderCall } from '../domain/order.ts';
import type { EventOf, OrderEvent, Snapshot } from '../domain/order-event.ts';
import type { ProviderRefusal } from '../domain/refusal.ts';
import type { Heard } from '../domain/story.ts';
import { nextAct } from '../domain/transitions.ts';
import {
  ProviderFault,
  type Clock,
  type Found,
  type Identified,
  type SendResult,
  type Store,
  type Topup,
  type Topups,
  type Vault,
} from './ports.ts';
import type { Record } from './record.ts';

export type Advance = (order: Order) => Promise<void>;

/** What the provider said, with its code sealed before it goes anywhere. */
export function sealTopup(vault: Vault, order: Order, topup: Topup): Snapshot {
  return { ...topup, code: topup.code === null ? null : vault.seal(topup.code, order.ref) };
}

/** Whether a recharge in the provider's list is this order, whatever prefix it wears there. */
export const isTopupOf = (order: Order, topup: Topup): boolean =>
  topup.ref === order.ref ||
  topup.ref.endsWith(`-${order.ref}`) ||
  ('topupId' in order.state && order.state.topupId === topup.topupId);

/** By which call something was heard. */
export const heardBy = (call: ProviderCall, { requestId = null }: { requestId?: string | null }): Heard => ({
  call,
  requestId,
});

/** What the provider showed of an order, and the call that showed it. */
type Looked = Found & { readonly call: ProviderCall };

/**
 * Whether a purchase can bring this refusal about by itself: a POST that somebody on the way repeats is refused for the
 * money or the last card that its first arrival has taken, because both are looked at before the reference is.
 */
const mayBeItsOwnDoing = ({ reason }: ProviderRefusal): boolean =>
  reason === 'shop-balance' || reason === 'out-of-stock';

/**
 * A machine may sleep while a purchase waits for its turn. Later than this nobody sends it for an old decision: well before
 * another process that has looked for it may have sent it again (`RESEND_AFTER_MS`).
 */
const WAITS_FOR_ITS_TURN_MS = 60_000;

const LIST_MARGIN_MS = 5 * 60_000;
const LIST_PAGES = 3;

export function createAdvance(deps: {
  store: Store;
  topups: Topups;
  vault: Vault;
  clock: Clock;
  record: Record;
  /**
   * Ms after the decision within which a purchase still goes out; absent where no other process can have looked into it
   * meanwhile. Later it is left in doubt, as after a crash.
   */
  sendsWithinMs?: number;
}): Advance {
  const { store, topups, vault, clock, record, sendsWithinMs = Infinity } = deps;

  async function send(order: Order): Promise<void> {
    const sending = await record(order.ref, { type: 'send-begun' });
    if (sending === undefined || clock() - (sending.sentAt ?? -Infinity) > sendsWithinMs) return;
    const result = await topups.send(sending, (sending.sentAt ?? clock()) + WAITS_FOR_ITS_TURN_MS);
    const isDoubtful = result.kind === 'refused' && mayBeItsOwnDoing(result.refusal) && !sending.doubted;
    if (isDoubtful && !(await isUnknownThere(sending, result))) return;
    await record(order.ref, { ...factOf(result), ofSend: sending.sends }, heardBy('send', result));
  }

  /** Whether the provider denies an order that it has just refused; when it does not, what became of it is on record. */
  async function isUnknownThere(order: Order, refused: SendResult): Promise<boolean> {
    try {
      const found = await topups.byRef(order.ref, 'worker');
      if (found.kind === 'not-found') return true;
      await record(order.ref, foundOf(order, found), heardBy('look-up', found));
    } catch (error) {
      if (!(error instanceof ProviderFault)) throw error;
      await record(order.ref, { type: 'doubt', ofSend: order.sends }, heardBy('send', refused));
    }
    return false;
  }

  const foundOf = (order: Order, { topup }: Extract<Found, { kind: 'found' }>): OrderEvent => ({
    type: 'found',
    snapshot: sealTopup(vault, order, topup),
  });

  function factOf(
    result: SendResult,
  ): EventOf<'accepted' | 'refused' | 'not-executed' | 'duplicate-ref' | 'doubt'> {
    switch (result.kind) {
      case 'accepted':
        return { type: 'accepted', topupId: result.topupId };
      case 'refused':
        return { type: 'refused', refusal: result.refusal };
      case 'not-executed':
        return { type: 'not-executed', waitMs: result.waitMs };
      case 'duplicate-ref':
        return { type: 'duplicate-ref' };
      case 'doubt':
        return { type: 'doubt' };
    }
  }

  /** The list knows orders by whatever reference the provider gave them; undefined when it does not show this one. */
  async function inList(order: Order): Promise<(Identified & { topup: Topup }) | undefined> {
    const range = { from: order.confirmedAt - LIST_MARGIN_MS, to: clock() + LIST_MARGIN_MS };
    for (let page = 1; page <= LIST_PAGES; page += 1) {
      const { topups: listed, hasMore, requestId } = await topups.list(range, page, 'worker');
      const topup = listed.find((one) => isTopupOf(order, one));
      if (topup !== undefined) return { topup, ...(requestId !== undefined && { requestId }) };
      if (!hasMore) return undefined;
    }
    // Not seen on the pages that were read is not "not there".
    throw new ProviderFault('unreadable', 'list longer than was read');
  }

  /** "Not found" that may lead to a second POST counts only when the list does not show the order either. */
  async function lookUp(order: Order): Promise<Looked> {
    const found = await topups.byRef(order.ref, 'worker');
    const asked: Looked = { ...found, call: 'look-up' };
    if (found.kind === 'found' || order.state.name !== 'unknown' || order.state.notFound < 2) return asked;
    const listed = await inList(order);
    return listed === undefined ? asked : { kind: 'found', call: 'list', ...listed };
  }

  async function ask(order: Order, call: ProviderCall, find: () => Promise<Looked>): Promise<void> {
    try {
      const found = await find();
      const event: OrderEvent = found.kind === 'found' ? foundOf(order, found) : { type: 'not-found' };
      await record(order.ref, event, heardBy(found.call, found));
    } catch (error) {
      if (!(error instanceof ProviderFault)) throw error;
      const heard = { ...heardBy(call, { requestId: error.requestId ?? null }), silence: error.code };
      await record(order.ref, { type: 'unanswered' }, heard);
    }
  }

  return async (due) => {
    const order = await store.byRef(due.ref);
    if (order === undefined) return;
    switch (nextAct(order, clock())) {
      case 'send':
        return send(order);
      case 'interrupted':
        await record(order.ref, { type: 'doubt', ofSend: order.sends });
        return;
      case 'give-up':
        await record(order.ref, { type: 'given-up' });
        return;
      case 'look-up':
        return ask(order, 'look-up', () => lookUp(order));
      case 'ask': {
        const { state } = order;
        if (!('topupId' in state) || state.topupId === null) return;
        const { topupId } = state;
        return ask(order, 'ask', async () => ({ ...(await topups.byId(topupId, 'worker')), call: 'ask' }));
      }
      case 'nothing':
        return;
    }
  };
}
