// The composition root: settings → adapters → use cases → bot → worker; start, stop, nothing else. Only this file and
// those in main/ name a concrete adapter, and only this one reads the process.

import { randomUUID } from 'node:crypto';
import { setTimeout as sleepFor } from 'node:timers/promises';
import { FATAL_WORDS } from './bot/intake.ts';
import { menuOwners } from './bot/menus.ts';
import { openForBusiness } from './bot/opening.ts';
import { recogniseOrders } from './bot/prompts.ts';
import { readConfig, secretsOf } from './config.ts';
import type { Order } from './domain/order.ts';
import { createMetrics } from './http/metrics.ts';
import { UnusablePort } from './http/server.ts';
import { openVoice, wordsOf } from './logger.ts';
import type { HaltDetail } from './oneclickdz/client.ts';
import { UnusableDatabase, UnusableFolder } from './store/open-folder.ts';
import { untilDone } from './until-done.ts';
import { openChat } from './main/chat.ts';
import { openDoor } from './main/door.ts';
import type { Ground, Life } from './main/ground.ts';
import { measured } from './main/measured.ts';
import { openOrders } from './main/orders.ts';
import { openPort } from './main/port.ts';
import { openProvider } from './main/provider.ts';
import { openStorage } from './main/storage.ts';
import { whereabouts } from './main/trail.ts';

const STOP_GRACE_MS = 20_000;
const HTTP_GRACE_MS = 5_000;
/**
 * Longer than all that a stop waits for: the last words with Telegram (5 s) and the updates in hand (20 s), then a purchase
 * whose answer is awaited (40 s), then who is at the port (5 s). What takes longer hangs.
 */
const STOP_WITHIN_MS = 80_000;

/** How the process ends, and how its parts know it. From here on a signal ends it in order, at whatever moment. */
function beginLife(): Life {
  const { promise: ended, resolve } = Promise.withResolvers<number>();
  let isEnding = false;
  const end = (code: number): void => {
    isEnding = true;
    resolve(code);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => end(0));
  return { ended, end, stopping: (): boolean => isEnding };
}

/** Puts the bot together and runs it until its life ends. Throws UnusablePort before anything has begun. */
async function keepShop(plan: Omit<Ground, 'metrics'>): Promise<void> {
  const { config, log, giveUp, life, clock } = plan;
  const now = (): number => performance.now();
  const metrics = createMetrics({ now });
  const { store, isFit } = measured({
    ...{ store: plan.folder.store, metrics, clock, now },
    ended: ({ ref, no, state }) => log.info({ ref, no, end: state.name }, 'an order has ended'),
  });
  const folder = { ...plan.folder, store };
  const ground: Ground = { ...plan, folder, metrics };
  const halted = (detail: HaltDetail): void => orderSide.incidents.refused(detail);
  const { topups, mark, pulse } = openProvider(ground, halted);
  const chatSide = openChat(ground, mark);
  const moved = (order: Order): void => door.moved(order);
  const orderSide = openOrders(ground, topups, chatSide, { pulse, moved });
  const door = openDoor(ground, topups, chatSide, orderSide);
  const { intake, receive, janitor, resume } = door;
  const http = await openPort(ground, {
    ...{ metrics, intake, topups, pulse, isStoreFit: isFit },
    ...(receive && { receive }),
  });

  // Of several bots each recognises what it takes over, and shows what it looks after.
  if (folder.updates.kind === 'alone') {
    await recogniseOrders({ ...folder, prompts: chatSide.prompts });
    for (const order of await folder.store.active()) orderSide.notifier.changed(order);
  }
  if (folder.recovered) void orderSide.owners.tell({ kind: 'recovered-copy' });
  janitor.start();
  orderSide.incidents.start();
  void orderSide.worker.run();
  void openForBusiness({
    ...{ bot: chatSide.bot, intake, mark, stopping: life.stopping, shopLanguage: config.language },
    owners: menuOwners(config.ownerIds, folder.people),
    patiently: (task, hopeless = () => false) => untilDone(task, { stopped: life.stopping, hopeless }),
    sleep: (ms) => sleepFor(ms, undefined, { ref: false }),
    opened: (bot) => {
      log.info({ bot, owners: config.ownerIds.length }, 'the counter is open');
      resume().catch((error: unknown) => log.error({ err: error }, 'not everything was gone on with'));
    },
    refused: () => {
      giveUp(FATAL_WORDS.unauthorized);
      life.end(1);
    },
  });

  await life.ended;
  janitor.stop();
  orderSide.incidents.stop();
  await intake.stop({ graceMs: STOP_GRACE_MS });
  // Ends the waits for a turn, or a stop would last as long as the queue; what is out already is left to end.
  topups.close();
  await orderSide.worker.stop();
  await http?.close({ graceMs: HTTP_GRACE_MS });
}

/** Runs the real bot until its life or a fatal answer ends it; reads nothing of the process. Resolves to the process's exit code. */
export async function runBot(plan: Omit<Ground, 'folder' | 'metrics'>): Promise<number> {
  const { life } = plan;
  // Never again anybody's name: what one process leaves behind must not look like another's.
  const folder = await openStorage({ ...plan, holder: randomUUID() });
  try {
    if (!life.stopping()) await keepShop({ ...plan, folder });
  } finally {
    await folder.close();
  }
  return life.ended;
}

/** Starts the bot with the settings of the environment. Sets the process's exit code. */
export async function main(): Promise<void> {
  const read = readConfig(process.env);
  if (!read.ok) {
    for (const fault of read.faults) console.error(fault);
    process.exitCode = 1;
    return;
  }
  const { config } = read;
  const voice = openVoice({ level: config.logLevel, secrets: secretsOf(config), about: whereabouts });
  process.on('unhandledRejection', (error) =>
    voice.log.error({ err: error }, 'a promise was left without a handler'),
  );
  const life = beginLife();
  const cutOff = (): never => {
    // Nothing is lost by it: what is under way is found as after a kill.
    voice.log.error('the stop took too long and was cut off');
    process.exit(1);
  };
  void life.ended.then(() => setTimeout(cutOff, STOP_WITHIN_MS));
  let code = 1;
  try {
    code = await runBot({ ...voice, config, life, clock: () => Date.now() });
  } catch (error) {
    const isPlain = [UnusableFolder, UnusableDatabase, UnusablePort].some((one) => error instanceof one);
    if (isPlain) voice.say(wordsOf(error));
    else voice.giveUp(`the bot could not start: ${wordsOf(error)}`, { err: error });
  }
  // Timers of abandoned waits must not keep a stopped bot alive.
  process.exit(code);
}
