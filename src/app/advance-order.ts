// `advance(order)`: looks at the state and does the one next thing with the provider. Safe to run at any moment, twice,
// or after a kill at any `await`: every fact goes through `record`, and a purchase is only sent after `sending` is on disk.

import type { Order, OrderEvent, Snapshot } from '../domain/order.ts';
import { nextAct } from '../domain/transitions.ts';
import {
  ProviderFault,
  type Clock,
  type Found,
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

const LIST_MARGIN_MS = 5 * 60_000;
const LIST_PAGES = 3;

export function createAdvance(deps: {
  store: Store;
  topups: Topups;
  vault: Vault;
  clock: Clock;
  record: Record;
}): Advance {
  const { store, topups, vault, clock, record } = deps;

  async function send(order: Order): Promise<void> {
    const sending = await record(order.ref, { type: 'send-begun' });
    if (sending === undefined) return;
    await record(order.ref, await post(sending));
  }

  async function post(order: Order): Promise<OrderEvent> {
    const result = await topups.send(order);
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
  async function inList(order: Order): Promise<Topup | undefined> {
    const range = { from: order.confirmedAt - LIST_MARGIN_MS, to: clock() + LIST_MARGIN_MS };
    for (let page = 1; page <= LIST_PAGES; page += 1) {
      const { topups: listed, hasMore } = await topups.list(range, page, 'worker');
      const mine = listed.find((topup) => isTopupOf(order, topup));
      if (mine !== undefined || !hasMore) return mine;
    }
    // Not seen on the pages that were read is not "not there".
    throw new ProviderFault('unreadable', 'list longer than was read');
  }

  /** "Not found" that may lead to a second POST counts only when the list does not show the order either. */
  async function lookUp(order: Order): Promise<Found> {
    const found = await topups.byRef(order.ref, 'worker');
    if (found.kind === 'found' || order.state.name !== 'unknown' || order.state.notFound < 2) return found;
    const listed = await inList(order);
    return listed === undefined ? found : { kind: 'found', topup: listed };
  }

  async function ask(order: Order, find: () => Promise<Found>): Promise<void> {
    let event: OrderEvent;
    try {
      const found = await find();
      event =
        found.kind === 'found'
          ? { type: 'found', snapshot: sealTopup(vault, order, found.topup) }
          : { type: 'not-found' };
    } catch (error) {
      if (!(error instanceof ProviderFault)) throw error;
      event = { type: 'unanswered' };
    }
    await record(order.ref, event);
  }

  return async (due) => {
    const order = await store.byRef(due.ref);
    if (order === undefined) return;
    switch (nextAct(order, clock())) {
      case 'send':
        return send(order);
      case 'interrupted':
        await record(order.ref, { type: 'doubt' });
        return;
      case 'give-up':
        await record(order.ref, { type: 'given-up' });
        return;
      case 'look-up':
        return ask(order, () => lookUp(order));
      case 'ask': {
        const { state } = order;
        if (!('topupId' in state) || state.topupId === null) return;
        const { topupId } = state;
        return ask(order, () => topups.byId(topupId, 'worker'));
      }
      case 'nothing':
        return;
    }
  };
}
