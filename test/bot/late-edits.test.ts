// Edits that got no answer in time: for how long one may still land, on which message, and that nothing makes it longer.

import { describe, expect, it } from 'vitest';
import { watchLateEdits } from '../../src/bot/late-edits.ts';
import { DEADLINE_MS } from '../../src/bot/outgoing-transport.ts';
import { handClock } from '../app/in-memory.ts';
import { MINUTE, SECOND } from '../domain/an-order.ts';
import { writtenChat } from './written-chat.ts';

const PLACE = { chatId: 20, threadId: null };

function watch(slowMs: number) {
  const clock = handClock();
  const { chat: plain } = writtenChat(() => clock.pass(slowMs));
  const unbutton = (): Promise<void> => {
    clock.pass(slowMs);
    return Promise.resolve();
  };
  const late = watchLateEdits({ ...plain, unbutton }, clock.now);
  const edit = (messageId = 42) => late.chat.edit(PLACE, messageId, 'en', { text: 'Check, then pay.' });
  return {
    clock,
    chat: late.chat,
    edit,
    waitMs: (messageId = 42, chatId = 20) => late.waitMs(chatId, messageId),
  };
}

describe('an edit', () => {
  it('that was answered in time can not land any more', async () => {
    const { edit, waitMs } = watch(DEADLINE_MS - 1);
    expect(await edit()).toMatchObject({ ok: true });
    expect(waitMs()).toBe(0);
  });

  it('that was not may land within a minute, on its message alone', async () => {
    const { clock, edit, waitMs } = watch(DEADLINE_MS);
    await edit();
    expect([waitMs(), waitMs(43), waitMs(42, 21)]).toEqual([MINUTE, 0, 0]);
    clock.pass(MINUTE - SECOND);
    expect(waitMs()).toBe(SECOND);
    clock.pass(SECOND);
    expect(waitMs()).toBe(0);
  });

  it('begins that minute anew when it is late again, and keeps that of others', async () => {
    const { edit, waitMs } = watch(DEADLINE_MS);
    await edit(42);
    await edit(43);
    expect([waitMs(42), waitMs(43)]).toEqual([MINUTE - DEADLINE_MS, MINUTE]);
    await edit(42);
    expect(waitMs(42)).toBe(MINUTE);
  });

  it('that takes buttons away counts like any other', async () => {
    const { chat, waitMs } = watch(DEADLINE_MS);
    await chat.unbutton(PLACE, 42);
    expect(waitMs()).toBe(MINUTE);
  });

  it('is not waited for any longer because somebody set the clock back', async () => {
    const { clock, edit, waitMs } = watch(DEADLINE_MS);
    await edit();
    clock.pass(-60 * MINUTE);
    expect(waitMs()).toBe(MINUTE);
  });
});
