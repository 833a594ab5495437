// What a window can ask for, each with its form and the doing of it. A request of another form is not one; one that makes
// no sense now (a button that is gone) is an error with a sentence.
import { z } from 'zod';
import type { Backstage } from './picture.ts';
import { NEXT_KINDS } from './outcomes.ts';

/** Does what was asked; the value is what the window that asked gets to see. `cleared` hears that all is forgotten. */
export type Doing = (backstage: Backstage, cleared: () => void) => unknown;

const id = z.int();
const money = z.number().min(0).max(100_000_000);
const text = z.string().min(1).max(4096);
const where = { as: id, chat: id };
const message = z.union([id, z.strictObject({ ephemeral: id })]);
const service = z.enum(['ADSL', '4G']);
const mode = z.union([z.boolean(), z.literal('drop')]);
const order = z.string();
const card = z.strictObject({
  value: z.int().positive().max(1_000_000),
  cost: money,
  available: z.boolean(),
});
const next = z.strictObject({ kind: z.enum(NEXT_KINDS), afterSeconds: z.number().min(0).max(86_400) });

/** Reads what was asked; undefined when it has another form. */
type Action = (asked: unknown) => Doing | undefined;

function action<Form extends z.ZodRawShape>(
  form: Form,
  run: (backstage: Backstage, asked: z.output<z.ZodObject<Form>>, cleared: () => void) => unknown,
): Action {
  const shape = z.strictObject(form);
  return (given) => {
    const { success, data } = shape.safeParse(given);
    return success ? (backstage, cleared) => run(backstage, data, cleared) : undefined;
  };
}

/** Everything that can be asked for, by what stands in `do`. */
const actions: Readonly<Record<string, Action>> = {
  start: action(
    { as: id, payload: z.string().max(64).optional() },
    ({ telegram }, { as, payload }) => void telegram.start(as, payload),
  ),
  say: action(
    { ...where, text, replyTo: id.optional() },
    ({ telegram }, { as, chat, replyTo, ...said }) =>
      void telegram.say(as, chat, said.text, replyTo === undefined ? {} : { replyTo }),
  ),
  photo: action(where, ({ telegram }, { as, chat }) => void telegram.sendPhoto(as, chat)),
  sticker: action(where, ({ telegram }, { as, chat }) => void telegram.sendSticker(as, chat)),
  voice: action(where, ({ telegram }, { as, chat }) => void telegram.sendVoice(as, chat)),
  edit: action({ ...where, message: id, text }, ({ telegram }, { as, chat, ...own }) =>
    telegram.editOwn(as, chat, own.message, own.text),
  ),
  delete: action({ chat: id, message: id }, ({ telegram }, { chat, ...gone }) =>
    telegram.deleteMessage(chat, gone.message),
  ),
  press: action(
    { ...where, message, row: id, column: id },
    ({ telegram }, { as, chat, row, column, ...on }) => telegram.press(as, chat, on.message, { row, column }),
  ),
  block: action({ as: id }, ({ telegram }, { as }) => telegram.block(as)),
  unblock: action({ as: id }, ({ telegram }, { as }) => telegram.unblock(as)),
  'kick-bot': action({ chat: id }, ({ telegram }, { chat }) => telegram.kickBot(chat)),
  'add-bot': action({ chat: id }, ({ telegram }, { chat }) => telegram.addBot(chat)),
  balance: action({ dinars: money }, ({ desk }, { dinars }) => desk.setBalance(dinars)),
  products: action({ service, products: z.array(card).max(20) }, ({ desk }, { service: which, products }) =>
    desk.setProducts(which, products),
  ),
  next: action({ next: next.nullable() }, ({ desk }, asked) => desk.setNext(asked.next)),
  outage: action({ mode }, ({ desk }, asked) => desk.setOutage(asked.mode)),
  finish: action({ order }, ({ provider }, asked) => void provider.finish(asked.order)),
  refund: action({ order }, ({ provider }, asked) => void provider.refund(asked.order)),
  queue: action({ order }, ({ provider }, asked) => void provider.queue(asked.order)),
  'restart-bot': action({}, ({ bot }) => bot.restart()),
  'kill-bot': action({}, ({ bot }) => bot.kill()),
  'start-over': action({}, ({ bot, telegram, desk }, _asked, cleared) =>
    bot.startOver(() => {
      telegram.startOver();
      desk.startOver();
      cleared();
    }),
  ),
};

const named = z.looseObject({ do: z.string() });

/** What was asked for, ready to be done; undefined when it is not something one can do. */
export function readAction(asked: unknown): Doing | undefined {
  const { success, data } = named.safeParse(asked);
  if (!success || !Object.hasOwn(actions, data.do)) return undefined;
  const { do: name, ...rest } = data;
  return actions[name]?.(rest);
}
