// What several processes write down of an update before it is confirmed: where it belongs, and nothing that nobody reads.

import { expect, it } from 'vitest';
import type { Incoming } from '../../src/app/lanes.ts';
import { keyOf } from '../../src/bot/context.ts';
import { receiverInto } from '../../src/bot/lane-intake.ts';

const FROM = { id: 7, is_bot: false, first_name: 'Agent' };
const CARD = {
  ...{ message_id: 5, date: 1, chat: { id: 7, type: 'private', first_name: 'Agent' } as const },
  text: '✅ 1234 5678 9012',
};

async function received(update: { readonly update_id: number }): Promise<readonly Incoming[]> {
  const written: Incoming[] = [];
  const lanes = {
    receive: (updates: readonly Incoming[]): Promise<void> => {
      written.push(...updates);
      return Promise.resolve();
    },
  };
  await receiverInto(lanes, keyOf)([update]);
  return written;
}

it('the card that was pressed on, with its code, is not written down', async () => {
  const pressed = {
    update_id: 3,
    callback_query: { id: '1', from: FROM, chat_instance: '1', data: 'o:7:12', message: CARD },
  };
  const written = await received(pressed);
  expect(JSON.stringify(written)).not.toContain('1234');
  expect(written).toMatchObject([{ id: 3, key: '7:7:0', update: { callback_query: { data: 'o:7:12' } } }]);
});

it('nor is the one that is answered: whose it was is', async () => {
  const { chat } = CARD;
  const answer = {
    update_id: 4,
    message: {
      ...{ message_id: 6, date: 2, chat, from: FROM, text: 'thanks' },
      ...{ reply_to_message: { ...CARD, from: FROM }, quote: { text: '1234 5678', position: 2 } },
    },
  };
  const written = await received(answer);
  expect(JSON.stringify(written)).not.toContain('1234');
  expect(written).toMatchObject([
    { update: { message: { text: 'thanks', reply_to_message: { message_id: 5, from: FROM } } } },
  ]);
});
