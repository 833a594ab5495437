// What people say: the bot with all that it answers, the intake that hands it every update, and the janitor.

import { setTimeout as sleepFor } from 'node:timers/promises';
import type { Topups } from '../app/ports.ts';
import { ALLOWED_UPDATES, assemble } from '../bot/bot.ts';
import { createCommands } from '../bot/commands.ts';
import { keyOf, slim } from '../bot/context.ts';
import { createDesk } from '../bot/desk.ts';
import { createEntry } from '../bot/entry.ts';
import { createNewRef, newFlow, newId, newToken } from '../bot/ids.ts';
import { FATAL_WORDS } from '../bot/intake.ts';
import { createJanitor } from '../bot/janitor.ts';
import { createKeyedQueue } from '../bot/keyed-queue.ts';
import { publishMenuFor } from '../bot/menus.ts';
import { recogniseOrdersIn } from '../bot/prompts.ts';
import { createShopCases, createShopSide } from '../bot/shop-side.ts';
import type { Language } from '../domain/order.ts';
import type { ChatSide } from './chat.ts';
import type { Ground } from './ground.ts';
import { openIncoming } from './incoming.ts';
import type { OrderSide } from './orders.ts';
import { during } from './trail.ts';

const LANE_AGAIN_MS = 1_000;
/** Of several processes one clears away, and another when that one has not for so long. */
const TIDYING_MS = 120_000;

export function openDoor(ground: Ground, topups: Topups, chatSide: ChatSide, orderSide: OrderSide) {
  const { config, log, giveUp, folder, life, clock } = ground;
  const { bot, chat, ephemeral, prompts, names, languageFor } = chatSide;
  const { catalog, prices, counter, standings, owners, notifier, record, hurry } = orderSide;
  const { store, dialogues, people } = folder;
  const publishMenu = async (person: number, language: Language): Promise<void> =>
    publishMenuFor(bot.api, person, language, (await standings.of(person)).role);
  const cases = createShopCases({ store, standings, clock, newId, newToken });
  const { accounts } = cases;
  const commands = createCommands({
    ...{ store, counter, accounts, people, chat, ephemeral, notifier, owners, hurry, publishMenu },
  });
  const entry = createEntry({ prompts, store, newFlow });
  const shop = createShopSide({
    ...{ cases, store, standings, catalog, counter, record, hurry, chat, commands, entry, clock },
    ...{ publishMenu, names },
    languageOf: (person) => languageFor(person),
    botName: () => (bot.isInited() ? bot.botInfo.username : undefined),
    goOn: (update) =>
      void untilRun(keyOf(update) ?? '', () => bot.handleUpdate(slim(update))).catch((error: unknown) =>
        log.error({ err: error }, 'a purchase did not come back'),
      ),
  });
  assemble(bot, {
    desk: createDesk({
      ...{ catalog, counter, prices, topups, store, chat, prompts, kept: cases.kept },
      newRef: createNewRef(clock),
    }),
    ...{ entry, commands, owners, standings, notifier, dialogues, people, languageFor, chat, ...shop },
    failed: (error) => log.error({ err: error }, 'an update failed'),
  });
  const queue = createKeyedQueue({
    onLate: (key) => log.error({ key }, 'an update took too long and was left behind'),
  });
  const { inOrder, ...incoming } = openIncoming(config, folder.updates, {
    ...{ api: bot.api, queue, log, clock, allowedUpdates: ALLOWED_UPDATES },
    recognise: (key) => recogniseOrdersIn(key, { store, prompts }),
    handle: (update) => during(update.update_id, () => bot.handleUpdate(slim(update))),
    onFatal: (error) => {
      giveUp(FATAL_WORDS[error]);
      // Orders under way go on without a chat; a second copy must not work on the same ones.
      if (error === 'conflict') life.end(1);
    },
    onBack: () => notifier.telegramIsBack(),
    sleep: (ms, signal) => sleepFor(ms, undefined, signal === undefined ? {} : { signal }),
  });

  /** Nobody but this process knows of the task: while another is at work there, it waits. */
  async function untilRun(key: string, task: () => Promise<void>): Promise<void> {
    while (!(await inOrder(key, task)) && !life.stopping())
      await sleepFor(LANE_AGAIN_MS, undefined, { ref: false });
  }

  const janitor = createJanitor({
    ...{ dialogues, prompts, chat, clock, inOrder },
    alsoTidy: async () => {
      if ((await folder.sharing?.claims.claim('tidying', TIDYING_MS)) !== false) await shop.tidy();
    },
    failed: (error) => log.error({ err: error }, 'what is over could not be cleared away'),
  });
  return { ...incoming, janitor, resume: shop.resume, moved: shop.moved };
}
