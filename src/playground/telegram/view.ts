// Messages as a person looking at the chat sees them; what tests and the chat page read.
import { buttonRows } from './keyboard.ts';
import { authorUser } from './wire.ts';
import type { Button, Entity, Media, StoredMessage, Version } from './model.ts';
import type { World } from './world.ts';

/** One message on the screen. Dates are Unix seconds, versions carry milliseconds. */
export type ChatMessage = {
  id: number;
  ephemeral?: { id: number; receiverId: number };
  chatId: number;
  from: { id: number; name: string; isBot: boolean };
  date: number;
  editDate?: number;
  text: string;
  entities: Entity[];
  media?: Media['kind'];
  fileName?: string;
  service?: string;
  threadId?: number;
  replyTo?: number;
  forwarded: boolean;
  keyboard: Button[][];
  forceReply: boolean;
  placeholder?: string;
  replyKeyboard?: string[][];
  removesKeyboard: boolean;
  reactions: string[];
  pinned: boolean;
  deleted: boolean;
  original: Version;
  edits: Version[];
};

/** A copy of the message for watchers; later changes do not show in it. */
export function viewMessage(world: World, message: StoredMessage): ChatMessage {
  const { markup, service, media, threadId, replyTo, editDate, ephemeral } = message;
  const from = authorUser(world, message);
  const placeholder = markup && 'placeholder' in markup ? markup.placeholder : undefined;
  return {
    id: message.id,
    chatId: message.chat.id,
    from: { id: from.id, name: [from.first_name, from.last_name ?? ''].join(' ').trim(), isBot: from.is_bot },
    date: message.date,
    text: message.text,
    entities: structuredClone(message.entities),
    forwarded: message.forwardedFrom !== undefined,
    keyboard: structuredClone(buttonRows(markup)),
    forceReply: markup?.kind === 'force-reply' || (markup?.kind === 'inline' && markup.forceReply),
    removesKeyboard: markup?.kind === 'remove-keyboard',
    reactions: [...message.reactions],
    pinned: message.isPinned,
    deleted: message.isDeleted,
    original: structuredClone(message.original),
    edits: structuredClone(message.edits),
    ...(ephemeral && { ephemeral: { ...ephemeral } }),
    ...(editDate !== undefined && { editDate }),
    ...(media && { media: media.kind }),
    ...(media?.kind === 'document' && media.fileName !== undefined && { fileName: media.fileName }),
    ...(service && { service: Object.keys(service)[0] ?? 'service' }),
    ...(threadId !== undefined && { threadId }),
    ...(replyTo && { replyTo: replyTo.id }),
    ...(placeholder !== undefined && { placeholder }),
    ...(markup?.kind === 'reply-keyboard' && { replyKeyboard: structuredClone(markup.rows) }),
  };
}

/** The last messages of every chat in a few lines, for the text of a failed wait. */
export function describeChats(world: World): string {
  const lines = [...world.chats.values()].flatMap((chat) =>
    chat.log.slice(-6).map((message) => {
      const view = viewMessage(world, message);
      const buttons = view.keyboard.map((row) => row.map(({ text }) => `[${text}]`).join(' ')).join(' / ');
      const mark = view.deleted ? ' (deleted)' : '';
      const shown = view.text === '' ? `<${view.service ?? view.media ?? 'empty'}>` : view.text;
      return `  ${chat.id} #${view.id} ${view.from.name}${mark}: ${shown.replaceAll('\n', ' ⏎ ')} ${buttons}`.trimEnd();
    }),
  );
  const calls = world.calls
    .filter(({ method }) => method !== 'getUpdates')
    .slice(-5)
    .map(({ method, ok, description }) => `  ${method} ${ok ? 'ok' : (description ?? 'failed')}`);
  return [
    lines.length > 0 ? 'Last messages:' : 'No messages.',
    ...lines,
    calls.length > 0 ? 'Last calls:' : 'No calls.',
    ...calls,
    `${world.updates.waiting().length} updates waiting.`,
  ].join('\n');
}
