// Whose update it is and where it happened: the one key for order and memory, and what a flow need not keep.

import type { Update } from 'grammy/types';
import { describe, expect, it } from 'vitest';
import { isAnonymous, keyOf, personFrom, personOf, placeOf, slim } from '../../src/bot/context.ts';

const FROM = { id: 7, is_bot: false, first_name: 'Owner' };
const PRIVATE = { id: 7, type: 'private', first_name: 'Owner' } as const;
const GROUP = { id: -1005, type: 'supergroup', title: 'Counter' } as const;

const message = (more: Partial<NonNullable<Update['message']>>): Update => ({
  update_id: 1,
  message: { message_id: 5, date: 0, chat: PRIVATE, from: FROM, ...more },
});

const press = (on: NonNullable<Update['callback_query']>['message']): Update => ({
  update_id: 1,
  callback_query: {
    id: '1',
    from: FROM,
    chat_instance: '1',
    data: 't:7',
    ...(on === undefined ? {} : { message: on }),
  },
});

describe('the key of an update', () => {
  it.each<[string, Update, string | undefined]>([
    ['in private', message({}), '7:7:0'],
    ['in a group', message({ chat: GROUP }), '-1005:7:0'],
    ['in a topic', message({ chat: GROUP, message_thread_id: 9, is_topic_message: true }), '-1005:7:9'],
    ['in a thread that is no topic', message({ chat: GROUP, message_thread_id: 9 }), '-1005:7:0'],
    ['of a press', press({ message_id: 5, date: 1, chat: GROUP, from: FROM }), '-1005:7:0'],
    [
      'of a press in a topic',
      press({
        message_id: 5,
        date: 1,
        chat: GROUP,
        message_thread_id: 9,
        is_topic_message: true,
        from: FROM,
      }),
      '-1005:7:9',
    ],
    [
      'of a press on a message too old to be read',
      press({ message_id: 5, date: 0, chat: GROUP }),
      '-1005:7:0',
    ],
    ['of a press without a message', press(undefined), undefined],
    ['of nothing', { update_id: 1 }, undefined],
  ])('%s', (_what, update, key) => {
    expect(keyOf(update)).toBe(key);
  });

  it('is there for a block too, which has no message', () => {
    const member = { user: FROM, status: 'kicked', until_date: 0 } as const;
    const update: Update = {
      update_id: 1,
      my_chat_member: {
        chat: PRIVATE,
        from: FROM,
        date: 0,
        old_chat_member: member,
        new_chat_member: member,
      },
    };
    expect([keyOf(update), personOf(update)?.id, placeOf(update)]).toEqual([
      '7:7:0',
      7,
      { chatId: 7, threadId: null },
    ]);
  });
});

it.each([0.5, 2 ** 53, NaN])(
  'whoever has the id %d is nobody, and what happens there happens nowhere',
  (id) => {
    expect(personOf(message({ from: { ...FROM, id } }))).toBeUndefined();
    expect(placeOf(message({ chat: { ...PRIVATE, id } }))).toBeUndefined();
  },
);

it('an anonymous admin is known by speaking as a chat', () => {
  expect(isAnonymous(message({ chat: GROUP, sender_chat: GROUP }))).toBe(true);
  expect(isAnonymous(message({ chat: GROUP }))).toBe(false);
});

it.each([
  ['Nadia', 'B.', 'Nadia B.'],
  ['a\u0000b\n\u007F', undefined, 'a b'],
  ['\uD800', '😀', '\uFFFD 😀'],
  ['\u0000', 'كريم', 'كريم'],
])('a name has nothing in it that is no text: %j %j', (first_name, last_name, name) => {
  expect(personFrom({ ...FROM, first_name, ...(last_name && { last_name }) }).name).toBe(name);
});

describe('a slim update', () => {
  it('has no keyboard and no old text under a press, but still says where and what', () => {
    const old = { message_id: 5, date: 1, chat: GROUP, from: FROM, text: 'x'.repeat(4000) };
    const update = slim(press(old));
    expect(JSON.stringify(update).length).toBeLessThan(400);
    expect(update.callback_query).toMatchObject({
      data: 't:7',
      message: { message_id: 5, chat: { id: -1005 } },
    });
    expect(keyOf(update)).toBe(keyOf(press(old)));
  });

  it('keeps the topic of a press, and nothing of what was said there', () => {
    const inTopic = press({
      message_id: 5,
      date: 1,
      chat: GROUP,
      message_thread_id: 9,
      is_topic_message: true,
      text: '1234 5678 9012',
    });
    expect(keyOf(slim(inTopic))).toBe('-1005:7:9');
    expect(JSON.stringify(slim(inTopic))).not.toContain('1234');
  });

  it('has the beginning of a long text, with the commands in it', () => {
    const long = message({
      text: `/topup ${'1'.repeat(10_000)}`,
      entities: [
        { type: 'bot_command', offset: 0, length: 6 },
        { type: 'bold', offset: 290, length: 100 },
      ],
    });
    const { text = '', entities } = slim(long).message ?? {};
    expect(text).toHaveLength(300);
    expect(entities).toEqual([{ type: 'bot_command', offset: 0, length: 6 }]);
  });

  it('never ends in half a character', () => {
    const { text = '' } = slim(message({ text: `a${'🌙'.repeat(200)}` })).message ?? {};
    expect(text.isWellFormed()).toBe(true);
    expect(text).toHaveLength(300);
  });

  it('leaves an ordinary text as it is', () => {
    const update = message({ text: '036362608' });
    expect(slim(update)).toBe(update);
  });
});
