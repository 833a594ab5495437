// Fifty people at the counter while the bot is killed again and again: opens the town, kills, lets everything settle,
// and says what became of it.

import type { Order } from '../../src/domain/order.ts';
import { chance } from '../prove/chance.ts';
import { watchDeeds, type Deeds } from './deeds.ts';
import { createErrands } from './errands.ts';
import { readShop } from './evidence.ts';
import { openEyes } from './eyes.ts';
import { createLives, drawMoment, type Killed } from './lives.ts';
import { settle } from './settle.ts';
import { openTown, type Town } from './town.ts';
import { troubleAhead } from './trouble.ts';
import { violationsOf, type Violation } from './verdict.ts';

export interface KillRun {
  readonly kills: number;
  readonly seed: number;
  readonly people?: number;
  readonly progress?: (kills: number) => void;
  /** What every bot is started with beside the town's clock. */
  readonly beside?: Parameters<typeof openTown>[1];
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
  /** One text for each: what is wrong, and the whole story of the order that it is about. */
  readonly violations: readonly string[];
}

const LONGEST_SLEEP_MS = 60_000;

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

/** Plays one day. Rejects when the bot ends by itself or somebody is never answered. */
export async function runKills({ kills, seed, people = 50, progress, beside }: KillRun): Promise<KillReport> {
  const began = performance.now();
  const dice = chance(seed);
  const town = await openTown(people, beside);
  const deeds = watchDeeds(town);
  const eyes = openEyes(town);
  const closing = new AbortController();
  const errands = createErrands({ town, eyes, closing: closing.signal });
  const lives = createLives(town);
  const killed: Killed[] = [];
  try {
    const everybody = Promise.all(
      town.people.map((one) => errands.live(one, dice.stream(`person ${one.id}`))),
    );
    everybody.catch(() => undefined);
    const [moments, troubles] = [dice.stream('kills'), dice.stream('troubles')];
    for (let i = 0; i < kills; i += 1) {
      troubleAhead(town, troubles);
      killed.push(await lives.killedAt(drawMoment(moments)));
      if (moments.often(0.15)) await town.sleep(moments.whole(1, LONGEST_SLEEP_MS));
      progress?.(i + 1);
    }
    const killing = (performance.now() - began) / 1_000;
    closing.abort();
    const bot = lives.last();
    await everybody;
    const { judged, outdated } = await settle({ town, eyes, errands }, bot);
    await bot.stop();
    const exit = await bot.ended;
    const shop = await readShop(town);
    const violations = await violationsOf(town, deeds, { shop, outdated, log: lives.output() });
    const { orders } = shop;
    const payments = [...deeds.payments.values()];
    return {
      ...{ seed, people, kills: killed, judged },
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
      killing,
      seconds: (performance.now() - began) / 1_000,
      violations: [
        ...(exit === 0 ? [] : [`the last life ended with ${String(exit)}:\n${bot.output().slice(-2_000)}`]),
        ...violations.map((one) => storyOf(town, deeds, one, orders)),
      ],
    };
  } finally {
    closing.abort();
    eyes.close();
    deeds.close();
    await town.close();
  }
}
