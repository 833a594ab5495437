// What several processes write down of an update before it is confirmed: where it belongs, and nothing that nobody reads.

import type { Update } from 'grammy/types';
import { expect, it } from 'vitest';
import type { Incoming } from '../../src/app/lanes.ts';
import { keyOf } from '../../src/bot/context.ts';
import { receiverInto } from '../../src/bot/lane-intake.ts';

const FROM = { id: 7, is_bot: false, first_name: 'Agent' };
const CARD = {
  ...{ message_id: 5, date: 1, chat: { id: 7, type: 'private', first_name: 'Agent' } as const },
  text: '✅ 1234 5678 9012',
};

it('the card that was pressed on, with its code, is not written down', async () => {
  const written: Incoming[] = [];
  const receive = receiverInto(
    { receive: (updates) => Promise.resolve(void written.push(...updates)) },
    keyOf,
  );
  const pressed: Update = {
    ...{ update_id: 3 },
    callback_query: { id: '1', from: FROM, chat_instance: '1', data: 'o:7:12', message: CARD },
  };
  await receive([pressed]);
  expect(JSON.stringify(written)).not.toContain('1234');
  expect(written).toMatchObject([{ id: 3, key: '7:7:0', update: { callback_query: { data: 'o:7:12' } } }]);
});
