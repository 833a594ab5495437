// The editing methods, with Telegram's three refusals: not found, cannot be edited, not modified.
import { isDeepStrictEqual } from 'node:util';
import { badRequest } from '../refusal.ts';
import { integerIn, isGiven } from '../payload.ts';
import { captionIn, messageTextIn } from '../formatted-text.ts';
import { buttonRows, inlineMarkupIn } from '../keyboard.ts';
import { findMessage, writableChatIn } from '../chats.ts';
import { changeMessage } from '../messages.ts';
import { wireMessage } from '../wire.ts';
import type { WireMessage } from '../wire.ts';
import type { Payload } from '../payload.ts';
import type { Entity, Markup, StoredMessage } from '../model.ts';
import type { World } from '../world.ts';

type Change = { text: string; entities: Entity[]; markup: Markup | undefined };

function editableIn(world: World, payload: Payload): StoredMessage {
  const chat = writableChatIn(world, payload);
  if (!isGiven(payload, 'message_id')) throw badRequest('message identifier is not specified');
  const message = findMessage(chat, integerIn(payload, 'message_id'));
  if (!message) throw badRequest('message to edit not found');
  const isOwn = message.author.kind === 'bot' && !message.service && message.forwardedFrom === undefined;
  const isPlain = !message.markup || message.markup.kind === 'inline';
  if (!isOwn || !isPlain) throw badRequest("message can't be edited");
  return message;
}

/** Refuses an edit that would change nothing a person can see. */
export function checkIsModified(message: StoredMessage, change: Change): void {
  const before = [message.text, message.entities, buttonRows(message.markup)];
  const after = [change.text, change.entities, buttonRows(change.markup)];
  if (!isDeepStrictEqual(before, after)) return;
  throw badRequest(
    'message is not modified: specified new message content and reply markup are exactly the same' +
      ' as a current content and reply markup of the message',
  );
}

/** An edited keyboard keeps asking for a reply if, and only if, the first one did. */
function withFirstForceReply(message: StoredMessage, markup: Markup | undefined): Markup | undefined {
  if (markup?.kind !== 'inline') return markup;
  return { ...markup, forceReply: message.markup?.kind === 'inline' && message.markup.forceReply };
}

function edit(world: World, message: StoredMessage, change: Change): WireMessage {
  const final = { ...change, markup: withFirstForceReply(message, change.markup) };
  checkIsModified(message, final);
  changeMessage(world, message, final);
  return wireMessage(world, message);
}

/** editMessageText; without reply_markup the inline keyboard goes away, as in Telegram. */
export function editMessageText(world: World, payload: Payload): WireMessage {
  const message = editableIn(world, payload);
  const text = messageTextIn(payload, 'MESSAGE_TOO_LONG');
  const markup = inlineMarkupIn(payload);
  if (message.media) throw badRequest('there is no text in the message to edit');
  return edit(world, message, { ...text, markup });
}

/** editMessageCaption. */
export function editMessageCaption(world: World, payload: Payload): WireMessage {
  const message = editableIn(world, payload);
  const caption = captionIn(payload);
  const markup = inlineMarkupIn(payload);
  if (!message.media) throw badRequest('there is no caption in the message to edit');
  return edit(world, message, { ...caption, markup });
}

/** editMessageReplyMarkup; without reply_markup the inline keyboard goes away. */
export function editMessageReplyMarkup(world: World, payload: Payload): WireMessage {
  const message = editableIn(world, payload);
  const { text, entities } = message;
  return edit(world, message, { text, entities, markup: inlineMarkupIn(payload) });
}
