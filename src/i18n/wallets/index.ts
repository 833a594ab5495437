// Which catalogue of wallets speaks to whom.

import type { Language } from '../../domain/order.ts';
import { ar } from './ar.ts';
import { en, type WalletsSentences } from './en.ts';
import { fr } from './fr.ts';

export type { Named } from './facts.ts';
export type { WalletsSentences } from './en.ts';

const CATALOGUES: Record<Language, WalletsSentences> = { ar, fr, en };

export const walletsSentences = (language: Language): WalletsSentences => CATALOGUES[language];
