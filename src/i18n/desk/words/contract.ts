// The words that the owners' desk is made of: states, calls to the provider and what they came to, movements of money,
// what people do. Each language has them all.

import type { AmountFault } from '../../../domain/amount.ts';
import type { EntryKind } from '../../../domain/ledger.ts';
import type { ProviderCall, Settled, StateName } from '../../../domain/order.ts';
import type { AuditLine, Role } from '../../../domain/shop.ts';
import type { Came } from '../../../domain/story.ts';

export interface Words {
  readonly states: Readonly<Record<StateName, string>>;
  readonly calls: Readonly<Record<ProviderCall, string>>;
  readonly came: Readonly<Record<Came, string>>;
  readonly entries: Readonly<Record<EntryKind, string>>;
  readonly what: Readonly<Record<AuditLine['what'], string>>;
  /** Many of them, and one. */
  readonly roles: Readonly<Record<Role, string>>;
  readonly role: Readonly<Record<Role, string>>;
  /** Of a price that adds nothing and takes nothing off. */
  readonly faceValue: string;
  readonly amountFaults: Readonly<Record<Exclude<AmountFault, 'zero'>, string>>;
  readonly ends: Readonly<Record<Settled['name'], string>>;
}
