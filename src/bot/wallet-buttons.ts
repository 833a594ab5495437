// Buttons about wallets that several screens carry, and the verbs that they are heard by.

import type { Centimes } from '../domain/money.ts';
import type { Language } from '../domain/order.ts';
import { walletsSentences, type WalletsSentences } from '../i18n/wallets/index.ts';
import { featureButton } from './feature.ts';

export const ASK_MISSING = 'wask';
export const LET_GO = 'wdrop';
export const CANCEL = 'wcancel';

/** Ends a question or a confirmation about money. */
export const cancelButton = (t: WalletsSentences, person: number) =>
  featureButton(t.buttons.cancel, person, CANCEL);

/** Takes a person's purchase off the list of those that wait. */
export const letGoButton = (language: Language, person: number) =>
  featureButton(walletsSentences(language).buttons.letGo, person, LET_GO);

/** Asks for exactly what a purchase lacks; `flow` tells one purchase from the next, so that two taps ask once. */
export const askMissingButton = (
  language: Language,
  { owner, flow, inGroup }: { readonly owner: number; readonly flow: string; readonly inGroup: boolean },
  missing: Centimes,
) =>
  featureButton(
    walletsSentences(language).buttons.askMissing(inGroup ? null : missing),
    owner,
    ASK_MISSING,
    [missing, flow],
    'primary',
  );
