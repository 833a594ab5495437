// The one message that shows an order: where it is put, what of it a group sees, and when its end is said aloud.

import { describe, expect, it } from 'vitest';
import { createOrderMessages } from '../../src/bot/order-message.ts';
import type { Order, SealedCode } from '../../src/domain/order.ts';
import { ANNOUNCE_AFTER_MS } from '../../src/domain/schedule.ts';
import { plainVault } from '../app/in-memory.ts';
import { inState, NOW } from '../domain/an-order.ts';
import { textOf } from './read-view.ts';
import { writtenChat } from './written-chat.ts';

const CODE = '1111222233334444';
const GROUP = -100_5;

function openMessages(
  open: (code: SealedCode) => string | undefined = (code) => plainVault.open(code, DONE.ref),
) {
  const { chat, written, refusals } = writtenChat();
  const messages = createOrderMessages({
    ...{ chat, vault: { ...plainVault, open } },
    privateLink: ({ no }) => `https://t.me/shop?start=order-${no}`,
  });
  return { messages, written, refusals };
}

/** Where the order is shown. */
const shownIn = (order: Order, chatId: number, messageId: number | null = 42): Order => ({
  ...order,
  message: { ...order.message, chatId, messageId },
});
/** Delivered after a minute. */
const DONE: Order = { ...inState('fulfilled'), confirmedAt: NOW - ANNOUNCE_AFTER_MS };

describe('the message of an order', () => {
  it('is edited where it stands; nothing but its end goes before what others wait for', async () => {
    const { messages, written } = openMessages();
    await messages.put(inState('handling'), false);
    await messages.put(DONE, false);
    expect(written).toMatchObject([
      { how: 'edit', messageId: 42, weight: 'progress' },
      { how: 'edit', messageId: 42, weight: 'end' },
    ]);
  });

  it.each(['gone', 'topic-gone'] as const)('is sent anew where the old one is %s', async (kind) => {
    const { messages, written, refusals } = openMessages();
    refusals.push({ kind });
    expect(await messages.put(DONE, false)).toEqual({ ok: true, messageId: 101 });
    expect(written).toMatchObject([{ how: 'send' }]);
  });

  it.each(['unreachable', 'passing'] as const)(
    'is not sent a second time when an edit is %s',
    async (kind) => {
      const { messages, written, refusals } = openMessages();
      refusals.push({ kind });
      expect(await messages.put(DONE, false)).toEqual({ ok: false, failure: { kind } });
      expect(written).toEqual([]);
    },
  );

  it('in a group holds no code, no price and no whole number', async () => {
    const { messages, written } = openMessages();
    await messages.put(shownIn(DONE, GROUP), false);
    await messages.put(shownIn(DONE, DONE.buyer), false);
    const [group, mine] = written.map(({ text }) => text);
    expect(mine).toContain(CODE);
    expect(group).not.toMatch(/1111|980|036362608/);
  });
});

describe('the code', () => {
  it('that can not be opened is none, and the card is drawn without it', () => {
    const { messages } = openMessages(() => undefined);
    expect(messages.codeOf(DONE)).toBeNull();
    expect(textOf(messages.privateCard(DONE))).not.toContain('sealed');
  });

  it('of an order that is not delivered is not looked for', () => {
    const { messages } = openMessages(() => CODE);
    expect(messages.codeOf(inState('refunded'))).toBeNull();
    expect(messages.codeOf(DONE)).toBe(CODE);
  });
});

describe('the end of an order', () => {
  const said = async (order: Order, messageId = 42) => {
    const { messages, written } = openMessages();
    await messages.announce(order, messageId);
    return written;
  };

  it('that took a minute is said aloud below its card, and could be spared', async () => {
    const aloud = await said(shownIn(DONE, GROUP));
    expect(aloud).toMatchObject([{ how: 'send', place: { chatId: GROUP }, replyTo: 42, weight: 'spare' }]);
    expect(aloud[0]?.text).not.toMatch(/1111|980|036362608/);
  });

  it('is not, when it came sooner, is none, or came in a message of its own', async () => {
    expect(await said({ ...DONE, confirmedAt: DONE.confirmedAt + 1 })).toEqual([]);
    expect(await said({ ...inState('handling'), confirmedAt: 0 })).toEqual([]);
    expect(await said(DONE, 101)).toEqual([]);
  });

  it('is said once, whatever the disk knows, until it is on disk', async () => {
    const { messages, written } = openMessages();
    await messages.announce(DONE, 42);
    await messages.announce(DONE, 42);
    expect(written).toHaveLength(1);
    messages.forget(DONE.ref);
    await messages.announce(DONE, 42);
    expect(written).toHaveLength(2);
  });

  it('that gave the money back does not sound like a delivery', async () => {
    const [back] = await said({ ...inState('refunded'), confirmedAt: 0 });
    const [done] = await said(DONE);
    expect(back?.text).toMatch(/^↩️/u);
    expect(done?.text).toMatch(/^✅/u);
  });
});
