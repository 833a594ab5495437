// What travels to the page: one whole picture when a window connects, then every change to it. The page adds nothing of
// its own, so every window shows the same truth.
import type { ChatMessage, ChatSummary } from '../telegram/server.ts';
import type { AcceptedOrder, Call, Outage, Product, ServiceType, TestNumber } from '../oneclickdz/server.ts';
import type { Role } from '../people.ts';
import type { BotState } from './bot-switch.ts';
import type { NextOrder } from './outcomes.ts';

/** Somebody one can be on the page. */
export type PagePerson = {
  readonly id: number;
  readonly name: string;
  readonly language: string;
  readonly role: Role;
};

/** A message as it is drawn; `at` is the millisecond at which the stand-in put this state of it in place. */
export type PageMessage = Omit<ChatMessage, 'original' | 'edits'> & { readonly at: number };

export type Command = { readonly command: string; readonly description: string };

/** What can be set at the provider. */
export type Shop = {
  readonly balance: number;
  readonly products: Readonly<Record<ServiceType, readonly Product[]>>;
  /** Set, and not met yet. */
  readonly next: NextOrder | null;
  readonly outage: Outage;
};

/** A line whose number picks what becomes of its recharge; the page says in every language what a behaviour is. */
export type Line = Pick<TestNumber, 'service' | 'number' | 'behaviour'>;

export type Picture = {
  readonly bot: { readonly id: number; readonly name: string; readonly username: string };
  readonly botState: BotState;
  readonly people: readonly PagePerson[];
  readonly chats: readonly (ChatSummary & { readonly messages: readonly PageMessage[] })[];
  /** By `person:chat`. */
  readonly commands: Readonly<Record<string, readonly Command[]>>;
  readonly shop: Shop;
  readonly orders: readonly AcceptedOrder[];
  readonly calls: readonly Call[];
  readonly lines: readonly Line[];
};

export type Change =
  | { readonly kind: 'picture'; readonly picture: Picture }
  | { readonly kind: 'message'; readonly chatId: number; readonly message: PageMessage }
  | { readonly kind: 'chat'; readonly chat: ChatSummary }
  | { readonly kind: 'typing'; readonly chatId: number }
  | { readonly kind: 'commands'; readonly commands: Picture['commands'] }
  | { readonly kind: 'bot'; readonly state: BotState }
  | { readonly kind: 'shop'; readonly shop: Shop }
  | { readonly kind: 'order'; readonly order: AcceptedOrder }
  | { readonly kind: 'call'; readonly call: Call };
