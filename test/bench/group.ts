// Ten agents order at once in one group that Telegram lets be written to twenty times a minute: refused calls, and from
// the provider's end to the group's message. Each agent writes one line and presses one button, through the real bot.

import { deposit, letIn } from '../../src/playground/opening.ts';
import { arabic } from '../../src/playground/people.ts';
import type { Button, ChatMessage } from '../../src/playground/telegram/server.ts';
import { fixed, median, type Figure } from './figure.ts';
import { openShop, type Shop } from './shop.ts';

const AGENTS = 10;
const SPEED = 4;
const SHORTEST_MS = 3_000;
const LONGEST_MS = 45_000;
const WALLET_DA = 5_000;
const TARGET_MS = 10_000;
const PER_MINUTE = 20;
const PATIENCE_MS = 60_000;
const DELIVERED = '✅';

const handled = ({ telegram }: Shop): Promise<true> =>
  telegram.until(() => telegram.pendingUpdates().length === 0, { timeoutMs: PATIENCE_MS });

/** The agents with money, and the group, which is served because its owner brought the bot. */
async function gather(shop: Shop): Promise<number> {
  const { telegram, crowd } = shop;
  telegram.start(arabic.id);
  for (const agent of crowd.people) await letIn(telegram, agent, 'agent');
  await handled(shop);
  for (const agent of crowd.people) await deposit(telegram, agent, WALLET_DA);
  const place = telegram.addGroup({ title: 'Agents', memberIds: [arabic.id, ...crowd.people] });
  // Only a bot that was out of it can be brought in.
  telegram.kickBot(place);
  telegram.addBot(place);
  await handled(shop);
  return place;
}

const belongsTo =
  (agent: number) =>
  ({ callback_data: data }: Button): boolean =>
    data?.split(':')[1] === agent.toString(36);

/** One line, one press; resolves to the actions it took and the line's number. */
async function order({ telegram }: Shop, group: number, agent: number, n: number) {
  const line = `0136362${String(n).padStart(2, '0')}`;
  telegram.say(agent, group, `/topup ${line} 500`);
  const own = belongsTo(agent);
  const look = (): { message: ChatMessage; button: Button } | undefined => {
    for (const message of telegram.messages(group)) {
      const button = message.keyboard.flat().find((one) => own(one) && one.style === 'success');
      if (button !== undefined) return { message, button };
    }
    return undefined;
  };
  const { message, button } = await telegram.until(look, { timeoutMs: PATIENCE_MS });
  await telegram.press(agent, group, message.id, button.text);
  return { line, messageId: message.id, actions: 2 };
}

/** When the group's message first said that it was delivered, epoch ms of the shop's clock. */
const toldAt = ({ telegram }: Shop, group: number, messageId: number): number | undefined =>
  telegram
    .messages(group)
    .find(({ id }) => id === messageId)
    ?.edits.find(({ text }) => text.startsWith(DELIVERED))?.at;

export const group: Figure = {
  name: 'group',
  measure: async () => {
    const began = Date.now();
    const now = (): number => began + (Date.now() - began) * SPEED;
    const shop = await openShop({
      people: AGENTS,
      provider: { now },
      telegram: { now, floodLimits: { groupPerMinute: PER_MINUTE, privatePerSecond: 30 } },
      env: { ADMIN_IDS: String(arabic.id) },
    });
    const { telegram, provider, crowd } = shop;
    telegram.addPerson(arabic);
    try {
      await shop.open('real', { speed: SPEED });
      const place = await gather(shop);
      for (let n = 0; n < AGENTS; n += 1)
        provider.nextSend({
          kind: 'fulfilled',
          afterMs: SHORTEST_MS + ((LONGEST_MS - SHORTEST_MS) * n) / AGENTS,
        });
      const orders = await Promise.all(crowd.people.map((agent, n) => order(shop, place, agent, n)));
      const lags = await Promise.all(
        orders.map(async ({ line, messageId }) => {
          const told = await telegram.until(() => toldAt(shop, place, messageId), { timeoutMs: PATIENCE_MS });
          const topup = provider.orders().find(({ number }) => number === line);
          return told - (topup?.statusSince ?? NaN);
        }),
      );
      const refused = telegram.calls.filter(({ errorCode }) => errorCode === 429).length;
      const longest = Math.max(...lags);
      const actions = Math.max(...orders.map((one) => one.actions));
      return {
        rows: [
          {
            what: `${AGENTS} agents at once in one group: the provider's end to the message`,
            ours: `${fixed(longest / 1_000, 1)} s`,
            against: `${TARGET_MS / 1_000} s`,
            ratio: fixed(longest / TARGET_MS, 2),
            target: '≤ 1',
            met: longest <= TARGET_MS,
          },
          {
            what: `the same: calls that Telegram refused at ${PER_MINUTE} a minute`,
            ours: String(refused),
            against: '0',
            ratio: '',
            target: '= 0',
            met: refused === 0,
          },
          {
            what: 'actions from a one-line order to sent, in a group',
            ours: String(actions),
            against: '2',
            ratio: fixed(actions / 2, 2),
            target: '≤ 1',
            met: actions <= 2,
          },
        ],
        notes: [
          `the longest of ${AGENTS}, the median ${fixed(median(lags) / 1_000, 1)} s; the provider took 3 to 45 s; clocks ${SPEED} times ours.`,
        ],
      };
    } finally {
      await shop.close();
    }
  },
};
