// Updates of every kind that Telegram knows and of some that it does not, whole and bent out of shape. Whatever comes, the
// bot has done with it in time, goes on, says nothing that it may not say, and no money moves.

import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { EVERYBODY, onFloor, OWNER, OWNERS, type Floor } from './floor.ts';
import { anyText, bend, bent, oddJson, oddNumber, oddText } from './odd.ts';
import { runs } from './runs.ts';

const id = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom<number>(...EVERYBODY) },
  {
    weight: 1,
    // Among them those that anonymous admins, channels and Telegram itself write under.
    arbitrary: fc.constantFrom(0, -7, 2 ** 31, 2 ** 52 - 1, 2 ** 53, 1_087_968_824, 136_817_688, 777_000),
  },
);

const user = fc.record(
  {
    ...{ id, is_bot: fc.boolean(), first_name: oddText, last_name: oddText, username: fc.string() },
    ...{ language_code: fc.constantFrom('en', 'fr', 'ar', 'ar-DZ', 'xx', ''), is_premium: fc.boolean() },
  },
  { requiredKeys: ['id', 'is_bot', 'first_name'] },
);

/** Where it happens; -1 and -2 stand for the two groups of the floor. */
const chat = fc.oneof(
  { weight: 5, arbitrary: fc.record({ id, type: fc.constant('private'), first_name: oddText }) },
  {
    weight: 4,
    arbitrary: fc.record(
      {
        id: fc.constantFrom(-1, -1, -2),
        type: fc.constantFrom('group', 'supergroup'),
        ...{ title: oddText, is_forum: fc.boolean() },
      },
      { requiredKeys: ['id', 'type'] },
    ),
  },
  {
    weight: 1,
    arbitrary: fc.record({ id: fc.constant(-1001), type: fc.constant('channel'), title: oddText }),
  },
);

const date = fc.constantFrom(0, 1, -1, -(2 ** 31), 2 ** 31, 2 ** 53, 1_795_000_000);
const file = fc.record({ file_id: oddText, file_unique_id: fc.string(), width: fc.nat(), height: fc.nat() });
const entity = fc.record({
  type: fc.constantFrom('bot_command', 'mention', 'text_mention', 'url', 'spoiler', 'nonsense'),
  ...{ offset: fc.integer({ min: -2, max: 9 }), length: fc.integer({ min: -2, max: 9 }) },
});

const said = fc.oneof(
  anyText,
  fc.constantFrom(
    '/start',
    '/topup 036362608 1000',
    '/balance',
    '/cancel',
    '036362608',
    '/deposit 500',
    '1000',
  ),
);

/** What a message can be about, besides its text. */
const content = fc.oneof(
  { weight: 6, arbitrary: fc.record({ text: said, entities: fc.array(entity, { maxLength: 2 }) }) },
  fc.record({ photo: fc.array(file, { maxLength: 3 }), caption: said }),
  fc.record({ sticker: file }),
  fc.record({ voice: file, caption: oddText }),
  fc.record({ document: file, media_group_id: fc.string() }),
  fc.record({ contact: fc.record({ phone_number: oddText, first_name: oddText, user_id: id }) }),
  fc.record({ location: fc.record({ latitude: fc.double(), longitude: fc.double() }) }),
  fc.record({ dice: fc.record({ emoji: oddText, value: fc.integer() }) }),
  fc.record({ new_chat_members: fc.array(user, { maxLength: 2 }) }),
  fc.record({ left_chat_member: user }),
  fc.record({ new_chat_title: oddText }),
  fc.record({ delete_chat_photo: fc.constant(true) }),
  fc.record({ group_chat_created: fc.constant(true) }),
  fc.record({ pinned_message: fc.constant({ message_id: 1, date: 0, chat: { id: 7, type: 'private' } }) }),
  fc.record({
    successful_payment: fc.record({
      ...{ currency: fc.constantFrom('DZD', 'XTR'), total_amount: fc.integer(), invoice_payload: oddText },
      ...{ telegram_payment_charge_id: fc.string(), provider_payment_charge_id: fc.string() },
    }),
  }),
  fc.record({ web_app_data: fc.record({ data: oddText, button_text: oddText }) }),
  fc.record({
    users_shared: fc.record({ request_id: fc.integer(), users: fc.array(user, { maxLength: 2 }) }),
  }),
  fc.record({ forum_topic_created: fc.record({ name: oddText, icon_color: fc.nat() }) }),
  fc.record({ write_access_allowed: fc.constant({}) }),
  fc.record({ unheard_of: oddJson }),
  fc.constant({}),
);

const around = fc.record(
  {
    message_thread_id: fc.constantFrom(0, 1, 5, -1, 2 ** 53),
    is_topic_message: fc.boolean(),
    sender_chat: chat,
    sender_boost_count: fc.nat(),
    via_bot: user,
    forward_origin: fc.oneof(
      fc.record({ type: fc.constant('user'), sender_user: user, date }),
      fc.record({ type: fc.constant('hidden_user'), sender_user_name: oddText, date }),
      fc.record({ type: fc.constant('channel'), chat, message_id: fc.integer(), date }),
    ),
    is_automatic_forward: fc.boolean(),
    reply_to_message: fc.record({ message_id: fc.nat(60), date, chat, from: user, text: oddText }),
    quote: fc.record({ text: oddText, position: fc.integer() }),
    edit_date: date,
    ephemeral_message_id: fc.nat(5),
    author_signature: oddText,
    effect_id: fc.string(),
  },
  { requiredKeys: [] },
);

const message = fc
  .tuple(
    fc.record({ message_id: fc.oneof(fc.nat(99), fc.constantFrom(0, 2 ** 31 - 1)), date, chat }),
    content,
  )
  .chain(([base, about]) =>
    fc.tuple(fc.option(user, { nil: undefined, freq: 8 }), around).map(([from, more]): object => ({
      ...{ ...base, ...about, ...more },
      // In a private chat the writer is the chat, as Telegram has it.
      ...(from === undefined
        ? {}
        : { from: base.chat.type === 'private' ? { ...from, id: base.chat.id } : from }),
    })),
  );

const memberUpdated = fc.record({
  ...{ chat, from: user, date },
  old_chat_member: fc.record({
    status: fc.constantFrom('member', 'left', 'kicked', 'restricted', 'creator'),
    user,
  }),
  new_chat_member: fc.record({
    ...{ status: fc.constantFrom('member', 'administrator', 'left', 'kicked', 'restricted', 'x'), user },
    is_member: fc.boolean(),
  }),
});

const about = fc.record({ id: fc.string(), from: user, chat, user, date });

/** By kind; the words of a real update, whatever they are worth to us. */
const body: fc.Arbitrary<readonly [kind: string, body: unknown]> = fc.oneof(
  { weight: 8, arbitrary: fc.tuple(fc.constant('message'), message) },
  {
    weight: 2,
    arbitrary: fc.tuple(
      fc.constant('callback_query'),
      fc.record(
        {
          ...{ id: fc.string(), from: user, message, chat_instance: fc.string(), data: oddText },
          ...{ inline_message_id: fc.string(), game_short_name: oddText },
        },
        { requiredKeys: ['id', 'from', 'chat_instance'] },
      ),
    ),
  },
  { weight: 2, arbitrary: fc.tuple(fc.constant('my_chat_member'), memberUpdated) },
  fc.tuple(fc.constantFrom('edited_message', 'channel_post', 'edited_channel_post'), message),
  fc.tuple(fc.constantFrom('business_message', 'edited_business_message', 'guest_message'), message),
  fc.tuple(
    fc.constantFrom(
      ...[
        'inline_query',
        'chosen_inline_result',
        'shipping_query',
        'pre_checkout_query',
        'poll',
        'poll_answer',
      ],
      ...[
        'message_reaction',
        'message_reaction_count',
        'chat_join_request',
        'chat_boost',
        'removed_chat_boost',
      ],
      ...[
        'business_connection',
        'deleted_business_messages',
        'purchased_paid_media',
        'managed_bot',
        'nothing',
      ],
    ),
    about,
  ),
  fc.tuple(fc.constantFrom('chat_member', 'my_chat_member'), memberUpdated),
  fc.tuple(fc.constantFrom('message', 'callback_query', 'my_chat_member', 'constructor', ''), oddJson),
);

type Kinds = readonly (readonly [kind: string, body: unknown])[];

/** Now and then two kinds in one update, or none. */
const kinds = fc.oneof(
  { weight: 12, arbitrary: fc.tuple(body) },
  { weight: 1, arbitrary: fc.array(body, { maxLength: 3 }) },
);

/** The groups' real ids in place of those that stand for them. */
function inPlace(value: unknown, floor: Floor): unknown {
  const groups = new Map([
    [-1, floor.group],
    [-2, floor.elsewhere],
  ]);
  const text = JSON.stringify(value, (_key, one: unknown) =>
    typeof one === 'number' ? (groups.get(one) ?? one) : one,
  );
  return JSON.parse(text);
}

const updateOf = (floor: Floor, all: Kinds): unknown =>
  inPlace({ update_id: floor.nextId(), ...Object.fromEntries(all) }, floor);

/** Whether the bot still serves: an owner asks for help and gets it. */
async function expectAlive(floor: Floor): Promise<void> {
  const before = floor.counter.telegram.calls.length;
  const chat = { id: OWNER, type: 'private', first_name: 'Owner' };
  const from = { id: OWNER, is_bot: false, first_name: 'Owner', language_code: 'en' };
  const said = { message_id: 5, date: 1, chat, from, text: '/help' };
  await floor.take([{ update_id: floor.nextId(), message: said }]);
  const sent = floor.counter.telegram.calls.slice(before).filter(({ method }) => method === 'sendMessage');
  expect(sent.map(({ payload }) => payload['chat_id'])).toContain(OWNER);
}

test('an update of any kind ends, is not thrown about, and moves no money', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(kinds, { minLength: 1, maxLength: 25 }), (all) =>
      onFloor(async (floor) => {
        const money = await floor.money();
        for (const one of all) {
          const update = updateOf(floor, one);
          await floor.take([update]);
          expect(await floor.money(), JSON.stringify(update)).toBe(money);
          floor.expectSound();
        }
        await expectAlive(floor);
      }),
    ),
    runs(45),
  );
});

test('an update bent out of any shape keeps nobody else from being served, and moves no money', async () => {
  const bentUpdate = fc.record({ kinds, bends: fc.array(bend, { minLength: 1, maxLength: 4 }) });
  await fc.assert(
    fc.asyncProperty(fc.array(bentUpdate, { minLength: 1, maxLength: 25 }), (all) =>
      onFloor(async (floor) => {
        const money = await floor.money();
        for (const { kinds: some, bends } of all) {
          const update = bent(updateOf(floor, some), bends);
          await floor.take([update]);
          expect(await floor.money(), JSON.stringify(update)).toBe(money);
        }
        floor.expectContained();
        await expectAlive(floor);
      }),
    ),
    runs(45),
  );
});

test('an answer of any shape to a poll stops nothing', async () => {
  const odd = fc.oneof(
    oddJson,
    fc.array(fc.oneof(oddJson, fc.record({ update_id: fc.oneof(oddNumber, fc.nat()), message: oddJson }))),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(odd, { minLength: 1, maxLength: 8 }), (answers) =>
      onFloor(async (floor) => {
        const money = await floor.money();
        for (const one of answers) floor.answer(one);
        await expectAlive(floor);
        expect(await floor.money()).toBe(money);
        floor.expectContained();
      }),
    ),
    runs(25),
  );
});

test('a person who is an owner by a number that only looks like one is none', async () => {
  const almost = fc.oneof(
    fc.constantFrom<unknown>('7', [7], { id: 7 }, 7.000001, -7, true, null, '7 ', 7 + 2 ** 53),
    oddJson.filter((value) => value !== OWNER && value !== 8),
  );
  const deed = fc.constantFrom(
    '/pause',
    '/deposit @nadia 500',
    '/prices',
    '/audit',
    '/allow',
    '/invite agent',
  );
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(almost, deed), { minLength: 1, maxLength: 20 }), (all) =>
      onFloor(async (floor) => {
        const [money, rights] = [await floor.money(), await floor.rights()];
        for (const [from, text] of all) {
          const chat = { id: 99, type: 'private', first_name: 'X' };
          const person = { id: from, is_bot: false, first_name: 'Owner', username: 'owner' };
          await floor.take([
            { update_id: floor.nextId(), message: { message_id: 9, date: 1, chat, from: person, text } },
          ]);
        }
        expect(OWNERS).toContain(OWNER);
        expect([await floor.money(), await floor.rights()]).toEqual([money, rights]);
        floor.expectContained();
        await expectAlive(floor);
      }),
    ),
    runs(12),
  );
});
