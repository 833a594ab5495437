// Which catalogue speaks about people to whom.

import type { Language } from '../../domain/order.ts';
import { ar } from './ar.ts';
import { en, type PeopleSentences } from './en.ts';
import { fr } from './fr.ts';

const CATALOGUES: Record<Language, PeopleSentences> = { ar, fr, en };

export const peopleSentences = (language: Language): PeopleSentences => CATALOGUES[language];
