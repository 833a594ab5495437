// What the owners' desk is told: whose price is drawn, which orders are listed, what somebody did, what is wrong.

import type { StateName } from '../../domain/order.ts';
import type { PriceRule } from '../../domain/pricing.ts';
import type { OwnerAlert } from '../../domain/report.ts';
import type { Line } from '../../domain/service.ts';
import type { AuditLine, GivenRole } from '../../domain/shop.ts';
import type { Rich } from '../rich.ts';

/** What is drawn of somebody's price: whose it is, by which rule, and whether below cost too. */
export interface PersonPrice {
  readonly name: string;
  readonly role: GivenRole;
  /** Null: the price of the role. */
  readonly own: PriceRule | null;
  readonly ofRole: PriceRule;
  readonly belowCost: boolean;
}

/** Which orders a list shows. */
export type ListName = 'all' | 'open' | 'today' | { state: StateName } | { line: Line } | { person: string };

/** A line of the audit with names in place of numbers; empty where there is nothing to say, `why` as it was typed. */
export interface AuditFacts {
  readonly at: number;
  readonly what: AuditLine['what'];
  readonly who: string;
  readonly about: string;
  readonly note: Rich | string;
  readonly why: string;
}

/** What the watch over the shop tells; the other alerts have sentences of their own. */
export type Incident = Extract<
  OwnerAlert,
  {
    kind:
      | ('access-back' | 'provider-down' | 'provider-back')
      | ('credit-low' | 'credit-back' | 'shop-back' | 'unsold');
  }
>;
