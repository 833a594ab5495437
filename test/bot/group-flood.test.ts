// Ten agents order at once in one group that Telegram lets be written to twenty times a minute. On a clock moved by hand:
// no call is refused, and every end is on the screen within ten seconds of the provider's.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Update } from 'grammy/types';
import { keyOf, slim } from '../../src/bot/context.ts';
import { createKeyedQueue } from '../../src/bot/keyed-queue.ts';
import type { HandClock } from '../app/in-memory.ts';
import { letIn } from './group-people.ts';
import { openCounter, OWNER, type Counter } from './open-counter.ts';

const AGENTS = Array.from({ length: 10 }, (_, n) => 501 + n);
const TICK_MS = 250;
const SECOND = 1_000;
const LONGEST_WAIT_MS = 10 * SECOND;

let counter: Counter;
let group: number;
let world: ReturnType<typeof openWorld>;

/** Time that passes only when it is told to, and calls that are waited for. */
function openWorld() {
  const sleepers = new Set<{ readonly until: number; readonly wake: () => void }>();
  let clock: HandClock | undefined;
  let inFlight = 0;
  const now = (): number => clock?.now() ?? 0;

  return {
    strict: (shopClock: HandClock) => {
      clock = shopClock;
      return {
        sleep: (ms: number) =>
          new Promise<void>((wake) => void sleepers.add({ until: now() + Math.max(1, ms), wake })),
        fetch: async (...asked: Parameters<typeof fetch>) => {
          inFlight += 1;
          try {
            const response = await fetch(...asked);
            const text = await response.text();
            return new Response(text, { status: response.status, headers: response.headers });
          } finally {
            inFlight -= 1;
          }
        },
      };
    },
    pass: (ms: number): void => {
      clock?.pass(ms);
      for (const sleeper of [...sleepers]) {
        if (sleeper.until > now()) continue;
        sleepers.delete(sleeper);
        sleeper.wake();
      }
    },
    /** Resolves when nothing is on its way to Telegram or back. */
    settled: async (): Promise<void> => {
      for (let quiet = 0; quiet < 6; quiet += 1) {
        await new Promise((resolve) => setImmediate(resolve));
        if (inFlight > 0) quiet = 0;
      }
    },
  };
}

async function gather(botIsAdmin = false): Promise<void> {
  group = counter.addGroup({ title: 'Agents', memberIds: [OWNER, ...AGENTS], botIsAdmin });
  await counter.handle();
}

beforeEach(async () => {
  world = openWorld();
  counter = await openCounter({ strict: world.strict });
  for (const id of AGENTS) await letIn(counter, { id, name: `Agent ${id}`, role: 'agent' });
  await gather();
});
afterEach(async () => {
  expect(counter).toMatchObject({ failures: [], malformed: [] });
  await counter.close();
});

/** The bot as the composition root runs it: updates side by side, one person's in order; a worker that looks all the time. */
function runBot(): () => Promise<void> {
  const { shop, notifier, bot } = counter;
  const queue = createKeyedQueue({ onLate: () => undefined });
  let offset = 0;

  async function updates(): Promise<void> {
    const all: Update[] = await bot.api.getUpdates({ offset, timeout: 0 });
    for (const update of all) {
      offset = update.update_id + 1;
      void queue.run(keyOf(update) ?? 'none', () => bot.handleUpdate(slim(update)));
    }
  }

  async function work(): Promise<void> {
    const now = shop.clock.now();
    for (const order of await shop.store.active()) {
      if (order.dueAt !== null && order.dueAt <= now) await shop.advance(order);
    }
    const open = await shop.store.active();
    for (const order of open) notifier.changed(order);
    notifier.showDue(open, now);
  }

  return async () => {
    await updates();
    await world.settled();
    await work();
    await world.settled();
  };
}

const shownBy = (agent: number) =>
  counter
    .messages(group)
    .find(({ keyboard }) =>
      keyboard.flat().some(({ callback_data: data }) => data?.split(':')[1] === agent.toString(36)),
    );

interface Rush {
  /** When each agent writes after the beginning, and how long the provider takes for each order. In ms. */
  readonly writes: (n: number) => number;
  readonly takes: (n: number) => number;
  readonly lastsMs: number;
  /** What else happens, at every moment since the beginning. */
  readonly also?: (sinceMs: number) => void;
}

/** Lets ten agents order; gives what Telegram saw and when each end was told after the provider's. */
async function rush({ writes, takes, lastsMs, also }: Rush) {
  const { telegram, shop } = counter;
  const turn = runBot();
  const began = shop.clock.now();
  const [written, pressed] = [new Set<number>(), new Set<number>()];
  const ended = new Map<string, number>();

  function act(n: number, agent: number): void {
    const line = `0363626${String(n).padStart(2, '0')}`;
    const since = shop.clock.now() - began;
    if (!written.has(n) && since >= writes(n)) {
      written.add(n);
      telegram.say(agent, group, `/topup ${line} 1000`);
    }
    const prompt = pressed.has(n) ? undefined : shownBy(agent);
    if (prompt === undefined) return;
    pressed.add(n);
    void telegram.press(agent, group, prompt.id, 'Recharge');
  }

  function provide(): void {
    for (const order of shop.store.all()) {
      const isDone = shop.clock.now() - (order.sentAt ?? Infinity) >= takes(AGENTS.indexOf(order.buyer));
      if (order.state.name !== 'handling' || !isDone || ended.has(order.ref)) continue;
      shop.topups.set(order.ref, { status: { kind: 'fulfilled' } });
      ended.set(order.ref, shop.clock.now());
    }
  }

  while (shop.clock.now() - began < lastsMs) {
    AGENTS.forEach((agent, n) => act(n, agent));
    also?.(shop.clock.now() - began);
    provide();
    await turn();
    world.pass(TICK_MS);
    await world.settled();
  }
  await counter.notifier.settled();

  const toldAt = (no: number): number =>
    telegram
      .messages(group)
      .flatMap(({ edits }) => edits)
      .find(({ text }) => text.includes(`no. ${no}: recharged`))?.at ?? Infinity;
  const late = shop.store.all().map(({ no, ref }) => toldAt(no) - (ended.get(ref) ?? Infinity));
  return { orders: shop.store.all().length, late };
}

const refused = () => counter.telegram.calls.filter(({ errorCode }) => errorCode === 429);
const busiestMinute = (): number => {
  const written = counter.telegram.calls
    .filter(({ chatId, method }) => chatId === group && /^(send(?!Chat)|edit)/.test(method))
    .map(({ at }) => at);
  return Math.max(...written.map((from) => written.filter((at) => at >= from && at < from + 60_000).length));
};

describe.each([
  {
    name: 'all in one second, delivered after four',
    writes: (n: number) => n * 100,
    takes: () => 4 * SECOND,
  },
  {
    name: 'all in one second, delivered after 3 to 45',
    writes: (n: number) => n * 100,
    takes: (n: number) => (3 + ((n * 17) % 43)) * SECOND,
  },
  {
    name: 'one every three seconds, delivered after twenty',
    writes: (n: number) => n * 3 * SECOND,
    takes: () => 20 * SECOND,
  },
  { name: 'all at once, delivered at once', writes: () => 0, takes: () => 0 },
])('ten agents: $name', ({ writes, takes }) => {
  it('nothing is refused, and every end is told within ten seconds', { timeout: 60_000 }, async () => {
    const { orders, late } = await rush({ writes, takes, lastsMs: 110 * SECOND });
    expect(refused()).toEqual([]);
    expect(busiestMinute()).toBeLessThanOrEqual(20);
    expect(orders).toBe(10);
    expect(Math.max(...late)).toBeLessThanOrEqual(LONGEST_WAIT_MS);
    counter.shop.store.audit();
  });
});

it('ten agents at once where prices are said aside to one at a time: the ends come first', async () => {
  await gather(true);
  const { late } = await rush({ writes: (n) => n * 100, takes: () => 4 * SECOND, lastsMs: 80 * SECOND });
  expect(refused()).toEqual([]);
  expect(busiestMinute()).toBeLessThanOrEqual(20);
  expect(late).toHaveLength(10);
  expect(Math.max(...late)).toBeLessThanOrEqual(LONGEST_WAIT_MS);
}, 60_000);

it('one agent after the other is told the price aside', async () => {
  await gather(true);
  const { late } = await rush({
    writes: (n) => n * 40 * SECOND,
    takes: () => 4 * SECOND,
    lastsMs: 90 * SECOND,
  });
  const aside = counter.telegram.messages(group).filter(({ ephemeral }) => ephemeral !== undefined);
  expect(aside.map(({ ephemeral }) => ephemeral?.receiverId)).toEqual(AGENTS.slice(0, 3));
  expect(refused()).toEqual([]);
  expect(Math.max(...late)).toBeLessThanOrEqual(LONGEST_WAIT_MS);
}, 60_000);

it('somebody who asks while ten orders run is answered, and the orders’ progress is shown once there is room', async () => {
  let askedAt = 0;
  const { late } = await rush({
    ...{ writes: (n) => n * 100, takes: () => 75 * SECOND, lastsMs: 95 * SECOND },
    also: (since) => {
      if (askedAt > 0 || since < 30 * SECOND) return;
      askedAt = counter.shop.clock.now();
      counter.telegram.say(OWNER, group, '/topup');
    },
  });
  const answer = counter.messages(group).find(({ text }) => text.includes('What would you like'));
  expect((answer?.original.at ?? Infinity) - askedAt).toBeLessThanOrEqual(LONGEST_WAIT_MS + TICK_MS);
  expect(refused()).toEqual([]);
  expect(Math.max(...late)).toBeLessThanOrEqual(LONGEST_WAIT_MS);
  const edits = counter.messages(group).flatMap((message) => message.edits);
  expect(edits.filter(({ text }) => text.startsWith('⏳')).length).toBeGreaterThan(0);
}, 60_000);
