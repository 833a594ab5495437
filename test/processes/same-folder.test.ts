// Two bots that are started on one folder at the same moment: exactly one lives, the other says so in a line and is gone.
// The one that lives is killed, so that the next two find the lock of a dead one, and one of them takes over.

import { setTimeout as rest } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openCounter, OWNER, type BotProcess, type Counter } from '../process/bot-process.ts';
import { chance } from '../prove/chance.ts';

const ROUNDS = 20;
const TIMEOUT_MS = 240_000;
/** A start may take a while on a busy machine. */
const PATIENCE_MS = 30_000;
/** The two begin within so long of each other. */
const APART_MS = 60;

let counter: Counter;
beforeAll(async () => {
  counter = await openCounter();
});
afterAll(() => counter.close());

/** The one that ends by itself, and the other. */
async function race(apartMs: number): Promise<{ loser: BotProcess; winner: BotProcess }> {
  const first = counter.open();
  await rest(apartMs);
  const second = counter.open();
  const firstToEnd = await Promise.race([
    first.ended.then(() => 'first' as const),
    second.ended.then(() => 'second' as const),
  ]);
  return firstToEnd === 'first' ? { loser: first, winner: second } : { loser: second, winner: first };
}

/** Somebody says something, and it is heard. */
async function serves(text: string): Promise<void> {
  const said = counter.telegram.say(OWNER, OWNER, text);
  await counter.telegram.until(() => (counter.telegram.lastBotMessage(OWNER)?.id ?? 0) > said.id, {
    timeoutMs: PATIENCE_MS,
    what: 'an answer of the one that lives',
  });
}

it(`of two that start at once one lives, in ${ROUNDS} rounds`, { timeout: TIMEOUT_MS }, async () => {
  const dice = chance(5);
  for (let round = 1; round <= ROUNDS; round += 1) {
    const { loser, winner } = await race(dice.whole(0, APART_MS));
    expect(await loser.ended, `round ${round}: ${loser.output()}`).toBe(1);
    expect(loser.complaints()).toEqual([
      `another bot (process ${winner.child.pid ?? 0}) is using the folder ${counter.dataDir}; stop it first`,
    ]);
    await serves('/start');
    expect(winner.child.exitCode, winner.output()).toBeNull();
    await winner.kill();
  }
});

it('a bot that was killed leaves nothing that keeps the next one from starting', async () => {
  for (let round = 1; round <= 3; round += 1) {
    const bot = counter.open();
    await serves('/help');
    await bot.kill();
  }
  const last = counter.open();
  await serves('/help');
  await last.stop();
  expect(await last.ended).toBe(0);
});
