// Who is let in, and what happens to an update that nobody before understood.

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LostLane } from '../../src/app/chat-memory.ts';
import { OutcomeUnknown } from '../../src/app/ports.ts';
import { FLOW_VERSION } from '../../src/bot/buy.ts';
import { COLLEAGUE, openCounter, OWNER, STRANGER, type Counter } from './open-counter.ts';

let counter: Counter;
beforeEach(async () => {
  counter = await openCounter();
});
afterEach(async () => {
  expect(counter.malformed).toEqual([]);
  await counter.close();
});

const callbacks = () => counter.telegram.calls.filter(({ method }) => method === 'answerCallbackQuery');

describe('a stranger', () => {
  it('is told his id and how to ask the shop, without any mark of it', async () => {
    counter.shop.topups.sandbox = true;
    for (const text of ['/start', '/topup 036362608 1000', 'hello', '036362608', '/balance']) {
      await counter.say(text, STRANGER);
      expect(counter.text(STRANGER)).toContain(`give the shop your Telegram number: ${STRANGER}`);
      expect(counter.text(STRANGER)).not.toContain('SANDBOX');
    }
    expect(counter.shop.topups.calls).toEqual([]);
    expect(counter.dialogues.kept.size).toBe(0);
  });

  it('in a group hears something only when he speaks to the bot', async () => {
    const group = counter.addGroup({ title: 'Counter', memberIds: [OWNER, STRANGER] });
    await counter.say('/topup', STRANGER, group);
    expect(counter.messages(group)).toHaveLength(1);
    await counter.say('thanks', STRANGER, group, counter.last(group).id);
    expect(counter.messages(group)).toHaveLength(1);
  });

  it('who presses a button gets a short notice, and nothing happens', async () => {
    const group = counter.addGroup({ title: 'Counter', memberIds: [OWNER, STRANGER] });
    await counter.say('/topup 036362608 1000', OWNER, group);
    const before = counter.last(group);
    const answer = await counter.press('Recharge 1 000 DA', STRANGER, group);
    expect(answer).toMatchObject({
      answered: true,
      text: '⛔ This button belongs to the person who is ordering.',
    });
    expect(counter.last(group)).toEqual(before);
    expect(counter.shop.store.all()).toEqual([]);
  });
});

describe('an anonymous admin', () => {
  it('is told why he can not order, when he asks', async () => {
    const group = counter.addGroup({ title: 'Counter', memberIds: [OWNER] });
    counter.telegram.anonymousAdminSays(group, '/topup');
    await counter.handle();
    expect(counter.text(group)).toContain('Turn off anonymity');
    expect(counter.dialogues.kept.size).toBe(0);
  });
});

describe('a button', () => {
  it('of somebody else gets a short notice in the language of who pressed', async () => {
    const group = counter.addGroup({ title: 'Counter', memberIds: [OWNER, COLLEAGUE] });
    await counter.say('/topup', OWNER, group);
    const answer = await counter.press('ADSL', COLLEAGUE, group);
    expect(answer.text).toBe('⛔ Ce bouton est réservé à la personne qui commande.');
  });

  it.each(['', 'nonsense', 'b:7:f1:zz', 'b:7:oldflow:p:t0000001', 'a:7:999999', 'x'.repeat(64)])(
    'with foreign or old data (%j) is answered kindly',
    async (data) => {
      await counter.say('/start');
      const { id } = counter.last();
      const pressing = counter.telegram.pressStale(OWNER, OWNER, id, data);
      await counter.handle();
      expect(await pressing).toMatchObject({ text: 'This button is no longer in use. /topup starts again.' });
      expect(counter.failures).toEqual([]);
    },
  );

  it('of a finished purchase is answered kindly', async () => {
    await counter.say('/topup 036362608 1000');
    const { id, keyboard } = counter.last();
    const data = keyboard.flat().find(({ text }) => text.includes('Cancel'))?.callback_data ?? '';
    await counter.press('Cancel');
    const pressing = counter.telegram.pressStale(OWNER, OWNER, id, data);
    await counter.handle();
    expect((await pressing).text).toContain('no longer in use');
  });

  it('is answered every time it is pressed', async () => {
    await counter.say('/topup');
    await counter.press('ADSL / Fibre');
    await counter.press('Back');
    await counter.press('Cancel');
    expect(callbacks()).toHaveLength(3);
    expect(callbacks().every(({ ok }) => ok)).toBe(true);
  });
});

describe('a flow of an earlier version of the bot', () => {
  beforeEach(async () => {
    await counter.say('/topup');
    const [key = '', state] = [...counter.dialogues.kept][0] ?? [];
    const old = JSON.stringify(state).replaceAll(`,${FLOW_VERSION}]`, `,${FLOW_VERSION + 1}]`);
    expect(old).not.toBe(JSON.stringify(state));
    await counter.dialogues.write(key, JSON.parse(old), 0);
  });

  it('says so kindly, takes nothing, and starts again', async () => {
    await counter.say('036362608');
    expect(counter.text()).toBe(
      'The bot was updated in the meantime. Nothing was taken. /topup starts again.',
    );
    expect(counter.dialogues.kept.size).toBe(0);
    await counter.say('036362608');
    expect(counter.text()).toContain('Line found');
    expect(counter.failures).toEqual([]);
  });

  it('ends its button’s spinner too', async () => {
    const answer = await counter.press('ADSL / Fibre');
    expect(answer.answered).toBe(true);
    expect(counter.text()).toContain('The bot was updated');
  });

  it('does not stand in the way of a command', async () => {
    await counter.say('/balance');
    expect(counter.text()).toContain('Balance: 100 000 DA');
  });
});

describe('an error of ours', () => {
  it('is logged, apologised for, and reaches nobody else', async () => {
    const whole = { ...counter.shop.store };
    Object.assign(counter.shop.store, { history: () => Promise.reject(new Error('a bug')) });
    await counter.say('/history');
    expect(counter.text()).toBe('⚠️ Something went wrong here. Orders already paid go on. Try again.');
    expect(counter.failures).toMatchObject([{ message: 'a bug' }]);
    await counter.say('/help', COLLEAGUE);
    expect(counter.text(COLLEAGUE)).toContain('Envoyez un numéro');
    Object.assign(counter.shop.store, whole);
    await counter.say('/history');
    expect(counter.text()).toContain('No orders yet');
  });

  it('behind a button is a short notice, and the purchase can go on', async () => {
    await counter.say('036362608');
    const whole = { ...counter.shop.counter };
    Object.assign(counter.shop.counter, { quote: () => Promise.reject(new Error('a bug')) });
    await counter.press('1 000 DA');
    expect(counter.failures).toHaveLength(1);
    Object.assign(counter.shop.counter, whole);
    await counter.say('036362608');
    expect(counter.text()).toContain('Line found');
  });
});

describe('last words', () => {
  it.each([
    ['thank you', 'I did not recognise a line number'],
    ['/nonsense', 'I did not recognise a line number'],
    ['🙂', 'I did not recognise a line number'],
    ['x'.repeat(4096), 'I did not recognise a line number'],
  ])('%s is answered kindly', async (text, told) => {
    await counter.say(text);
    expect(counter.text()).toContain(told);
    expect(counter.labels()).toEqual(['[Recharge a line]']);
  });

  it('media are asked for as text, edited messages and talk in a group are left alone', async () => {
    counter.telegram.sendPhoto(OWNER, OWNER, '036362608');
    await counter.handle();
    expect(counter.text()).toContain('as a text message');
    const said = counter.telegram.say(OWNER, OWNER, 'hello');
    await counter.handle();
    const before = counter.messages().length;
    counter.telegram.editOwn(OWNER, OWNER, said.id, '036362608');
    const group = counter.addGroup({ title: 'Counter', memberIds: [OWNER] });
    counter.telegram.say(OWNER, group, '036362608');
    await counter.handle();
    expect(counter.messages()).toHaveLength(before);
    expect(counter.messages(group)).toEqual([]);
    expect(counter.failures).toEqual([]);
  });
});

it('a press on no message of ours is answered, whatever its button', async () => {
  for (const data of ['t:7', 'b:7:f1:x', 'l:7:fr', 'a:7:1042', 'd:7:hprices', 'o:7:1042:f:1', 'nothing'])
    await counter.bot.handleUpdate({
      update_id: 900_000,
      callback_query: {
        ...{ id: data, chat_instance: '1', inline_message_id: 'i1', data },
        from: { id: OWNER, is_bot: false, first_name: 'X', language_code: 'en' },
      },
    });
  expect(callbacks().map(({ payload }) => payload['text'])).toEqual(
    Array.from({ length: 7 }, () => 'This button is no longer in use. /topup starts again.'),
  );
});

it('the owner who writes again is shown what could not be shown', async () => {
  await counter.say('/topup 036362608 1000');
  await counter.press('Pay');
  counter.telegram.block(OWNER);
  await counter.work();
  const [blocked] = counter.shop.store.all();
  expect(blocked?.message.tries).toBeGreaterThan(0);
  counter.telegram.unblock(OWNER);
  await counter.say('/help');
  await counter.show();
  expect(counter.messages().some(({ text }) => text.includes('in progress'))).toBe(true);
});

describe('an update that is answered elsewhere', () => {
  it.each<readonly [string, Error]>([
    ['by another process', new LostLane('7')],
    ['by the next start, which knows what this one could not hear', new OutcomeUnknown(new Error('gone'))],
  ])('%s is no fault here, and nobody hears of it', async (_, fault) => {
    vi.spyOn(counter.dialogues, 'read').mockImplementation(() => {
      throw fault;
    });
    await expect(counter.say('/start')).rejects.toThrow();
    expect([counter.messages(), counter.failures]).toEqual([[], []]);
  });
});
