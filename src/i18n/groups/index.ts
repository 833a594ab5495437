// What is said in groups and about them, in the language of whoever it is said to.

import type { Language } from '../../domain/order.ts';
import { ar } from './ar.ts';
import { en, type GroupSentences } from './en.ts';
import { fr } from './fr.ts';

const CATALOGUES: Record<Language, GroupSentences> = { ar, fr, en };

export const groupsSentences = (language: Language): GroupSentences => CATALOGUES[language];
