// A store that is held to the contract, and the clock it is opened on.

import type { Store } from '../../src/app/ports.ts';
import { NOW } from '../store/orders.ts';

export interface StoreUnderTest {
  readonly store: Store;
  /** Throws when any money does not add up. */
  readonly audit: () => Promise<void>;
}

/** Opens an empty store on a clock. */
export type MakeStore = (clock: () => number) => Promise<StoreUnderTest>;

/** A clock that stands. */
export const still = () => NOW;
