// What only one person of a group may read is shown to that person in place where Telegram can do that, and in another way
// where it can't; and no server, however old, ever shows it to the others.

import { beforeEach, describe, expect, it } from 'vitest';
import { publishMenus } from '../../src/bot/menus.ts';
import type { ApiCall, ChatMessage, PressAnswer } from '../../src/playground/telegram/server.ts';
import { letIn } from './group-people.ts';
import { counterForEach, openCounter, OWNER, STRANGER, type Counter } from './open-counter.ts';

const [KARIM, LINA, SALIM] = [501, 502, 503];
const FIGURES = 'You pay: 1 000 DA\nBalance: 5 000 DA, then 4 000 DA';
const MINUTE = 60_000;

let counter: Counter;
counterForEach((opened) => (counter = opened));
let group: number;

async function open({ botIsAdmin = false, isForum = false } = {}): Promise<void> {
  await letIn(counter, { id: KARIM, name: 'Karim', role: 'agent', money: 5_000 });
  await letIn(counter, { id: LINA, name: 'Lina', role: 'agent', money: 3_000, languageCode: 'fr' });
  await letIn(counter, { id: SALIM, name: 'Salim', role: 'customer', money: 400 });
  const memberIds = [OWNER, KARIM, LINA, SALIM, STRANGER];
  group = counter.addGroup({ title: 'Counter', isForum, memberIds, botIsAdmin });
  await counter.handle();
}

const plain = (text: string): string =>
  text.replace(/[\u00A0\u202F]/g, ' ').replace(/[\u2068\u2069\u200E]/g, '');

/** What the bot shows this person and nobody else now. */
const alone = (person: number): ChatMessage[] =>
  counter.telegram
    .messages(group, { viewer: person })
    .filter(({ from, deleted, ephemeral }) => from.isBot && !deleted && ephemeral !== undefined);
const aloneTexts = (person: number): string[] => alone(person).map(({ text }) => plain(text));

/** Whatever stood in the group for everybody to read, if only for an instant, buttons and their data included. */
const everRead = (): string =>
  counter.telegram
    .messages(group, { viewer: STRANGER })
    .filter(({ from }) => from.isBot)
    .flatMap(({ original, edits, keyboard }) => [
      ...[original, ...edits].map(({ text }) => plain(text)),
      plain(JSON.stringify([original, ...edits].map((one) => one.keyboard).concat([keyboard]))),
    ])
    .join('\n');
const PRIVATE = /You pay|Vous payez|Balance:|Solde|short|5 000|4 000|3 000|400 DA|600 DA|500000|60000|1111/u;

const isTry = ({ method, payload }: ApiCall): boolean =>
  method === 'sendMessage' && 'ephemeral_message_parameters' in payload;
const tries = (): ApiCall[] => counter.telegram.calls.filter(isTry);

const say = async (person: number, text: string, options: { replyTo?: number; threadId?: number } = {}) => {
  counter.telegram.say(person, group, text, options);
  await counter.handle();
};

/** Presses a button under the last prompt of this person. */
async function press(person: number, label: string, threadId?: number): Promise<PressAnswer> {
  const prompt = counter
    .messages(group)
    .findLast(
      ({ keyboard, threadId: at }) =>
        at === threadId &&
        keyboard.flat().some(({ callback_data: data }) => data?.split(':')[1] === person.toString(36)),
    );
  const shown = prompt?.keyboard.flat().find(({ text }) => plain(text).includes(label));
  const answer = counter.telegram.press(person, group, prompt?.id ?? 0, shown?.text ?? label);
  await counter.handle();
  return { ...(await answer), text: plain((await answer).text ?? '') };
}

const until = (predicate: () => boolean) => counter.telegram.until(predicate);
const shown = (person: number, text: string) => until(() => aloneTexts(person).includes(text));

describe('where the bot is an administrator', () => {
  beforeEach(() => open({ botIsAdmin: true }));

  it('price and balance stand beside the confirmation, for its buyer alone', async () => {
    await say(KARIM, '/topup 036362608 1000');
    await shown(KARIM, FIGURES);
    expect(aloneTexts(LINA)).toEqual([]);
    expect(counter.text(group)).toBe('Check, then pay.\nADSL · 036 •• •• 08\nRecharge: 1 000 DA');
    expect(everRead()).not.toMatch(PRIVATE);
  });

  it('what is missing is told to the buyer alone', async () => {
    await say(SALIM, '/topup 036362608 1000');
    await shown(SALIM, '⚠️ You are 600 DA short: your balance is 400 DA, the price 1 000 DA.');
    expect(counter.text(group)).toContain('The balance does not cover this amount.');
    expect(everRead()).not.toMatch(PRIVATE);
  });

  it('a wrong number is told to the one who sent it, and the others only see the question again', async () => {
    await say(KARIM, '/topup');
    await press(KARIM, 'ADSL / Fibre');
    await say(KARIM, '0472731602', { replyTo: counter.last(group).id });
    expect(aloneTexts(KARIM)).toEqual([
      expect.stringMatching(/^⚠️ 213 472 73 16 02 looks like a 4G LTE line/u),
    ]);
    expect(counter.text(group)).toMatch(/^ADSL \/ Fibre\. Send the line number/u);
    expect(counter.labels(group)[0]).toContain('4G LTE');
  });

  it('/balance is answered in place, and nothing is said to the others', async () => {
    const before = counter.messages(group).length;
    await say(KARIM, '/balance');
    expect(aloneTexts(KARIM)).toEqual(['Balance: 5 000 DA']);
    expect(counter.messages(group)).toHaveLength(before);
  });

  it.each([
    ['is paid', 'Recharge'],
    ['is given up', 'Cancel'],
    ['goes back to the amounts', 'Other amount'],
  ])('what stood beside a confirmation goes when it %s', async (_how, label) => {
    await say(KARIM, '/topup 036362608 1000');
    await shown(KARIM, FIGURES);
    await press(KARIM, label);
    await until(() => alone(KARIM).length === 0);
  });

  it('the balance stays when a purchase goes on', async () => {
    await say(KARIM, '/balance');
    await say(KARIM, '/topup 036362608 1000');
    await shown(KARIM, FIGURES);
    await press(KARIM, 'Cancel');
    await until(() => alone(KARIM).length === 1);
    expect(aloneTexts(KARIM)).toEqual(['Balance: 5 000 DA']);
  });

  it('two agents at once see their own figures, and nothing of each other’s', async () => {
    for (const person of [KARIM, LINA]) counter.telegram.say(person, group, '/topup 036362608 1000');
    await counter.handle();
    await shown(KARIM, FIGURES);
    await shown(LINA, 'Vous payez : 1 000 DA\nSolde : 3 000 DA, puis 2 000 DA');
    expect([alone(KARIM).length, alone(LINA).length]).toEqual([1, 1]);
    expect(alone(STRANGER)).toEqual([]);
  });

  it('a code is never shown so', async () => {
    await say(KARIM, '/topup 036362608 1000');
    await press(KARIM, 'Recharge');
    await counter.work();
    const [order] = counter.shop.store.all();
    counter.shop.topups.set(order?.ref ?? '', { status: { kind: 'fulfilled' } });
    await counter.work();
    expect(counter.text(KARIM)).toContain('Card code: 1111222233334444');
    expect(JSON.stringify(tries())).not.toContain('1111');
    expect(everRead()).not.toMatch(PRIVATE);
  });

  it('an anonymous administrator, who might be anybody, is shown nothing', async () => {
    counter.telegram.anonymousAdminSays(group, '/balance');
    await counter.handle();
    expect(tries()).toEqual([]);
  });
});

describe('in a forum', () => {
  beforeEach(() => open({ botIsAdmin: true, isForum: true }));

  it('it stands in the topic of the purchase, and goes with that one', async () => {
    const [oran, bejaia] = ['Oran', 'Béjaïa'].map((name) => counter.telegram.addTopic(group, name));
    await say(KARIM, '/topup 036362601 500', { threadId: oran ?? 0 });
    await say(KARIM, '/topup 036362602 1000', { threadId: bejaia ?? 0 });
    await until(
      () => alone(KARIM).length === 2 && aloneTexts(KARIM).every((text) => text.startsWith('You pay')),
    );
    expect(alone(KARIM).map(({ threadId }) => threadId)).toEqual([oran, bejaia]);
    await press(KARIM, 'Cancel', oran);
    await until(() => alone(KARIM).length === 1);
    expect(alone(KARIM)).toMatchObject([{ threadId: bejaia }]);
  });

  it('in a topic that is gone nothing is shown, and the button does it', async () => {
    const topic = counter.telegram.addTopic(group, 'Oran');
    counter.telegram.faultNext({
      method: 'sendMessage',
      times: 2,
      fault: { kind: 'status', code: 400, description: 'Bad Request: message thread not found' },
    });
    await say(KARIM, '/balance', { threadId: topic });
    expect(alone(KARIM)).toEqual([]);
    expect((await press(KARIM, 'Show my balance', topic)).text).toBe('Balance: 5 000 DA');
  });
});

describe('where the bot is a plain member', () => {
  beforeEach(() => open());

  it('nothing is tried unasked; a button shows the figures in an alert to the buyer alone', async () => {
    await say(KARIM, '/topup 036362608 1000');
    await until(() => counter.telegram.calls.some(({ method }) => method === 'getChatMember'));
    expect(await press(KARIM, 'My price and balance')).toMatchObject({ alert: true, text: FIGURES });
    await press(KARIM, 'Recharge');
    await say(KARIM, '/topup 036362608 500');
    expect(tries()).toEqual([]);
    expect(counter.telegram.calls.filter(({ method }) => method === 'getChatMember')).toHaveLength(1);
    expect(everRead()).not.toMatch(PRIVATE);
  });

  it('the answer to a press is shown in place', async () => {
    await say(KARIM, '/topup 036362608');
    await press(KARIM, '1 000 DA');
    await shown(KARIM, FIGURES);
    expect(JSON.stringify(tries())).toMatch(/"callback_query_id":"\d+"/u);
    expect(everRead()).not.toMatch(PRIVATE);
  });

  it('what is missing is behind the button', async () => {
    await say(SALIM, '/topup 036362608 1000');
    expect((await press(SALIM, 'My price and balance')).text).toBe(
      '⚠️ You are 600 DA short: your balance is 400 DA, the price 1 000 DA.',
    );
    expect(tries()).toEqual([]);
  });

  it('a wrong number is told in the group, masked', async () => {
    await say(KARIM, '/topup');
    await press(KARIM, 'ADSL / Fibre');
    await say(KARIM, '0472731602', { replyTo: counter.last(group).id });
    expect(counter.text(group)).toContain('213 472 •• •• 02 looks like a 4G LTE line');
    expect(alone(KARIM)).toEqual([]);
  });

  it('/balance is behind a button, which obeys its owner only', async () => {
    await say(KARIM, '/balance');
    expect(counter.text(group)).toBe(
      'Your balance is shown to you alone: by this button, or in the private chat.',
    );
    const { id } = counter.last(group);
    const foreign = counter.telegram.press(LINA, group, id, 'Show my balance');
    await counter.handle();
    expect((await foreign).text).toMatch(/^⛔/u);
    expect(await press(KARIM, 'Show my balance')).toMatchObject({ alert: true, text: 'Balance: 5 000 DA' });
  });

  it('/balance from the menu is seen by nobody else, and answered in place', async () => {
    await publishMenus(counter.bot.api, 'en');
    const asked = counter.telegram.say(KARIM, group, '/balance');
    expect(asked.ephemeral).toBeDefined();
    await counter.handle();
    expect(aloneTexts(KARIM)).toEqual(['Balance: 5 000 DA']);
    expect(counter.telegram.messages(group, { viewer: STRANGER })).toEqual([]);
    expect(tries()).toMatchObject([
      { payload: { reply_parameters: { ephemeral_message_id: asked.ephemeral?.id } } },
    ]);
  });

  it('a hidden command whose answer Telegram refuses gets its button in the open, in answer to nothing', async () => {
    await publishMenus(counter.bot.api, 'en');
    const fault = { kind: 'status', code: 400, description: 'Bad Request: whatever' } as const;
    counter.telegram.faultNext({ method: 'sendMessage', fault });
    await say(KARIM, '/balance');
    expect(counter.last(group)).not.toHaveProperty('replyTo');
    expect((await press(KARIM, 'Show my balance')).text).toBe('Balance: 5 000 DA');
  });

  it('a purchase that comes back by itself answers no press that anybody made', async () => {
    await say(SALIM, '/topup 036362608 1000');
    await counter.say(`/deposit ${SALIM} 2000`, OWNER);
    await counter.press('Put 2 000 DA', OWNER);
    expect(counter.text(group)).toContain('Check, then pay.');
    expect(JSON.stringify(counter.telegram.calls)).not.toContain('"callback_query_id":"own"');
    expect(tries()).toEqual([]);
  });

  it('once it becomes an administrator it is noticed within minutes', async () => {
    await say(KARIM, '/balance');
    counter.telegram.addBot(group, 'administrator');
    await say(KARIM, '/balance');
    expect(alone(KARIM)).toEqual([]);
    counter.shop.clock.pass(10 * MINUTE);
    await say(KARIM, '/balance');
    expect(aloneTexts(KARIM)).toEqual(['Balance: 5 000 DA']);
  });
});

describe('what Telegram does not take', () => {
  beforeEach(() => open({ botIsAdmin: true }));
  const refuse = (code: number, description: string, retryAfter?: number) =>
    counter.telegram.faultNext({
      method: 'sendMessage',
      fault: { kind: 'status', code, description, ...(retryAfter === undefined ? {} : { retryAfter }) },
    });

  it.each([
    ['too late or not allowed', () => refuse(400, 'Bad Request: BOT_NOT_ADMIN')],
    ['for somebody who left', () => refuse(400, 'Bad Request: user not found')],
    ['too many', () => refuse(429, 'Too Many Requests: retry after 30', 30)],
    ['server trouble', () => refuse(500, 'Internal Server Error')],
    ['no line', () => counter.telegram.faultNext({ method: 'sendMessage', fault: { kind: 'drop-before' } })],
  ])('is said in another way: %s', async (_why, trouble) => {
    trouble();
    await say(KARIM, '/balance');
    expect(alone(KARIM)).toEqual([]);
    expect((await press(KARIM, 'Show my balance')).text).toBe('Balance: 5 000 DA');
    expect(everRead()).not.toMatch(PRIVATE);
  });

  it('is tried again next time', async () => {
    refuse(500, 'Internal Server Error');
    await say(KARIM, '/balance');
    await say(KARIM, '/balance');
    expect(aloneTexts(KARIM)).toEqual(['Balance: 5 000 DA']);
  });

  it('a message that could not be made to say it is taken away', async () => {
    const fault = { kind: 'status', code: 400, description: 'Bad Request: whatever' } as const;
    counter.telegram.faultNext({ method: 'editEphemeralMessageText', fault });
    await say(KARIM, '/balance');
    expect((await press(KARIM, 'Show my balance')).text).toBe('Balance: 5 000 DA');
    await until(() => alone(KARIM).length === 0);
  });

  it('a bot that lost its rights meanwhile says it in another way', async () => {
    await say(KARIM, '/balance');
    counter.telegram.addBot(group, 'member');
    await say(LINA, '/balance');
    expect(alone(LINA)).toEqual([]);
    expect((await press(LINA, 'Voir mon solde')).text).toBe('Solde : 3 000 DA');
  });
});

describe('a server that has not shown that it knows how', () => {
  beforeEach(() => open({ botIsAdmin: true }));

  it('is given nothing private before it has', async () => {
    await say(KARIM, '/balance');
    await say(LINA, '/balance');
    expect(tries().map(({ payload }) => plain(String(payload['text'])))).toEqual([
      '⏳ One moment.',
      'Solde : 3 000 DA',
    ]);
    expect(alone(KARIM)[0]?.edits.map(({ text }) => plain(text))).toEqual(['Balance: 5 000 DA']);
  });

  it('has to show it again after a while without use', async () => {
    await say(KARIM, '/balance');
    counter.shop.clock.pass(10 * MINUTE);
    await say(KARIM, '/balance');
    expect(tries().map(({ payload }) => payload['text'])).toEqual(['⏳ One moment.', '⏳ One moment.']);
  });
});

describe('a server from before such messages', () => {
  const deleted = (): number =>
    counter.telegram.calls.filter(({ method }) => method === 'deleteMessage').length;
  beforeEach(() => open({ botIsAdmin: true }));

  it('shows nobody anything private, and is asked once', async () => {
    counter.telegram.knowEphemeral(false);
    await say(KARIM, '/topup 036362608 1000');
    await until(() => deleted() === 1);
    await press(KARIM, 'Recharge');
    for (const person of [KARIM, LINA]) await say(person, '/balance');
    await say(SALIM, '/topup 036362608 1000');
    await say(LINA, '/topup 036362608');
    expect(tries()).toHaveLength(1);
    expect(everRead()).toContain('⏳ One moment.');
    expect(everRead()).not.toMatch(PRIVATE);
    expect(counter.messages(group).map(({ text }) => text)).not.toContain('⏳ One moment.');
  });

  it('still tells everybody what is theirs, behind their buttons', async () => {
    counter.telegram.knowEphemeral(false);
    await say(KARIM, '/balance');
    expect((await press(KARIM, 'Show my balance')).text).toBe('Balance: 5 000 DA');
    await say(KARIM, '/topup 036362608 1000');
    expect((await press(KARIM, 'My price and balance')).text).toBe(FIGURES);
    expect(everRead()).not.toMatch(PRIVATE);
  });

  it('two at once find out together, and neither is given away', async () => {
    counter.telegram.knowEphemeral(false);
    for (const person of [KARIM, LINA]) counter.telegram.say(person, group, '/topup 036362608 1000');
    await counter.handle();
    await until(() => deleted() === tries().length && deleted() > 0);
    expect(everRead()).not.toMatch(PRIVATE);
  });

  it('that took the place of a newer one after a rest is found out in time', async () => {
    await say(KARIM, '/balance');
    counter.telegram.knowEphemeral(false);
    counter.shop.clock.pass(10 * MINUTE);
    await say(KARIM, '/balance');
    expect(deleted()).toBe(1);
    expect(everRead()).not.toMatch(PRIVATE);
  });
});

it('an answer to a press that comes too late is left to the button', async () => {
  const late = await openCounter({
    // Whoever waits lets the time pass.
    strict: (clock) => ({
      fetch,
      sleep: (ms) => {
        clock.pass(ms);
        return Promise.resolve();
      },
    }),
  });
  const { telegram, shop } = late;
  counter = late;
  await open();
  const stop = telegram.onRequest(({ method, payload, phase }) => {
    const isLate =
      phase === 'before' && method === 'sendMessage' && 'ephemeral_message_parameters' in payload;
    if (isLate) shop.clock.pass(15_001);
  });
  await say(KARIM, '/topup 036362608');
  await press(KARIM, '1 000 DA');
  await until(() => tries().length === 1);
  expect(tries()).toMatchObject([{ ok: false, description: 'Bad Request: BOT_NOT_ADMIN' }]);
  expect(alone(KARIM)).toEqual([]);
  stop();
  expect((await press(KARIM, 'My price and balance')).text).toBe(FIGURES);
  expect(late.malformed).toEqual([]);
  await late.close();
});

it('in the private chat nothing is shown so', async () => {
  await open();
  await counter.say('/topup 036362608 1000', KARIM);
  await counter.say('/balance', KARIM);
  expect(counter.text(KARIM)).toBe('Balance: 5 000 DA');
  expect(tries()).toEqual([]);
});
