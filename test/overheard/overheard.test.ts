// The listening itself is tried out: a leak of every kind is fed to it and caught, and what people may read is not.

import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { dinars } from '../../src/domain/money.ts';
import { startProviderStandIn } from '../../src/playground/oneclickdz/server.ts';
import type { TelegramStandIn } from '../../src/playground/telegram/server.ts';
import {
  addressOf,
  AMINA,
  BILAL,
  call,
  oneButton,
  sentId,
  telegramWithTwoPeople,
} from '../playground/telegram/raw-call.ts';
import { silence } from './count.ts';
import { declareShop, failOnSlips, heard, takeSlips } from './ear.ts';
import { NO_FIGURES } from './identify.ts';
import { declareProcess } from './provider.ts';

const KNOWN = { ...NO_FIGURES, costs: [dinars(980)], values: [dinars(500), dinars(1000)] };
/** What others may not read, in its shortest form. */
const LEAK = 'cost 980 DA';

const secrets = (found: readonly { readonly secret: string }[]): string[] => [
  ...new Set(found.map(({ secret }) => secret)),
];

describe('whatever is sent', () => {
  let telegram: TelegramStandIn;
  let groupId: number;
  beforeEach(async () => {
    telegram = await telegramWithTwoPeople();
    groupId = telegram.addGroup({ title: 'Counter', memberIds: [AMINA, BILAL] });
    for (const person of [AMINA, BILAL]) telegram.start(person);
    declareShop(telegram.apiRoot, { owners: [BILAL], figures: () => KNOWN });
  });

  const caught = (): string[] => [...new Set(takeSlips().map(({ chat, by }) => `${chat} ${by}`))];

  const upload = async (chatId: number, method: string, content: string): Promise<void> => {
    const body = new FormData();
    body.set('chat_id', String(chatId));
    body.set('document', 'attach://sheet');
    body.set('sheet', new Blob([content]), 'sheet.csv');
    await fetch(addressOf(telegram, method), { method: 'POST', body });
  };

  const SENT: readonly (readonly [what: string, by: string, (to: number) => Promise<unknown>])[] = [
    ['a message', 'sendMessage', (to) => call(telegram, 'sendMessage', { chat_id: to, text: LEAK })],
    [
      'an edit',
      'editMessageText',
      async (to) => {
        const id = await sentId(telegram, { chat_id: to, text: 'x' });
        await call(telegram, 'editMessageText', { chat_id: to, message_id: id, text: LEAK });
      },
    ],
    [
      'a button',
      'sendMessage',
      (to) => {
        const keyboard = oneButton({ text: LEAK, callback_data: 'x' });
        return call(telegram, 'sendMessage', { chat_id: to, text: 'x', reply_markup: keyboard });
      },
    ],
    [
      'what stands behind a button',
      'sendMessage',
      (to) => {
        const keyboard = oneButton({ text: 'x', callback_data: `d:1:wput:${dinars(980)}` });
        return call(telegram, 'sendMessage', { chat_id: to, text: 'x', reply_markup: keyboard });
      },
    ],
    [
      'what a button copies',
      'sendMessage',
      (to) => {
        const keyboard = oneButton({ text: 'x', copy_text: { text: LEAK } });
        return call(telegram, 'sendMessage', {
          chat_id: to,
          text: 'x',
          reply_markup: JSON.stringify(keyboard),
        });
      },
    ],
    [
      'a caption',
      'sendPhoto',
      (to) => call(telegram, 'sendPhoto', { chat_id: to, photo: 'https://example.org/a.png', caption: LEAK }),
    ],
    ['a file', 'sendDocument', (to) => upload(to, 'sendDocument', `amount;price\n1000;${LEAK}\n`)],
    [
      'a menu',
      'setMyCommands',
      (to) => {
        const commands = [{ command: 'prices', description: LEAK }];
        return call(telegram, 'setMyCommands', { commands, scope: { type: 'chat', chat_id: to } });
      },
    ],
    [
      'a message that Telegram refused',
      'sendMessage',
      (to) => call(telegram, 'sendMessage', { chat_id: to, text: LEAK, message_thread_id: 99 }),
    ],
  ];

  it.each(SENT)('%s is overheard by person and by group, and owners may read it', async (_what, by, send) => {
    await send(AMINA);
    expect(caught()).toEqual([`${AMINA} ${by}`]);
    await send(groupId);
    expect(caught()).toContain(`${groupId} ${by}`);
    await send(BILAL);
    expect(caught()).toEqual([]);
  });

  it('an alert is overheard by who pressed, in a group as well', async () => {
    const id = await sentId(telegram, {
      chat_id: groupId,
      text: 'x',
      reply_markup: oneButton({ text: 'b', callback_data: 'x' }),
    });
    for (const [person, expected] of [
      [AMINA, [`${AMINA} alert`]],
      [BILAL, []],
    ] as const) {
      const answer = telegram.press(person, groupId, id, 'b');
      const query = await telegram.until(() => queryOf(telegram.pendingUpdates().at(-1)));
      await call(telegram, 'answerCallbackQuery', { callback_query_id: query, text: LEAK, show_alert: true });
      await answer;
      expect(caught()).toEqual(expected);
    }
  });

  it('a menu for everybody is read by everybody', async () => {
    await call(telegram, 'setMyCommands', { commands: [{ command: 'prices', description: LEAK }] });
    expect(caught()).toEqual(['0 setMyCommands']);
  });

  it('what was overheard fails the test, once, and says who read what', async () => {
    await call(telegram, 'sendMessage', { chat_id: AMINA, text: LEAK });
    expect(failOnSlips).toThrow(`cost "980" to ${AMINA} (sendMessage):\n${LEAK}`);
    expect(failOnSlips).not.toThrow();
  });

  it('and is counted', async () => {
    const before = { ...heard };
    await call(telegram, 'sendMessage', { chat_id: AMINA, text: 'x' });
    await call(telegram, 'sendMessage', { chat_id: BILAL, text: 'x' });
    expect(heard).toEqual({ ...before, toOthers: before.toOthers + 1 });
    await call(telegram, 'sendMessage', { chat_id: groupId, text: 'x' });
    expect(heard.inGroups).toBeGreaterThan(before.inGroups);
  });
});

/** The id by which a press is answered. */
function queryOf(update: object | undefined): string | undefined {
  const query: unknown =
    update !== undefined && 'callback_query' in update ? update.callback_query : undefined;
  return typeof query === 'object' && query !== null && 'id' in query ? String(query.id) : undefined;
}

it('a started bot declares its owners and its provider’s figures, and whoever is no owner any more reads on as others do', async () => {
  const telegram = await telegramWithTwoPeople();
  const provider = await startProviderStandIn({
    balance: 54_321,
    products: { ADSL: [{ value: 700, cost: 613.27, available: true }] },
  });
  onTestFinished(() => provider.close());
  for (const person of [AMINA, BILAL]) telegram.start(person);
  const env = { TELEGRAM_API_ROOT: telegram.apiRoot, ONECLICK_API_URL: provider.url };
  const say = async (text: string): Promise<string[]> => {
    await call(telegram, 'sendMessage', { chat_id: AMINA, text });
    return secrets(takeSlips());
  };
  declareProcess({ ...env, ADMIN_IDS: `${AMINA},${BILAL}` });
  expect(await say('54 321 DA')).toEqual([]);
  declareProcess({ ...env, ADMIN_IDS: `${BILAL}` });
  expect(await say('54 321 DA')).toEqual(['shop’s credit']);
  provider.setBalance(43_210);
  provider.setProducts('4G', [{ value: 800, cost: 711, available: true }]);
  expect(await say('43210 or 54321')).toEqual(['shop’s credit']);
  expect(await say('613,27')).toEqual(['cost']);
  expect(await say('711')).toEqual(['cost']);
});

it('a suite in which nothing was overheard proves nothing, and is told so', () => {
  expect(silence([])).toContain('nothing was overheard');
  expect(silence([{ shops: 3, toOthers: 40, inGroups: 0 }])).toContain('0 in groups');
  expect(silence([{ shops: 0, toOthers: 7, inGroups: 9 }])).toContain('0 shops');
  expect(
    silence([
      { shops: 1, toOthers: 0, inGroups: 9 },
      { shops: 0, toOthers: 7, inGroups: 0 },
    ]),
  ).toBeUndefined();
});
