// Everything the stand-in knows between two requests, in one object that "start over" can throw away.
import { randomBytes } from 'node:crypto';
import { documentedShape } from './envelope.ts';
import type { Shape } from './envelope.ts';
import { createFaults } from './faults.ts';
import type { Faults } from './faults.ts';
import { createGate } from './gate.ts';
import type { Gate } from './gate.ts';
import { createLedger } from './ledger.ts';
import type { Ledger } from './ledger.ts';
import type { Products, Settings } from './options.ts';
import { createOrderBook } from './order-book.ts';
import type { AcceptedOrder, OrderBook } from './order-book.ts';
import type { Lookup } from './outcome.ts';
import { createSendScript } from './send-script.ts';
import type { SendScript } from './send-script.ts';
import { testNumbers } from './test-numbers.ts';

/** The state of one stand-in since it was started or started over. */
export type World = {
  readonly settings: Settings;
  readonly ledger: Ledger;
  readonly book: OrderBook;
  readonly script: SendScript;
  readonly faults: Faults;
  readonly gate: Gate;
  readonly lookups: Map<string, Lookup>;
  shape: Shape;
  products: Products;
};

/** What a world tells of itself. */
export type WorldEvents = {
  readonly orderChanged: (order: AcceptedOrder) => void;
  readonly balanceChanged: (dinars: number) => void;
};

/** Makes ids of 24 hexadecimal digits, unique across restarts of the process (fact sheet §12). */
export function createIdMaker(now: () => number): () => string {
  const process = randomBytes(5).toString('hex');
  let count = 0;
  return () => {
    count += 1;
    const seconds = Math.floor(now() / 1000).toString(16);
    return `${seconds.padStart(8, '0').slice(-8)}${process}${count.toString(16).padStart(6, '0').slice(-6)}`;
  };
}

/** A fresh world: no orders, the opening balance, the documented shape. */
export function createWorld(settings: Settings, newId: () => string, events: WorldEvents): World {
  const ledger = createLedger({ newId, changed: events.balanceChanged });
  if (settings.balance !== 0) {
    ledger.move({
      type: 'DEPOSIT',
      dinars: settings.balance,
      at: settings.now(),
      about: '',
      note: 'opening balance',
    });
  }
  return {
    settings,
    ledger,
    book: createOrderBook({
      ledger,
      now: settings.now,
      delays: settings,
      newId,
      changed: events.orderChanged,
    }),
    script: createSendScript(),
    faults: createFaults(),
    gate: createGate(settings),
    lookups: new Map(testNumbers.map((row) => [row.number, row.lookup])),
    shape: documentedShape,
    products: settings.products,
  };
}
