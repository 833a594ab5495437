// Everything the shop adds to the counter, put together in one place: the use cases of people, money, prices and groups,
// and the features that bring them into the chat.

import type { Update } from 'grammy/types';
import { createAccounts } from '../app/accounts.ts';
import type { Catalog } from '../app/catalog.ts';
import { createGroups } from '../app/groups.ts';
import { createHouse } from '../app/house.ts';
import type { Hurry } from '../app/hurry.ts';
import { createKeptOrders } from '../app/kept-orders.ts';
import { createMembers } from '../app/members.ts';
import type { Counter } from '../app/place-order.ts';
import type { Clock, Store } from '../app/ports.ts';
import type { Record } from '../app/record.ts';
import { createRevealCode } from '../app/reveal-code.ts';
import type { Standings } from '../app/standing.ts';
import type { Language } from '../domain/order.ts';
import { deskSentences } from '../i18n/desk/index.ts';
import { peopleSentences } from '../i18n/people/index.ts';
import type { Chat } from './chat.ts';
import type { Commands } from './commands.ts';
import type { BotContext } from './context.ts';
import type { Entry } from './entry.ts';
import { joinFeatures } from './feature.ts';
import { createGroupFigures } from './group-figures.ts';
import { createGroupSide } from './groups.ts';
import type { OwnerNames } from './owner-names.ts';
import { createPeople } from './people.ts';
import { createShopDesk } from './shop-desk.ts';
import { createStage } from './stage.ts';
import { createWallets, type WalletSide } from './wallets.ts';

export type ShopSide = ReturnType<typeof createShopSide>;

/** What the shop's use cases need; made before the counter, which asks them for people and prices. */
export function createShopCases(deps: {
  store: Store;
  standings: Standings;
  clock: Clock;
  newId: () => string;
  newToken: () => string;
}) {
  const { store, standings, clock, newId, newToken } = deps;
  const waiting: { filled: (person: number) => void } = { filled: () => undefined };
  const filled = (person: number): void => waiting.filled(person);
  return {
    accounts: createAccounts({ store, standings, clock, newId, filled }),
    members: createMembers({ store, standings, clock, newToken, filled }),
    house: createHouse({ store, standings, clock }),
    groups: createGroups({ store, standings, clock }),
    kept: createKeptOrders({ store, clock }),
    /** Whom to tell that a wallet has more than before. */
    whenFilled: (hear: WalletSide['filled']) => void (waiting.filled = hear),
  };
}

export function createShopSide(deps: {
  cases: ReturnType<typeof createShopCases>;
  store: Store;
  standings: Standings;
  catalog: Catalog;
  record: Record;
  hurry: Hurry;
  chat: Chat;
  counter: Pick<Counter, 'quote'>;
  commands: Pick<Commands, 'stranger' | 'codeOf' | 'balanceText'>;
  entry: Entry;
  names: OwnerNames;
  languageOf: (person: number) => Language;
  botName: () => string | undefined;
  publishMenu: (person: number, language: Language) => Promise<void>;
  /** Hands an update over that Telegram did not send, in order with those of its key. */
  goOn: (update: Update) => void;
  clock: Clock;
}) {
  const { cases, store, standings, chat, languageOf, clock } = deps;
  const { accounts, members, house, groups, kept, whenFilled } = cases;
  const stage = createStage({ chat, languageOf });
  const { commands, names, botName, publishMenu, entry, catalog, counter, record, hurry } = deps;
  const people = createPeople({
    ...{ stage, chat, members, accounts, standings, store, languageOf, clock, botName, publishMenu },
  });
  const wallets = createWallets({
    ...{ stage, chat, accounts, members, kept, standings, store, entry, languageOf, clock },
    goOn: deps.goOn,
  });
  whenFilled(wallets.filled);
  const desk = createShopDesk({
    ...{ stage, house, members, standings, catalog, store, record, hurry, chat, names, clock },
  });
  const reveal = createRevealCode({ store, clock, codeOf: commands.codeOf });
  const groupSide = createGroupSide({ stage, groups, standings, reveal, botName });
  const { atGroup, strangerInGroup, toPrivateChat } = groupSide;
  const figures = createGroupFigures({ stage, counter, balanceText: commands.balanceText });
  return {
    features: joinFeatures(
      [...people.features, ...wallets.features, ...desk.features, groupSide.feature, figures],
      {
        ofCommand: toPrivateChat,
        ofPress: (ctx) => stage.toast(ctx, deskSentences(ctx.language).privateOnly),
        ofAnswer: (ctx) => stage.say(ctx, { text: peopleSentences(ctx.language).no['owners-only'] }),
      },
    ),
    atDoor: (ctx: BotContext, known: () => Promise<void>): Promise<void> =>
      // A press in a group may be that of somebody who was removed in the middle of a purchase.
      ctx.chat?.type === 'private' || ctx.callbackQuery !== undefined
        ? people.atDoor(ctx, known)
        : strangerInGroup(ctx),
    atGroup,
    settle: desk.settle,
    resume: wallets.resume,
    moved: wallets.moved,
    tidy: async (): Promise<void> => {
      await members.tidy();
      await groups.tidy();
      await wallets.tidy();
    },
  };
}
