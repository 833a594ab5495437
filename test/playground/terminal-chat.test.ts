// What the terminal shows of a chat, and what typed lines do in it. The bot's side is played by hand.
import { expect, test } from 'vitest';
import type { TestContext } from 'vitest';
import { english, french, people } from '../../src/playground/people.ts';
import { startTelegramStandIn } from '../../src/playground/telegram/server.ts';
import { openTerminalChat } from '../../src/playground/terminal-chat.ts';

async function open({ onTestFinished }: TestContext) {
  const telegram = await startTelegramStandIn({ pressTimeoutMs: 1 });
  onTestFinished(() => telegram.close());
  for (const { id, firstName, languageCode } of people) telegram.addPerson({ id, firstName, languageCode });
  for (const { id } of people) telegram.start(id);
  const shown: string[] = [];
  const pressed: string[] = [];
  telegram.on((event) => {
    if (event.type === 'press') pressed.push(event.data);
  });
  const chat = openTerminalChat({ telegram, first: english, print: (text) => shown.push(text), echo: true });
  onTestFinished(chat.close);
  const call = async (method: string, payload: object): Promise<void> => {
    const answer = await fetch(`${telegram.apiRoot}/bot${telegram.token}/${method}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(payload),
    });
    expect(answer.status, await answer.text()).toBe(200);
  };
  const said = (text: string, rows: readonly (readonly string[])[], to = english.id): Promise<void> =>
    call('sendMessage', {
      chat_id: to,
      text,
      reply_markup: {
        inline_keyboard: rows.map((row) => row.map((name) => ({ text: name, callback_data: name }))),
      },
    });
  const last = (): string => shown.at(-1) ?? '';
  return { telegram, chat, call, said, last, shown, pressed };
}

test('a bare number, with or without #, presses a button of the lowest message that has any', async (context) => {
  const { chat, said, last, pressed } = await open(context);
  await said('First', [['a', 'b'], ['c']]);
  expect(last()).toContain('│ 1 [ a ]  2 [ b ]\n  │ 3 [ c ]');
  await said('Second', [['d', 'e']]);
  await said('Third', []);
  await chat.type('2');
  await chat.type('#1');
  expect(pressed).toEqual(['e', 'd']);
});

test('a button of an older message is pressed by the name that is shown before it', async (context) => {
  const { telegram, chat, call, said, last, pressed } = await open(context);
  await said('First', [['a']]);
  const { id } = telegram.lastBotMessage(english.id) ?? { id: 0 };
  await said('Second', [['b']]);
  await call('editMessageText', {
    chat_id: english.id,
    message_id: id,
    text: 'First, changed',
    reply_markup: { inline_keyboard: [[{ text: 'again', callback_data: 'again' }]] },
  });
  expect(last()).toContain(`message ${id}, changed`);
  expect(last()).toContain(`│ #${id}.1 [ again ]`);
  await chat.type(`#${id}.1`);
  expect(pressed).toEqual(['again']);
});

test('longer numbers and commands are sent as text', async (context) => {
  const { telegram, chat, said, pressed } = await open(context);
  await said('Choose', [['a']]);
  for (const line of ['500', '#500', '036 36 26 08', '/topup']) await chat.type(line);
  const own = telegram.messages(english.id).filter(({ from }) => !from.isBot);
  expect(own.map(({ text }) => text)).toEqual(['/start', '500', '#500', '036 36 26 08', '/topup']);
  expect(pressed).toEqual([]);
});

test('a number without its button says which there are', async (context) => {
  const { chat, said, last } = await open(context);
  await chat.type('1');
  expect(last()).toBe('There is no button to press.');
  await said('Choose', [['a', 'b']]);
  await chat.type('3');
  expect(last()).toBe('The buttons are 1 to 2.');
});

test('spoilers stay covered until they are revealed', async (context) => {
  const { chat, call, last } = await open(context);
  await call('sendMessage', {
    chat_id: english.id,
    text: 'Code 1234',
    entities: [{ type: 'spoiler', offset: 5, length: 4 }],
  });
  expect(last()).toContain('│ Code ▒▒▒▒');
  chat.reveal();
  expect(last()).toContain('│ Code 1234');
});

test('buttons that go are told in a line, without the whole message', async (context) => {
  const { telegram, call, said, last } = await open(context);
  await said('Choose', [['a']]);
  const { id } = telegram.lastBotMessage(english.id) ?? { id: 0 };
  await call('editMessageReplyMarkup', { chat_id: english.id, message_id: id });
  expect(last()).toContain(`took the buttons of message ${id} away`);
  expect(last()).not.toContain('Choose');
});

test('what others get is announced, and shown to who becomes them', async (context) => {
  const { chat, said, last, shown } = await open(context);
  await said('Bonjour', [], french.id);
  expect(last()).toMatch(/^\(message \d+ of Nadia is new: :as fr\)$/);
  expect(shown[0]).toBe('You are Sam (en), customer: buys from a wallet, at the face value.');
  chat.become(french);
  expect(shown).toContain('You are Nadia (fr), agent: sells from a wallet, at the price for agents.');
  expect(shown.join('\n')).toContain('│ Bonjour');
});
