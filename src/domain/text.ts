// What people write, inside sentences of ours: on one line, unable to turn the text around it, cut between characters.

/** Controls, ends of lines, and marks of direction. */
const TURNING = /[\p{Cc}\u200E\u200F\u061C\u2028-\u202E\u2066-\u2069]/gu;

/** The text on one line, without what would turn the words around it. */
export const oneLine = (text: string): string =>
  text.toWellFormed().replace(TURNING, ' ').replace(/\s+/gu, ' ').trim();

/** So many characters of a text at the most, never half of one: Telegram refuses a message with half a character. */
export const cut = (text: string, most: number): string => Array.from(text).slice(0, most).join('');
