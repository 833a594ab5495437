// Servers that don't know such messages, and Telegram when it does not take one: nobody is shown what is another's, and it
// is said in another way.

import { beforeEach, describe, expect, it } from 'vitest';
import { MINUTE } from '../domain/an-order.ts';
import { counterForEach, openCounter, type Counter } from './open-counter.ts';
import { FIGURES, KARIM, LINA, openSeenGroup, plain, PRIVATE, SALIM, type SeenGroup } from './seen-group.ts';

let counter: Counter;
counterForEach((opened) => (counter = opened));
let group: SeenGroup;

describe('what Telegram does not take', () => {
  beforeEach(async () => {
    group = await openSeenGroup(counter, { botIsAdmin: true });
  });
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
    await group.say(KARIM, '/balance');
    expect(group.alone(KARIM)).toEqual([]);
    expect((await group.press(KARIM, 'Show my balance')).text).toBe('Balance: 5 000 DA');
    expect(group.everRead()).not.toMatch(PRIVATE);
  });

  it('is tried again next time', async () => {
    refuse(500, 'Internal Server Error');
    await group.say(KARIM, '/balance');
    await group.say(KARIM, '/balance');
    expect(group.aloneTexts(KARIM)).toEqual(['Balance: 5 000 DA']);
  });

  it('a message that could not be made to say it is taken away', async () => {
    const fault = { kind: 'status', code: 400, description: 'Bad Request: whatever' } as const;
    counter.telegram.faultNext({ method: 'editEphemeralMessageText', fault });
    await group.say(KARIM, '/balance');
    expect((await group.press(KARIM, 'Show my balance')).text).toBe('Balance: 5 000 DA');
    await group.until(() => group.alone(KARIM).length === 0);
  });

  it('a bot that lost its rights meanwhile says it in another way', async () => {
    await group.say(KARIM, '/balance');
    counter.telegram.addBot(group.id, 'member');
    await group.say(LINA, '/balance');
    expect(group.alone(LINA)).toEqual([]);
    expect((await group.press(LINA, 'Voir mon solde')).text).toBe('Solde : 3 000 DA');
  });
});

describe('in a forum', () => {
  beforeEach(async () => {
    group = await openSeenGroup(counter, { botIsAdmin: true, isForum: true });
  });

  it('in a topic that is gone nothing is shown, and the button does it', async () => {
    const topic = counter.telegram.addTopic(group.id, 'Oran');
    counter.telegram.faultNext({
      method: 'sendMessage',
      times: 2,
      fault: { kind: 'status', code: 400, description: 'Bad Request: message thread not found' },
    });
    await group.say(KARIM, '/balance', { threadId: topic });
    expect(group.alone(KARIM)).toEqual([]);
    expect((await group.press(KARIM, 'Show my balance', topic)).text).toBe('Balance: 5 000 DA');
  });
});

describe('a server that has not shown that it knows how', () => {
  beforeEach(async () => {
    group = await openSeenGroup(counter, { botIsAdmin: true });
  });

  it('is given nothing private before it has', async () => {
    await group.say(KARIM, '/balance');
    await group.say(LINA, '/balance');
    expect(group.tries().map(({ payload }) => plain(String(payload['text'])))).toEqual([
      '⏳ One moment.',
      'Solde : 3 000 DA',
    ]);
    expect(group.alone(KARIM)[0]?.edits.map(({ text }) => plain(text))).toEqual(['Balance: 5 000 DA']);
  });

  it('has to show it again after a while without use', async () => {
    await group.say(KARIM, '/balance');
    counter.shop.clock.pass(10 * MINUTE);
    await group.say(KARIM, '/balance');
    expect(group.tries().map(({ payload }) => payload['text'])).toEqual(['⏳ One moment.', '⏳ One moment.']);
  });
});

describe('a server from before such messages', () => {
  const deleted = (): number =>
    counter.telegram.calls.filter(({ method }) => method === 'deleteMessage').length;
  beforeEach(async () => {
    group = await openSeenGroup(counter, { botIsAdmin: true });
  });

  it('shows nobody anything private, and is asked once', async () => {
    counter.telegram.knowEphemeral(false);
    await group.say(KARIM, '/topup 036362608 1000');
    await group.until(() => deleted() === 1);
    await group.press(KARIM, 'Recharge');
    for (const person of [KARIM, LINA]) await group.say(person, '/balance');
    await group.say(SALIM, '/topup 036362608 1000');
    await group.say(LINA, '/topup 036362608');
    expect(group.tries()).toHaveLength(1);
    expect(group.everRead()).toContain('⏳ One moment.');
    expect(group.everRead()).not.toMatch(PRIVATE);
    expect(counter.messages(group.id).map(({ text }) => text)).not.toContain('⏳ One moment.');
  });

  it('still tells everybody what is theirs, behind their buttons', async () => {
    counter.telegram.knowEphemeral(false);
    await group.say(KARIM, '/balance');
    expect((await group.press(KARIM, 'Show my balance')).text).toBe('Balance: 5 000 DA');
    await group.say(KARIM, '/topup 036362608 1000');
    expect((await group.press(KARIM, 'My price and balance')).text).toBe(FIGURES);
    expect(group.everRead()).not.toMatch(PRIVATE);
  });

  it('two at once find out together, and neither is given away', async () => {
    counter.telegram.knowEphemeral(false);
    for (const person of [KARIM, LINA]) counter.telegram.say(person, group.id, '/topup 036362608 1000');
    await counter.handle();
    await group.until(() => deleted() === group.tries().length && deleted() > 0);
    expect(group.everRead()).not.toMatch(PRIVATE);
  });

  it('that took the place of a newer one after a rest is found out in time', async () => {
    await group.say(KARIM, '/balance');
    counter.telegram.knowEphemeral(false);
    counter.shop.clock.pass(10 * MINUTE);
    await group.say(KARIM, '/balance');
    expect(deleted()).toBe(1);
    expect(group.everRead()).not.toMatch(PRIVATE);
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
  group = await openSeenGroup(counter);
  const stop = telegram.onRequest(({ method, payload, phase }) => {
    const isLate =
      phase === 'before' && method === 'sendMessage' && 'ephemeral_message_parameters' in payload;
    if (isLate) shop.clock.pass(15_001);
  });
  await group.say(KARIM, '/topup 036362608');
  await group.press(KARIM, '1 000 DA');
  await group.until(() => group.tries().length === 1);
  expect(group.tries()).toMatchObject([{ ok: false, description: 'Bad Request: BOT_NOT_ADMIN' }]);
  expect(group.alone(KARIM)).toEqual([]);
  stop();
  expect((await group.press(KARIM, 'My price and balance')).text).toBe(FIGURES);
  expect(late.malformed).toEqual([]);
  await late.close();
});

it('in the private chat nothing is shown so', async () => {
  group = await openSeenGroup(counter);
  await counter.say('/topup 036362608 1000', KARIM);
  await counter.say('/balance', KARIM);
  expect(counter.text(KARIM)).toBe('Balance: 5 000 DA');
  expect(group.tries()).toEqual([]);
});
