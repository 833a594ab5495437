// Listens to every Telegram stand-in that a test starts: what the bot sends to whom is searched for what that person, or
// that group, must never read. Who the owners are, and what the shop's figures are, is declared by whoever opens a shop.

import type { ApiCall, StandInEvent, TelegramStandIn } from '../../src/playground/telegram/server.ts';
import {
  foundBehindButton,
  foundInGroup,
  foundInPrivate,
  NO_FIGURES,
  type Figures,
  type Found,
} from './identify.ts';

/** Whose the shop behind a stand-in is, and what must not get out. Asked anew for every message. */
export interface Shop {
  readonly owners: readonly number[];
  /** What is not known of a part of a bot by itself. */
  readonly figures?: () => Figures;
}

/** Something that somebody should not have read. */
export interface Slip extends Found {
  /** The person or the group. */
  readonly chat: number;
  /** The API method, or `alert`. */
  readonly by: string;
  readonly text: string;
}

/** How much was listened to: texts, captions, labels, files and alerts. */
export interface Heard {
  shops: number;
  toOthers: number;
  inGroups: number;
}

const NOBODYS: Shop = { owners: [] };

const shops = new Map<string, Shop>();
const listening = new Set<string>();
const slips: Slip[] = [];
export const heard: Heard = { shops: 0, toOthers: 0, inGroups: 0 };

/** What was overheard since it was asked last. */
export const takeSlips = (): readonly Slip[] => slips.splice(0);

const tell = ({ secret, piece, chat, by, text }: Slip): string =>
  `${secret} "${piece}" ${chat < 0 ? 'in group' : 'to'} ${chat} (${by}):\n${text}`;

/** Throws when something was overheard since it was asked last. */
export function failOnSlips(): void {
  const all = takeSlips();
  if (all.length > 0) throw new Error(`overheard:\n${all.map(tell).join('\n\n')}`);
}

/** Declares the shop behind a stand-in; the last word counts. False when nobody listens there. */
export function declareShop(apiRoot: string, shop: Shop): boolean {
  if (!shops.has(apiRoot)) heard.shops += 1;
  shops.set(apiRoot, shop);
  return listening.has(apiRoot);
}

/** What stands behind buttons. */
const BEHIND = new Set(['callback_data']);
/** What a reader is shown; ids and formatting are not. */
const SHOWN = new Set([
  ...['text', 'caption', 'description', 'short_description', 'name'],
  ...['url', 'fileName', 'input_field_placeholder'],
]);

/** Every text under one of these names, however deep: messages, labels, links, what a button copies, menus, files. */
function textsIn(value: unknown, names: ReadonlySet<string>, name = ''): string[] {
  if (typeof value === 'string') {
    if (names.has(name)) return [value];
    // Beside a file, a keyboard travels as its text.
    return /^[[{]/.test(value) ? textsIn(parsed(value), names) : [];
  }
  if (Array.isArray(value)) return value.flatMap((one) => textsIn(one, names, name));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) => textsIn(one, names, key));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const numberIn = (value: unknown): number | undefined =>
  /^-?\d+$/.test(String(value)) ? Number(value) : undefined;

/** A field of an argument that travels as an object or as its text. */
function inside(argument: unknown, field: string): number | undefined {
  const given: unknown = typeof argument === 'string' ? parsed(argument) : argument;
  return typeof given === 'object' && given !== null
    ? numberIn(Object.entries(given).find(([name]) => name === field)?.[1])
    : undefined;
}

/** Whom a call is for: a person or a group, or everybody. An ephemeral message in a group is for one person's eyes. */
const readerOf = ({ payload }: ApiCall): number | undefined =>
  inside(payload['ephemeral_message_parameters'], 'receiver_user_id') ??
  numberIn(payload['receiver_user_id']) ??
  numberIn(payload['chat_id']) ??
  inside(payload['scope'], 'chat_id');

/** Searches all that is said in a value for what its reader may not know. */
function judge(shop: Shop, by: string, chat: number | undefined, value: unknown): void {
  if (chat !== undefined && shop.owners.includes(chat)) return;
  const isGroup = chat !== undefined && chat < 0;
  const [texts, behind] = [textsIn(value, SHOWN), textsIn(value, BEHIND)];
  heard[isGroup ? 'inGroups' : 'toOthers'] += texts.length;
  const known = shop.figures?.() ?? NO_FIGURES;
  const found = [
    ...texts.map((text) => [text, (isGroup ? foundInGroup : foundInPrivate)(text, known)] as const),
    ...behind.map((text) => [text, foundBehindButton(text, known, isGroup)] as const),
  ];
  for (const [text, all] of found) slips.push(...all.map((one) => ({ ...one, chat: chat ?? 0, by, text })));
}

const SPEAKING = /^(?:send(?!ChatAction)|edit|copy|forward|setMy|setChat)/iu;

function onEvent(shop: Shop, event: StandInEvent): void {
  switch (event.type) {
    case 'call': {
      const { method, payload } = event.call;
      if (SPEAKING.test(method)) judge(shop, method, readerOf(event.call), payload);
      return;
    }
    case 'callback-answer': {
      judge(shop, 'alert', event.personId, { text: event.answer.text });
      return;
    }
    case 'message':
    case 'edit': {
      // A server that knows of no ephemeral messages shows to all what was meant for one.
      const { message, chatId } = event;
      if (chatId > 0 || !message.from.isBot) return;
      const reader = message.ephemeral?.receiverId ?? chatId;
      judge(shop, event.type, reader, { text: message.text, keyboard: message.keyboard });
      return;
    }
    default:
  }
}

/** Listens from now on; a call counts whether or not Telegram took it. */
export function listenTo(telegram: Pick<TelegramStandIn, 'apiRoot' | 'on'>): void {
  const { apiRoot } = telegram;
  // The next stand-in may be given the port of one that was closed.
  shops.delete(apiRoot);
  listening.add(apiRoot);
  telegram.on((event) => onEvent(shops.get(apiRoot) ?? NOBODYS, event));
}
