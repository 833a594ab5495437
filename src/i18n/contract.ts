// What ties the languages of a catalogue together: the same keys and arguments everywhere, so that a missing sentence
// does not compile.

import type { Rich } from './rich.ts';

/** The same keys and arguments in every language; a sentence may be plain text or carry entities. */
export type Contract<T> = T extends (...args: infer A) => infer R
  ? (...args: A) => Contract<R>
  : T extends string
    ? string | Rich
    : T extends Rich
      ? Rich | string
      : { readonly [K in keyof T]: Contract<T[K]> };

/** A contract in which some parts stay plain text: labels, menus and toasts can't carry entities. */
export type ContractWith<T, Plain extends keyof T> = Pick<T, Plain> & Contract<Omit<T, Plain>>;
