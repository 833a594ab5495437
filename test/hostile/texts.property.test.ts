// What people write, in any script and with marks that nobody sees, by people and in groups with names of that kind, as
// commands with odd words behind them and as answers to questions. Words alone move no money, nothing fails, and whatever
// the bot says can be read: nothing in it is turned around, torn or left open.

import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { EVERYBODY, onFloor, OWNERS, type Drawn, type Floor } from './floor.ts';
import { anyText, oddText } from './odd.ts';
import { runs } from './runs.ts';

const COMMANDS = [
  ...['start', 'help', 'topup', 'balance', 'history', 'status', 'language', 'cancel', 'deposit', 'statement'],
  ...['transfer', 'invite', 'people', 'correct', 'prices', 'orders', 'order', 'today', 'pause', 'resume'],
  ...['threshold', 'audit', 'groups', 'allow', 'refund', 'constructor', '__proto__'],
];

/** What could stand behind a command. */
const words = fc.oneof(
  { weight: 3, arbitrary: oddText },
  fc.constantFrom(
    '',
    '036362608 1000',
    '@nadia 500',
    '22 500',
    '21',
    '@nadia -100 twice',
    '1001',
    '#1001',
    'agent',
  ),
  fc.constantFrom(
    'i-xxxxxxxxxxxxxxxx',
    'order-1001',
    'order-',
    '5000',
    '-5000',
    'open',
    'p22',
    '5%',
    'كريم ٥٠٠',
  ),
  fc.tuple(fc.constantFrom('@nadia', '22', 'Karim', '036362608'), oddText).map((all) => all.join(' ')),
);

const command = fc
  .tuple(fc.constantFrom(...COMMANDS), fc.constantFrom('', '', '', '@BOT', '@other_bot'), words)
  .map(([name, addressee, text]) => `/${name}${addressee} ${text}`);

type Act =
  | { readonly do: 'say'; readonly text: string; readonly as: 'text' | 'photo' | 'reply' }
  /** One of the person's own buttons, as long as it moves no money: some of them ask a question. */
  | { readonly do: 'press'; readonly pick: number };

const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('say'),
      text: fc.oneof(anyText, command, command),
      as: fc.constantFrom('text', 'text', 'text', 'photo', 'reply'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('press'), pick: fc.nat(100) }) },
);

const turn = fc.record({
  who: fc.constantFrom(...EVERYBODY),
  where: fc.constantFrom('private', 'private', 'private', 'group', 'elsewhere'),
  act,
});

interface Name {
  readonly first_name: string;
  readonly last_name?: string;
  readonly username?: string;
  readonly language_code?: string;
}

const name: fc.Arbitrary<Name> = fc.record(
  {
    first_name: oddText.map((text) => text.slice(0, 64)),
    last_name: oddText.map((text) => text.slice(0, 64)),
    username: fc.constantFrom('nadia', 'Karim_31', 'x', '__proto__'),
    language_code: fc.constantFrom('en', 'fr', 'ar', 'ber', ''),
  },
  { requiredKeys: ['first_name'] },
);

/** Ends in money, or may: a confirmation, an owner's yes, an owner's word on an order. */
const MONEY = /^(?:b:\w+:\w+:[pP]:|d:\w+:(?:wgive|wput|wfix|wyes|hask|hsure)\b|o:)/u;

function own(floor: Floor, who: number, pick: number): Drawn | undefined {
  const harmless = floor.drawn().filter(({ owner, data }) => owner === who && !MONEY.test(data));
  return harmless[pick % Math.max(1, harmless.length)];
}

test('words of any kind, by people of any name, are answered so that they can be read, and move no money', async () => {
  const names = fc.record({ people: fc.array(name, { minLength: 6, maxLength: 6 }), title: oddText });
  await fc.assert(
    fc.asyncProperty(names, fc.array(turn, { minLength: 1, maxLength: 30 }), ({ people, title }, turns) =>
      onFloor(async (floor) => {
        const { username } = floor.counter.bot.botInfo;
        const money = await floor.money();
        for (const { who, where, act } of turns) {
          const rights = await floor.rights();
          const from = { id: who, is_bot: false, ...people[EVERYBODY.indexOf(who)] };
          const group = { id: where === 'group' ? floor.group : floor.elsewhere, type: 'supergroup', title };
          const chat = where === 'private' ? { id: who, type: 'private', first_name: 'X' } : group;
          const pressed = act.do === 'press' ? own(floor, who, act.pick) : undefined;
          const update_id = floor.nextId();
          if (pressed !== undefined) {
            const home =
              pressed.chatId < 0 ? { ...group, id: floor.group } : { ...chat, id: who, type: 'private' };
            const message = { message_id: pressed.messageId, date: 1, chat: home, text: 'x' };
            const query = { id: `t${update_id}`, from, chat_instance: '1', data: pressed.data, message };
            await floor.take([{ update_id, callback_query: query }]);
          } else if (act.do === 'say') {
            const text = act.text.replace('@BOT', `@${username}`);
            const length = (/^\/\S*/u.exec(text)?.[0] ?? '').length;
            const entities = length === 0 ? [] : [{ type: 'bot_command', offset: 0, length }];
            const me = { id: floor.counter.bot.botInfo.id, is_bot: true, first_name: 'Bot' };
            const replied = { reply_to_message: { message_id: 1, date: 1, chat, from: me, text: 'x' } };
            const said =
              act.as === 'photo'
                ? { photo: [{ file_id: 'f', file_unique_id: 'f', width: 1, height: 1 }], caption: text }
                : { text, entities, ...(act.as === 'reply' ? replied : {}) };
            await floor.take([{ update_id, message: { message_id: 1, date: 1, chat, from, ...said } }]);
          }
          const what = `${who} in ${where}: ${JSON.stringify(act)}`;
          expect(await floor.money(), what).toBe(money);
          if (!OWNERS.includes(who)) expect(await floor.rights(), what).toBe(rights);
          floor.expectSound();
        }
      }),
    ),
    runs(60),
  );
});
