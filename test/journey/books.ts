// The order book of a bot that has ended, counted from its files: every wallet, every hold, and what the orders cost.

import { isSettled } from '../../src/domain/order.ts';
import { audit, type Audit } from '../../src/store/audit.ts';
import { openFolder } from '../../src/store/open-folder.ts';

const MOST_ORDERS = 1_000;

/** The audit of a folder that no bot holds, with what its orders cost that were not given back. In centimes. */
export async function booksOf(
  dir: string,
  apiKey: string,
  cardKey?: string,
): Promise<Audit & { readonly costs: number }> {
  const audited = await audit(dir);
  const folder = await openFolder({
    ...{ dir, cardKey, apiKey, clock: Date.now },
    log: () => undefined,
  });
  try {
    const { rows } = await folder.store.orders({}, null, MOST_ORDERS);
    const kept = rows.filter((order) => !isSettled(order) || order.state.name === 'fulfilled');
    return { ...audited, costs: kept.reduce((all, { cost }) => all + cost, 0) };
  } finally {
    await folder.close();
  }
}
