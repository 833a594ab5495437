// Tells people of money that an owner or an agent moved on their wallet: right away, and whatever a kill or Telegram left
// unsaid, later.

import type { Accounts } from '../app/accounts.ts';
import { StoreFault } from '../app/ports.ts';
import type { MoneyNews } from '../domain/shop.ts';
import type { Rich } from '../i18n/rich.ts';
import { walletsSentences, type WalletsSentences } from '../i18n/wallets/index.ts';
import { isHopeless, type Sent } from './chat.ts';
import { createKeyedQueue } from './keyed-queue.ts';
import type { Stage } from './stage.ts';
import type { ComingBack } from './wallet-kept.ts';
import type { WalletPeople } from './wallet-people.ts';

/** `cut-off`: the person can't be written to. */
export type Telling = 'told' | 'cut-off' | 'later';

/** What came of telling it. */
export const tellingOf = (sent: Sent): Telling => (sent.ok ? 'told' : isHopeless(sent) ? 'cut-off' : 'later');

export interface WalletNews {
  /** The person hears of this movement, once. */
  readonly tell: (moveId: string) => Promise<Telling>;
  /** Whatever is unsaid. */
  readonly catchUp: () => Promise<void>;
}

export function createWalletNews(deps: {
  stage: Stage;
  accounts: Accounts;
  people: WalletPeople;
  newsFirst: ComingBack['newsFirst'];
}): WalletNews {
  const { stage, accounts, people, newsFirst } = deps;
  /** Nothing is said twice by two who come at the same time. */
  const turns = createKeyedQueue({ onLate: () => undefined });

  async function wordsFor({ person, what, amount, by, reason }: MoneyNews) {
    const { balance } = await accounts.balance(person);
    const giver = await people.namedOrNumber(by);
    return (t: WalletsSentences): Rich | string => {
      switch (what) {
        case 'deposit':
          return t.depositTold(amount, balance);
        case 'correction':
          return t.correctionTold(amount, balance, reason);
        case 'transfer-in':
          return t.givenTold(giver, amount, balance);
      }
    };
  }

  /** On a full disk it stays, and is said once more: better than not at all. */
  async function letGo(moveId: string): Promise<void> {
    try {
      await accounts.heard(moveId);
    } catch (error) {
      if (!(error instanceof StoreFault)) throw error;
    }
  }

  async function tell(moveId: string): Promise<Telling> {
    let telling: Telling = 'told';
    await turns.run(moveId, async () => {
      const news = await accounts.newsOf(moveId);
      if (news === undefined) return;
      const say = await wordsFor(news);
      const sent = await stage.tell(news.person, (language) => ({ text: say(walletsSentences(language)) }));
      telling = tellingOf(sent);
      if (telling !== 'later') await letGo(moveId);
    });
    return telling;
  }

  return {
    tell,
    catchUp: async () => {
      for (const { id, person } of await accounts.allNews()) await newsFirst(person, () => tell(id));
    },
  };
}
