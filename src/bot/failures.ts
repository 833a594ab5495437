// What Telegram's refusals mean for us, sorted once. Telegram offers nothing better than its texts to tell them apart.

import { GrammyError } from 'grammy';

export type ChatFailure =
  /** The message already says that. */
  | { readonly kind: 'unchanged' }
  /** The message is deleted or can't be edited: a new one is needed. */
  | { readonly kind: 'gone' }
  /** A picture: it has a caption and no text. */
  | { readonly kind: 'has-caption' }
  /** The forum topic is gone or closed: the chat's general topic is left. */
  | { readonly kind: 'topic-gone' }
  /** The person or chat can't be written to now. */
  | { readonly kind: 'unreachable' }
  /** The group has become a supergroup; old message ids are void. */
  | { readonly kind: 'migrated'; readonly chatId: number }
  | { readonly kind: 'slow-down'; readonly waitMs: number }
  /** Our own fault: the same call would fail again. */
  | { readonly kind: 'malformed'; readonly description: string }
  /** Network or server trouble that passes. */
  | { readonly kind: 'passing' };

const UNREACHABLE =
  /chat not found|not enough rights|have no write access|chat_write_forbidden|user_is_blocked/i;

function sort400(description: string): ChatFailure {
  if (/message is not modified/i.test(description)) return { kind: 'unchanged' };
  if (/there is no text in the message to edit/i.test(description)) return { kind: 'has-caption' };
  if (/message to edit not found|message can't be edited|message_id_invalid/i.test(description))
    return { kind: 'gone' };
  if (/thread not found|topic_closed|topic_deleted/i.test(description)) return { kind: 'topic-gone' };
  if (UNREACHABLE.test(description)) return { kind: 'unreachable' };
  return { kind: 'malformed', description };
}

/** Sorts anything thrown by a call to Telegram. */
export function sortFailure(error: unknown): ChatFailure {
  if (!(error instanceof GrammyError)) return { kind: 'passing' };
  const { migrate_to_chat_id: chatId, retry_after: seconds } = error.parameters;
  if (chatId !== undefined) return { kind: 'migrated', chatId };
  if (error.error_code === 429) return { kind: 'slow-down', waitMs: (seconds ?? 5) * 1000 };
  if (error.error_code === 403) return { kind: 'unreachable' };
  if (error.error_code === 400) return sort400(error.description);
  return { kind: 'passing' };
}

/** Whether Telegram knows no bot with our token: asking again would not help. */
export const isTokenRefused = (error: unknown): boolean =>
  error instanceof GrammyError && [401, 404].includes(error.error_code);
