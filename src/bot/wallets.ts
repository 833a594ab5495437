// Money in the chat: deposits and corrections by owners, people's requests for credit, transfers, statements, and the
// purchases that wait for money. Here its parts are put together; each is a file of its own.

import type { Update } from 'grammy/types';
import type { Accounts } from '../app/accounts.ts';
import type { KeptOrders } from '../app/kept-orders.ts';
import type { Members } from '../app/members.ts';
import type { Clock, Store } from '../app/ports.ts';
import type { Standings } from '../app/standing.ts';
import type { Language, Order } from '../domain/order.ts';
import { walletsSentences } from '../i18n/wallets/index.ts';
import type { Chat } from './chat.ts';
import { senderOf } from './context.ts';
import type { Entry } from './entry.ts';
import type { Feature } from './feature.ts';
import { leaveQuestion } from './question.ts';
import type { Stage } from './stage.ts';
import { CANCEL } from './wallet-buttons.ts';
import { createWalletCredit } from './wallet-credit.ts';
import { createWalletCustomers } from './wallet-customers.ts';
import { createComingBack } from './wallet-kept.ts';
import { createWalletMoves } from './wallet-moves.ts';
import { createWalletNews } from './wallet-news.ts';
import { createWalletOwners } from './wallet-owners.ts';
import { createWalletPeople } from './wallet-people.ts';
import { createWalletRequests } from './wallet-requests.ts';
import { createWalletStatement } from './wallet-statement.ts';
import { createWalletTransfer } from './wallet-transfer.ts';

export interface WalletSide {
  readonly features: readonly Feature[];
  /** A wallet has more than before: a purchase that waited for it comes back. */
  readonly filled: (person: number) => void;
  /** An order moved: the money that it gives back may be what a purchase waits for. */
  readonly moved: (order: Order) => void;
  /** Goes on with what the last process left in the middle; to be called once messages can be sent. */
  readonly resume: () => Promise<void>;
  /** Lets go of what is over, and says what could not be said before; to be called now and then. */
  readonly tidy: () => Promise<void>;
}

export function createWallets(deps: {
  stage: Stage;
  chat: Chat;
  accounts: Accounts;
  members: Members;
  kept: KeptOrders;
  standings: Standings;
  store: Store;
  entry: Entry;
  languageOf: (person: number) => Language;
  /** Hands an update over that Telegram did not send, in order with those of its key. */
  goOn: (update: Update) => void;
  clock: Clock;
}): WalletSide {
  const { stage, accounts, kept } = deps;
  const comingBack = createComingBack(deps);
  const people = createWalletPeople(deps);
  const customers = createWalletCustomers({ accounts, people });
  const { newsFirst } = comingBack;
  const news = createWalletNews({ ...deps, people, newsFirst });
  const parts = { ...deps, people, customers, news, newsFirst };
  const moves = createWalletMoves(parts);
  const owners = createWalletOwners({ ...parts, moves });
  const requests = createWalletRequests(parts);
  const credit = createWalletCredit({ ...parts, requests });

  async function tidy(): Promise<void> {
    await Promise.all([kept.sweep(), accounts.sweepDrafts()]);
    await requests.tidy();
    await news.catchUp();
  }

  const both: Feature = {
    commands: {
      deposit: (ctx, text) =>
        ctx.standing.role === 'owner' ? owners.deposit(ctx, text) : credit.ask(ctx, text),
    },
    presses: {
      [CANCEL]: async (ctx, [draft]) => {
        await stage.toast(ctx);
        if (draft !== undefined) await accounts.dropDraft(senderOf(ctx), draft);
        await leaveQuestion(ctx);
        await stage.redraw(ctx, { text: walletsSentences(ctx.language).cancelled });
      },
    },
  };
  return {
    features: [
      both,
      comingBack.feature,
      owners.feature,
      credit.feature,
      requests.feature,
      createWalletTransfer(parts),
      createWalletStatement(parts),
    ],
    filled: comingBack.filled,
    moved: comingBack.moved,
    tidy,
    resume: async () => {
      await Promise.all([kept.sweep(), accounts.sweepDrafts()]);
      // News of money come before the purchase that they let go on.
      await requests.resume();
      await news.catchUp();
      await comingBack.resume();
    },
  };
}
