// The composition root: settings → adapters → use cases → bot → worker; start, stop, nothing else. The only file that
// names a concrete adapter or reads the process.

import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { setTimeout as sleepFor } from 'node:timers/promises';
import { Bot, GrammyError } from 'grammy';
import { createAdvance } from './app/advance-order.ts';
import { createCatalog } from './app/catalog.ts';
import { createCounter } from './app/place-order.ts';
import { ProviderFault, StoreFault } from './app/ports.ts';
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
import { createPrompts } from './bot/prompts.ts';
import { createOwners } from './bot/owners.ts';
import { readConfig, type Config } from './config.ts';
import { isRef, type Language, type Order, type Ref } from './domain/order.ts';
import { serveHealth } from './http/health.ts';
import { languageOf } from './i18n/index.ts';
import { createLogger, type Logger } from './logger.ts';
import { createTopups } from './oneclickdz/client.ts';
import { loadCardKey } from './store/card-key.ts';
import { openDialogues } from './store/dialogues.ts';
import { acquireLock, LockedError } from './store/lock.ts';
import { openLowdbStore } from './store/lowdb-store.ts';
import { openPeople } from './store/people.ts';
import { createVault } from './store/vault.ts';
import { createWorker, type Worker } from './worker.ts';

const clock = (): number => Date.now();
const JANITOR_EVERY_MS = 30_000;
const STOP_GRACE_MS = 20_000;
const LONGEST_RETRY_MS = 60_000;
/** The disk alert is not repeated for every order that meets the same full disk. */
const DISK_ALERT_EVERY_MS = 3_600_000;
const ALLOWED_UPDATES = ['message', 'callback_query', 'my_chat_member'] as const;

/** Letters and digits only, so that a prefix put before it can be told from it. */
function newRef(): Ref {
  const ref = `t${clock().toString(36)}${BigInt(`0x${randomBytes(8).toString('hex')}`)
    .toString(36)
    .padStart(13, '0')}`;
  if (!isRef(ref)) throw new Error('a new reference is malformed');
  return ref;
}

const newFlow = (): string => randomBytes(4).readUInt32BE().toString(36);

/** A task repeated with growing rests until it succeeds; never rejects. */
async function untilDone(task: () => Promise<unknown>, stopped: () => boolean): Promise<void> {
  for (let wait = 1_000; !stopped(); wait = Math.min(wait * 2, LONGEST_RETRY_MS)) {
    try {
      await task();
      return;
    } catch (error) {
      if (error instanceof ProviderFault && !error.retryable) return;
      await sleepFor(wait, undefined, { ref: false });
    }
  }
}

async function openFolder(config: Config, log: Logger) {
  await mkdir(config.dataDir, { recursive: true });
  const lock = await acquireLock(config.dataDir, { clock });
  const place = { dir: config.dataDir, clock };
  const cardKey = await loadCardKey({
    dir: config.dataDir,
    ...(config.cardKey === undefined ? {} : { fromEnv: config.cardKey }),
  });
  if (cardKey.made)
    log.warn({ dataDir: config.dataDir }, 'made card.key: back it up, card codes are lost without it');
  const orders = await openLowdbStore({ ...place, log: (fact, details) => log.warn(details, fact) });
  const flows = await openDialogues(place);
  const settings = await openPeople(place);
  const close = async (): Promise<void> => {
    await Promise.all([orders.close(), flows.close(), settings.close()]);
    await lock.release();
  };
  return {
    orders,
    dialogues: flows.dialogues,
    people: settings.people,
    vault: createVault(cardKey.key),
    close,
  };
}

/** Runs the real bot until a signal or a fatal answer ends it. Resolves to the process's exit code. */
async function runBot(config: Config, log: Logger): Promise<number> {
  const folder = await openFolder(config, log);
  const { orders, dialogues, people, vault } = folder;
  const { store } = orders;
  const ended = Promise.withResolvers<number>();
  let stopping = false;

  const topups = createTopups({
    apiKey: config.apiKey,
    baseUrl: config.apiUrl,
    rate: config.rate,
    onHalt: (detail) => {
      log.error({ detail }, 'the provider refuses us; all its traffic has stopped');
      void owners.tell({ kind: 'no-access', detail });
    },
    log: (fact) => log.debug(fact, 'provider'),
  });
  const outgoing = createOutgoing({ fetch: globalThis.fetch, clock, sleep: sleepFor, log });
  const bot = new Bot<BotContext>(config.botToken, {
    client: telegramClientOptions(config.telegramApiRoot, outgoing),
  });
  const languageFor = (person: number, code?: string): Language =>
    people.language(person) ?? languageOf(code) ?? config.language;
  const chat = createChat({
    api: bot.api,
    sandbox: () => topups.account()?.sandbox === true,
    malformed: (method, description) =>
      log.error({ method, description }, 'Telegram refused a message of ours'),
  });

  const prompts = createPrompts({ chat, dialogues });

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

  const record = createRecord({ store, clock, changed });
  const advance = createAdvance({ store, topups, vault, clock, record });
  const sweep = createSweep({ topups, vault, clock, record, advance, stopping: () => stopping });
  const catalog = createCatalog({ topups, clock });
  const counter = createCounter({ store, topups, catalog, clock, placed: changed });
  const owners = createOwners({
    ids: config.ownerIds,
    chat,
    store,
    record,
    languageOf: languageFor,
    sleep: (ms) => sleepFor(ms, undefined, { ref: false }),
  });
  const notifier = createNotifier({
    store,
    vault,
    chat,
    record,
    clock,
    failed,
    tellOwners: (order, alert) => owners.tellAbout(order, alert),
    privateLink: (order) =>
      bot.isInited() ? `https://t.me/${bot.botInfo.username}?start=order-${order.no}` : undefined,
    wake: () => worker.wake(),
  });
  const worker: Worker = createWorker({ store, advance, sweep, showing: notifier, clock, failed });

  const commands = createCommands({
    store,
    counter,
    people,
    chat,
    notifier,
    publishMenu: (person, language) => publishMenuFor(bot.api, person, language),
  });
  assemble(bot, {
    desk: createDesk({ catalog, counter, topups, store, chat, prompts, newRef }),
    entry: createEntry({ prompts, store, newFlow }),
    commands,
    owners,
    notifier,
    dialogues,
    languageOf: languageFor,
    orderCard: (ctx, no) => commands.status(ctx, no),
    failed: (error) => log.error({ err: error }, 'an update failed'),
  });

  const queue = createKeyedQueue({
    onLate: (key) => log.error({ key }, 'an update took too long and was left behind'),
  });
  const intake = createIntake({
    api: bot.api,
    handle: (update) => bot.handleUpdate(slim(update)),
    keyOf,
    dialogues,
    queue,
    allowedUpdates: ALLOWED_UPDATES,
    onFatal: (error) => {
      log.fatal(
        { error },
        error === 'conflict' ? 'another copy of this bot is running' : 'Telegram refuses the bot token',
      );
      ended.resolve(1);
    },
    log,
    sleep: (ms, signal) => sleepFor(ms, undefined, signal === undefined ? {} : { signal }),
    clock,
  });

  for (const order of await store.active()) {
    prompts.give(order);
    notifier.changed(order);
  }
  if (orders.recovered) void owners.tell({ kind: 'recovered-copy' });
  const janitor = setInterval(() => {
    sweepIdleFlows({ dialogues, prompts, chat, clock, inOrder: (key, task) => queue.run(key, task) }).catch(
      (error: unknown) => log.error({ err: error }, 'idle flows could not be closed'),
    );
  }, JANITOR_EVERY_MS);
  const health =
    config.port === undefined
      ? undefined
      : await serveHealth({ port: config.port, lastAnswerAt: () => intake.lastAnswerAt(), clock });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => ended.resolve(0));

  void untilDone(
    () => topups.validate(),
    () => stopping,
  );
  void worker.run();
  const meet = (): Promise<void> =>
    bot.init().catch((error: unknown) => {
      if (!(error instanceof GrammyError) || ![401, 404].includes(error.error_code)) throw error;
      log.fatal('Telegram refuses the bot token: check BOT_TOKEN');
      ended.resolve(1);
    });
  void untilDone(meet, () => stopping).then(() => {
    if (stopping || !bot.isInited()) return;
    log.info({ bot: bot.botInfo.username, owners: config.ownerIds.length }, 'the counter is open');
    void intake.run();
    void untilDone(
      () => publishMenus(bot.api, config.language),
      () => stopping,
    );
  });

  const code = await ended.promise;
  stopping = true;
  clearInterval(janitor);
  await intake.stop({ graceMs: STOP_GRACE_MS });
  await worker.stop();
  topups.close();
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
  try {
    process.exitCode = await runBot(config, log);
  } catch (error) {
    if (error instanceof LockedError) console.error(error.message);
    else log.fatal({ err: error }, 'the bot could not start');
    process.exitCode = 1;
  }
  // Timers of abandoned waits must not keep a stopped bot alive.
  process.exit();
}
