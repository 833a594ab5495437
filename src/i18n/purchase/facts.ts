// What a confirmation is made from.

import type { Centimes } from '../../domain/money.ts';
import type { Line, Service } from '../../domain/service.ts';

export interface QuoteFacts {
  readonly service: Service;
  readonly line: Line;
  readonly value: Centimes;
  readonly price: Centimes;
  /** Null where others can read along. */
  readonly balance: Centimes | null;
  readonly masked: boolean;
}
