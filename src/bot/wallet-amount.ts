// What stands behind a command about money, read: whose wallet, how much, and why. And the movement that a confirming
// button carries.

import type { Move } from '../app/movement.ts';
import { readSigned, type AmountFault, type AmountReading } from '../domain/amount.ts';
import { centimes, type Centimes } from '../domain/money.ts';
import { cut, oneLine } from '../domain/text.ts';
import type { WalletsSentences } from '../i18n/wallets/index.ts';
import type { View } from './view.ts';

/** A reason in the books, in characters. */
const LONGEST_REASON = 200;

/** The first word, and the rest. */
export function firstWord(text: string): readonly [word: string, rest: string] {
  const [, word = '', rest = ''] = /^\s*(\S*)\s*([\s\S]*)$/u.exec(text) ?? [];
  return [word, rest.trim()];
}

export const faultView = (t: WalletsSentences, fault: AmountFault): View => ({ text: t.faults[fault] });

/** One line that may stand in the books; empty when nothing was said. */
export const reasonFrom = (text: string): string => cut(oneLine(text), LONGEST_REASON);

/** `-300 counted twice`, `-2 000 DA counted twice`: an amount that may take away, and the words behind it. */
export function readCorrection(text: string): { reading: AmountReading; reason: string } {
  const amount =
    /^\s*[+\-−–—]?\s*\p{Nd}+(?:[\s\u066C]\p{Nd}{3}(?![^\s\u066C]))*(?:[.,\u066B]\p{Nd}+)?(?:\s*(?:da|dzd|دج)(?!\S))?(?!\S)/iu;
  const [found] = amount.exec(text) ?? [];
  if (found !== undefined)
    return { reading: readSigned(found), reason: reasonFrom(text.slice(found.length)) };
  const [word, rest] = firstWord(text);
  return { reading: readSigned(word), reason: reasonFrom(rest) };
}

/** A movement as words of a button. */
export const wordsOf = ({ id, at }: Move): readonly string[] => [id, at.toString(36)];

export function moveFrom(id: string | undefined, at36: string | undefined): Move | undefined {
  if (id === undefined || at36 === undefined || !/^[0-9a-z]{1,11}$/.test(at36)) return undefined;
  return { id, at: parseInt(at36, 36) };
}

/** Whole centimes from a button's word, below zero too; undefined for anything else. */
export const amountFrom = (word: string | undefined): Centimes | undefined =>
  word !== undefined && /^-?[0-9]{1,13}$/.test(word) ? centimes(Number(word)) : undefined;
