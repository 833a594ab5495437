// The composition root: settings → adapters → use cases → bot → worker; start, stop, nothing else. The only file that
// names a concrete adapter or reads the process.

import { setTimeout as sleepFor } from 'node:timers/promises';
import { Bot } from 'grammy';
import { createAdvance } from './app/advance-order.ts';
import { createCatalog } from './app/catalog.ts';
import { createHurry } from './app/hurry.ts';
import { createIncidents, createPulse, type Pulse } from './app/incidents.ts';
import { createCounter } from './app/place-order.ts';
import type { Topups } from './app/ports.ts';
import { createPrices } from './app/prices.ts';
import { createRecord } from './app/record.ts';
import { createStandings } from './app/standing.ts';
import { createSweep } from './app/sweep-orders.ts';
import { ALLOWED_UPDATES, assemble } from './bot/bot.ts';
import { createChat } from './bot/chat.ts';
import { createCommands } from './bot/commands.ts';
import { keyOf, slim, type BotContext } from './bot/context.ts';
import { createDesk } from './bot/desk.ts';
import { createDiskAlert } from './bot/disk-alert.ts';
import { createEntry } from './bot/entry.ts';
import { createAsides } from './bot/ephemeral-asides.ts';
import { createEphemeral } from './bot/ephemeral.ts';
import { createNewRef, newFlow, newId, newToken } from './bot/ids.ts';
import { createIntake, FATAL_WORDS } from './bot/intake.ts';
import { createJanitor } from './bot/janitor.ts';
import { createKeyedQueue } from './bot/keyed-queue.ts';
import { menuOwners, publishMenuFor } from './bot/menus.ts';
import { createNotifier } from './bot/notifier.ts';
import { openForBusiness } from './bot/opening.ts';
import { createOutgoing, telegramClientOptions } from './bot/outgoing.ts';
import { createOwnerNames } from './bot/owner-names.ts';
import { createOwners } from './bot/owners.ts';
import { createPrompts, recogniseOrders } from './bot/prompts.ts';
import { createSandboxMark, type SandboxMark } from './bot/sandbox-mark.ts';
import { createShopCases, createShopSide } from './bot/shop-side.ts';
import { readConfig, secretsOf, type Config } from './config.ts';
import type { Language, Order } from './domain/order.ts';
import { serveHealth, UnusablePort } from './http/health.ts';
import { languageOf } from './i18n/index.ts';
import { openVoice, wordsOf, type Voice } from './logger.ts';
import { createTopups, type HaltDetail } from './oneclickdz/client.ts';
import { openFolder, UnusableFolder, type Folder } from './store/open-folder.ts';
import { untilDone } from './until-done.ts';
import { createWorker, type Worker } from './worker.ts';

const clock = (): number => Date.now();
const STOP_GRACE_MS = 20_000;

/** What every part is made from. */
interface Ground extends Voice {
  readonly config: Config;
  readonly folder: Folder;
  readonly life: ReturnType<typeof beginLife>;
}

type ChatSide = ReturnType<typeof openChat>;
type OrderSide = ReturnType<typeof openOrders>;

/** How the process ends, and how its parts know it. From here on a signal ends it in order, at whatever moment. */
function beginLife() {
  const { promise: ended, resolve } = Promise.withResolvers<number>();
  let isEnding = false;
  const end = (code: number): void => {
    isEnding = true;
    resolve(code);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => end(0));
  return { ended, end, stopping: (): boolean => isEnding };
}

function openProvider({ config, log, folder }: Ground, halted: (detail: HaltDetail) => void) {
  const pulse = createPulse(clock);
  const topups = createTopups({
    ...{ apiKey: config.apiKey, baseUrl: config.apiUrl, rate: config.rate },
    onHalt: (detail) => {
      log.error({ detail }, 'the provider refuses us; all its traffic has stopped');
      halted(detail);
    },
    log: (fact) => {
      log.debug(fact, 'provider');
      // An answer that refuses us is none that shows the provider at work for us.
      pulse.heard(fact.status !== undefined && fact.status < 500 && !topups.halted());
    },
  });
  const failed = (error: unknown): void => log.warn({ err: error }, 'the kind of the key was not kept');
  const mark = createSandboxMark({ topups, memory: folder.keyMemory, failed });
  return { topups: { ...topups, offers: mark.offers }, mark, pulse };
}

function openChat({ config, log, folder }: Ground, mark: SandboxMark) {
  const outgoing = createOutgoing({ fetch: globalThis.fetch, clock, sleep: sleepFor, log });
  const bot = new Bot<BotContext>(config.botToken, {
    client: telegramClientOptions(config.telegramApiRoot, outgoing),
  });
  const chat = createChat({
    api: bot.api,
    sandbox: () => mark.isSandbox(),
    malformed: (method, description) =>
      log.error({ method, description }, 'Telegram refused a message of ours'),
  });
  const languageFor = (person: number, code?: string): Language =>
    folder.people.language(person) ?? languageOf(code) ?? folder.people.heard(person) ?? config.language;
  const ephemeral = createEphemeral({ api: bot.api, sandbox: () => mark.isSandbox(), clock, log });
  const asides = createAsides(ephemeral);
  const prompts = createPrompts({ chat, dialogues: folder.dialogues, asides });
  return { bot, chat, ephemeral, prompts, names: createOwnerNames(bot.api), languageFor };
}

function openOrders(ground: Ground, topups: Topups, chatSide: ChatSide, pulse: Pulse) {
  const { bot, chat, names, languageFor } = chatSide;
  const { config, log, folder, life } = ground;
  const { store, vault } = folder;
  const changed = (order: Order): void => {
    notifier.changed(order);
    incidents.changed(order);
    worker.wake();
  };
  const diskAlert = createDiskAlert({ clock, tell: () => void owners.tell({ kind: 'disk' }) });
  const failed = (order: Order | undefined, error: unknown): void => {
    log.error({ err: error, ref: order?.ref }, 'an order could not be written down or moved');
    diskAlert(error);
  };
  const privateLink = (order: Order): string | undefined =>
    bot.isInited() ? `https://t.me/${bot.botInfo.username}?start=order-${order.no}` : undefined;

  const record = createRecord({ store, clock, changed });
  const advance = createAdvance({ store, topups, vault, clock, record });
  const sweep = createSweep({ topups, vault, clock, record, stopping: life.stopping });
  const catalog = createCatalog({ topups, clock });
  const prices = createPrices({ store, unsold: (terms) => incidents.unsold(terms) });
  const counter = createCounter({
    ...{ store, topups, catalog, prices, clock, placed: changed },
    shopShort: (cost) => incidents.shopShort(cost),
    // While no order is open, nobody else meets the full disk.
    unwritten: (error) => failed(undefined, error),
  });
  const standings = createStandings({
    store,
    ownerIds: config.ownerIds,
    open: config.access === 'open',
    clock,
  });
  const owners = createOwners({
    ...{ ids: config.ownerIds, chat, names, languageOf: languageFor },
    sleep: (ms) => sleepFor(ms, undefined, { ref: false }),
  });
  const notifier = createNotifier({
    ...{ store, vault, chat, record, clock, failed, privateLink },
    tellOwners: (order, alert) => owners.tellAbout(order, alert),
    wake: () => worker.wake(),
  });
  const incidents = createIncidents({
    ...{ store, topups, pulse, clock, house: () => prices.house() },
    credit: (priority) => counter.credit(priority),
    tell: (alert) => owners.tellNow(alert),
    failed: (error) => log.error({ err: error }, 'the incidents could not be looked at'),
  });
  const worker: Worker = createWorker({ store, advance, sweep, showing: notifier, clock, failed });
  const hurry = createHurry({ record, clock });
  return { catalog, prices, counter, standings, owners, notifier, worker, record, hurry, incidents };
}

function openDoor(ground: Ground, topups: Topups, chatSide: ChatSide, orderSide: OrderSide) {
  const { log, giveUp, folder, life } = ground;
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
      void queue
        .run(keyOf(update) ?? '', () => bot.handleUpdate(slim(update)))
        .catch((error: unknown) => log.error({ err: error }, 'a purchase did not come back')),
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
  const intake = createIntake({
    ...{ api: bot.api, keyOf, dialogues, queue, log, clock, allowedUpdates: ALLOWED_UPDATES },
    handle: (update) => bot.handleUpdate(slim(update)),
    onFatal: (error) => {
      giveUp(FATAL_WORDS[error]);
      // Orders under way go on without a chat; a second copy must not work on the same ones.
      if (error === 'conflict') life.end(1);
    },
    onBack: () => notifier.telegramIsBack(),
    sleep: (ms, signal) => sleepFor(ms, undefined, signal === undefined ? {} : { signal }),
  });
  const janitor = createJanitor({
    ...{ dialogues, prompts, chat, clock, inOrder: (key, task) => queue.run(key, task) },
    alsoTidy: shop.tidy,
    failed: (error) => log.error({ err: error }, 'what is over could not be cleared away'),
  });
  return { intake, janitor, resume: shop.resume };
}

/** Puts the bot together and runs it until its life ends. Throws UnusablePort before anything has begun. */
async function keepShop(ground: Ground): Promise<void> {
  const { config, log, giveUp, folder, life } = ground;
  const halted = (detail: HaltDetail): void => orderSide.incidents.refused(detail);
  const { topups, mark, pulse } = openProvider(ground, halted);
  const chatSide = openChat(ground, mark);
  const orderSide = openOrders(ground, topups, chatSide, pulse);
  const { intake, janitor, resume } = openDoor(ground, topups, chatSide, orderSide);
  const lastAnswerAt = () => intake.lastAnswerAt();
  const health =
    config.port === undefined ? undefined : await serveHealth({ port: config.port, lastAnswerAt, clock });

  await recogniseOrders({ ...folder, prompts: chatSide.prompts });
  for (const order of await folder.store.active()) orderSide.notifier.changed(order);
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
  await health?.close();
}

/** Runs the real bot until its life or a fatal answer ends it; reads nothing of the process. Resolves to the process's exit code. */
export async function runBot(plan: Omit<Ground, 'folder'>): Promise<number> {
  const { config, log, life } = plan;
  const { dataDir: dir, cardKey, apiKey } = config;
  const folder = await openFolder({
    ...{ dir, cardKey, apiKey, clock },
    log: (fact, details) => log.warn(details, fact),
  });
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
  const voice = openVoice({ level: config.logLevel, secrets: secretsOf(config) });
  process.on('unhandledRejection', (error) =>
    voice.log.error({ err: error }, 'a promise was left without a handler'),
  );
  let code = 1;
  try {
    code = await runBot({ ...voice, config, life: beginLife() });
  } catch (error) {
    if (error instanceof UnusableFolder || error instanceof UnusablePort) voice.say(error.message);
    else voice.giveUp(`the bot could not start: ${wordsOf(error)}`, { err: error });
  }
  // Timers of abandoned waits must not keep a stopped bot alive.
  process.exit(code);
}
