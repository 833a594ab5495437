// Fifty people at the counter while the bot is killed again and again, or more of them at the counter of several bots:
// opens the town, kills, lets everything settle, and says what became of it.

import type { Order } from '../../src/domain/order.ts';
import type { BotProcess } from '../process/bot-process.ts';
import { chance } from '../prove/chance.ts';
import { watchLostWords } from './alerts.ts';
import { openCopies } from './copies.ts';
import { watchDeeds, type Deeds } from './deeds.ts';
import { createErrands } from './errands.ts';
import { readShop } from './evidence.ts';
import { openEyes } from './eyes.ts';
import { createLives, type Killed, type Lives } from './lives.ts';
import { settle } from './settle.ts';
import { openSharedStorehouse, type SharedStorehouse } from './shared-storehouse.ts';
import { takeovers, type Takeover } from './takeovers.ts';
import { openTown, type Town, type TownOptions } from './town.ts';
import { troubleAhead } from './trouble.ts';
import { violationsOf, type Violation } from './verdict.ts';

export interface KillRun {
  readonly kills: number;
  readonly seed: number;
  readonly people?: number;
  readonly progress?: (kills: number) => void;
  /** What every bot is started with beside the town's clock. */
  readonly beside?: TownOptions['beside'];
  /** Several bots share a database, instead of one with a folder. */
  readonly shared?: Shared;
}

export interface Shared {
  readonly copies: number;
  /** The address of a PostgreSQL server. */
  readonly server: string;
  /** Telegram is asked for the updates instead of bringing them. */
  readonly polling?: boolean;
}

export interface KillReport {
  readonly seed: number;
  readonly people: number;
  readonly kills: readonly Killed[];
  readonly orders: Readonly<Partial<Record<Order['state']['name'], number>>>;
  /** Purchases confirmed, and how often the same was confirmed again. */
  readonly confirmed: number;
  readonly again: number;
  /** Of them, those that became no order, by what their cards say at the end. */
  readonly without: ReadonlyMap<string, number>;
  readonly inGroup: number;
  readonly movements: number;
  readonly presses: number;
  readonly words: number;
  /** Purchases of which the provider's answer was lost to a kill or a fault, and those sent again. */
  readonly doubted: number;
  readonly sentAgain: number;
  readonly judged: number;
  readonly seconds: number;
  /** Of them, until the last kill. */
  readonly killing: number;
  /** Of bots that share their orders: those that were killed, and what the others took over. */
  readonly takeovers: readonly Takeover[];
  /** And how long each update waited until it was handled, ms, the shortest first. */
  readonly waits: readonly number[];
  /** What the bots have logged as errors, and how often. */
  readonly errors: ReadonlyMap<string, number>;
  /** One text for each: what is wrong, and the whole story of the order that it is about. */
  readonly violations: readonly string[];
}

function storyOf(town: Town, { payments }: Deeds, { what, ref }: Violation, shop: readonly Order[]): string {
  if (ref === undefined) return what;
  const payment = payments.get(ref);
  const order = shop.find((one) => one.ref === ref);
  const message =
    payment && town.telegram.messages(payment.chatId).find(({ id }) => id === payment.messageId);
  const versions = [message?.original, ...(message?.edits ?? [])].flatMap((one) =>
    one === undefined ? [] : [`  ${new Date(one.at).toISOString()} ${one.text.replaceAll('\n', ' ⏎ ')}`],
  );
  const calls = town.provider.calls
    .filter((call) => call.ref === ref || call.path.includes(ref))
    .map(({ method, path, status }) => `  ${method} ${path} ${status}`);
  const kept =
    order === undefined ? [] : [`  ${JSON.stringify({ state: order.state.name, story: order.story })}`];
  return [
    what,
    `its card, pressed ${payment?.times ?? 0} times:`,
    ...versions,
    'the provider:',
    ...calls,
    'the shop:',
    ...kept,
  ].join('\n');
}

const countBy = <T>(things: readonly T[], keyOf: (thing: T) => string): Map<string, number> =>
  new Map([...Map.groupBy(things, keyOf)].map(([key, group]) => [key, group.length]));

function withoutOrder(
  { telegram }: Town,
  { payments }: Deeds,
  orders: readonly Order[],
): Map<string, number> {
  const refs = new Set(orders.map(({ ref }) => String(ref)));
  const left = [...payments].filter(([ref]) => !refs.has(ref)).map(([, payment]) => payment);
  return countBy(left, ({ chatId, messageId }) => {
    const card = telegram.messages(chatId).find(({ id }) => id === messageId);
    return card === undefined || card.deleted ? 'gone' : (card.text.split('\n')[0] ?? '');
  });
}

/** The leases of bots that share their orders run on the database's clock, which is the world's; so the bots do, too. */
const SHARED_SPEED = 1;
/** How long an order may wait for another bot when its own was killed. */
const TAKEN_OVER_WITHIN_MS = 30_000;

interface Scene {
  readonly town: Town;
  readonly lives: Lives;
  readonly witness: Pick<SharedStorehouse, 'takings' | 'waits'>;
}

const NOBODY_SAW: Scene['witness'] = { takings: () => Promise.resolve([]), waits: () => Promise.resolve([]) };

async function openScene({ people = 50, beside = {}, shared }: KillRun): Promise<Scene> {
  if (shared === undefined) {
    const town = await openTown({ people, beside });
    return { town, lives: createLives(town), witness: NOBODY_SAW };
  }
  const { copies, server, polling = false } = shared;
  const storehouse = await openSharedStorehouse(server);
  const town = await openTown({ people, beside, speed: SHARED_SPEED, keep: () => storehouse });
  const lives = await openCopies({ town, storehouse, copies, polling });
  return { town, lives, witness: storehouse };
}

/** A day on which nobody left anything behind says nothing of how soon it is taken over. */
const NOTHING_LEFT: Violation = { what: 'no bot that was killed had an order to be taken over' };

const lateOnes = (all: readonly Takeover[]): readonly Violation[] => [
  ...(all.length === 0 ? [NOTHING_LEFT] : []),
  ...all
    .filter(({ ms }) => ms > TAKEN_OVER_WITHIN_MS)
    .map(({ ref, life, ms }) => ({
      ref,
      what: `${ref} waited ${ms / 1_000} s for another bot than life ${life}`,
    })),
];

/** A line that a kill has cut short says nothing. */
const ERROR = /"level":"(?:error|fatal)".*"msg":"([^"]*)"/;

/** What was logged as an error, and how often. */
const errorsIn = (log: string): Map<string, number> =>
  countBy(
    log.split('\n').flatMap((line) => ERROR.exec(line)?.[1] ?? []),
    (message) => message,
  );

/** What the orders and people's deeds come to, in figures. */
function figuresOf(town: Town, deeds: Deeds, orders: readonly Order[]) {
  const payments = [...deeds.payments.values()];
  return {
    orders: Object.fromEntries(countBy(orders, ({ state }) => state.name)),
    confirmed: payments.length,
    again: payments.reduce((sum, { times }) => sum + times - 1, 0),
    without: withoutOrder(town, deeds, orders),
    inGroup: orders.filter(({ message }) => message.chatId < 0).length,
    movements: deeds.movements.size + deeds.approved.size,
    ...{ presses: deeds.presses(), words: deeds.words() },
    doubted: orders.filter(({ story }) =>
      story.some((line) => line.kind === 'state' && line.name === 'unknown'),
    ).length,
    sentAgain: orders.filter(({ sends }) => sends > 1).length,
  };
}

/** Ends them in order; one sentence for each that did not. */
async function stopAll(bots: readonly BotProcess[]): Promise<readonly string[]> {
  const exits = await Promise.all(bots.map((bot) => bot.stop().then(() => bot.ended)));
  return bots.flatMap((bot, i) =>
    exits[i] === 0 ? [] : [`the last life ended with ${String(exits[i])}:\n${bot.output().slice(-2_000)}`],
  );
}

/** Plays one day. Rejects when a bot ends by itself or somebody is never answered. */
export async function runKills(run: KillRun): Promise<KillReport> {
  const { kills, seed, progress } = run;
  const began = performance.now();
  const elapsed = (): number => (performance.now() - began) / 1_000;
  const dice = chance(seed);
  const { town, lives, witness } = await openScene(run);
  const [deeds, lost, eyes] = [watchDeeds(town), watchLostWords(town), openEyes(town)];
  const closing = new AbortController();
  const errands = createErrands({ town, eyes, closing: closing.signal });
  const killed: Killed[] = [];
  try {
    const everybody = Promise.all(
      town.people.map((one) => errands.live(one, dice.stream(`person ${one.id}`))),
    );
    everybody.catch(() => undefined);
    const [moments, troubles] = [dice.stream('kills'), dice.stream('troubles')];
    for (let i = 0; i < kills; i += 1) {
      troubleAhead(town, troubles);
      killed.push(await lives.kill(moments));
      progress?.(i + 1);
    }
    const killing = elapsed();
    closing.abort();
    const bots = await lives.last();
    await everybody;
    const { judged, outdated } = await settle({ town, eyes, errands }, bots);
    const badEnds = await stopAll(bots);
    const shop = await readShop(town);
    const evidence = { shop, outdated, log: lives.output(), kills: killed, lost };
    const taken = takeovers(killed, await witness.takings());
    const violations = [
      ...(await violationsOf(town, deeds, evidence)),
      ...(run.shared === undefined ? [] : lateOnes(taken)),
    ];
    return {
      ...{ seed, people: town.people.length, kills: killed, judged, killing, seconds: elapsed() },
      ...figuresOf(town, deeds, shop.orders),
      ...{ takeovers: taken, waits: await witness.waits(), errors: errorsIn(evidence.log) },
      violations: [...badEnds, ...violations.map((one) => storyOf(town, deeds, one, shop.orders))],
    };
  } finally {
    closing.abort();
    eyes.close();
    deeds.close();
    lost.close();
    await town.close();
    await lives.close();
  }
}
