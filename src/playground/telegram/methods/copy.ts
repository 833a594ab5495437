// copyMessage and forwardMessage between chats the bot may use.
import { badRequest } from '../refusal.ts';
import { integerIn, isGiven } from '../payload.ts';
import { captionIn } from '../formatted-text.ts';
import { chatIn, findMessage, writableChatIn } from '../chats.ts';
import { markupIn } from '../keyboard.ts';
import { addMessage } from '../messages.ts';
import { authorUser, wireMessage } from '../wire.ts';
import { replyIn, threadIn } from './send.ts';
import type { WireMessage } from '../wire.ts';
import type { Payload } from '../payload.ts';
import type { StoredMessage } from '../model.ts';
import type { World } from '../world.ts';

function sourceIn(world: World, payload: Payload, purpose: string): StoredMessage {
  const message = findMessage(chatIn(world, payload, 'from_chat_id'), integerIn(payload, 'message_id'));
  if (!message) throw badRequest(`message to ${purpose} not found`);
  if (message.service) throw badRequest(`message can't be ${purpose === 'copy' ? 'copied' : 'forwarded'}`);
  return message;
}

function contentOf({ text, entities, media }: StoredMessage) {
  return structuredClone({ text, entities, ...(media && { media }) });
}

/** copyMessage; the copy names no source. */
export function copyMessage(world: World, payload: Payload): { message_id: number } {
  const chat = writableChatIn(world, payload);
  const source = sourceIn(world, payload, 'copy');
  const markup = markupIn(payload);
  const replyTo = replyIn(world, payload, chat);
  const threadId = threadIn(payload, chat);
  const { id } = addMessage(world, {
    chat,
    author: { kind: 'bot' },
    ...contentOf(source),
    ...(source.media && isGiven(payload, 'caption') && captionIn(payload)),
    ...(markup && { markup }),
    ...(replyTo && { replyTo }),
    ...(threadId !== undefined && { threadId }),
  });
  return { message_id: id };
}

/** forwardMessage; the forward names whom it came from and cannot be edited. */
export function forwardMessage(world: World, payload: Payload): WireMessage {
  const chat = writableChatIn(world, payload);
  const source = sourceIn(world, payload, 'forward');
  const threadId = threadIn(payload, chat);
  const message = addMessage(world, {
    chat,
    author: { kind: 'bot' },
    ...contentOf(source),
    forwardedFrom: source.forwardedFrom ?? authorUser(world, source).first_name,
    ...(threadId !== undefined && { threadId }),
  });
  return wireMessage(world, message);
}
