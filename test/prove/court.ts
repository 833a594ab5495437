// What every check shares: the world it looks at, and where it says that a promise was tested or is broken.

import type { Book } from './book.ts';
import type { Deeds } from './deeds.ts';
import type { Plan } from './plan.ts';
import type { Provider } from './provider.ts';
import type { Telegram } from './telegram.ts';
import type { VirtualTime } from './virtual-time.ts';

export type PromiseNo = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

export interface Violation {
  readonly promise: PromiseNo;
  readonly what: string;
}

export interface Court {
  readonly time: VirtualTime;
  readonly plan: Plan;
  readonly book: Book;
  readonly provider: Provider;
  readonly telegram: Telegram;
  readonly deeds: () => Deeds;
  /** The how many-eth instance runs. */
  readonly life: () => number;
  /** One more time that a promise is put to the test. */
  readonly test: (promise: PromiseNo) => void;
  readonly broken: (promise: PromiseNo, what: string) => void;
}
