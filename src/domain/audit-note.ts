// What an audit line says in values instead of words, so that everybody reads it in their own language, however late.

import type { Centimes } from './money.ts';
import type { PriceRule } from './pricing.ts';
import type { GivenRole } from './shop.ts';

export type AuditNote =
  /** `asked`: as somebody had asked for it. */
  | { readonly kind: 'amount'; readonly amount: Centimes; readonly asked: boolean }
  | { readonly kind: 'ceiling'; readonly from: Centimes; readonly to: Centimes }
  /** Null: not let in. */
  | { readonly kind: 'role'; readonly from: GivenRole | null; readonly to: GivenRole | null }
  /** A stranger who asked was told no. */
  | { readonly kind: 'turned-away' }
  | { readonly kind: 'link'; readonly role: GivenRole }
  /** Came in by an owner's link (Telegram id); null: by open access. */
  | { readonly kind: 'came-in'; readonly role: GivenRole; readonly by: number | null }
  /** `role` is null for a person's own price, `rule` for the price of the role. */
  | {
      readonly kind: 'price';
      readonly role: GivenRole | null;
      readonly rule: PriceRule | null;
      readonly belowCost: boolean;
    }
  | { readonly kind: 'below-cost'; readonly allowed: boolean }
  /** Null: no alert. */
  | { readonly kind: 'threshold'; readonly amount: Centimes | null }
  /** A code was shown to its buyer where others read along. */
  | { readonly kind: 'in-group' }
  | { readonly kind: 'outcome'; readonly outcome: 'fulfilled' | 'refunded' };
