// A drawn view as a person reads it: its text, and its buttons as `[label]` rows.

import type { InlineKeyboardButton } from 'grammy/types';
import { parse, type Press } from '../../src/bot/callback-data.ts';
import type { View } from '../../src/bot/view.ts';

export const textOf = ({ text }: View): string => (typeof text === 'string' ? text : text.text);

export const labelsOf = ({ rows = [] }: View): string[] =>
  rows.filter((row) => row.length > 0).map((row) => row.map(({ text }) => `[${text}]`).join(' '));

const data = (button: InlineKeyboardButton): string | undefined =>
  'callback_data' in button ? button.callback_data : undefined;

/** What the buttons of a view mean. Throws for one that we could not read ourselves. */
export const pressesOf = ({ rows = [] }: View): Press[] =>
  rows.flat().flatMap((button) => {
    const packed = data(button);
    if (packed === undefined) return [];
    const press = parse(packed);
    if (press === undefined) throw new Error(`the button "${button.text}" carries ${packed}`);
    return [press];
  });
