// Table of contents of the chat: who is let in, and what happens to an update, in this order. The last handlers answer
// whatever nobody before them understood.

import { conversations, createConversation } from '@grammyjs/conversations';
import { Composer, type Bot, type MiddlewareFn } from 'grammy';
import type { User } from 'grammy/types';
import { LostLane, type Dialogues, type People } from '../app/chat-memory.ts';
import { OutcomeUnknown } from '../app/ports.ts';
import type { Standings } from '../app/standing.ts';
import { isRef, type Language } from '../domain/order.ts';
import { languageOf, sentences } from '../i18n/index.ts';
import { plainText } from '../i18n/rich.ts';
import { stepOfNumber } from './answers.ts';
import { BUY, createBuy } from './buy.ts';
import { parse, type Press } from './callback-data.ts';
import type { Chat } from './chat.ts';
import type { Commands } from './commands.ts';
import {
  invitationIn,
  isAnonymous,
  personFrom,
  personOf,
  senderOf,
  speaksToUs,
  type BotContext,
} from './context.ts';
import type { Desk } from './desk.ts';
import { stepOfTopup, type Entry } from './entry.ts';
import type { Feature } from './feature.ts';
import { flowStorage } from './flow-storage.ts';
import type { Notifier } from './notifier.ts';
import type { PeopleSide } from './people.ts';
import { ASK, createQuestion } from './question.ts';
import { MENU } from './steps.ts';

/** What Telegram is asked to send: all that anybody here answers. */
export const ALLOWED_UPDATES = ['message', 'callback_query', 'my_chat_member'] as const;

export interface BotParts {
  readonly desk: Desk;
  readonly entry: Entry;
  readonly commands: Commands;
  /** An owner's verdict on an order in review. */
  readonly settle: (ctx: BotContext, press: Extract<Press, { kind: 'settle' }>) => Promise<void>;
  readonly standings: Standings;
  /** What the shop's features add. */
  readonly features: Required<Feature>;
  /** What happens in a group before anybody is listened to, standing unknown; false when the shop does not serve there. */
  readonly atGroup: (ctx: BotContext) => Promise<boolean>;
  /** Whoever is not let in: a stranger, somebody with an invitation, somebody who asks. */
  readonly atDoor: PeopleSide['atDoor'];
  readonly chat: Chat;
  readonly notifier: Pick<Notifier, 'cameBack' | 'privateCard'>;
  readonly dialogues: Dialogues;
  readonly languageFor: (person: number, clientCode: string | undefined) => Language;
  readonly people: Pick<People, 'heard' | 'hear'>;
  /** A handler failed for a reason of ours. */
  readonly failed: (error: unknown) => void;
}

const toast = (ctx: BotContext, text?: string): Promise<unknown> =>
  ctx.answerCallbackQuery(text === undefined ? {} : { text }).catch(() => undefined);

/** A fault in one update is logged and apologised for; it reaches nobody else. */
const boundary =
  ({ failed, commands }: BotParts): MiddlewareFn<BotContext> =>
  async (ctx, next) => {
    try {
      await next();
    } catch (error) {
      // Another process answers this update by now, or the next start does: nobody is to hear two answers.
      if (error instanceof LostLane || error instanceof OutcomeUnknown) throw error;
      failed(error);
      const sorry = sentences(ctx.language).oops;
      if (ctx.callbackQuery !== undefined) await toast(ctx, plainText(sorry));
      else if (ctx.chat?.type === 'private') await commands.say(ctx, { text: sorry });
    }
  };

/** Keeps the language of a person's app for what is written unasked. */
async function hear({ people, failed }: BotParts, person: User): Promise<void> {
  const language = languageOf(person.language_code);
  if (language !== undefined && people.heard(person.id) !== language)
    await people.hear(person.id, language).catch(failed);
}

/** Who is it, and do we serve here: asked on every update, so that what an owner changed a second ago counts. */
const access =
  (parts: BotParts): MiddlewareFn<BotContext> =>
  async (ctx, next) => {
    const { commands, standings, notifier, languageFor, atGroup, atDoor } = parts;
    const person = personOf(ctx.update);
    if (person === undefined) return;
    ctx.language = languageFor(person.id, person.language_code);
    if (!(await atGroup(ctx))) return;
    if (isAnonymous(ctx.update)) return speaksToUs(ctx) ? commands.anonymous(ctx) : undefined;
    // A link says as what somebody comes in; met before, they would be a customer where access is open.
    const isInvited = invitationIn(ctx) !== undefined;
    ctx.standing = await (isInvited ? standings.of(person.id) : standings.meet(personFrom(person)));
    // Whoever comes in, or asks to, is written to in the language of their app, however soon an owner answers.
    if (ctx.standing.role === null) return atDoor(ctx, () => hear(parts, person));
    void hear(parts, person);
    notifier.cameBack(person.id);
    await next();
  };

/**
 * A button answers to its owner alone; others get a short notice and nothing happens. Every button of ours stands on a
 * message: a press on none has nothing that could be drawn anew.
 */
const ownButtons: MiddlewareFn<BotContext> = async (ctx, next) => {
  if (ctx.callbackQuery === undefined) return next();
  const { data, message } = ctx.callbackQuery;
  const press = data === undefined ? undefined : parse(data);
  const { notYours, staleButton } = sentences(ctx.language);
  if (press !== undefined && press.owner !== ctx.from?.id) await toast(ctx, notYours);
  else if (message === undefined) await toast(ctx, staleButton);
  else await next();
};

const outdated =
  ({ commands }: BotParts): MiddlewareFn<BotContext> =>
  async (ctx, next) => {
    if (ctx.outdatedFlow !== true || ctx.message?.text?.startsWith('/') === true) return next();
    if (ctx.callbackQuery !== undefined) await toast(ctx);
    await commands.say(ctx, { text: sentences(ctx.language).outdated });
  };

const longFlows =
  ({ entry }: BotParts): MiddlewareFn<BotContext> =>
  async (ctx, next) => {
    await next();
    if (ctx.goesOn !== undefined) await entry.enter(ctx, ctx.goesOn, ctx.callbackQuery !== undefined);
  };

function commandHandlers({ desk, commands, entry, features, atDoor }: BotParts): Composer<BotContext> {
  const composer = new Composer<BotContext>();
  for (const [name, handler] of Object.entries(features.commands))
    composer.command(name, (ctx) => handler(ctx, ctx.match));
  for (const [name, handler] of Object.entries(features.ownerCommands))
    composer.command(name, (ctx, next) => (ctx.standing.role === 'owner' ? handler(ctx, ctx.match) : next()));
  // grammY looks for commands in texts alone; a picture of a payment slip carries its command below it.
  composer.chatType('private').on('message:photo', (ctx, next) => {
    const [, name = '', text = ''] =
      /^\/([a-z]+)(?:@\w+)?\s*([\s\S]*)$/.exec(ctx.message.caption ?? '') ?? [];
    const handler = Object.hasOwn(features.commands, name) ? features.commands[name] : undefined;
    return handler === undefined ? next() : handler(ctx, text);
  });
  composer.command('start', (ctx) => {
    // An invitation in the hands of somebody who is in already, and was heard on the way here.
    if (ctx.match.startsWith('i-') && ctx.chat.type === 'private')
      return atDoor(ctx, () => Promise.resolve());
    return ctx.match.startsWith('order-')
      ? commands.status(ctx, ctx.match.slice('order-'.length))
      : commands.welcome(ctx);
  });
  composer.command('help', (ctx) => commands.help(ctx));
  composer.command('topup', (ctx) => entry.enter(ctx, stepOfTopup(ctx.match), false));
  composer.command('balance', (ctx) => commands.balance(ctx));
  composer.command('history', (ctx) => commands.history(ctx));
  composer.command('status', (ctx) => commands.status(ctx, ctx.match));
  composer.command('language', (ctx) => commands.askLanguage(ctx));
  composer.command('cancel', async (ctx) => {
    const waited = await desk.letGo(senderOf(ctx));
    await ((await entry.leave(ctx)) || waited ? commands.cancelled(ctx) : commands.nothingToCancel(ctx));
  });
  return composer;
}

/** False when no feature knows the button, or the presser may not use it (any more). */
async function onFeature(
  { features }: BotParts,
  ctx: BotContext,
  { verb, words }: Extract<Press, { kind: 'do' }>,
): Promise<boolean> {
  const isOwner = ctx.standing.role === 'owner';
  // A forged verb must not find what every object inherits.
  const known = [features.presses, ...(isOwner ? [features.ownerPresses] : [])];
  const handler = known.find((presses) => Object.hasOwn(presses, verb))?.[verb];
  await handler?.(ctx, words);
  return handler !== undefined;
}

async function onPress(parts: BotParts, ctx: BotContext, press: Press | undefined): Promise<void> {
  const { commands, entry, settle } = parts;
  switch (press?.kind) {
    case 'recharge':
      return entry.enter(ctx, MENU, true);
    case 'again':
      if (await entry.again(ctx, press.no)) return;
      break;
    case 'language':
      await toast(ctx);
      return commands.chooseLanguage(ctx, press.language);
    case 'settle':
      if (ctx.standing.role === 'owner') return settle(ctx, press);
      break;
    case 'do':
      if (await onFeature(parts, ctx, press)) return;
      break;
    case 'buy':
    case undefined:
  }
  // The second tap of an impatient thumb on "pay" finds its order placed: nothing to scold.
  const paying = press?.kind === 'buy' && press.action.do === 'pay' && isRef(press.action.ref);
  const placed = paying && (await parts.desk.isPlaced(press.action.ref));
  await toast(ctx, placed ? undefined : sentences(ctx.language).staleButton);
}

function lastWords({ commands, entry }: BotParts): Composer<BotContext> {
  const composer = new Composer<BotContext>();
  const chat = composer.chatType('private');
  chat.on('message:text', async (ctx) => {
    const step = stepOfNumber(ctx.message.text, null);
    await (step === undefined ? commands.notUnderstood(ctx) : entry.enter(ctx, step, false));
  });
  chat.on('message', (ctx) => commands.sendText(ctx));
  return composer;
}

/** Puts the parts together. The bot itself is made by the composition root. */
export function assemble(bot: Bot<BotContext>, parts: BotParts): void {
  bot.use(boundary(parts));
  bot.use(access(parts));
  bot.use(ownButtons);
  bot.use(conversations({ storage: flowStorage(parts.dialogues) }));
  bot.use(outdated(parts));
  bot.use(longFlows(parts));
  bot.use(createConversation(createBuy(parts.desk), BUY));
  const answers = { ...parts.features.answers, ...parts.features.ownerAnswers };
  bot.use(createConversation(createQuestion({ chat: parts.chat, answers }), ASK));
  bot.use(commandHandlers(parts));
  bot.on('callback_query', (ctx) => onPress(parts, ctx, parse(ctx.callbackQuery.data ?? '')));
  bot.use(lastWords(parts));
}
