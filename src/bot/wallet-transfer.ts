// An agent gives a customer of the shop credit out of the own wallet; both are told.
//
//   /transfer    /transfer Nadia    /transfer @nadia 500
//   Give 500 DA from your wallet to Nadia (@nadia)?     [✅ Give 500 DA]

import type { Accounts, MoneyResult } from '../app/accounts.ts';
import { readAmount } from '../domain/amount.ts';
import { atLeastZero, type Centimes } from '../domain/money.ts';
import type { Member } from '../domain/shop.ts';
import { lines } from '../i18n/rich.ts';
import { walletsSentences, type WalletsSentences } from '../i18n/wallets/index.ts';
import { senderOf, type BotContext } from './context.ts';
import { featureButton, idOf, type Answered, type Feature } from './feature.ts';
import type { Stage } from './stage.ts';
import { inRows, type View } from './view.ts';
import { amountFrom, faultView, moveFrom, wordsOf } from './wallet-amount.ts';
import { cancelButton } from './wallet-buttons.ts';
import type { WalletCustomers } from './wallet-customers.ts';
import type { ComingBack } from './wallet-kept.ts';
import type { WalletNews } from './wallet-news.ts';
import { choosing, namedAs, notFound, type WalletPeople } from './wallet-people.ts';

const GIVE = 'wgive';
const TO = 'wto';

/** Somebody who is not the reader. */
const EXAMPLES = ['@nadia', '@karim'] as const;

export function createWalletTransfer(deps: {
  stage: Stage;
  accounts: Accounts;
  people: WalletPeople;
  customers: WalletCustomers;
  news: WalletNews;
  newsFirst: ComingBack['newsFirst'];
}): Feature {
  const { stage, accounts, people, customers, news, newsFirst } = deps;
  const words = (ctx: BotContext): WalletsSentences => walletsSentences(ctx.language);

  async function confirm(ctx: BotContext, member: Member, text: string): Promise<View | { again: View }> {
    const t = words(ctx);
    const reading = readAmount(text);
    if (!reading.ok) return { again: faultView(t, reading.fault) };
    const { amount } = reading;
    const { balance, spendable } = await accounts.balance(senderOf(ctx));
    if (spendable < amount) return { again: { text: t.transferShort(atLeastZero(spendable)) } };
    const carried = [member.id, amount, ...wordsOf(accounts.newMove())];
    const yes = featureButton(t.buttons.give(amount), senderOf(ctx), GIVE, carried, 'success');
    const question = t.confirmTransfer(namedAs(member), amount, balance);
    return { text: question, rows: [[yes], [cancelButton(t, senderOf(ctx))]] };
  }

  /** Asks how much, or confirms what was said. */
  async function go(
    ctx: BotContext,
    member: Member,
    said: string,
    show: (view: View) => Promise<void>,
  ): Promise<void> {
    const t = words(ctx);
    const refusal = await accounts.transferRefusal(senderOf(ctx), member.id);
    if (refusal !== undefined) return show({ text: t.no[refusal] });
    if (said === '') {
      const view = { text: t.howMuch(namedAs(member), null), rows: [[cancelButton(t, senderOf(ctx))]] };
      return stage.ask(ctx, { verb: GIVE, words: [String(member.id)] }, view);
    }
    const next = await confirm(ctx, member, said);
    await show('again' in next ? next.again : next);
  }

  function example(ctx: BotContext): string {
    const own = `@${ctx.from?.username ?? ctx.from?.first_name ?? ''}`.toLowerCase();
    return EXAMPLES.find((one) => one !== own) ?? EXAMPLES[0];
  }

  async function askWhom(ctx: BotContext): Promise<void> {
    const t = words(ctx);
    const last = await customers.last(senderOf(ctx));
    const [first] = last;
    if (first === undefined) return stage.say(ctx, { text: t.usage.transfer(example(ctx)) });
    const buttons = last.map((one) => featureButton(namedAs(one).name, senderOf(ctx), TO, [one.id]));
    const text = lines(t.toWhom, t.usage.transfer(namedAs(first).handle));
    await stage.say(ctx, { text, rows: [...inRows(buttons, 2), [cancelButton(t, senderOf(ctx))]] });
  }

  async function askWhich(ctx: BotContext, found: readonly Member[], said: string): Promise<void> {
    const t = words(ctx);
    const reading = readAmount(said);
    if (said !== '' && !reading.ok) return stage.say(ctx, faultView(t, reading.fault));
    const amount = reading.ok ? [reading.amount] : [];
    const rows = choosing(found, { owner: senderOf(ctx), verb: TO, words: amount });
    await stage.say(ctx, { text: t.toWhom, rows: [...rows, [cancelButton(t, senderOf(ctx))]] });
  }

  async function command(ctx: BotContext, text: string): Promise<void> {
    const t = words(ctx);
    if (ctx.standing.role === 'owner') return stage.say(ctx, { text: t.ownersDeposit });
    if (ctx.standing.role !== 'agent') return stage.say(ctx, { text: t.no['agents-to-customers'] });
    if (text.trim() === '') return askWhom(ctx);
    const [who, rest] = await customers.startOf(senderOf(ctx), text);
    if (who.kind === 'several') return askWhich(ctx, who.members, rest);
    if (who.kind === 'found') return go(ctx, who.member, rest, (view) => stage.say(ctx, view));
    // Who runs the shop, and who was let go, is nothing that an agent looks up.
    const why = who.why === 'owner' ? 'no-such-person' : who.why;
    await stage.say(ctx, { text: lines(notFound(t, why), t.usage.transfer(example(ctx))) });
  }

  /** A button with a name on it, and what was said of the amount before. */
  async function chosen(ctx: BotContext, [to, sum]: readonly string[]): Promise<void> {
    const found = await people.byId(idOf(to) ?? 0);
    if (found.kind === 'no') return stage.redraw(ctx, { text: words(ctx).no['no-such-person'] });
    const amount = amountFrom(sum);
    await go(ctx, found.member, amount === undefined ? '' : String(amount / 100), (view) =>
      stage.redraw(ctx, view),
    );
  }

  async function answered(ctx: BotContext, word: string | undefined, text: string): Promise<Answered> {
    const t = words(ctx);
    const found = await people.byId(idOf(word) ?? 0);
    const refusal =
      found.kind === 'no' ? 'no-such-person' : await accounts.transferRefusal(senderOf(ctx), found.member.id);
    const next =
      found.kind === 'no' || refusal !== undefined
        ? { text: t.no[refusal ?? 'no-such-person'] }
        : await confirm(ctx, found.member, text);
    if ('again' in next) return next;
    await stage.say(ctx, next);
    return 'done';
  }

  async function outcome(ctx: BotContext, member: Member, amount: Centimes, id: string, result: MoneyResult) {
    const t = words(ctx);
    switch (result.kind) {
      case 'refused':
        return t.no[result.why];
      case 'moved-before':
        return t.movedBefore((await accounts.balance(senderOf(ctx))).balance);
      case 'short':
        return t.transferShort(atLeastZero(result.available));
      case 'moved': {
        const telling = await news.tell(id);
        const cutOff = telling === 'cut-off' ? t.notReached(namedAs(member)) : null;
        return lines(t.given(namedAs(member), amount, result.balance), cutOff);
      }
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
      const result = await accounts.transfer(move, senderOf(ctx), member.id, amount);
      await stage.redraw(ctx, { text: await outcome(ctx, member, amount, move.id, result) });
    });
  }

  return {
    commands: { transfer: command },
    presses: { [GIVE]: give, [TO]: chosen },
    answers: { [GIVE]: (ctx, [word], { text }) => answered(ctx, word, text) },
  };
}
