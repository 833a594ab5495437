// The owners' desk: prices, orders and their stories, the day's sums, pausing, the audit. What is here works for owners
// in their private chat and for nobody else, whatever is pressed or typed.

import { createDay } from '../app/day.ts';
import type { Catalog } from '../app/catalog.ts';
import type { HouseRules } from '../app/house.ts';
import type { Hurry } from '../app/hurry.ts';
import type { Members } from '../app/members.ts';
import { createOrderDesk } from '../app/order-desk.ts';
import type { Clock, Store } from '../app/ports.ts';
import type { Record as Recorder } from '../app/record.ts';
import type { Standings } from '../app/standing.ts';
import { deskSentences } from '../i18n/desk/index.ts';
import { sentences } from '../i18n/index.ts';
import type { Chat } from './chat.ts';
import type { BotContext } from './context.ts';
import type { Feature } from './feature.ts';
import { createShopAudit } from './shop-audit.ts';
import { createShopDay } from './shop-day.ts';
import { createShopOrder, type ShopOrder } from './shop-order.ts';
import { createShopOrders } from './shop-orders.ts';
import { createShopPrices } from './shop-prices.ts';
import type { Stage } from './stage.ts';

export interface ShopDesk {
  readonly features: readonly Feature[];
  readonly settle: ShopOrder['settle'];
}

export function createShopDesk(deps: {
  stage: Stage;
  house: HouseRules;
  members: Members;
  standings: Standings;
  catalog: Catalog;
  store: Store;
  record: Recorder;
  hurry: Hurry;
  chat: Chat;
  clock: Clock;
}): ShopDesk {
  const { stage, house, members, standings, catalog, store, record, hurry, chat, clock } = deps;
  const desk = createOrderDesk({ store, standings, record, hurry });
  const day = createDay({ store, standings, clock });
  const order = createShopOrder({ stage, desk });
  const features = [
    createShopPrices({ stage, house, members, store, catalog }),
    createShopDay({ stage, house, day }),
    createShopOrders({ stage, desk, members, clock }),
    order.feature,
    createShopAudit({ stage, chat, desk, members, clock }),
  ];
  return { features: features.map((feature) => forOwners(feature, stage, standings)), settle: order.settle };
}

type Presses = NonNullable<Feature['ownerPresses']>;
type Answers = NonNullable<Feature['answers']>;

const each = <T>(all: Readonly<Record<string, T>>, wrap: (one: T) => T): Record<string, T> =>
  Object.fromEntries(Object.entries(all).map(([name, one]) => [name, wrap(one)]));

/** The feature with every press and every answer asked once more whose it is and who reads along. */
function forOwners(feature: Feature, stage: Stage, standings: Standings): Feature {
  const { ownerPresses = {}, answers = {} } = feature;
  const isOwner = (ctx: BotContext): boolean => standings.isOwner(ctx.from?.id ?? 0);
  const pressed =
    (handler: Presses[string]): Presses[string] =>
    async (ctx, words) => {
      if (!isOwner(ctx)) return stage.toast(ctx, sentences(ctx.language).staleButton);
      if (ctx.chat?.type !== 'private') return stage.toast(ctx, deskSentences(ctx.language).privateOnly);
      await handler(ctx, words);
    };
  // A question can outlive its owner's role: the settings may have changed while it waited.
  const answered =
    (handler: Answers[string]): Answers[string] =>
    (ctx, words, reply) =>
      isOwner(ctx) ? handler(ctx, words, reply) : Promise.resolve('done');
  return { ...feature, ownerPresses: each(ownerPresses, pressed), answers: each(answers, answered) };
}
