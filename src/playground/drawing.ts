// Pure: how a message of the chat looks on lines of text. Used by the terminal chat and the demo.
import type { Button, ChatMessage, Entity } from './telegram/server.ts';

/** How a person looks at the chat: when, with an app in which language, with spoilers open or not. */
export type Look = { readonly now: number; readonly languageCode: string; readonly reveal?: boolean };

const MINUTE = 60;
const HOUR = 60 * MINUTE;

/** A moment as Telegram's apps say it: "12 seconds ago". `seconds` since then. */
export function relativeTime(seconds: number, languageCode: string): string {
  const locale = languageCode === 'ar' ? 'ar-u-nu-latn' : languageCode;
  const format = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  if (seconds >= HOUR) return format.format(-Math.floor(seconds / HOUR), 'hour');
  if (seconds >= MINUTE) return format.format(-Math.floor(seconds / MINUTE), 'minute');
  return format.format(-Math.max(0, Math.floor(seconds)), 'second');
}

function shown(entity: Entity, hidden: string, look: Look): string {
  if (entity.type === 'spoiler') return look.reveal ? hidden : '▒'.repeat(hidden.length);
  if (entity.type !== 'date_time' || entity.date_time_format !== 'r') return hidden;
  return relativeTime(look.now / 1000 - (entity.unix_time ?? 0), look.languageCode);
}

/** The text as it is seen: spoilers covered, relative times counted. */
export function drawText(message: Pick<ChatMessage, 'text' | 'entities'>, look: Look): string {
  const special = message.entities
    .filter(({ type }) => type === 'spoiler' || type === 'date_time')
    .sort((a, b) => b.offset - a.offset);
  return special.reduce((text, entity) => {
    const end = entity.offset + entity.length;
    return (
      text.slice(0, entity.offset) + shown(entity, text.slice(entity.offset, end), look) + text.slice(end)
    );
  }, message.text);
}

/** One button: its label, and what it copies or opens. */
export function drawButton(button: Button): string {
  const copies = button.copy_text === undefined ? '' : ` ⧉ ${button.copy_text.text}`;
  const opens = button.url === undefined ? '' : ` ↗ ${button.url}`;
  return `[ ${button.text}${copies}${opens} ]`;
}

/** The rows of a keyboard, one line each; `numbered` puts a name to type before every button, counted from 1. */
export function drawKeyboard(
  rows: readonly (readonly Button[])[],
  numbered?: (count: number) => string,
): string[] {
  let count = 0;
  return rows.map((row) =>
    row
      .map((button) => {
        count += 1;
        return numbered === undefined ? drawButton(button) : `${numbered(count)} ${drawButton(button)}`;
      })
      .join('  '),
  );
}

/** Whether the last edit did nothing but take the buttons away. */
export function onlyLostButtons(message: ChatMessage): boolean {
  const [before, after] = [message.original, ...message.edits].slice(-2);
  return (
    before !== undefined &&
    after !== undefined &&
    before.keyboard.length > 0 &&
    after.keyboard.length === 0 &&
    before.text === after.text
  );
}
