// What the files about people are made from, and how a person hears what an owner decided about them.

import type { Accounts } from '../app/accounts.ts';
import type { Members } from '../app/members.ts';
import type { Clock, Store } from '../app/ports.ts';
import type { Standings } from '../app/standing.ts';
import type { Language } from '../domain/order.ts';
import type { Rich } from '../i18n/rich.ts';
import { sentences } from '../i18n/index.ts';
import { peopleSentences } from '../i18n/people/index.ts';
import type { PeopleSentences } from '../i18n/people/en.ts';
import type { Chat } from './chat.ts';
import type { BotContext } from './context.ts';
import type { Stage } from './stage.ts';
import { button, type View } from './view.ts';

export interface PeopleParts {
  readonly stage: Stage;
  readonly chat: Pick<Chat, 'edit' | 'photo'>;
  readonly members: Members;
  readonly accounts: Pick<Accounts, 'balance'>;
  readonly standings: Standings;
  readonly store: Store;
  readonly languageOf: (person: number) => Language;
  readonly clock: Clock;
  /** The bot's user name, for links; undefined until Telegram has told it. */
  readonly botName: () => string | undefined;
  /** Gives a private chat the command menu of its person's role. */
  readonly publishMenu: (person: number, language: Language) => Promise<void>;
}

export const words = (ctx: BotContext): PeopleSentences => peopleSentences(ctx.language);

/** The button that begins a purchase. */
export const rechargeRow = (person: number, language: Language) => [
  button(sentences(language).buttons.recharge, { kind: 'recharge', owner: person }, 'primary'),
];

export type Tell = ReturnType<typeof createTell>;

/**
 * Tells a person in their language what was decided about them; whoever may buy gets a button to begin with, anybody
 * else no mark of the shop's. The command menu follows the role. False when the person could not be told.
 */
export function createTell({
  stage,
  standings,
  publishMenu,
  languageOf,
}: Pick<PeopleParts, 'stage' | 'standings' | 'publishMenu' | 'languageOf'>) {
  return async (person: number, say: (t: PeopleSentences) => Rich | string): Promise<boolean> => {
    const standing = await standings.of(person);
    const mayBuy = standing.role !== null && (standing.role === 'owner' || !standing.member.frozen);
    const sent = await stage.tell(person, (language): View => {
      const text = say(peopleSentences(language));
      return mayBuy
        ? { text, rows: [rechargeRow(person, language)] }
        : { text, toStranger: standing.role === null };
    });
    if (sent.ok) await publishMenu(person, languageOf(person)).catch(() => undefined);
    return sent.ok;
  };
}
