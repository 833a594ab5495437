// An agent gives a customer of the shop credit out of the own wallet; both are told.
//
//   /transfer @nadia 500
//   Give 500 DA from your wallet to Nadia (@nadia)?     [✅ Give 500 DA]

import type { Accounts, MoneyResult } from '../app/accounts.ts';
import { readAmount } from '../domain/amount.ts';
import type { Centimes } from '../domain/money.ts';
import type { Member } from '../domain/shop.ts';
import { lines } from '../i18n/rich.ts';
import { walletsSentences, type WalletsSentences } from '../i18n/wallets/index.ts';
import { personFrom, type BotContext } from './context.ts';
import { featureButton, idOf, type Answered, type Feature } from './feature.ts';
import type { Stage } from './stage.ts';
import type { View } from './view.ts';
import { amountFrom, faultView, firstWord, moveFrom, wordsOf } from './wallet-amount.ts';
import type { ComingBack } from './wallet-kept.ts';
import { cancelButton } from './wallet-buttons.ts';
import { namedAs, notFound, type WalletPeople } from './wallet-people.ts';

const GIVE = 'wgive';

export function createWalletTransfer(deps: {
  stage: Stage;
  accounts: Accounts;
  people: WalletPeople;
  newsFirst: ComingBack['newsFirst'];
}): Feature {
  const { stage, accounts, people, newsFirst } = deps;
  const words = (ctx: BotContext): WalletsSentences => walletsSentences(ctx.language);
  const me = (ctx: BotContext): number => ctx.from?.id ?? 0;
  const freeOf = async (person: number): Promise<Centimes> =>
    (await accounts.statementPage(person, null, 1)).balance;

  async function confirm(ctx: BotContext, member: Member, text: string): Promise<View | { again: View }> {
    const t = words(ctx);
    const reading = readAmount(text);
    if (!reading.ok) return { again: faultView(t, reading.fault) };
    const { amount } = reading;
    const { spendable } = await accounts.balance(me(ctx));
    if (spendable < amount) return { again: { text: t.transferShort(spendable) } };
    const carried = [member.id, amount, ...wordsOf(accounts.newMove())];
    const yes = featureButton(t.buttons.give(amount), me(ctx), GIVE, carried, 'success');
    const question = t.confirmTransfer(namedAs(member), amount, await freeOf(me(ctx)));
    return { text: question, rows: [[yes], [cancelButton(t, me(ctx))]] };
  }

  async function command(ctx: BotContext, text: string): Promise<void> {
    const t = words(ctx);
    if (ctx.standing.role === 'owner') return stage.say(ctx, { text: t.ownersDeposit });
    if (ctx.standing.role !== 'agent') return stage.say(ctx, { text: t.no['agents-to-customers'] });
    const [word, rest] = firstWord(text);
    if (word === '') return stage.say(ctx, { text: t.usage.transfer });
    const found = await people.find(word);
    if (found.kind === 'no') {
      // Who runs the shop, and who was let go, is nothing that an agent looks up.
      const why = found.why === 'owner' ? 'no-such-person' : found.why;
      return stage.say(ctx, { text: lines(notFound(t, why), t.usage.transfer) });
    }
    const { member } = found;
    const refusal = await accounts.transferRefusal(me(ctx), member.id);
    if (refusal !== undefined) return stage.say(ctx, { text: t.no[refusal] });
    if (rest === '') {
      const view = { text: t.howMuch(namedAs(member), null), rows: [[cancelButton(t, me(ctx))]] };
      return stage.ask(ctx, { verb: GIVE, words: [String(member.id)] }, view);
    }
    const next = await confirm(ctx, member, rest);
    await stage.say(ctx, 'again' in next ? next.again : next);
  }

  async function answered(ctx: BotContext, word: string | undefined, text: string): Promise<Answered> {
    const t = words(ctx);
    const found = await people.byId(idOf(word) ?? 0);
    const refusal =
      found.kind === 'no' ? 'no-such-person' : await accounts.transferRefusal(me(ctx), found.member.id);
    const next =
      found.kind === 'no' || refusal !== undefined
        ? { text: t.no[refusal ?? 'no-such-person'] }
        : await confirm(ctx, found.member, text);
    if ('again' in next) return next;
    await stage.say(ctx, next);
    return 'done';
  }

  async function given(ctx: BotContext, member: Member, amount: Centimes, balance: Centimes) {
    const t = words(ctx);
    const agent = namedAs(ctx.from === undefined ? member : personFrom(ctx.from));
    const theirs = await freeOf(member.id);
    const sent = await stage.tell(member.id, (language) => ({
      text: walletsSentences(language).givenTold(agent, amount, theirs),
    }));
    return lines(t.given(namedAs(member), amount, balance), sent.ok ? null : t.notReached(namedAs(member)));
  }

  async function outcome(ctx: BotContext, member: Member, amount: Centimes, result: MoneyResult) {
    const t = words(ctx);
    switch (result.kind) {
      case 'refused':
        return t.no[result.why];
      case 'moved-before':
        return t.movedBefore(await freeOf(me(ctx)));
      case 'short':
        return t.transferShort(result.available);
      case 'moved':
        return given(ctx, member, amount, result.balance);
    }
  }

  async function give(ctx: BotContext, [to, sum, id, at36]: readonly string[]): Promise<void> {
    const t = words(ctx);
    const [amount, move] = [amountFrom(sum), moveFrom(id, at36)];
    if (amount === undefined || amount <= 0 || move === undefined)
      return stage.redraw(ctx, { text: t.draftLost });
    const found = await people.byId(idOf(to) ?? 0);
    if (found.kind === 'no') return stage.redraw(ctx, { text: notFound(t, found.why) });
    const { member } = found;
    await newsFirst(member.id, async () => {
      const result = await accounts.transfer(move, me(ctx), member.id, amount);
      await stage.redraw(ctx, { text: await outcome(ctx, member, amount, result) });
    });
  }

  return {
    commands: { transfer: command },
    presses: { [GIVE]: give },
    answers: { [GIVE]: (ctx, [word], { text }) => answered(ctx, word, text) },
  };
}
