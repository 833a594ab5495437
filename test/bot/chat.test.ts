// Messages go out against a strict Telegram; its refusals come back as values, and the SANDBOX mark is never forgotten.

import { Api } from 'grammy';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createChat, type Chat, type Place } from '../../src/bot/chat.ts';
import { button, type View } from '../../src/bot/view.ts';
import { bold, rich } from '../../src/i18n/rich.ts';
import { startTelegramStandIn, type TelegramStandIn } from '../../src/playground/telegram/server.ts';

const PERSON = 7;
const HERE: Place = { chatId: PERSON, threadId: null };
const VIEW: View = {
  text: rich`Order ${bold(1042)}`,
  rows: [[button('Again', { kind: 'recharge', owner: PERSON })]],
};

let telegram: TelegramStandIn;
let chat: Chat;
let sandbox = false;
let malformed: string[];

beforeEach(async () => {
  telegram = await startTelegramStandIn();
  telegram.addPerson({ id: PERSON, firstName: 'Owner' });
  telegram.start(PERSON);
  sandbox = false;
  malformed = [];
  chat = createChat({
    api: new Api(telegram.token, { apiRoot: telegram.apiRoot }),
    sandbox: () => sandbox,
    malformed: (method, description) => void malformed.push(`${method}: ${description}`),
  });
});
afterEach(() => telegram.close());

const last = () => telegram.lastBotMessage(PERSON);

/** The id of a message just sent. */
async function sent(view: View = VIEW, place: Place = HERE): Promise<number> {
  const result = await chat.send(place, 'en', view);
  if (!result.ok) throw new Error(result.failure.kind);
  return result.messageId;
}

describe('a message', () => {
  it('arrives with its entities and buttons, rows without buttons left out', async () => {
    const id = await sent({ ...VIEW, rows: [[], ...(VIEW.rows ?? []), []] });
    expect(last()).toMatchObject({
      id,
      text: 'Order 1042',
      entities: [{ type: 'bold', offset: 6, length: 4 }],
    });
    expect(last()?.keyboard.map((row) => row.length)).toEqual([1]);
  });

  it('without buttons carries no keyboard', async () => {
    await sent({ text: 'plain', rows: [[]] });
    expect(last()).toMatchObject({ text: 'plain', keyboard: [] });
  });

  it('replies, also to a message that is gone', async () => {
    const first = await sent();
    await chat.send(HERE, 'en', VIEW, first);
    expect(last()?.replyTo).toBe(first);
    telegram.deleteMessage(PERSON, first);
    expect(await chat.send(HERE, 'en', VIEW, first)).toMatchObject({ ok: true });
  });

  it('opens the reply field in a group only', async () => {
    const group = telegram.addGroup({ title: 'Counter', memberIds: [PERSON] });
    await sent({ ...VIEW, forceReply: true }, { chatId: group, threadId: null });
    expect(telegram.lastBotMessage(group)?.forceReply).toBe(true);
    await sent({ ...VIEW, forceReply: true });
    expect(last()?.forceReply).toBe(false);
  });

  it('in a topic that is closed goes to the general one', async () => {
    const group = telegram.addGroup({ title: 'Counter', memberIds: [PERSON], isForum: true });
    const threadId = telegram.addTopic(group, 'Recharges');
    await sent(VIEW, { chatId: group, threadId });
    expect(telegram.lastBotMessage(group)?.threadId).toBe(threadId);
    telegram.closeTopic(group, threadId);
    await sent({ text: 'after' }, { chatId: group, threadId });
    const message = telegram.lastBotMessage(group);
    expect([message?.text, message?.threadId]).toEqual(['after', undefined]);
  });
});

describe('an edit', () => {
  it('changes text and buttons', async () => {
    const id = await sent();
    expect(await chat.edit(HERE, id, 'en', { text: 'new' })).toEqual({ ok: true, messageId: id });
    expect(last()).toMatchObject({ text: 'new', keyboard: [], entities: [] });
  });

  it('that changes nothing is a success', async () => {
    const id = await sent();
    expect(await chat.edit(HERE, id, 'en', VIEW)).toEqual({ ok: true, messageId: id });
    expect(malformed).toEqual([]);
  });

  it('of a message that is gone says so', async () => {
    const id = await sent();
    telegram.deleteMessage(PERSON, id);
    expect(await chat.edit(HERE, id, 'en', { text: 'new' })).toEqual({
      ok: false,
      failure: { kind: 'gone' },
    });
  });
});

describe('a refusal', () => {
  it('of a person who blocked the bot', async () => {
    telegram.block(PERSON);
    expect(await chat.send(HERE, 'en', VIEW)).toEqual({ ok: false, failure: { kind: 'unreachable' } });
  });

  it('for flooding says how long to wait', async () => {
    const tooMany = {
      kind: 'status',
      code: 429,
      description: 'Too Many Requests: retry after 9',
      retryAfter: 9,
    } as const;
    telegram.faultNext({ method: 'sendMessage', fault: tooMany });
    expect(await chat.send(HERE, 'en', VIEW)).toEqual({
      ok: false,
      failure: { kind: 'slow-down', waitMs: 9_000 },
    });
  });

  it('because the group became a supergroup says where it is', async () => {
    const group = telegram.addGroup({ title: 'Counter', memberIds: [PERSON] });
    const id = await sent(VIEW, { chatId: group, threadId: null });
    const chatId = telegram.migrate(group);
    const moved = { ok: false, failure: { kind: 'migrated', chatId } };
    expect(await chat.send({ chatId: group, threadId: null }, 'en', VIEW)).toEqual(moved);
    expect((await chat.edit({ chatId: group, threadId: null }, id, 'en', { text: 'x' })).ok).toBe(false);
  });

  it.each([{ kind: 'drop-before' }, { kind: 'html', status: 502 }] as const)(
    'by the network passes: $kind',
    async (fault) => {
      telegram.faultNext({ method: 'sendMessage', fault });
      expect(await chat.send(HERE, 'en', VIEW)).toEqual({ ok: false, failure: { kind: 'passing' } });
    },
  );

  it('of a malformed message is our bug, and is reported as one', async () => {
    expect(await chat.send(HERE, 'en', { text: '' })).toMatchObject({
      ok: false,
      failure: { kind: 'malformed' },
    });
    expect(malformed).toEqual([expect.stringMatching(/^sendMessage: .*empty/)]);
  });
});

describe('the SANDBOX mark', () => {
  it.each([
    ['en', 'SANDBOX · nothing is really recharged'],
    ['fr', 'SANDBOX · rien n’est réellement rechargé'],
    ['ar', 'SANDBOX'],
  ] as const)('stands on top of every message in %s, new or edited', async (language, mark) => {
    sandbox = true;
    const result = await chat.send(HERE, language, VIEW);
    const lines = last()?.text.split('\n') ?? [];
    expect(lines[0]).toContain(mark);
    expect(lines.slice(1)).toEqual(['Order 1042']);
    const bolds = last()?.entities.map(({ offset, length }) => last()?.text.slice(offset, offset + length));
    expect(bolds).toEqual([lines[0], '1042']);
    await chat.edit(HERE, result.ok ? result.messageId : 0, language, { text: 'new' });
    expect(last()?.text).toBe(`${lines[0]}\nnew`);
  });

  it('is not for strangers, and not there with a real key', async () => {
    await sent();
    expect(last()?.text).not.toContain('SANDBOX');
    sandbox = true;
    await sent({ ...VIEW, toStranger: true });
    expect(last()?.text).not.toContain('SANDBOX');
  });
});

describe('small things', () => {
  it('a prompt that gives way loses its buttons, and a second time that is no trouble', async () => {
    const id = await sent();
    await chat.unbutton(HERE, id);
    await chat.unbutton(HERE, id);
    expect(last()).toMatchObject({ text: 'Order 1042', keyboard: [] });
  });

  it('a long call shows typing, and never fails', async () => {
    await chat.typing(HERE);
    expect(telegram.typing(PERSON)).toBe(true);
    telegram.block(PERSON);
    await expect(chat.typing(HERE)).resolves.toBeUndefined();
    await expect(chat.unbutton(HERE, 1)).resolves.toBeUndefined();
  });
});
