// What nobody asked for just now says whose it is, where others read along: a purchase that comes back by itself calls its
// buyer by name.

import { lines, mention, type Rich } from '../i18n/rich.ts';
import { walletsSentences } from '../i18n/wallets/index.ts';
import { isOwnPress, personFrom, placeOf, type BotContext } from './context.ts';
import type { Prompts } from './prompts.ts';
import type { View } from './view.ts';
import { namedAs } from './wallet-people.ts';

/** The view, and in a group whose it is. */
export function named(ctx: BotContext, view: View): View {
  const isRead = (placeOf(ctx.update)?.chatId ?? 0) < 0;
  if (!isRead || ctx.from === undefined) return view;
  const { name } = namedAs(personFrom(ctx.from));
  const whose = walletsSentences(ctx.language).forPerson(mention({ id: ctx.from.id, name }));
  const under = (text: Rich | string): Rich => lines(whose, text);
  const { aside } = view;
  const isInstead = aside?.instead !== undefined;
  return {
    ...{ ...view, text: under(view.text) },
    ...(isInstead ? { aside: { ...aside, instead: under(aside.instead) } } : {}),
  };
}

/** The same prompts, named where the bot pressed its own button. */
export const namingPrompts = (prompts: Prompts): Prompts => ({
  ...prompts,
  put: (outer, spot, view) => prompts.put(outer, spot, isOwnPress(outer.update) ? named(outer, view) : view),
});
