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
import type { Chat } from './chat.ts';
import type { Feature } from './feature.ts';
import type { OwnerNames } from './owner-names.ts';
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
  names: OwnerNames;
  clock: Clock;
}): ShopDesk {
  const { stage, house, members, standings, catalog, store, record, hurry, chat, names, clock } = deps;
  const desk = createOrderDesk({ store, standings, record, hurry });
  const day = createDay({ store, standings, clock });
  const order = createShopOrder({ stage, desk, names });
  const features = [
    createShopPrices({ stage, house, members, store, catalog }),
    createShopDay({ stage, house, day, standings }),
    createShopOrders({ stage, desk, members, clock }),
    order.feature,
    createShopAudit({ stage, chat, desk, members, names, ownerIds: standings.ownerIds, clock }),
  ];
  return { features, settle: order.settle };
}
