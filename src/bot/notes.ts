// From a refusal to the note above the next prompt: every reason of the domain has one.

import type { PlaceRefusal } from '../domain/refusal.ts';
import type { LineFault, Service } from '../domain/service.ts';
import type { Note } from './screens.ts';

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

/** Why a confirmation did not become an order. */
export function refusalNote(refusal: PlaceRefusal): Note {
  switch (refusal.reason) {
    case 'price-changed':
      return { say: 'price-changed', price: refusal.price };
    case 'out-of-stock':
      return { say: 'amount-gone' };
    case 'short-balance':
      return { say: 'short', missing: refusal.missing, balance: refusal.balance, price: refusal.price };
    case 'same-order-recently':
      return { say: 'twin', no: refusal.no, at: refusal.at };
    case 'provider-away':
    // The shop's own credit is nobody's business but its owners', who are told.
    case 'shop-short':
      return { say: 'away' };
    case 'barred':
      return { say: 'barred' };
    case 'paused':
      return { say: 'paused', words: refusal.words };
    case 'cannot-record':
      return { say: 'cannot-record' };
  }
}
