// Where the town's shop is kept, as those see it who fill it beforehand and judge it afterwards; and the usual one, a folder
// that one bot has to itself.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Store } from '../../src/app/ports.ts';
import type { Order } from '../../src/domain/order.ts';
import { audit, type Audit } from '../../src/store/audit.ts';
import { readHotState } from '../../src/store/hot-file.ts';
import { ORDERS_FILE } from '../../src/store/load-store.ts';
import { openFolder } from '../../src/store/open-folder.ts';
import { orderRecords } from '../../src/store/order-record.ts';
import { unsealed } from '../../src/store/seal.ts';
import type { Counter } from '../process/bot-process.ts';

export interface Storehouse {
  /** What every bot on it is started with. */
  readonly env: Readonly<Record<string, string>>;
  /** Does something with the shop's store, while no bot runs. */
  visit<T>(work: (store: Store) => Promise<T>): Promise<T>;
  /** The orders that are not closed at this moment, also while bots run. */
  openOrders(): Promise<readonly Order[]>;
  /** How much of what Telegram brought is not handled yet. */
  waiting(): Promise<number>;
  /** One sentence for everything that does not add up or was left behind, when no bot runs any more. */
  faults(): Promise<readonly string[]>;
  close(): Promise<void>;
}

function* uneven(books: Audit): Generator<string> {
  const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
  if (books.held !== 0 || books.openTotal !== 0) yield `${books.held} centimes are still held`;
  if (books.taken !== books.fulfilledTotal)
    yield `the books took ${books.taken}, fulfilled orders cost ${books.fulfilledTotal}`;
  if (!same(books.entries, { held: books.held, taken: books.taken }))
    yield `entries add up to ${JSON.stringify(books.entries)}`;
  if (!same(books.wallets, books.walletEntries) || books.walletFaults > 0 || books.duplicates > 0)
    yield `the wallets do not add up: ${JSON.stringify(books)}`;
}

const records = orderRecords();

/** The folder of a counter. Telegram itself keeps what is not handled yet. */
export function ownFolder({ dataDir, provider }: Counter): Storehouse {
  return {
    env: {},
    visit: async (work) => {
      const folder = await openFolder({
        ...{ dir: dataDir, cardKey: undefined, apiKey: provider.key, clock: Date.now },
        log: () => undefined,
      });
      try {
        return await work(folder.store);
      } finally {
        await folder.close();
      }
    },
    openOrders: async () => {
      const path = join(dataDir, ORDERS_FILE);
      const { records: open } = readHotState(unsealed(await readFile(path, 'utf8'), path), path, records);
      return [...open.values()].map(({ order }) => order);
    },
    waiting: () => Promise.resolve(0),
    faults: async () => [...uneven(await audit(dataDir))],
    close: () => Promise.resolve(),
  };
}
