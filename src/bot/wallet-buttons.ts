// Buttons about wallets that several screens carry, and the verbs that they are heard by.

import type { Centimes } from '../domain/money.ts';
import type { Language } from '../domain/order.ts';
import { walletsSentences, type WalletsSentences } from '../i18n/wallets/index.ts';
import { featureButton } from './feature.ts';

export const ASK_MISSING = 'wask';
export const LET_GO = 'wdrop';
export const CANCEL = 'wcancel';

/** Ends a question or a confirmation about money; `draft` is what goes with it. */
export const cancelButton = (t: WalletsSentences, person: number, draft?: string) =>
  featureButton(t.buttons.cancel, person, CANCEL, draft === undefined ? [] : [draft]);

/** Takes the purchase that was begun as `flow` off the list of those that wait; another one stays. */
export const letGoButton = (language: Language, person: number, flow: string) =>
  featureButton(walletsSentences(language).buttons.letGo, person, LET_GO, [flow]);

/**
 * Asks for exactly what a purchase lacks. It carries the purchase and no amount: where others read along, they can read
 * what stands behind a button too.
 */
export const askMissingButton = (
  language: Language,
  { owner, flow, inGroup }: { readonly owner: number; readonly flow: string; readonly inGroup: boolean },
  missing: Centimes,
) =>
  featureButton(
    walletsSentences(language).buttons.askMissing(inGroup ? null : missing),
    owner,
    ASK_MISSING,
    [flow],
    'primary',
  );
