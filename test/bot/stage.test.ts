// How features speak: where, in whose language, and what happens when Telegram does not take it.

import { describe, expect, it } from 'vitest';
import { createStage } from '../../src/bot/stage.ts';
import { bareContext, GROUP, PERSON, pressing, writing } from './bare-context.ts';
import { writtenChat } from './written-chat.ts';

function openStage() {
  const { chat, written, refusals } = writtenChat();
  return { stage: createStage({ chat, languageOf: () => 'ar' }), written, refusals };
}
const VIEW = { text: 'said' };
const QUESTION = { verb: 'wdep', words: ['20'] };

describe('what is said', () => {
  it('answers in a group what was written there, and in private just follows it', async () => {
    const { stage, written } = openStage();
    for (const chatId of [GROUP, PERSON]) await stage.say(bareContext(writing(chatId)).ctx, VIEW);
    expect(written).toMatchObject([
      { how: 'send', place: { chatId: GROUP }, replyTo: 5 },
      { how: 'send', place: { chatId: PERSON }, replyTo: undefined },
    ]);
  });

  it('stands in place of what was pressed', async () => {
    const { stage, written } = openStage();
    await stage.redraw(bareContext(pressing(PERSON), { language: 'fr' }).ctx, VIEW);
    expect(written).toMatchObject([{ how: 'edit', messageId: 42, language: 'fr' }]);
  });

  it('is said anew where the pressed message is gone', async () => {
    const { stage, written, refusals } = openStage();
    refusals.push({ kind: 'gone' });
    await stage.redraw(bareContext(pressing(PERSON)).ctx, VIEW);
    expect(written).toMatchObject([{ how: 'send', text: 'said' }]);
  });

  it('to somebody else is in the language of that person', async () => {
    const { stage, written } = openStage();
    await stage.tell(99, (language) => ({ text: `in ${language}` }));
    expect(written).toMatchObject([{ place: { chatId: 99, threadId: null }, language: 'ar', text: 'in ar' }]);
  });
});

describe('a press', () => {
  it('that Telegram does not take any more ends nothing', async () => {
    const { stage, written } = openStage();
    const { ctx, calls } = bareContext(pressing(PERSON));
    await stage.toast(ctx, 'too late');
    await stage.alert(ctx, 'to be closed');
    await stage.redraw(ctx, VIEW);
    expect(calls.map(({ payload }) => payload)).toMatchObject([
      { text: 'too late' },
      { text: 'to be closed', show_alert: true },
      { callback_query_id: 'q1' },
    ]);
    expect(written).toHaveLength(1);
  });

  it('that nobody made is not answered', async () => {
    const { ctx, calls } = bareContext(writing(PERSON));
    await openStage().stage.toast(ctx, 'hello');
    expect(calls).toEqual([]);
  });
});

describe('a question', () => {
  it('waits in the message that was pressed, and for nothing else any more', async () => {
    const { stage } = openStage();
    const { ctx, entered } = bareContext(pressing(PERSON));
    await stage.ask(ctx, { verb: 'wcor', words: [] }, VIEW);
    await stage.ask(ctx, QUESTION, VIEW);
    expect(entered).toEqual(['ask', { ...QUESTION, messageId: 42 }]);
  });

  it('that had to be sent anew waits there', async () => {
    const { stage, refusals } = openStage();
    const { ctx, entered } = bareContext(pressing(PERSON));
    refusals.push({ kind: 'gone' });
    await stage.ask(ctx, QUESTION, VIEW);
    expect(entered).toEqual(['ask', { ...QUESTION, messageId: 101 }]);
  });

  it('that Telegram did not take waits all the same', async () => {
    const { stage, refusals } = openStage();
    const { ctx, entered } = bareContext(writing(PERSON));
    refusals.push({ kind: 'passing' });
    await stage.ask(ctx, QUESTION, VIEW);
    expect(entered).toEqual(['ask', { ...QUESTION, messageId: null }]);
  });
});
