// What a window can ask for, and the doing of it. A request of the wrong form never gets here; one that makes no sense
// now (a button that is gone) is an error with a sentence.
import { z } from 'zod';
import type { Backstage } from './picture.ts';
import { NEXT_KINDS } from './outcomes.ts';

const id = z.int();
const money = z.number().min(0).max(100_000_000);
const where = { as: id, chat: id };
const card = z.strictObject({
  value: z.int().positive().max(1_000_000),
  cost: money,
  available: z.boolean(),
});
const next = z.strictObject({ kind: z.enum(NEXT_KINDS), afterSeconds: z.number().min(0).max(86_400) });

/** Everything that can be asked for. */
export const actionShape = z.discriminatedUnion('do', [
  z.strictObject({
    do: z.literal('say'),
    ...where,
    text: z.string().min(1).max(4096),
    replyTo: id.optional(),
  }),
  z.strictObject({ do: z.literal('start'), as: id, payload: z.string().max(64).optional() }),
  z.strictObject({ do: z.literal('send'), ...where, what: z.enum(['photo', 'sticker', 'voice']) }),
  z.strictObject({ do: z.literal('edit'), ...where, message: id, text: z.string().min(1).max(4096) }),
  z.strictObject({ do: z.literal('delete'), chat: id, message: id }),
  z.strictObject({
    do: z.literal('press'),
    ...where,
    message: z.union([id, z.strictObject({ ephemeral: id })]),
    row: id,
    column: id,
  }),
  z.strictObject({ do: z.enum(['block', 'unblock']), as: id }),
  z.strictObject({ do: z.enum(['kick-bot', 'add-bot']), chat: id }),
  z.strictObject({ do: z.literal('balance'), dinars: money }),
  z.strictObject({
    do: z.literal('products'),
    service: z.enum(['ADSL', '4G']),
    products: z.array(card).max(20),
  }),
  z.strictObject({ do: z.literal('next'), next: next.nullable() }),
  z.strictObject({ do: z.literal('outage'), mode: z.union([z.boolean(), z.literal('drop')]) }),
  z.strictObject({ do: z.enum(['finish', 'refund', 'queue']), order: z.string() }),
  z.strictObject({ do: z.enum(['restart-bot', 'kill-bot', 'start-over']) }),
]);

export type Action = z.infer<typeof actionShape>;

/** Does it; the value is what the window that asked gets to see. `cleared` is called once everything is forgotten. */
export async function act(backstage: Backstage, action: Action, cleared: () => void): Promise<unknown> {
  const { telegram, provider, bot, desk } = backstage;
  switch (action.do) {
    case 'say': {
      const { as, chat, text, replyTo } = action;
      telegram.say(as, chat, text, replyTo === undefined ? {} : { replyTo });
      return;
    }
    case 'start':
      telegram.start(action.as, action.payload);
      return;
    case 'send':
      send(backstage, action);
      return;
    case 'edit':
      telegram.editOwn(action.as, action.chat, action.message, action.text);
      return;
    case 'delete':
      telegram.deleteMessage(action.chat, action.message);
      return;
    case 'press': {
      const { as, chat, message, row, column } = action;
      return telegram.press(as, chat, message, { row, column });
    }
    case 'block':
      telegram.block(action.as);
      return;
    case 'unblock':
      telegram.unblock(action.as);
      return;
    case 'kick-bot':
      telegram.kickBot(action.chat);
      return;
    case 'add-bot':
      telegram.addBot(action.chat);
      return;
    case 'balance':
      desk.setBalance(action.dinars);
      return;
    case 'products':
      desk.setProducts(action.service, action.products);
      return;
    case 'next':
      desk.setNext(action.next);
      return;
    case 'outage':
      desk.setOutage(action.mode);
      return;
    case 'finish':
      provider.finish(action.order);
      return;
    case 'refund':
      provider.refund(action.order);
      return;
    case 'queue':
      provider.queue(action.order);
      return;
    case 'restart-bot':
      return bot.restart();
    case 'kill-bot':
      return bot.kill();
    case 'start-over':
      return bot.startOver(() => {
        telegram.startOver();
        desk.startOver();
        cleared();
      });
  }
}

function send({ telegram }: Backstage, { as, chat, what }: Extract<Action, { do: 'send' }>): void {
  if (what === 'photo') telegram.sendPhoto(as, chat);
  else if (what === 'sticker') telegram.sendSticker(as, chat);
  else telegram.sendVoice(as, chat);
}
