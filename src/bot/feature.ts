// What one part of the shop (people, money, prices, groups, desk) adds to the chat: its commands, its buttons, and what it
// does with an answer that it asked for. The bot knows features by this shape alone.

import type { BotContext } from './context.ts';
import { button, type View } from './view.ts';

/** What became of an answer: it was taken, or it is asked for once more with a sentence. */
export type Answered = 'done' | { readonly again: View };

/** What a person sent in answer to a question: a text, or a picture with what is written under it. */
export interface Reply {
  readonly text: string;
  /** Telegram's id of the largest size of a picture. */
  readonly photo: string | null;
}

export type CommandHandler = (ctx: BotContext, text: string) => Promise<void>;

export interface Feature {
  /** By name without the slash; `text` is what stands behind the command. */
  readonly commands?: Readonly<Record<string, CommandHandler>>;
  /** Commands that only owners have; to anybody else they do not exist. */
  readonly ownerCommands?: Readonly<Record<string, CommandHandler>>;
  /** Which of its commands work in groups too; all others send the person to the private chat. */
  readonly inGroups?: readonly string[];
  /** By the verb on the button. Whoever handles one ends its spinner. Words are checked here and nowhere else. */
  readonly presses?: Readonly<Record<string, (ctx: BotContext, words: readonly string[]) => Promise<void>>>;
  /** By the verb of the question; runs outside the replay of the conversation. Must not throw for bad input. */
  readonly answers?: Readonly<
    Record<string, (ctx: BotContext, words: readonly string[], reply: Reply) => Promise<Answered>>
  >;
  /** The same for buttons that only owners have. */
  readonly ownerPresses?: Readonly<
    Record<string, (ctx: BotContext, words: readonly string[]) => Promise<void>>
  >;
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

/** A command that answers in the private chat alone; `elsewhere` says so where others read along. */
export const privateOnly =
  (handler: CommandHandler, elsewhere: (ctx: BotContext) => Promise<void>): CommandHandler =>
  (ctx, text) =>
    ctx.chat?.type === 'private' ? handler(ctx, text) : elsewhere(ctx);

/**
 * Several features as one; a name that two of them use is a bug of ours. A command that its feature does not name in
 * `inGroups` answers in groups with `elsewhere`.
 */
export function joinFeatures(
  features: readonly Feature[],
  elsewhere: (ctx: BotContext) => Promise<void>,
): Required<Feature> {
  const kept = (
    { inGroups = [] }: Feature,
    commands: Readonly<Record<string, CommandHandler>> = {},
  ): Record<string, CommandHandler> =>
    Object.fromEntries(
      Object.entries(commands).map(([name, handler]) => [
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
  return {
    commands: merge((feature) => kept(feature, feature.commands)),
    ownerCommands: merge((feature) => kept(feature, feature.ownerCommands)),
    inGroups: features.flatMap(({ inGroups = [] }) => inGroups),
    ownerPresses: merge((feature) => feature.ownerPresses),
    presses: merge((feature) => feature.presses),
    answers: merge((feature) => feature.answers),
  };
}
