// A Telegram with a few chats: it keeps messages as people see them, and refuses what a blocked, moved or tidied chat refuses.

import { GROUP, GROUP_AFTER } from './cast.ts';
import type { Chance } from './chance.ts';
import type { Asked, Reply, Service } from './network-calls.ts';
import type { Plan } from './plan.ts';
import {
  BOT,
  buttonsOf,
  chatOf,
  no,
  numberIn,
  ok,
  shapeOf,
  textIn,
  userOf,
  type Button,
  type Said,
} from './telegram-shapes.ts';
import { updates } from './telegram-updates.ts';
import type { VirtualTime } from './virtual-time.ts';

export type { Said } from './telegram-shapes.ts';

/** A button that an edit has taken away, with what the message said when it was there. */
export interface Gone {
  readonly message: Said;
  readonly data: string;
  readonly text: string;
}

/** Menus as they were published, by scope and language. */
export type Menus = ReadonlyMap<string, unknown>;

export interface Telegram {
  readonly service: Service;
  /** Messages of the bot's, oldest first. */
  readonly said: readonly Said[];
  readonly gone: readonly Gone[];
  /** Somebody writes: the update goes its way. */
  write(person: number, chat: number, text: string, replyTo?: number): void;
  press(person: number, message: Said, data: string): void;
  /** Takes away what a person sees. */
  remove(message: Said): void;
  /** The chat that a group is now. */
  readonly groupNow: () => number;
  migrate(): void;
  /** Whether everything that people did has been confirmed. */
  readonly isQuiet: () => boolean;
  /** The poll that was held is gone with the program that asked. */
  hangUp(): void;
  /** Told of every message and edit that was carried out, and of the buttons that an edit took away. */
  onChange: (message: Said, before: readonly Button[]) => void;
  /** Told of every alert that answers a press. */
  onAlert: (person: number, text: string) => void;
  readonly menus: () => Menus;
}

const menuOf = (body: Asked['body']): string => JSON.stringify([body['scope'], body['language_code']]);

export function telegram(options: {
  time: VirtualTime;
  chance: Chance;
  plan: Plan;
  began: number;
  menus: Menus;
}): Telegram {
  const { time, plan, began } = options;
  const menus = new Map(options.menus);
  const said: Said[] = [];
  const gone: Gone[] = [];
  const byPlace = new Map<string, Said>();
  const lastIds = new Map<number, number>();
  /** Who made each press, by its id. */
  const pressed = new Map<string, number>();
  const line = updates(options);
  let group = GROUP;

  const self: Telegram = {
    ...{ service, said, gone, write, press, migrate },
    remove: (message) => void (message.deleted = true),
    groupNow: () => group,
    isQuiet: line.isQuiet,
    hangUp: line.hangUp,
    onChange: () => undefined,
    onAlert: () => undefined,
    menus: () => menus,
  };

  function isBlocked(chat: number): boolean {
    const age = time.now() - began;
    const isMeant = (person: number): boolean => person === chat || (person === GROUP && chat === group);
    return plan.blocked.some(({ person, from, to }) => isMeant(person) && age >= from && age < to);
  }

  function nextId(chat: number): number {
    const id = (lastIds.get(chat) ?? 0) + 1;
    lastIds.set(chat, id);
    return id;
  }

  function write(person: number, chat: number, text: string, replyTo?: number): void {
    const message_id = nextId(chat);
    const command = /^\/\w+/.exec(text)?.[0];
    const entities =
      command === undefined ? {} : { entities: [{ type: 'bot_command', offset: 0, length: command.length }] };
    const original = replyTo === undefined ? undefined : byPlace.get(`${chat}:${replyTo}`);
    const reply = original === undefined ? {} : { reply_to_message: shapeOf(original, 0) };
    const date = Math.floor(time.now() / 1000);
    line.queue(() => ({
      message: { message_id, date, chat: chatOf(chat), from: userOf(person), text, ...entities, ...reply },
    }));
  }

  function press(person: number, { chat, id, text }: Said, data: string): void {
    const press = `press-${pressed.size + 1}`;
    pressed.set(press, person);
    const message = shapeOf({ chat, id, text });
    line.queue(() => ({
      callback_query: { id: press, from: userOf(person), chat_instance: '1', message, data },
    }));
  }

  function migrate(): void {
    if (group === GROUP_AFTER) return;
    const old = group;
    group = GROUP_AFTER;
    const [from, date] = [userOf(21), Math.floor(time.now() / 1000)];
    const about = (chat: number, more: object): object => ({
      message: { message_id: nextId(chat), date, chat: chatOf(chat), from, ...more },
    });
    line.queue(() => about(old, { migrate_to_chat_id: GROUP_AFTER }));
    line.queue(() => about(GROUP_AFTER, { migrate_from_chat_id: old }));
  }

  function refusalOf(chat: number): Reply | undefined {
    if (chat === GROUP && group !== GROUP)
      return no(400, 'Bad Request: group chat was upgraded to a supergroup chat', {
        migrate_to_chat_id: group,
      });
    if (!isBlocked(chat)) return undefined;
    return no(403, `Forbidden: bot was ${chat > 0 ? 'blocked by the user' : 'kicked from the group chat'}`);
  }

  function send(body: Asked['body']): Reply {
    const chat = numberIn(body, 'chat_id');
    const refused = refusalOf(chat);
    if (refused !== undefined) return refused;
    const markup = body['reply_markup'];
    const message: Said = {
      ...{ chat, id: nextId(chat), text: textIn(body, 'text', 'caption'), buttons: buttonsOf(markup) },
      ...{ markup: JSON.stringify(markup ?? null), deleted: false, touchedAt: time.now() },
    };
    said.push(message);
    byPlace.set(`${chat}:${message.id}`, message);
    self.onChange(message, []);
    return ok(shapeOf(message));
  }

  function edit(body: Asked['body'], text: string | undefined): Reply {
    const chat = numberIn(body, 'chat_id');
    const refused = refusalOf(chat);
    if (refused !== undefined) return refused;
    const message = byPlace.get(`${chat}:${numberIn(body, 'message_id')}`);
    if (message === undefined || message.deleted) return no(400, 'Bad Request: message to edit not found');
    const markup = JSON.stringify(body['reply_markup'] ?? null);
    if ((text ?? message.text) === message.text && markup === message.markup)
      return no(400, 'Bad Request: message is not modified: specified new message content is the same');
    const before = message.buttons;
    for (const { data } of before) gone.push({ message, data, text: message.text });
    message.text = text ?? message.text;
    message.markup = markup;
    message.buttons = buttonsOf(body['reply_markup']);
    message.touchedAt = time.now();
    self.onChange(message, before);
    return ok(shapeOf(message));
  }

  function answerPress(body: Asked['body']): Reply {
    const person = pressed.get(String(body['callback_query_id'])) ?? 0;
    if (body['text'] !== undefined) self.onAlert(person, textIn(body, 'text'));
    return ok(true);
  }

  function answerOf({ name, body }: Asked): Reply {
    switch (name) {
      case 'getMe':
        return ok(BOT);
      case 'sendMessage':
      case 'sendPhoto':
      case 'sendDocument':
        return send(body);
      case 'editMessageText':
        return edit(body, String(body['text']));
      case 'editMessageCaption':
        return edit(body, String(body['caption']));
      case 'editMessageReplyMarkup':
        return edit(body, undefined);
      case 'answerCallbackQuery':
        return answerPress(body);
      case 'getMyCommands':
        return ok(menus.get(menuOf(body)) ?? []);
      case 'setMyCommands':
        menus.set(menuOf(body), body['commands']);
        return ok(true);
      default:
        return ok(true);
    }
  }

  function service(asked: Asked, answer: (reply: Reply) => void): void {
    if (asked.name === 'getUpdates') line.poll(asked.body, answer);
    else answer(answerOf(asked));
  }

  return self;
}
