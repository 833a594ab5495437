// What a message looks like before Telegram sees it: text with entities and rows of buttons.

import type { InlineKeyboardButton } from 'grammy/types';
import type { Rich } from '../i18n/rich.ts';
import { pack, type Press } from './callback-data.ts';

/**
 * What a message is worth in a group, where only so many may be written: the end of an order goes first, its progress and
 * what could be spared only while there is room. Absent: neither.
 */
export type Weight = 'end' | 'progress' | 'spare';

export interface View {
  readonly text: Rich | string;
  readonly rows?: readonly (readonly InlineKeyboardButton[])[];
  /** Opens the reply field in a group, where only replies reach the bot. */
  readonly forceReply?: boolean;
  /** To a stranger: carries no mark of the shop's. */
  readonly toStranger?: boolean;
  readonly weight?: Weight;
}

type Style = 'primary' | 'success' | 'danger';

/** A button that calls back; the label is cut where Telegram would refuse it. */
export const button = (text: string, press: Press, style?: Style): InlineKeyboardButton => ({
  text: text.slice(0, 64),
  callback_data: pack(press),
  ...(style === undefined ? {} : { style }),
});

/** Splits buttons into rows of a given width. */
export function inRows<T>(items: readonly T[], width: number): T[][] {
  const rows: T[][] = [];
  for (let at = 0; at < items.length; at += width) rows.push(items.slice(at, at + width));
  return rows;
}
