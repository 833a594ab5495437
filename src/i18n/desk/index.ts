// The owners' desk in the language of whoever reads it.

import type { Language } from '../../domain/order.ts';
import { ar } from './ar.ts';
import { en, type DeskSentences } from './en.ts';
import { fr } from './fr.ts';

const CATALOGUES: Record<Language, DeskSentences> = { ar, fr, en };

export const deskSentences = (language: Language): DeskSentences => CATALOGUES[language];
