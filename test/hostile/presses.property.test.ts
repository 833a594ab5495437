// Buttons that nobody drew: random bytes, real buttons with something changed, other people's, those of another purchase.
// Each press is answered, and money moves only by a button that was drawn for the presser.

import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse } from '../../src/bot/callback-data.ts';
import { AGENT, EVERYBODY, onFloor, OWNERS, type Drawn, type Floor } from './floor.ts';
import { oddText } from './odd.ts';
import { runs } from './runs.ts';

/** What is done to the words of a button. */
type Change =
  | { readonly do: 'put'; readonly at: number; readonly text: string; readonly instead: number }
  | { readonly do: 'word'; readonly at: number; readonly word: string }
  | { readonly do: 'mine' | 'theirs' | 'twice' | 'shout' }
  | { readonly do: 'graft'; readonly at: number; readonly from: number }
  | { readonly do: 'cut'; readonly at: number };

const word = fc.oneof(
  fc.constantFrom(
    '',
    '0',
    '-1',
    '7',
    '8',
    '21',
    '22',
    '1e5',
    '9'.repeat(13),
    '9'.repeat(40),
    '-100500',
    'f',
    'r',
    '1',
  ),
  fc.constantFrom(
    'yes',
    'agent',
    'a',
    'house',
    '__proto__',
    'constructor',
    't0000001',
    'p22',
    'all',
    '50000',
    '..',
  ),
  fc.string({ maxLength: 6 }),
  fc.integer({ min: -10_000_000, max: 10_000_000 }).map(String),
);

const change: fc.Arbitrary<Change> = fc.oneof(
  fc.record({
    ...{ do: fc.constant('put'), at: fc.nat(70), text: fc.string({ maxLength: 3 }) },
    instead: fc.nat(3),
  }),
  { weight: 3, arbitrary: fc.record({ do: fc.constant('word'), at: fc.nat(8), word }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('mine', 'mine', 'theirs', 'twice', 'shout') }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('graft'), at: fc.nat(6), from: fc.nat(200) }) },
  fc.record({ do: fc.constant('cut'), at: fc.nat(64) }),
);

interface Press {
  readonly who: number;
  readonly where: 'there' | 'private' | 'group' | 'elsewhere' | 'inline' | 'gone';
  readonly data:
    | { readonly kind: 'bytes'; readonly text: string }
    | { readonly kind: 'verb'; readonly verb: number; readonly words: readonly string[] }
    | { readonly kind: 'drawn'; readonly pick: number; readonly changes: readonly Change[] };
}

const press: fc.Arbitrary<Press> = fc.record({
  who: fc.constantFrom(...EVERYBODY),
  where: fc.constantFrom('there', 'there', 'private', 'private', 'group', 'elsewhere', 'inline', 'gone'),
  data: fc.oneof(
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant('bytes'),
        text: fc.oneof(oddText, fc.string({ unit: 'binary', maxLength: 64 })),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant('verb'),
        verb: fc.nat(200),
        words: fc.array(word, { maxLength: 5 }),
      }),
    },
    {
      weight: 6,
      arbitrary: fc.record({
        kind: fc.constant('drawn'),
        pick: fc.nat(500),
        changes: fc.array(change, { maxLength: 3 }),
      }),
    },
  ),
});

function changed(data: string, one: Change, who: number, drawn: readonly Drawn[]): string {
  const words = data.split(':');
  const at = 'at' in one ? one.at % words.length : 0;
  switch (one.do) {
    case 'put':
      return data.slice(0, one.at) + one.text + data.slice(one.at + one.instead);
    case 'word':
      return words.with(at, one.word).join(':');
    case 'mine':
      return words.with(Math.min(1, words.length - 1), who.toString(36)).join(':');
    case 'theirs':
      return words.with(Math.min(1, words.length - 1), (who + 1).toString(36)).join(':');
    case 'twice':
      return `${data}:${words.at(-1) ?? ''}`;
    case 'shout':
      return data.toUpperCase();
    case 'graft': {
      const other = drawn[one.from % drawn.length]?.data.split(':')[at];
      return other === undefined ? data : words.with(at, other).join(':');
    }
    case 'cut':
      return data.slice(0, one.at);
  }
}

function verbsOf({ counter }: Floor): readonly string[] {
  const { presses, ownerPresses } = counter.features;
  return [...Object.keys(presses), ...Object.keys(ownerPresses), 'gcode', 'toString', 'nobody'];
}

function dataOf(floor: Floor, { who, data }: Press): { data: string; from: Drawn | undefined } {
  if (data.kind === 'bytes') return { data: data.text, from: undefined };
  const [drawn, verbs] = [floor.drawn(), verbsOf(floor)];
  if (data.kind === 'verb') {
    const verb = verbs[data.verb % verbs.length] ?? '';
    return { data: ['d', who.toString(36), verb, ...data.words].join(':'), from: undefined };
  }
  const from = drawn[data.pick % drawn.length];
  const made = data.changes.reduce((text, one) => changed(text, one, who, drawn), from?.data ?? '');
  return { data: made, from };
}

function placeOf(floor: Floor, { who, where }: Press, from: Drawn | undefined): object {
  const group = { id: floor.group, type: 'supergroup', title: 'Counter' };
  const mine = { id: who, type: 'private', first_name: 'X' };
  const at = (chat: object, message_id: number): object => ({
    message: { message_id, date: 1, chat, text: 'x' },
  });
  switch (where) {
    case 'there':
      return from !== undefined && from.chatId < 0
        ? at(group, from.messageId)
        : at(mine, from?.messageId ?? 1);
    case 'private':
      return at(mine, from?.messageId ?? 999);
    case 'group':
      return at(group, from?.messageId ?? 999);
    case 'elsewhere':
      return at({ ...group, id: floor.elsewhere }, 5);
    case 'inline':
      return { inline_message_id: 'i1' };
    case 'gone':
      return { message: { message_id: from?.messageId ?? 1, date: 0, chat: mine } };
  }
}

/** Who may move money by this: an owner, by hand; everybody else by a button of their own; an agent gives his own away. */
function mayMove(who: number, data: string, drawn: readonly Drawn[]): boolean {
  const read = parse(data);
  if (read?.owner !== who) return false;
  if (OWNERS.includes(who)) return true;
  const gives = read.kind === 'do' && read.verb === 'wgive' && who === AGENT;
  return gives || drawn.some((one) => one.data === data && one.owner === who);
}

test('a press that nobody was shown is answered, and moves no money', async () => {
  let presses = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(press, { minLength: 1, maxLength: 30 }), (all) =>
      onFloor(async (floor) => {
        for (const one of all) {
          const { data, from } = dataOf(floor, one);
          const [drawn, money, rights] = [floor.drawn(), await floor.money(), await floor.rights()];
          const id = `press-${(presses += 1)}`;
          const person = { id: one.who, is_bot: false, first_name: 'X', language_code: 'en' };
          const query = { id, from: person, chat_instance: '1', data, ...placeOf(floor, one, from) };
          await floor.take([{ update_id: floor.nextId(), callback_query: query }]);
          const what = `${one.who} pressed ${JSON.stringify(data)}`;
          if (!mayMove(one.who, data, drawn)) expect(await floor.money(), what).toBe(money);
          if (!OWNERS.includes(one.who)) expect(await floor.rights(), what).toBe(rights);
          expect(floor.answered(id), what).toBe(true);
          floor.expectSound();
        }
      }),
    ),
    runs(45),
  );
});
