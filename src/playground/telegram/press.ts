// Pressing a button under a message, and waiting for what the bot answers to it.
import { deliverPress } from './deliver.ts';
import { findEphemeral, findMessage, knownChat, knownPerson } from './chats.ts';
import { buttonRows } from './keyboard.ts';
import { inaccessibleMessage, wireMessage } from './wire.ts';
import type { PressAnswer } from './events.ts';
import type { Button, Chat, StoredMessage } from './model.ts';
import type { World } from './world.ts';

/** A message by its id, or an ephemeral one by its own kind of id. */
export type MessageRef = number | { ephemeral: number };

/** A button by a part of its text, or by its place counted from 0. */
export type PressTarget = string | { row: number; column: number };

function targetButton(rows: Button[][], target: PressTarget): Button {
  const button =
    typeof target === 'string'
      ? (rows.flat().find(({ text }) => text === target) ??
        rows.flat().find(({ text }) => text.includes(target)))
      : rows[target.row]?.[target.column];
  if (button) return button;
  const shown = rows.map((row) => row.map(({ text }) => `[${text}]`).join(' ')).join(' / ');
  throw new Error(`No button ${JSON.stringify(target)} here; the message shows ${shown || 'no buttons'}.`);
}

function checkMayPress(chat: Chat, personId: number): void {
  if (chat.kind === 'private') {
    if (chat.id !== personId) throw new Error(`Person ${personId} cannot see the private chat ${chat.id}.`);
    if (chat.isBlocked) throw new Error(`Person ${personId} has blocked the bot; unblock it first.`);
  } else if (!chat.memberIds.has(personId)) {
    throw new Error(`Person ${personId} is not a member of ${chat.id}.`);
  }
}

function visibleMessage(chat: Chat, personId: number, ref: MessageRef): StoredMessage {
  const message = typeof ref === 'number' ? findMessage(chat, ref) : findEphemeral(chat, ref.ephemeral);
  const isHidden = message?.ephemeral && message.ephemeral.receiverId !== personId;
  if (!message || isHidden) throw new Error(`Chat ${chat.id} shows no message ${JSON.stringify(ref)}.`);
  return message;
}

/** Presses a button and resolves with what the person gets to see of it. */
export async function press(
  world: World,
  pressed: { personId: number; chatId: number; message: MessageRef; target: PressTarget },
): Promise<PressAnswer> {
  const chat = knownChat(world, pressed.chatId);
  checkMayPress(chat, pressed.personId);
  const message = visibleMessage(chat, pressed.personId, pressed.message);
  const button = targetButton(buttonRows(message.markup), pressed.target);
  if (button.url !== undefined) return { answered: false, url: button.url };
  if (button.copy_text) return { answered: false, copied: button.copy_text.text };
  if (button.callback_data === undefined) return { answered: false };
  return query(world, {
    personId: pressed.personId,
    chat,
    messageId: message.id,
    data: button.callback_data,
    body: wireMessage(world, message),
  });
}

/** Sends any callback data from any message, as an outdated or tampered app would. */
export async function pressStale(
  world: World,
  pressed: { personId: number; chatId: number; messageId: number; data: string },
): Promise<PressAnswer> {
  const chat = knownChat(world, pressed.chatId);
  const { personId, messageId, data } = pressed;
  const message = findMessage(chat, messageId);
  const body = message ? wireMessage(world, message) : inaccessibleMessage(chat, messageId);
  return query(world, { personId, chat, messageId, data, body });
}

function query(
  world: World,
  asked: { personId: number; chat: Chat; messageId: number; data: string; body: Record<string, unknown> },
): Promise<PressAnswer> {
  const { personId, chat, messageId, data, body } = asked;
  const { user } = knownPerson(world, personId);
  const id = `41${String(++world.counters.query).padStart(16, '0')}`;
  return new Promise((resolve) => {
    let isSettled = false;
    const settle = (answer: PressAnswer): void => {
      if (isSettled) return;
      isSettled = true;
      clearTimeout(timer);
      resolve(answer);
      world.hub.emit({ type: 'callback-answer', chatId: chat.id, personId, messageId, answer });
    };
    const timer = setTimeout(() => settle({ answered: false }), world.pressTimeoutMs);
    world.queries.set(id, { id, personId, chat, messageId, at: world.now(), isAnswered: false, settle });
    world.hub.emit({ type: 'press', chatId: chat.id, personId, messageId, data });
    deliverPress(world, personId, { id, from: user, message: body, chat_instance: `${chat.id}`, data });
  });
}
