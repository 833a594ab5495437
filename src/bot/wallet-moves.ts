// An owner's movement of money, from its confirmation to its news:
//
//   Put 2 000 DA on the wallet of Nadia (@nadia)? Balance: 500 DA, then 2 500 DA     [✅ Put 2 000 DA]
//
// The button carries the movement's id, so that pressed twice it moves money once. The person is told in their language.

import type { Accounts, MoneyResult, OwnersMove } from '../app/accounts.ts';
import type { Move } from '../app/movement.ts';
import { atLeastZero, type Centimes } from '../domain/money.ts';
import type { Member } from '../domain/shop.ts';
import { lines } from '../i18n/rich.ts';
import { walletsSentences, type WalletsSentences } from '../i18n/wallets/index.ts';
import { senderOf, type BotContext } from './context.ts';
import { featureButton, idOf, type Feature } from './feature.ts';
import type { Stage } from './stage.ts';
import type { View } from './view.ts';
import { amountFrom, moveFrom, wordsOf } from './wallet-amount.ts';
import { cancelButton } from './wallet-buttons.ts';
import type { ComingBack } from './wallet-kept.ts';
import type { WalletNews } from './wallet-news.ts';
import { namedAs, notFound, type WalletPeople } from './wallet-people.ts';

const PUT = 'wput';
const FIX = 'wfix';

export type WalletMoves = ReturnType<typeof createWalletMoves>;

export function createWalletMoves(deps: {
  stage: Stage;
  accounts: Accounts;
  people: WalletPeople;
  news: WalletNews;
  newsFirst: ComingBack['newsFirst'];
}) {
  const { stage, accounts, people, news, newsFirst } = deps;
  const words = (ctx: BotContext): WalletsSentences => walletsSentences(ctx.language);

  /** What a person may spend of their own, the credit that an owner grants left out. */
  const freeOf = async (person: number): Promise<Centimes> => (await accounts.balance(person)).balance;

  async function confirmDeposit(ctx: BotContext, member: Member, amount: Centimes): Promise<View> {
    const t = words(ctx);
    const move = [member.id, amount, ...wordsOf(accounts.newMove())];
    const yes = featureButton(t.buttons.put(amount), senderOf(ctx), PUT, move, 'success');
    const text = t.confirmDeposit(namedAs(member), amount, await freeOf(member.id));
    return { text, rows: [[yes], [cancelButton(t, senderOf(ctx))]] };
  }

  async function confirmCorrection(
    ctx: BotContext,
    member: Member,
    { amount, reason }: Pick<OwnersMove, 'amount' | 'reason'>,
  ): Promise<View> {
    const t = words(ctx);
    const move = accounts.newMove();
    await accounts.keepDraft({ ...move, by: senderOf(ctx), person: member.id, amount, reason });
    const carried = [member.id, ...wordsOf(move)];
    const yes = featureButton(t.buttons.correct(amount), senderOf(ctx), FIX, carried, 'success');
    const text = t.confirmCorrection(namedAs(member), amount, await freeOf(member.id), reason);
    return { text, rows: [[yes], [cancelButton(t, senderOf(ctx), move.id)]] };
  }

  /** Tells the person, and says to the owner what was done. */
  async function moved(
    t: WalletsSentences,
    member: Member,
    { id, ...made }: OwnersMove & Pick<Move, 'id'>,
    balance: Centimes,
  ) {
    const person = namedAs(member);
    const telling = await news.tell(id);
    const done =
      made.kind === 'deposit'
        ? t.deposited(person, made.amount, balance)
        : t.corrected(person, made.amount, balance, made.reason);
    return lines(done, telling === 'cut-off' ? t.notReached(person) : null);
  }

  async function outcome(
    t: WalletsSentences,
    member: Member,
    made: OwnersMove & Pick<Move, 'id'>,
    result: MoneyResult,
  ) {
    switch (result.kind) {
      case 'refused':
        return t.no[result.why];
      case 'moved-before':
        return t.movedBefore(await freeOf(member.id));
      case 'short': {
        const { held } = await accounts.balance(member.id);
        return t.correctionShort(namedAs(member), atLeastZero(result.available), held);
      }
      case 'moved':
        return moved(t, member, made, result.balance);
    }
  }

  async function carryOut(ctx: BotContext, move: Move, made: OwnersMove): Promise<void> {
    const t = words(ctx);
    const found = await people.byId(made.person);
    if (found.kind === 'no') return stage.redraw(ctx, { text: notFound(t, found.why) });
    await newsFirst(made.person, async () => {
      const result = await accounts.byOwner(move, made);
      await stage.redraw(ctx, { text: await outcome(t, found.member, { ...made, id: move.id }, result) });
    });
  }

  async function put(ctx: BotContext, [to, sum, id, at36]: readonly string[]): Promise<void> {
    const [person, amount, move] = [idOf(to), amountFrom(sum), moveFrom(id, at36)];
    if (person === undefined || amount === undefined || amount <= 0 || move === undefined)
      return stage.redraw(ctx, { text: words(ctx).draftLost });
    await carryOut(ctx, move, { by: senderOf(ctx), person, kind: 'deposit', amount, reason: '' });
  }

  async function fix(ctx: BotContext, [to, id, at36]: readonly string[]): Promise<void> {
    const [person, move] = [idOf(to), moveFrom(id, at36)];
    const draft = move && (await accounts.draft(move.id));
    if (draft?.person === person && draft?.by === senderOf(ctx) && move !== undefined) {
      const { amount, reason } = draft;
      return carryOut(ctx, move, {
        by: senderOf(ctx),
        person: draft.person,
        kind: 'correction',
        amount,
        reason,
      });
    }
    const t = words(ctx);
    const isMade = person !== undefined && move !== undefined && (await accounts.wasMoved(person, move));
    await stage.redraw(ctx, { text: isMade ? t.movedBefore(await freeOf(person)) : t.draftLost });
  }

  const presses: NonNullable<Feature['ownerPresses']> = { [PUT]: put, [FIX]: fix };
  return { confirmDeposit, confirmCorrection, freeOf, presses };
}
