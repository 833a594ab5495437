// Draws the whole picture a window gets when it connects, from the two stand-ins and the bot's switch.
import type { ProviderStandIn } from '../oneclickdz/server.ts';
import type { ChatMessage, TelegramStandIn } from '../telegram/server.ts';
import type { BotSwitch } from './bot-switch.ts';
import { pagePeople } from './scene.ts';
import { linesToTry } from './shop-desk.ts';
import type { ShopDesk } from './shop-desk.ts';
import type { PageMessage, Picture } from './wire.ts';

const MESSAGES_SHOWN = 300;
const CALLS_SHOWN = 200;
const ORDERS_SHOWN = 200;

/** What is behind the page. */
export type Backstage = {
  readonly telegram: TelegramStandIn;
  readonly provider: ProviderStandIn;
  readonly bot: BotSwitch;
  readonly desk: ShopDesk;
};

export function pageMessage({ original, edits, ...message }: ChatMessage): PageMessage {
  return { ...message, at: edits.at(-1)?.at ?? original.at };
}

const messagesIn = (telegram: TelegramStandIn, chatId: number): PageMessage[] =>
  telegram
    .messages(chatId)
    .filter(({ deleted }) => !deleted)
    .slice(-MESSAGES_SHOWN)
    .map(pageMessage);

/** The command menu of everybody in every chat they are in. */
export function commandMenus(telegram: TelegramStandIn): Picture['commands'] {
  const menus = telegram
    .chats()
    .flatMap(({ id, memberIds }) =>
      memberIds.map((personId) => [`${personId}:${id}`, telegram.commandsFor(personId, id)] as const),
    );
  return Object.fromEntries(menus);
}

/** Everything, as it is now. */
export function drawPicture({ telegram, provider, bot, desk }: Backstage): Picture {
  const { id, first_name: name, username = '' } = telegram.bot;
  return {
    bot: { id, name, username },
    botState: bot.state(),
    people: pagePeople,
    chats: telegram.chats().map((chat) => ({
      ...chat,
      messages: bot.isMeeting() ? [] : messagesIn(telegram, chat.id),
    })),
    commands: commandMenus(telegram),
    shop: desk.shop(),
    orders: provider.orders().slice(-ORDERS_SHOWN),
    calls: provider.calls.slice(-CALLS_SHOWN),
    lines: linesToTry,
  };
}
