// A person asks the shop for credit, with a picture of the payment slip if there is one; each owner gets one card, the
// first answer counts, and the cards of the others say who gave it.
//
//   ⚠️ Nadia (@nadia) asks for 2 000 DA. Balance: 500 DA, then 2 500 DA     [✅ Put 2 000 DA] [Refuse]

import type { Accounts, AskResult } from '../app/accounts.ts';
import type { KeptOrders } from '../app/kept-orders.ts';
import type { Standings } from '../app/standing.ts';
import { readAmount } from '../domain/amount.ts';
import type { Centimes } from '../domain/money.ts';
import type { Language } from '../domain/order.ts';
import type { CreditRequest } from '../domain/shop.ts';
import { lines } from '../i18n/rich.ts';
import { walletsSentences, type Named, type WalletsSentences } from '../i18n/wallets/index.ts';
import type { Chat, Sent } from './chat.ts';
import { personFrom, type BotContext } from './context.ts';
import type { Entry } from './entry.ts';
import { featureButton, type Answered, type Feature, type Reply } from './feature.ts';
import type { Stage } from './stage.ts';
import type { View } from './view.ts';
import { amountFrom, faultView } from './wallet-amount.ts';
import type { ComingBack } from './wallet-kept.ts';
import { ASK_MISSING, cancelButton, letGoButton } from './wallet-buttons.ts';
import type { WalletPeople } from './wallet-people.ts';

const HOW_MUCH = 'wmuch';
const APPROVE = 'wyes';
const REFUSE = 'wno';
/** Pictures sent before their amount, in memory. */
const MOST_SLIPS = 1_000;

export interface WalletCredit {
  readonly feature: Feature;
  /** `/deposit` of an agent or a customer. */
  readonly ask: (ctx: BotContext, text: string) => Promise<void>;
}

export function createWalletCredit(deps: {
  stage: Stage;
  chat: Chat;
  accounts: Accounts;
  kept: KeptOrders;
  entry: Entry;
  people: WalletPeople;
  standings: Standings;
  languageOf: (person: number) => Language;
  newsFirst: ComingBack['newsFirst'];
}): WalletCredit {
  const { stage, chat, accounts, kept, entry, people, standings, languageOf, newsFirst } = deps;
  const slips = new Map<number, string>();
  /** Owners are named in the settings by number alone: their names are known from what they press. */
  const ownerNames = new Map<number, string>();
  const words = (ctx: BotContext): WalletsSentences => walletsSentences(ctx.language);
  const me = (ctx: BotContext): number => ctx.from?.id ?? 0;

  const nameOf = async (person: number): Promise<Named> =>
    (await people.named(person)) ?? { name: String(person), handle: String(person) };

  function askedView(language: Language, owner: number, request: CreditRequest, facts: Facts): View {
    const t = walletsSentences(language);
    const { amount, id, at } = request;
    return {
      text: t.request(facts.person, amount, facts.balance, at),
      rows: [
        [featureButton(t.buttons.put(amount), owner, APPROVE, [id], 'success')],
        [featureButton(t.buttons.refuse, owner, REFUSE, [id])],
      ],
    };
  }

  interface Facts {
    readonly person: Named;
    readonly balance: Centimes;
  }

  /** With its picture; one that Telegram does not give again is left out rather than the request. */
  async function sendCard(owner: number, request: CreditRequest, facts: Facts): Promise<Sent> {
    const language = languageOf(owner);
    const place = { chatId: owner, threadId: null };
    const view = askedView(language, owner, request, facts);
    const withSlip =
      request.slip === null ? undefined : await chat.photo(place, language, request.slip, view);
    return withSlip?.ok === true ? withSlip : chat.send(place, language, view);
  }

  /** What a decided request says on a card. */
  function verdictText(t: WalletsSentences, request: CreditRequest, person: Named) {
    const { verdict, amount } = request;
    if (verdict === null) return t.requestGone;
    const owner = ownerNames.get(verdict.by) ?? t.owner(verdict.by);
    return (verdict.approved ? t.granted : t.turnedDown)(person, amount, owner, verdict.at);
  }

  /** The cards of all owners but one say how it ended. */
  async function closeCards(request: CreditRequest, but: number): Promise<void> {
    const person = await nameOf(request.person);
    for (const { owner, messageId } of request.cards) {
      if (owner === but) continue;
      const language = languageOf(owner);
      const text = verdictText(walletsSentences(language), request, person);
      await chat.edit({ chatId: owner, threadId: null }, messageId, language, { text });
    }
  }

  /** Brings the request to every owner; false when nobody could be told. */
  async function bringToOwners(request: CreditRequest): Promise<boolean> {
    const { balance } = await accounts.statementPage(request.person, null, 1);
    const facts = { person: await nameOf(request.person), balance };
    const cards: { owner: number; messageId: number }[] = [];
    for (const owner of standings.ownerIds) {
      const sent = await sendCard(owner, request, facts);
      if (sent.ok) cards.push({ owner, messageId: sent.messageId });
    }
    const remembered = await accounts.rememberCards(request.id, cards);
    // An owner may have answered while the cards of the others were under way.
    if (remembered.kind === 'done' && remembered.record.verdict !== null)
      await closeCards(remembered.record, remembered.record.verdict.by);
    return cards.length > 0;
  }

  /** What the person hears of a request; the owners get their cards on the way. */
  async function asked(t: WalletsSentences, result: AskResult) {
    if (result.kind === 'refused') return t.notAsked[result.why];
    const { request } = result;
    if (result.kind === 'asked-before') return t.asked(request.amount);
    return (await bringToOwners(request)) ? t.asked(request.amount) : t.nobodyReached;
  }

  /** Reads an amount with its picture, and asks for it. */
  async function answered(ctx: BotContext, { text, photo }: Reply): Promise<Answered> {
    const t = words(ctx);
    const person = me(ctx);
    if (photo !== null) slips.set(person, photo);
    const [oldest] = slips.keys();
    if (slips.size > MOST_SLIPS && oldest !== undefined) slips.delete(oldest);
    if (text.trim() === '') return { again: { text: t.slipHere } };
    const reading = readAmount(text);
    if (!reading.ok) return { again: faultView(t, reading.fault) };
    const slip = slips.get(person) ?? null;
    slips.delete(person);
    const result = await accounts.ask({ person, amount: reading.amount, slip });
    await stage.say(ctx, { text: await asked(t, result) });
    return 'done';
  }

  async function ask(ctx: BotContext, text: string): Promise<void> {
    const t = words(ctx);
    const photo = ctx.message?.photo?.at(-1)?.file_id ?? null;
    slips.delete(me(ctx));
    if (text.trim() !== '' || photo !== null) {
      const reply = await answered(ctx, { text, photo });
      if (reply === 'done') return;
      return stage.ask(
        ctx,
        { verb: HOW_MUCH, words: [] },
        { ...reply.again, rows: [[cancelButton(t, me(ctx))]] },
      );
    }
    const rows = [[cancelButton(t, me(ctx))]];
    await stage.ask(ctx, { verb: HOW_MUCH, words: [] }, { text: t.howMuchCredit, rows });
  }

  /** What a kept purchase lacks is asked for; the purchase itself rests until the answer. */
  async function askMissing(ctx: BotContext, [sum, flow]: readonly string[]): Promise<void> {
    const t = words(ctx);
    const [person, amount] = [me(ctx), amountFrom(sum)];
    if (ctx.standing.role === 'owner' || amount === undefined || amount <= 0 || flow === undefined)
      return stage.toast(ctx, t.notKept);
    await stage.toast(ctx);
    await entry.leave(ctx);
    const result = await accounts.ask({ person, amount, slip: null, id: `${person}-${flow}-${amount}` });
    if (result.kind === 'asked' && !(await bringToOwners(result.request)))
      return stage.redraw(ctx, { text: t.nobodyReached });
    if (result.kind === 'refused') return stage.redraw(ctx, { text: t.notAsked[result.why] });
    const waiting = await kept.find(person);
    const shown = ctx.chat?.type === 'private' ? amount : null;
    const rows = waiting === undefined ? [] : [[letGoButton(ctx.language, person)]];
    await stage.redraw(ctx, { text: t.askedMissing(shown, waiting?.until ?? null), rows });
  }

  async function tellPerson({ person, amount }: CreditRequest, balance: Centimes | null): Promise<boolean> {
    const sent = await stage.tell(person, (language) => {
      const t = walletsSentences(language);
      return { text: balance === null ? t.turnedDownTold(amount) : t.depositTold(amount, balance) };
    });
    return sent.ok;
  }

  async function decide(ctx: BotContext, id: string, approved: boolean): Promise<void> {
    const t = words(ctx);
    const result = await accounts.decide(me(ctx), id, approved);
    if (result.kind === 'refused')
      return stage.redraw(ctx, { text: result.why === 'owners-only' ? t.no['owners-only'] : t.requestGone });
    const { request } = result;
    const person = await nameOf(request.person);
    const told =
      result.kind === 'decided-before' || (await tellPerson(request, approved ? result.balance : null));
    await stage.redraw(ctx, {
      text: lines(verdictText(t, request, person), told ? null : t.notReached(person)),
    });
    if (result.kind === 'decided') await closeCards(request, me(ctx));
  }

  const verdict =
    (approved: boolean) =>
    async (ctx: BotContext, [id = '']: readonly string[]): Promise<void> => {
      if (ctx.from !== undefined) ownerNames.set(ctx.from.id, personFrom(ctx.from).name);
      const request = await accounts.request(id);
      await newsFirst(request?.person ?? 0, () => decide(ctx, id, approved));
    };

  return {
    ask,
    feature: {
      presses: { [ASK_MISSING]: askMissing },
      ownerPresses: { [APPROVE]: verdict(true), [REFUSE]: verdict(false) },
      answers: { [HOW_MUCH]: (ctx, _words, reply) => answered(ctx, reply) },
    },
  };
}
