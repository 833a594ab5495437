// What a message looks like before Telegram sees it: text with entities and rows of buttons.

import type { InlineKeyboardButton } from 'grammy/types';
import { cut } from '../domain/text.ts';
import type { Rich } from '../i18n/rich.ts';
import { pack, type Press } from './callback-data.ts';

/**
 * What a message is worth in a group, where only so many may be written: the end of an order goes first, its progress and
 * what could be spared only while there is room; what is said aside to one person goes with a prompt, while there is room.
 * Absent: none of these.
 */
export type Weight = 'end' | 'progress' | 'spare' | 'aside';

/** What goes with a message in a group for one person's eyes alone; it is left out where Telegram does not take it. */
export interface Aside {
  readonly text: Rich | string;
  /** What the message itself says to everybody when Telegram took this. */
  readonly instead?: Rich | string;
}

export interface View {
  readonly text: Rich | string;
  readonly rows?: readonly (readonly InlineKeyboardButton[])[];
  /** Opens the reply field in a group, where only replies reach the bot. */
  readonly forceReply?: boolean;
  /** To a stranger: carries no mark of the shop's. */
  readonly toStranger?: boolean;
  readonly weight?: Weight;
  /** Prompts of a purchase only. */
  readonly aside?: Aside;
}

type Style = 'primary' | 'success' | 'danger';

/** A button that calls back; the label is cut where Telegram would refuse it. */
export const button = (text: string, press: Press, style?: Style): InlineKeyboardButton => ({
  text: cut(text, 64),
  callback_data: pack(press),
  ...(style === undefined ? {} : { style }),
});

/** Splits buttons into rows of a given width. */
export function inRows<T>(items: readonly T[], width: number): T[][] {
  const rows: T[][] = [];
  for (let at = 0; at < items.length; at += width) rows.push(items.slice(at, at + width));
  return rows;
}
