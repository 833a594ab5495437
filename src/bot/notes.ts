// The note above a prompt, which tells what was wrong with the last answer: what it may be, its sentence, and how a refusal
// becomes one. Every reason of the domain has one.

import type { Closed } from '../app/place-order.ts';
import type { PlaceRefusal } from '../domain/refusal.ts';
import type { Centimes } from '../domain/money.ts';
import type { Language } from '../domain/order.ts';
import type { Line, LineFault, Service } from '../domain/service.ts';
import { sentences } from '../i18n/index.ts';
import type { Rich } from '../i18n/rich.ts';

/** What was wrong with the last answer. Plain JSON, because it is kept in the flow. Amounts in centimes, `at` in epoch ms. */
export type Note =
  | {
      readonly say:
        | 'not-a-number'
        | 'mobile'
        | 'amount-not-offered'
        | 'amount-gone'
        | 'amount-not-sold'
        | 'send-text'
        | 'use-buttons'
        | 'away'
        | 'barred';
    }
  | { readonly say: 'cannot-record' }
  /** What the owner says about it, empty for the usual sentence. */
  | { readonly say: 'paused'; readonly words: string }
  | { readonly say: 'wrong-length' | 'not-a-line'; readonly service: Service }
  | { readonly say: 'looks-other'; readonly other: Service; readonly line: Line }
  | { readonly say: 'cannot-check'; readonly text: string }
  | { readonly say: 'price-changed'; readonly price: Centimes }
  | {
      readonly say: 'short';
      readonly missing: Centimes;
      readonly balance: Centimes;
      readonly price: Centimes;
      readonly value?: Centimes;
      /** The purchase waits for the money, which can be asked for. */
      readonly kept?: boolean;
    }
  | { readonly say: 'twin'; readonly no: number; readonly at: number }
  | { readonly say: 'twin-of-another' };

/** Who reads a prompt. */
export interface Reader {
  readonly language: Language;
  /** Others can read along: no prices, no balances, masked numbers. */
  readonly inGroup: boolean;
}

/** Asks for a second yes, because the same recharge was ordered a moment ago. */
export const isTwin = ({ say }: Note): boolean => say === 'twin' || say === 'twin-of-another';

/** The sentence of a note in the person's language. */
export function noteText({ language, inGroup }: Reader, note: Note): Rich | string {
  const t = sentences(language);
  switch (note.say) {
    case 'not-a-number':
      return t.notANumber;
    case 'mobile':
      return t.mobile;
    case 'amount-not-offered':
      return t.amountNotOffered;
    case 'amount-gone':
      return t.amountGone;
    case 'amount-not-sold':
      return t.amountNotSold;
    case 'send-text':
      return t.sendText;
    case 'use-buttons':
      return t.useButtons;
    case 'away':
      return t.away;
    case 'cannot-record':
      return t.cannotRecord;
    case 'barred':
      return t.barred;
    case 'paused':
      return t.paused(note.words);
    case 'wrong-length':
      return t.wrongLength(note.service);
    case 'not-a-line':
      return t.notALine(note.service);
    case 'looks-other':
      return t.looksOther(note.other, note.line, inGroup);
    case 'cannot-check':
      return t.cannotCheck;
    case 'price-changed':
      return inGroup ? t.priceChangedInGroup : t.priceChanged(note.price);
    case 'short':
      return inGroup ? t.shortInGroup : t.short(note.missing, note.balance, note.price);
    case 'twin':
      return inGroup ? t.twinOfAnother : t.twin(note.no, note.at);
    case 'twin-of-another':
      return t.twinOfAnother;
  }
}

/** What was wrong with a number, before the provider was asked. */
export function lineNote(service: Service, fault: LineFault): Note {
  switch (fault.reason) {
    case 'not-a-number':
      return { say: 'not-a-number' };
    case 'mobile':
      return { say: 'mobile' };
    case 'wrong-length':
      return { say: 'wrong-length', service };
    case 'other-service':
      return { say: 'looks-other', other: fault.other, line: fault.line };
  }
}

/** Why somebody may not buy now at all. */
export const closedNote = (closed: Closed): Note =>
  closed.kind === 'paused' ? { say: 'paused', words: closed.words } : { say: 'barred' };

/** Why a confirmation did not become an order. */
export function refusalNote(refusal: PlaceRefusal): Note {
  switch (refusal.reason) {
    case 'price-changed':
      return { say: 'price-changed', price: refusal.price };
    case 'out-of-stock':
      return { say: 'amount-gone' };
    case 'not-sold':
      return { say: 'amount-not-sold' };
    case 'short-balance':
      return { say: 'short', missing: refusal.missing, balance: refusal.balance, price: refusal.price };
    case 'same-order-recently':
      return { say: 'twin', no: refusal.no, at: refusal.at };
    case 'same-order-of-another':
      return { say: 'twin-of-another' };
    case 'provider-away':
    // The shop's own credit is nobody's business but its owners', who are told.
    case 'shop-short':
      return { say: 'away' };
    case 'barred':
      return closedNote({ kind: 'barred' });
    case 'paused':
      return closedNote({ kind: 'paused', words: refusal.words });
    case 'cannot-record':
      return { say: 'cannot-record' };
  }
}
