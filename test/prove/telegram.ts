// A Telegram with a few chats: it keeps messages as people see them, gives out updates until they are confirmed and
// sometimes once more, holds polls, and refuses what a blocked, moved or tidied chat refuses.

import type { Asked, Reply, Service } from './network.ts';
import { GROUP, GROUP_AFTER, type Plan } from './plan.ts';
import type { Chance } from './chance.ts';
import type { VirtualTime } from './virtual-time.ts';

export interface Button {
  readonly text: string;
  readonly data: string;
}

/** A message of the bot's, as it stands now. */
export interface Said {
  readonly chat: number;
  readonly id: number;
  text: string;
  buttons: readonly Button[];
  /** Everything else that it carries, for the search for codes. */
  markup: string;
  deleted: boolean;
  touchedAt: number;
}

export interface Telegram {
  readonly service: Service;
  /** Messages of the bot's, oldest first. */
  readonly said: readonly Said[];
  /** Somebody writes. Resolves to nothing: the update goes its way. */
  write(person: number, chat: number, text: string, replyTo?: number): void;
  press(person: number, message: Said, data: string): void;
  /** Takes away what a person sees. */
  remove(message: Said): void;
  /** The chat that a group is now. */
  readonly groupNow: () => number;
  migrate(): void;
  readonly isBlocked: (person: number) => boolean;
  /** Whether everything that people did has been confirmed. */
  readonly isQuiet: () => boolean;
  /** The poll that was held is gone with the program that asked. */
  hangUp(): void;
  /** Told of every message and edit that was carried out, and of the buttons that an edit took away. */
  onChange: (message: Said, before: readonly Button[]) => void;
  /** Told of every alert that answers a press. */
  onAlert: (person: number, text: string) => void;
  /** When each press was answered, by its id. */
  readonly answered: ReadonlyMap<string, number>;
  readonly menus: () => Menus;
  readonly pressed: ReadonlyMap<string, { readonly person: number; readonly at: number }>;
}

const LANGUAGE: Readonly<Record<number, string>> = {
  11: 'en',
  12: 'fr',
  21: 'fr',
  22: 'en',
  31: 'ar',
  32: 'en',
};

const ok = (result: unknown): Reply => ({ status: 200, body: { ok: true, result } });
const no = (code: number, description: string, parameters?: object): Reply => ({
  status: code,
  body: { ok: false, error_code: code, description, ...(parameters && { parameters }) },
});

/** The first of these that is a text. */
const textIn = (body: Asked['body'], ...names: readonly string[]): string =>
  names.map((name) => body[name]).find((text) => typeof text === 'string') ?? '';
const numberIn = (body: Asked['body'], key: string): number => Number(body[key]);

/** Menus as they were published, by scope and language. */
export type Menus = ReadonlyMap<string, unknown>;

const menuOf = (body: Asked['body']): string => JSON.stringify([body['scope'], body['language_code']]);

/** So many confirmed updates may come again. */
const MOST_REMEMBERED = 50;

interface Pending {
  readonly id: number;
  readonly update: object;
}

export function telegram(options: {
  time: VirtualTime;
  chance: Chance;
  plan: Plan;
  began: number;
  menus: Menus;
}): Telegram {
  const { time, chance, plan, began } = options;
  const menus = new Map(options.menus);
  const said: Said[] = [];
  const byPlace = new Map<string, Said>();
  const lastIds = new Map<number, number>();
  const answered = new Map<string, number>();
  const pressed = new Map<string, { person: number; at: number }>();
  let pending: Pending[] = [];
  let confirmed: Pending[] = [];
  let lastUpdate = 1_000;
  let underWay = 0;
  let held: { readonly limit: number; readonly answer: (reply: Reply) => void } | undefined;
  let group = GROUP;
  let presses = 0;

  const self: Telegram = {
    service,
    said,
    write,
    press,
    remove: (message) => void (message.deleted = true),
    groupNow: () => group,
    migrate,
    isBlocked,
    isQuiet: () => pending.length === 0 && underWay === 0,
    hangUp: () => (held = undefined),
    onChange: () => undefined,
    onAlert: () => undefined,
    answered,
    pressed,
    menus: () => menus,
  };

  function isBlocked(person: number): boolean {
    const now = time.now();
    return plan.blocked.some(
      (one) => one.person === person && now >= began + one.from && now < began + one.to,
    );
  }

  function nextId(chat: number): number {
    const id = (lastIds.get(chat) ?? 0) + 1;
    lastIds.set(chat, id);
    return id;
  }

  const userOf = (person: number): object => ({
    ...{ id: person, is_bot: false, first_name: `Person ${person}`, username: `person${person}` },
    language_code: LANGUAGE[person] ?? 'en',
  });

  const chatOf = (chat: number): object =>
    chat > 0
      ? { id: chat, type: 'private', first_name: `Person ${chat}` }
      : { id: chat, type: chat === GROUP ? 'group' : 'supergroup', title: 'Counter' };

  /** An update on its way: some come late, behind others that were made after them. */
  function queue(make: () => object): void {
    underWay += 1;
    const wait = 20 + 100 * chance.next() + (chance.often(plan.late) ? chance.whole(500, 8_000) : 0);
    time.after(
      wait,
      () => {
        underWay -= 1;
        lastUpdate += 1;
        pending.push({ id: lastUpdate, update: { update_id: lastUpdate, ...make() } });
        wake();
      },
      'world',
    );
  }

  function wake(): void {
    const { answer, limit } = held ?? {};
    if (answer === undefined || limit === undefined || pending.length === 0) return;
    held = undefined;
    answer(ok(pending.slice(0, limit).map(({ update }) => update)));
  }

  function write(person: number, chat: number, text: string, replyTo?: number): void {
    const message_id = nextId(chat);
    const command = /^\/\w+/.exec(text)?.[0];
    const entities =
      command === undefined ? {} : { entities: [{ type: 'bot_command', offset: 0, length: command.length }] };
    const original = replyTo === undefined ? undefined : byPlace.get(`${chat}:${replyTo}`);
    const reply =
      original === undefined
        ? {}
        : {
            reply_to_message: {
              message_id: original.id,
              date: 0,
              chat: chatOf(chat),
              from: BOT,
              text: original.text,
            },
          };
    const date = Math.floor(time.now() / 1000);
    queue(() => ({
      message: { message_id, date, chat: chatOf(chat), from: userOf(person), text, ...entities, ...reply },
    }));
  }

  function press(person: number, { chat, id, text }: Said, data: string): void {
    presses += 1;
    const press = `press-${presses}`;
    pressed.set(press, { person, at: time.now() });
    const message = { message_id: id, date: 1, chat: chatOf(chat), from: BOT, text };
    queue(() => ({ callback_query: { id: press, from: userOf(person), chat_instance: '1', message, data } }));
  }

  function migrate(): void {
    if (group === GROUP_AFTER) return;
    const old = group;
    group = GROUP_AFTER;
    const [from, date] = [userOf(21), Math.floor(time.now() / 1000)];
    const about = (chat: number, more: object): object => ({
      message: { message_id: nextId(chat), date, chat: chatOf(chat), from, ...more },
    });
    queue(() => about(old, { migrate_to_chat_id: GROUP_AFTER }));
    queue(() => about(GROUP_AFTER, { migrate_from_chat_id: old }));
  }

  function poll(body: Asked['body'], answer: (reply: Reply) => void): void {
    const offset = numberIn(body, 'offset');
    if (!Number.isNaN(offset)) {
      confirmed = [...confirmed, ...pending.filter(({ id }) => id < offset)].slice(-MOST_REMEMBERED);
      pending = pending.filter(({ id }) => id >= offset);
    } else {
      // Whoever begins to ask is now and then given once more what an earlier life has confirmed.
      const again = confirmed.filter(() => chance.often(plan.redelivers));
      confirmed = confirmed.filter((one) => !again.includes(one));
      pending = [...again, ...pending].sort((a, b) => a.id - b.id);
    }
    const limit = numberIn(body, 'limit') || 100;
    const seconds = numberIn(body, 'timeout') || 0;
    held = undefined;
    if (pending.length > 0 || seconds === 0) {
      answer(ok(pending.slice(0, limit).map(({ update }) => update)));
      return;
    }
    const mine = { limit, answer };
    held = mine;
    time.after(
      seconds * 1000,
      () => {
        if (held !== mine) return;
        held = undefined;
        answer(ok([]));
      },
      'world',
    );
  }

  function refusalOf(chat: number): Reply | undefined {
    if (chat === GROUP && group !== GROUP)
      return no(400, 'Bad Request: group chat was upgraded to a supergroup chat', {
        migrate_to_chat_id: group,
      });
    return chat > 0 && isBlocked(chat) ? no(403, 'Forbidden: bot was blocked by the user') : undefined;
  }

  function buttonsOf(markup: unknown): readonly Button[] {
    if (typeof markup !== 'object' || markup === null || !('inline_keyboard' in markup)) return [];
    const rows: unknown = markup.inline_keyboard;
    const flat: unknown[] = Array.isArray(rows) ? rows.flat() : [];
    return flat.flatMap((button) => {
      if (
        typeof button !== 'object' ||
        button === null ||
        !('text' in button) ||
        !('callback_data' in button)
      )
        return [];
      return [{ text: String(button.text), data: String(button.callback_data) }];
    });
  }

  const shape = (message: Said): object => ({
    ...{ message_id: message.id, date: 1, chat: chatOf(message.chat), from: BOT, text: message.text },
  });

  function send(body: Asked['body']): Reply {
    const chat = numberIn(body, 'chat_id');
    const refused = refusalOf(chat);
    if (refused !== undefined) return refused;
    const markup = body['reply_markup'];
    const message: Said = {
      ...{ chat, id: nextId(chat), text: textIn(body, 'text', 'caption') },
      ...{
        buttons: buttonsOf(markup),
        markup: JSON.stringify(markup ?? null),
        deleted: false,
        touchedAt: time.now(),
      },
    };
    said.push(message);
    byPlace.set(`${chat}:${message.id}`, message);
    self.onChange(message, []);
    return ok(shape(message));
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
    message.text = text ?? message.text;
    message.markup = markup;
    message.buttons = buttonsOf(body['reply_markup']);
    message.touchedAt = time.now();
    self.onChange(message, before);
    return ok(shape(message));
  }

  function answerPress(body: Asked['body']): Reply {
    const id = String(body['callback_query_id']);
    const { person = 0 } = pressed.get(id) ?? {};
    if (!answered.has(id)) answered.set(id, time.now());
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
    if (asked.name === 'getUpdates') poll(asked.body, answer);
    else answer(answerOf(asked));
  }

  return self;
}

const BOT = {
  ...{ id: 900, is_bot: true, first_name: 'Counter', username: 'counter_bot' },
  ...{ can_join_groups: true, can_read_all_group_messages: false, supports_inline_queries: false },
};
