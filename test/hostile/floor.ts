// The shop that strangers come into: the real bot behind the real intake, people of every role with money on their wallets,
// and a screen full of buttons that move money. Whatever is handed in is watched: did it end, did anything throw, what was
// said, and where is the money now.

import { setImmediate as turn } from 'node:timers/promises';
import { inspect } from 'node:util';
import type { Update } from 'grammy/types';
import { expect } from 'vitest';
import * as z from 'zod';
import { ALLOWED_UPDATES } from '../../src/bot/bot.ts';
import { parse } from '../../src/bot/callback-data.ts';
import { keyOf, slim } from '../../src/bot/context.ts';
import { createIntake } from '../../src/bot/intake.ts';
import { createKeyedQueue } from '../../src/bot/keyed-queue.ts';
import { found } from '../domain/an-order.ts';
import { COLLEAGUE, openCounter, OWNER, STRANGER, type Counter } from '../bot/open-counter.ts';
import { AGENT, CUSTOMER, fill, letIn, openWallets } from '../bot/wallet-shop.ts';

export { AGENT, COLLEAGUE, CUSTOMER, OWNER, STRANGER };
export const FROZEN = 23;
export const EVERYBODY = [OWNER, COLLEAGUE, AGENT, CUSTOMER, FROZEN, STRANGER] as const;
export const OWNERS: readonly number[] = [OWNER, COLLEAGUE];

/** A button as it stands in a chat. */
export interface Drawn {
  readonly data: string;
  readonly chatId: number;
  readonly messageId: number;
  /** Whose it is, as it says. */
  readonly owner: number;
}

export interface Floor {
  readonly counter: Counter;
  /** A group that the shop serves, and one that it does not. */
  readonly group: number;
  readonly elsewhere: number;
  /** Hands updates over as Telegram's answer to one poll, as they are, and waits until the bot has done with them. */
  take(updates: readonly unknown[]): Promise<void>;
  /** Answers the next poll with this, whatever it is. */
  answer(given: unknown): void;
  /** The id for the next update. */
  nextId(): number;
  /** Every button that stands anywhere. */
  drawn(): readonly Drawn[];
  /** All money there is, and every order, as text. */
  money(): Promise<string>;
  /** Who is what to the shop, as text. */
  rights(): Promise<string>;
  /** Fails when something was thrown, refused by Telegram, or said that may not be said. */
  expectSound(): void;
  /** The same for what Telegram never sends: it may have been thrown, but it was caught and written down without a secret. */
  expectContained(): void;
  /** Whether a press got its answer. */
  answered(pressId: string): boolean;
  close(): Promise<void>;
}

/** Real time: what takes longer hangs. */
const LONGEST_MS = 20_000;

const anAnswer = z.custom<Update[]>(() => true);

async function furnish(counter: Counter): Promise<{ group: number; elsewhere: number }> {
  await openWallets(counter);
  await letIn(counter, { id: FROZEN, name: 'Lina', role: 'agent' });
  for (const person of [AGENT, CUSTOMER, FROZEN]) await fill(counter, person, 5000);
  await counter.say('/start', FROZEN);
  await counter.cases.members.setFrozen(OWNER, FROZEN, true);
  const group = counter.addGroup({ title: 'Counter', memberIds: [...EVERYBODY] });
  const elsewhere = counter.telegram.addGroup({ title: 'Elsewhere', memberIds: [...EVERYBODY] });
  const order = await counter.shop.buy();
  await counter.shop.advance(order);
  await counter.shop.record(order.ref, found('fulfilled', { number: '036000000' }));
  await counter.say('/deposit 700', CUSTOMER);
  for (const text of ['/deposit @nadia 300', '/correct @nadia -100 twice', `/order ${order.no}`, '/people'])
    await counter.say(text);
  for (const text of ['/prices', '/groups', '/language', '/invite']) await counter.say(text, COLLEAGUE);
  await counter.say('/transfer @nadia 500', AGENT);
  await counter.say('/topup 036362608 1000', AGENT);
  await counter.say('/topup 036362609 500', CUSTOMER);
  await counter.say('/topup 036362607 2000', OWNER);
  await counter.say('/topup 036362606 1000', AGENT, group);
  return { group, elsewhere };
}

/** What nobody may be sent: marks that turn what follows, halves of characters, isolates that are never closed. */
function faultsIn(text: string): readonly string[] {
  const faults: string[] = [];
  if (!text.isWellFormed()) faults.push('half a character');
  if (/[\u202A-\u202E]/u.test(text)) faults.push('an override of direction');
  for (const line of text.split('\n')) {
    let open = 0;
    for (const mark of line.match(/[\u2066-\u2069]/gu) ?? []) {
      open += mark === '\u2069' ? -1 : 1;
      if (open < 0) break;
    }
    if (open !== 0) faults.push(`an isolate that is not closed: ${JSON.stringify(line)}`);
  }
  return faults;
}

const SAID = new Set(['text', 'caption', 'first_name', 'description', 'file']);

/** Every text that somebody reads in what was sent, however deep. */
function textsIn(value: unknown, name = ''): string[] {
  if (typeof value === 'string') return SAID.has(name) ? [value] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) => textsIn(one, Array.isArray(value) ? name : key));
}

export async function openFloor(): Promise<Floor> {
  const counter = await openCounter();
  const { telegram, shop, dialogues } = counter;
  const { group, elsewhere } = await furnish(counter);
  const { store, topups } = shop;
  const logged: unknown[] = [];
  let heard = telegram.calls.length;

  const late: string[] = [];
  const queue = createKeyedQueue({ onLate: (key) => late.push(key) });
  const batches: Update[][] = [];
  let came = Promise.withResolvers<undefined>();
  const log = (fields: object, message: string): void => void logged.push([fields, message]);
  const stopped = Promise.withResolvers<undefined>();
  const intake = createIntake({
    api: {
      deleteWebhook: () => Promise.resolve(true),
      getUpdates: async ({ timeout }) => {
        await turn();
        if (timeout > 0 && batches.length === 0) await Promise.race([came.promise, stopped.promise]);
        return batches.shift() ?? [];
      },
    },
    ...{ keyOf, dialogues, queue, allowedUpdates: ALLOWED_UPDATES, clock: shop.clock.now },
    log: { info: () => undefined, warn: log, error: log },
    handle: (update) => counter.bot.handleUpdate(slim(update)),
    onFatal: (error) => void late.push(`fatal: ${error}`),
    sleep: async () => {
      await turn();
    },
  });
  const running = intake.run();
  let ended = false;
  void running.finally(() => (ended = true));

  let lastId = 900_000;
  const nextId = (): number => (lastId += 1);

  /** An update that says nothing comes last: once it is done, so is whatever came before it. */
  const answer = (given: unknown): void => {
    batches.push(anAnswer.parse(given));
    came.resolve(undefined);
    came = Promise.withResolvers();
  };

  async function take(updates: readonly unknown[]): Promise<void> {
    const sign = nextId();
    const began = performance.now();
    answer([...updates, { update_id: sign }]);
    while (!dialogues.handled(sign)) {
      if (ended) throw new Error('nobody takes updates any more');
      if (performance.now() - began > LONGEST_MS) throw new Error('the bot hangs');
      await turn();
    }
    await queue.idle();
    await counter.handle();
    await counter.notifier.settled();
    if (performance.now() - began > LONGEST_MS) throw new Error('the bot hangs');
  }

  function drawn(): readonly Drawn[] {
    const chats = [...EVERYBODY, group];
    return chats.flatMap((chatId) =>
      counter.messages(chatId).flatMap(({ id: messageId, keyboard }) =>
        keyboard.flat().flatMap(({ callback_data: data = '' }) => {
          const owner = parse(data)?.owner;
          return owner === undefined ? [] : [{ data, chatId, messageId, owner }];
        }),
      ),
    );
  }

  async function money(): Promise<string> {
    const wallets = await Promise.all(EVERYBODY.map(async (id) => [id, await store.wallet(id)]));
    const orders = store.all().map(({ ref, state, price, line }) => [ref, state.name, price, line]);
    return JSON.stringify({ wallets, orders, accepted: topups.accepted });
  }

  async function rights(): Promise<string> {
    const members = (await store.records('member')).map(({ id, role, frozen, ceiling, rule, belowCost }) => {
      return { id, role, frozen, ceiling, rule, belowCost };
    });
    const groups = (await store.records('group')).filter(({ allowed }) => allowed).map(({ id }) => id);
    return JSON.stringify({ members, groups, house: await store.records('house') });
  }

  function expectSaid(): void {
    const calls = telegram.calls.slice(heard);
    heard = telegram.calls.length;
    const texts = calls.flatMap(({ payload }) => textsIn(payload));
    expect(texts.flatMap((text) => faultsIn(text).map((fault) => [fault, text]))).toEqual([]);
    expect(texts.filter((text) => text.includes(telegram.token))).toEqual([]);
    expect(late).toEqual([]);
    store.audit();
  }

  function expectSound(): void {
    const { failures, malformed } = counter;
    expect({ failures, malformed, logged }).toEqual({ failures: [], malformed: [], logged: [] });
    expectSaid();
  }

  function expectContained(): void {
    const written = inspect([logged, counter.failures], { depth: 12 });
    for (const secret of [telegram.token, '036362608', '1111222233334444'])
      expect(written).not.toContain(secret);
    expectSaid();
  }

  return {
    ...{
      counter,
      group,
      elsewhere,
      take,
      answer,
      nextId,
      drawn,
      money,
      rights,
      expectSound,
      expectContained,
    },
    answered: (pressId) =>
      telegram.calls.some(
        ({ method, payload }) => method === 'answerCallbackQuery' && payload['callback_query_id'] === pressId,
      ),
    close: async () => {
      stopped.resolve(undefined);
      await intake.stop({ graceMs: 1 });
      await running;
      await counter.close();
    },
  };
}

/** Opens a floor for one history, and closes it whatever happens. */
export async function onFloor(history: (floor: Floor) => Promise<void>): Promise<void> {
  const floor = await openFloor();
  try {
    await history(floor);
  } finally {
    await floor.close();
  }
}
