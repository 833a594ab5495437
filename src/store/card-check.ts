// What proves that a card key is the one that sealed the codes so far: a text that was sealed with it. Another key would
// lose them without a word.

import type { Vault } from '../app/ports.ts';
import { isRef, type Ref, type SealedCode } from '../domain/order.ts';

const REF = 'cardcheck';
const TEXT = 'this is the card key of this folder';

function refOfCheck(): Ref {
  if (!isRef(REF)) throw new TypeError('the reference of the key check is malformed');
  return REF;
}

const isSealed = (text: string): text is SealedCode => text !== '';

/** What is kept beside the codes. */
export const makeCardCheck = (vault: Vault): SealedCode => vault.seal(TEXT, refOfCheck());

/** Whether what was kept was sealed with this vault's key. */
export const isCardCheck = (vault: Vault, kept: string): boolean =>
  isSealed(kept) && vault.open(kept, refOfCheck()) === TEXT;
