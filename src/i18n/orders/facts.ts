// What the sentences about an order are made from.

import type { Centimes } from '../../domain/money.ts';
import type { Line, Service } from '../../domain/service.ts';

/** What every card of an order starts from. `masked` where others can read along. */
export interface CardFacts {
  readonly no: number;
  readonly service: Service;
  readonly line: Line;
  readonly value: Centimes;
  readonly price: Centimes;
  readonly at: number;
  readonly masked: boolean;
  /** Who ordered, where others order too. */
  readonly buyerName: string;
}

export interface Delivery {
  readonly code: string | null;
  /** There is one, wherever it may be shown. */
  readonly hasCode: boolean;
  readonly transactionNo: string | null;
  readonly at: number;
  readonly private: boolean;
}
