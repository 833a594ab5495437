// Money in the chat: deposits and corrections by owners, people's requests for credit, transfers, statements, and the
// purchases that wait for money. Here its parts are put together; each is a file of its own.

import type { Update } from 'grammy/types';
import type { Accounts } from '../app/accounts.ts';
import type { KeptOrders } from '../app/kept-orders.ts';
import type { Members } from '../app/members.ts';
import type { Clock, Store } from '../app/ports.ts';
import type { Standings } from '../app/standing.ts';
import type { Language } from '../domain/order.ts';
import { walletsSentences } from '../i18n/wallets/index.ts';
import type { Chat } from './chat.ts';
import type { Entry } from './entry.ts';
import type { Feature } from './feature.ts';
import type { Stage } from './stage.ts';
import { CANCEL } from './wallet-buttons.ts';
import { createWalletCredit } from './wallet-credit.ts';
import { createComingBack } from './wallet-kept.ts';
import { createWalletMoves } from './wallet-moves.ts';
import { createWalletOwners } from './wallet-owners.ts';
import { createWalletPeople } from './wallet-people.ts';
import { createWalletStatement } from './wallet-statement.ts';
import { createWalletTransfer } from './wallet-transfer.ts';

export interface WalletSide {
  readonly features: readonly Feature[];
  /** A wallet has more than before: a purchase that waited for it comes back. */
  readonly filled: (person: number) => void;
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
  const { stage, entry } = deps;
  const comingBack = createComingBack(deps);
  const parts = { ...deps, people: createWalletPeople(deps), newsFirst: comingBack.newsFirst };
  const moves = createWalletMoves(parts);
  const owners = createWalletOwners({ ...parts, moves });
  const credit = createWalletCredit(parts);
  const both: Feature = {
    commands: {
      deposit: (ctx, text) =>
        ctx.standing.role === 'owner' ? owners.deposit(ctx, text) : credit.ask(ctx, text),
    },
    presses: {
      ...comingBack.presses,
      [CANCEL]: async (ctx) => {
        await stage.toast(ctx);
        await entry.leave(ctx);
        await stage.redraw(ctx, { text: walletsSentences(ctx.language).cancelled });
      },
    },
  };
  return {
    features: [
      both,
      owners.feature,
      credit.feature,
      createWalletTransfer(parts),
      createWalletStatement(parts),
    ],
    filled: comingBack.filled,
  };
}
