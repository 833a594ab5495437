// answerCallbackQuery: one answer per press, within 150 seconds.
import { badRequest } from '../refusal.ts';
import { flagIn, textIn } from '../payload.ts';
import { CALLBACK_LIFETIME_MS } from '../update-queue.ts';
import type { Payload } from '../payload.ts';
import type { PressAnswer } from '../events.ts';
import type { World } from '../world.ts';

const LONGEST_ANSWER = 200;

/** answerCallbackQuery. */
export function answerCallbackQuery(world: World, payload: Payload): true {
  const query = world.queries.get(textIn(payload, 'callback_query_id') ?? '');
  const text = textIn(payload, 'text') ?? '';
  const url = textIn(payload, 'url') ?? '';
  if (text.length > LONGEST_ANSWER) throw badRequest('MESSAGE_TOO_LONG');
  if (!query || query.isAnswered || world.now() - query.at > CALLBACK_LIFETIME_MS) {
    throw badRequest('query is too old and response timeout expired or query ID is invalid');
  }
  // Telegram opens only game links and t.me/<this bot>?start=… from here.
  if (url !== '' && !url.startsWith(`https://t.me/${world.bot.user.username ?? ''}?start=`)) {
    throw badRequest('URL_INVALID');
  }
  query.isAnswered = true;
  const answer: PressAnswer = {
    answered: true,
    ...(text !== '' && { text, alert: flagIn(payload, 'show_alert') }),
    ...(url !== '' && { url }),
  };
  query.settle(answer);
  return true;
}
