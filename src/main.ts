// The composition root: settings → adapters → use cases → bot → worker; start, stop, nothing else. The only file that
// names a concrete adapter or reads the process.

import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { setTimeout as sleepFor } from 'node:timers/promises';
import { Bot, GrammyError } from 'grammy';
import { createAdvance } from './app/advance-order.ts';
import { createCatalog } from './app/catalog.ts';
import { createHurry } from './app/hurry.ts';
import { createCounter } from './app/place-order.ts';
import { StoreFault, type Topups } from './app/ports.ts';
import { createRecord } from './app/record.ts';
import { createSweep } from './app/sweep-orders.ts';
import { assemble } from './bot/bot.ts';
import { createChat } from './bot/chat.ts';
import { createCommands } from './bot/commands.ts';
import { keyOf, slim, type BotContext } from './bot/context.ts';
import { createDesk } from './bot/desk.ts';
import { createEntry } from './bot/entry.ts';
import { createIntake } from './bot/intake.ts';
import { sweepIdleFlows } from './bot/janitor.ts';
import { createKeyedQueue } from './bot/keyed-queue.ts';
import { publishMenuFor, publishMenus } from './bot/menus.ts';
import { createNotifier } from './bot/notifier.ts';
import { createOutgoing, telegramClientOptions } from './bot/outgoing.ts';
import { createOwners } from './bot/owners.ts';
import { createPrompts } from './bot/prompts.ts';
import { readConfig, type Config } from './config.ts';
import { isRef, type Language, type Order, type Ref } from './domain/order.ts';
import { serveHealth } from './http/health.ts';
import { languageOf } from './i18n/index.ts';
import { createLogger, type Logger } from './logger.ts';
import { createTopups, type HaltDetail } from './oneclickdz/client.ts';
import { LockedError } from './store/lock.ts';
import { openFolder, UnusableFolder, type Folder } from './store/open-folder.ts';
import { untilDone } from './until-done.ts';
import { createWorker, type Worker } from './worker.ts';

const clock = (): number => Date.now();
const JANITOR_EVERY_MS = 30_000;
const STOP_GRACE_MS = 20_000;
/** The disk alert is not repeated for every order that meets the same full disk. */
const DISK_ALERT_EVERY_MS = 3_600_000;
const ALLOWED_UPDATES = ['message', 'callback_query', 'my_chat_member'] as const;

/** Letters and digits only, so that a prefix put before it can be told from it. */
function newRef(): Ref {
  const random = BigInt(`0x${randomBytes(8).toString('hex')}`)
    .toString(36)
    .padStart(13, '0');
  const ref = `t${clock().toString(36)}${random}`;
  if (!isRef(ref)) throw new Error('a new reference is malformed');
  return ref;
}

const newFlow = (): string => randomBytes(4).readUInt32BE().toString(36);

/** What every part is made from. `life` is how the process ends and knows that it is ending. */
interface Ground {
  readonly config: Config;
  readonly log: Logger;
  readonly folder: Folder;
  readonly life: { readonly stopping: () => boolean; readonly end: (code: number) => void };
}

type ChatSide = ReturnType<typeof openChat>;
type OrderSide = ReturnType<typeof openOrders>;

function openProvider({ config, log }: Ground, halted: (detail: HaltDetail) => void) {
  return createTopups({
    apiKey: config.apiKey,
    baseUrl: config.apiUrl,
    rate: config.rate,
    onHalt: (detail) => {
      log.error({ detail }, 'the provider refuses us; all its traffic has stopped');
      halted(detail);
    },
    log: (fact) => log.debug(fact, 'provider'),
  });
}

function openChat({ config, log, folder }: Ground, topups: Topups) {
  const outgoing = createOutgoing({ fetch: globalThis.fetch, clock, sleep: sleepFor, log });
  const bot = new Bot<BotContext>(config.botToken, {
    client: telegramClientOptions(config.telegramApiRoot, outgoing),
  });
  const chat = createChat({
    api: bot.api,
    sandbox: () => topups.account()?.sandbox === true,
    malformed: (method, description) =>
      log.error({ method, description }, 'Telegram refused a message of ours'),
  });
  const languageFor = (person: number, code?: string): Language =>
    folder.people.language(person) ?? languageOf(code) ?? folder.people.heard(person) ?? config.language;
  const prompts = createPrompts({ chat, dialogues: folder.dialogues });
  return { bot, chat, prompts, languageFor };
}

function openOrders(ground: Ground, topups: Topups, { bot, chat, languageFor }: ChatSide) {
  const { config, log, folder, life } = ground;
  const { store, vault } = folder;
  const changed = (order: Order): void => {
    notifier.changed(order);
    worker.wake();
  };
  let diskAlertAt = -Infinity;
  function failed(order: Order | undefined, error: unknown): void {
    log.error({ err: error, ref: order?.ref }, 'an order could not be moved; it is tried again');
    if (!(error instanceof StoreFault) || clock() - diskAlertAt < DISK_ALERT_EVERY_MS) return;
    diskAlertAt = clock();
    void owners.tell({ kind: 'disk' });
  }
  const privateLink = (order: Order): string | undefined =>
    bot.isInited() ? `https://t.me/${bot.botInfo.username}?start=order-${order.no}` : undefined;

  const record = createRecord({ store, clock, changed });
  const advance = createAdvance({ store, topups, vault, clock, record });
  const sweep = createSweep({ topups, vault, clock, record, stopping: life.stopping });
  const catalog = createCatalog({ topups, clock });
  const counter = createCounter({ store, topups, catalog, clock, placed: changed });
  const owners = createOwners({
    ...{ ids: config.ownerIds, chat, store, record, languageOf: languageFor },
    sleep: (ms) => sleepFor(ms, undefined, { ref: false }),
  });
  const notifier = createNotifier({
    ...{ store, vault, chat, record, clock, failed, privateLink },
    tellOwners: (order, alert) => owners.tellAbout(order, alert),
    wake: () => worker.wake(),
  });
  const worker: Worker = createWorker({ store, advance, sweep, showing: notifier, clock, failed });
  const hurry = createHurry({ record, clock });
  return { catalog, counter, owners, notifier, worker, hurry };
}

function openDoor({ log, folder, life }: Ground, topups: Topups, chatSide: ChatSide, orderSide: OrderSide) {
  const { bot, chat, prompts, languageFor } = chatSide;
  const { catalog, counter, owners, notifier, hurry } = orderSide;
  const { store, dialogues, people } = folder;
  const publishMenu = (person: number, language: Language) => publishMenuFor(bot.api, person, language);
  const commands = createCommands({ store, counter, people, chat, notifier, hurry, publishMenu });
  assemble(bot, {
    desk: createDesk({ catalog, counter, topups, store, chat, prompts, newRef }),
    entry: createEntry({ prompts, store, newFlow }),
    ...{ commands, owners, notifier, dialogues, languageOf: languageFor },
    heard: (person, code) => {
      const language = languageOf(code);
      if (language === undefined || people.heard(person) === language) return;
      people
        .hear(person, language)
        .catch((error: unknown) => log.warn({ err: error }, 'a language was not kept'));
    },
    failed: (error) => log.error({ err: error }, 'an update failed'),
  });
  const queue = createKeyedQueue({
    onLate: (key) => log.error({ key }, 'an update took too long and was left behind'),
  });
  const intake = createIntake({
    ...{ api: bot.api, keyOf, dialogues, queue, log, clock, allowedUpdates: ALLOWED_UPDATES },
    handle: (update) => bot.handleUpdate(slim(update)),
    onFatal: (error) => {
      const why =
        error === 'conflict' ? 'another copy of this bot is running' : 'Telegram refuses the bot token';
      log.fatal({ error }, why);
      // Orders under way go on without a chat; a second copy must not work on the same ones.
      if (error === 'conflict') life.end(1);
    },
    onBack: () => notifier.telegramIsBack(),
    sleep: (ms, signal) => sleepFor(ms, undefined, signal === undefined ? {} : { signal }),
  });
  const closeIdle = (): Promise<void> =>
    sweepIdleFlows({ dialogues, prompts, chat, clock, inOrder: (key, task) => queue.run(key, task) }).catch(
      (error: unknown) => log.error({ err: error }, 'idle flows could not be closed'),
    );
  return { intake, closeIdle };
}

/** Learns the bot's name, then takes updates; a token that Telegram refuses ends the process. */
async function openForBusiness(ground: Ground, { bot }: ChatSide, run: () => Promise<void>): Promise<void> {
  const { config, log, life } = ground;
  const refused = (error: unknown): boolean =>
    error instanceof GrammyError && [401, 404].includes(error.error_code);
  await untilDone(() => bot.init(), { stopped: life.stopping, hopeless: refused });
  if (life.stopping()) return;
  if (!bot.isInited()) {
    log.fatal('Telegram refuses the bot token: check BOT_TOKEN');
    life.end(1);
    return;
  }
  log.info({ bot: bot.botInfo.username, owners: config.ownerIds.length }, 'the counter is open');
  void run();
  void untilDone(() => publishMenus(bot.api, config.language), { stopped: life.stopping });
}

/** Runs the real bot until a signal or a fatal answer ends it. Resolves to the process's exit code. */
async function runBot(config: Config, log: Logger): Promise<number> {
  const folder = await openFolder({
    ...{ dir: config.dataDir, cardKey: config.cardKey, clock },
    log: (fact, details) => log.warn(details, fact),
  });
  const ended = Promise.withResolvers<number>();
  let stopping = false;
  const ground: Ground = { config, log, folder, life: { stopping: () => stopping, end: ended.resolve } };
  const topups = openProvider(ground, (detail) => void orderSide.owners.tell({ kind: 'no-access', detail }));
  const chatSide = openChat(ground, topups);
  const orderSide = openOrders(ground, topups, chatSide);
  const { intake, closeIdle } = openDoor(ground, topups, chatSide, orderSide);

  for (const order of await folder.store.active()) {
    chatSide.prompts.give(order);
    orderSide.notifier.changed(order);
  }
  if (folder.recovered) void orderSide.owners.tell({ kind: 'recovered-copy' });
  const janitor = setInterval(() => void closeIdle(), JANITOR_EVERY_MS);
  const lastAnswerAt = () => intake.lastAnswerAt();
  const health =
    config.port === undefined ? undefined : await serveHealth({ port: config.port, lastAnswerAt, clock });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => ended.resolve(0));
  // While the key is refused this costs no request; after a blocked address it is the probe.
  void untilDone(() => topups.validate(), { stopped: () => stopping });
  void orderSide.worker.run();
  void openForBusiness(ground, chatSide, () => intake.run());

  const code = await ended.promise;
  stopping = true;
  clearInterval(janitor);
  await intake.stop({ graceMs: STOP_GRACE_MS });
  // Ends the waits for a turn, or a stop would last as long as the queue; what is out already is left to end.
  topups.close();
  await orderSide.worker.stop();
  await health?.close();
  await folder.close();
  return code;
}

/** Starts the bot, or the playground when there is no bot token. Sets the process's exit code. */
export async function main(): Promise<void> {
  if (existsSync('.env')) process.loadEnvFile('.env');
  if ((process.env['BOT_TOKEN'] ?? '').trim() === '') {
    const { runPlayground } = await import('./playground/playground.ts');
    await runPlayground();
    return;
  }
  const read = readConfig(process.env);
  if (!read.ok) {
    for (const fault of read.faults) console.error(fault);
    process.exitCode = 1;
    return;
  }
  const { config } = read;
  const secrets = [config.botToken, config.apiKey, ...(config.cardKey === undefined ? [] : [config.cardKey])];
  const log = createLogger({ level: config.logLevel, secrets });
  process.on('unhandledRejection', (error) =>
    log.error({ err: error }, 'a promise was left without a handler'),
  );
  let code = 1;
  try {
    code = await runBot(config, log);
  } catch (error) {
    if (error instanceof LockedError || error instanceof UnusableFolder) console.error(error.message);
    else log.fatal({ err: error }, 'the bot could not start');
  }
  // Timers of abandoned waits must not keep a stopped bot alive.
  process.exit(code);
}
