// Pieces that Arabic sentences are made of: numbers, codes and Latin words in one piece, orders and lines by their names.

import type { Centimes } from '../domain/money.ts';
import type { Service } from '../domain/service.ts';
import { isolate, money } from './format.ts';
import { rich, type Rich } from './rich.ts';

/** `1 000 دج` */
export const da = (amount: Centimes): string => money('ar', amount);

/** Something that is read from left to right. */
export const ltr = (piece: Rich | string | number): Rich => isolate('ar', piece);

export const order = (no: number): Rich => rich`الطلب رقم ${ltr(no)}`;

export const named = (service: Service): Rich =>
  rich`خط ${service === 'ADSL' ? ltr('ADSL') : rich`الجيل الرابع ${ltr('4G')}`}`;
