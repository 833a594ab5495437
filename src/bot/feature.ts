// What one part of the shop (people, money, prices, groups, desk) adds to the chat: its commands, its buttons, and what it
// does with an answer that it asked for. The bot knows features by this shape alone.

import type { BotContext } from './context.ts';
import { button, type View } from './view.ts';

/** What became of an answer: it was taken, or it is asked for once more with a sentence; `words` are the question's then. */
export type Answered = 'done' | { readonly again: View; readonly words?: readonly string[] };

/** What a person sent in answer to a question: a text, or a picture with what is written under it. */
export interface Reply {
  readonly text: string;
  /** Telegram's id of the largest size of a picture. */
  readonly photo: string | null;
}

export type CommandHandler = (ctx: BotContext, text: string) => Promise<void>;

export type PressHandler = (ctx: BotContext, words: readonly string[]) => Promise<void>;

export type AnswerHandler = (ctx: BotContext, words: readonly string[], reply: Reply) => Promise<Answered>;

export interface Feature {
  /** By name without the slash; `text` is what stands behind the command. */
  readonly commands?: Readonly<Record<string, CommandHandler>>;
  /** Commands that only owners have; to anybody else they do not exist. */
  readonly ownerCommands?: Readonly<Record<string, CommandHandler>>;
  /** Which of its commands work in groups too; all others send the person to the private chat. */
  readonly inGroups?: readonly string[];
  /** By the verb on the button, in private chats. Whoever handles one ends its spinner. Words are checked here and nowhere else. */
  readonly presses?: Readonly<Record<string, PressHandler>>;
  /** Which of these buttons stand in groups too; a press there on any other was made by hand. */
  readonly pressedInGroups?: readonly string[];
  /** By the verb of the question; runs outside the replay of the conversation. Must not throw for bad input. */
  readonly answers?: Readonly<Record<string, AnswerHandler>>;
  /** The same for buttons that only owners have, in their private chats. */
  readonly ownerPresses?: Readonly<Record<string, PressHandler>>;
  /** The same for questions that only owners are asked; such a question can outlive its owner's role. */
  readonly ownerAnswers?: Readonly<Record<string, AnswerHandler>>;
}

/** A button of a feature; the words are joined into callback data of 64 bytes at the most. */
export const featureButton = (
  text: string,
  owner: number,
  verb: string,
  words: readonly (string | number)[] = [],
  style?: 'primary' | 'success' | 'danger',
) => button(text, { kind: 'do', owner, verb, words: words.map(String) }, style);

/** A Telegram id (people positive, groups negative) from a button's word; undefined for anything else. */
export const idOf = (word: string | undefined): number | undefined =>
  word !== undefined && /^-?[1-9][0-9]{0,15}$/.test(word) ? Number(word) : undefined;

/** What is said instead of an answer: where others read along, and to whoever is no owner any more. */
export interface Instead {
  readonly ofCommand: (ctx: BotContext) => Promise<void>;
  readonly ofPress: (ctx: BotContext) => Promise<void>;
  readonly ofAnswer: (ctx: BotContext) => Promise<void>;
}

/** A command or a button that answers in the private chat alone. */
const privateOnly =
  <W>(
    handler: (ctx: BotContext, words: W) => Promise<void>,
    elsewhere: (ctx: BotContext) => Promise<void>,
  ): ((ctx: BotContext, words: W) => Promise<void>) =>
  (ctx, words) =>
    ctx.chat?.type === 'private' ? handler(ctx, words) : elsewhere(ctx);

const ownersOnly =
  (handler: AnswerHandler, otherwise: (ctx: BotContext) => Promise<void>): AnswerHandler =>
  async (ctx, words, reply) => {
    if (ctx.standing.role === 'owner') return handler(ctx, words, reply);
    await otherwise(ctx);
    return 'done';
  };

const each = <T>(all: Readonly<Record<string, T>>, wrap: (one: T) => T): Record<string, T> =>
  Object.fromEntries(Object.entries(all).map(([name, one]) => [name, wrap(one)]));

/**
 * Several features as one; a name that two of them use is a bug of ours. A command or a button that its feature does not
 * name as one for groups, and every button of owners, works in private chats alone.
 */
export function joinFeatures(features: readonly Feature[], instead: Instead): Required<Feature> {
  /** Those that are not for groups are said no to there. */
  const kept = <W>(
    handlers: Readonly<Record<string, (ctx: BotContext, words: W) => Promise<void>>> = {},
    inGroups: readonly string[] = [],
    elsewhere: (ctx: BotContext) => Promise<void>,
  ): Record<string, (ctx: BotContext, words: W) => Promise<void>> =>
    Object.fromEntries(
      Object.entries(handlers).map(([name, handler]) => [
        name,
        inGroups.includes(name) ? handler : privateOnly(handler, elsewhere),
      ]),
    );
  const merge = <T>(
    pick: (feature: Feature) => Readonly<Record<string, T>> | undefined,
  ): Record<string, T> => {
    const all: Record<string, T> = {};
    for (const feature of features)
      for (const [name, handler] of Object.entries(pick(feature) ?? {})) {
        if (name in all) throw new Error(`two features use the name ${name}`);
        all[name] = handler;
      }
    return all;
  };
  const ownerAnswers = each(
    merge((feature) => feature.ownerAnswers),
    (handler) => ownersOnly(handler, instead.ofAnswer),
  );
  return {
    commands: merge(({ commands, inGroups }) => kept(commands, inGroups, instead.ofCommand)),
    ownerCommands: merge(({ ownerCommands, inGroups }) => kept(ownerCommands, inGroups, instead.ofCommand)),
    inGroups: features.flatMap(({ inGroups = [] }) => inGroups),
    pressedInGroups: features.flatMap(({ pressedInGroups = [] }) => pressedInGroups),
    ownerPresses: each(
      merge((feature) => feature.ownerPresses),
      (handler) => privateOnly(handler, instead.ofPress),
    ),
    presses: merge(({ presses, pressedInGroups }) => kept(presses, pressedInGroups, instead.ofPress)),
    answers: merge((feature) => feature.answers),
    ownerAnswers,
  };
}
