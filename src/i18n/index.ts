// Which catalogue speaks to whom.

import type { Language } from '../domain/order.ts';
import { ar } from './ar.ts';
import { en, type Sentences } from './en.ts';
import { fr } from './fr.ts';

export const LANGUAGES: readonly Language[] = ['ar', 'fr', 'en'];

const CATALOGUES: Record<Language, Sentences> = { ar, fr, en };

export const sentences = (language: Language): Sentences => CATALOGUES[language];

/** The language of a Telegram client (`ar-EG`, `fr`), if it is one of ours. */
export const languageOf = (code: string | undefined): Language | undefined =>
  LANGUAGES.find((language) => code?.toLowerCase().split(/[-_]/u)[0] === language);
