// What owners see of a person's wish for credit: each gets one card, the first answer counts, and all cards say who gave
// it. Where the cards stand is on disk, so that a restart in between changes nothing.
//
//   ⚠️ Nadia (@nadia) asks for 2 000 DA. Balance: 500 DA, then 2 500 DA     [✅ Put 2 000 DA] [Refuse]

import type { Accounts } from '../app/accounts.ts';
import type { Standings } from '../app/standing.ts';
import type { Language } from '../domain/order.ts';
import type { CreditRequest, CreditVerdict } from '../domain/shop.ts';
import { nameOf } from '../i18n/people/facts.ts';
import { lines } from '../i18n/rich.ts';
import { walletsSentences } from '../i18n/wallets/index.ts';
import { isHopeless, type Chat } from './chat.ts';
import { personFrom, type BotContext } from './context.ts';
import { featureButton, type Feature } from './feature.ts';
import { createKeyedQueue } from './keyed-queue.ts';
import type { Stage } from './stage.ts';
import type { View } from './view.ts';
import type { ComingBack } from './wallet-kept.ts';
import { tellingOf, type Telling } from './wallet-news.ts';
import type { WalletPeople } from './wallet-people.ts';

const APPROVE = 'wyes';
const REFUSE = 'wno';

type Card = CreditRequest['cards'][number];
type Answered = CreditRequest & { readonly verdict: CreditVerdict };

const isAnswered = (request: CreditRequest | undefined): request is Answered =>
  request !== undefined && request.verdict !== null;

export interface WalletRequests {
  readonly feature: Feature;
  /** Brings a request to every owner; false when nobody could be told. */
  readonly bring: (id: string) => Promise<boolean>;
  /** After a start: every owner has a card of what is open, and what was answered is brought to its end. */
  readonly resume: () => Promise<void>;
  /** Brings what was answered to its end where Telegram did not take it before. */
  readonly tidy: () => Promise<void>;
}

export function createWalletRequests(deps: {
  stage: Stage;
  chat: Chat;
  accounts: Accounts;
  people: WalletPeople;
  standings: Standings;
  languageOf: (person: number) => Language;
  newsFirst: ComingBack['newsFirst'];
}): WalletRequests {
  const { stage, chat, accounts, people, standings, languageOf, newsFirst } = deps;
  /** What is written about one request is written one after another; a hanging call is left behind. */
  const turns = createKeyedQueue({ onLate: () => undefined });
  const inTurn = (id: string, task: (request: CreditRequest) => Promise<void>): Promise<void> =>
    turns.run(id, async () => {
      const request = await accounts.request(id);
      if (request !== undefined) await task(request);
    });

  async function askedView(language: Language, owner: number, request: CreditRequest): Promise<View> {
    const t = walletsSentences(language);
    const { amount, id, at, person } = request;
    const { balance } = await accounts.balance(person);
    return {
      text: t.request(await people.namedOrNumber(person), amount, balance, at),
      rows: [
        [featureButton(t.buttons.put(amount), owner, APPROVE, [id], 'success')],
        [featureButton(t.buttons.refuse, owner, REFUSE, [id])],
      ],
    };
  }

  /** With its picture; one that Telegram does not give again is left out rather than the request. */
  async function sendCard(owner: number, request: CreditRequest): Promise<void> {
    const language = languageOf(owner);
    const place = { chatId: owner, threadId: null };
    const view = await askedView(language, owner, request);
    const withSlip =
      request.slip === null ? undefined : await chat.photo(place, language, request.slip, view);
    const sent = withSlip?.ok === true ? withSlip : await chat.send(place, language, view);
    if (sent.ok) await accounts.rememberCard(request.id, { owner, messageId: sent.messageId });
  }

  async function bring(id: string): Promise<boolean> {
    for (const owner of standings.ownerIds)
      await inTurn(id, async (request) => {
        const isThere = request.cards.some((card) => card.owner === owner);
        if (!isThere && !isAnswered(request)) await sendCard(owner, request);
      });
    const request = await accounts.request(id);
    return request === undefined || isAnswered(request) || request.cards.length > 0;
  }

  /** What an answered request says on a card. */
  async function verdictText(language: Language, { verdict, amount, person }: Answered) {
    const t = walletsSentences(language);
    return (verdict.approved ? t.granted : t.turnedDown)(
      await people.namedOrNumber(person),
      amount,
      nameOf({ id: verdict.by, name: verdict.name }),
      verdict.at,
    );
  }

  /** The person hears the verdict once; `cut-off` when that can't be. */
  async function tell(id: string): Promise<Telling> {
    let telling: Telling = 'told';
    await inTurn(id, async (request) => {
      if (!isAnswered(request) || request.verdict.told) return;
      const { person, amount, verdict } = request;
      const { balance } = await accounts.balance(person);
      const sent = await stage.tell(person, (language) => {
        const t = walletsSentences(language);
        return { text: verdict.approved ? t.depositTold(amount, balance) : t.turnedDownTold(amount) };
      });
      telling = tellingOf(sent);
      if (telling !== 'later') await accounts.rememberTold(id);
    });
    return telling;
  }

  async function closeCard({ owner, messageId }: Card, request: Answered): Promise<boolean> {
    const language = languageOf(owner);
    const text = await verdictText(language, request);
    const edited = await chat.edit({ chatId: owner, threadId: null }, messageId, language, { text });
    return edited.ok || isHopeless(edited);
  }

  /** Every card but one, which is done already, says how it ended; then the request itself may go. */
  const close = (id: string, done?: Card): Promise<void> =>
    inTurn(id, async (request) => {
      if (!isAnswered(request)) return;
      const left = request.cards.filter(
        ({ owner, messageId }) => owner !== done?.owner || messageId !== done.messageId,
      );
      const closed = await Promise.all(left.map((card) => closeCard(card, request)));
      if (request.verdict.told && closed.every(Boolean)) await accounts.close(id);
    });

  async function finish({ id, person }: CreditRequest): Promise<void> {
    await newsFirst(person, () => tell(id));
    await close(id);
  }

  /** A press on a card whose request is over: the card, which may be one that nobody knows of, is of no use any more. */
  async function useless(ctx: BotContext): Promise<void> {
    const messageId = ctx.callbackQuery?.message?.message_id;
    await stage.toast(ctx, walletsSentences(ctx.language).requestGone);
    if (messageId !== undefined)
      await chat.unbutton({ chatId: ctx.callbackQuery?.from.id ?? 0, threadId: null }, messageId);
  }

  const verdict =
    (approved: boolean) =>
    async (ctx: BotContext, [id = '']: readonly string[]): Promise<void> => {
      const { from, message } = ctx.callbackQuery ?? {};
      if (from === undefined) return;
      const t = walletsSentences(ctx.language);
      const by = { id: from.id, name: personFrom(from).name };
      const asked = await accounts.request(id);
      const [result, told] = await newsFirst(asked?.person ?? 0, async () => {
        const decided = await accounts.decide(by, id, approved);
        return [decided, decided.kind === 'decided' ? await tell(id) : 'told'] as const;
      });
      if (result.kind === 'refused' || !isAnswered(result.request)) return useless(ctx);
      const { request } = result;
      const cutOff = told === 'cut-off' ? t.notReached(await people.namedOrNumber(request.person)) : null;
      await stage.redraw(ctx, { text: lines(await verdictText(ctx.language, request), cutOff) });
      if (result.kind === 'decided') await close(id, { owner: from.id, messageId: message?.message_id ?? 0 });
    };

  return {
    bring,
    resume: async () => {
      const all = await accounts.requests();
      await Promise.all(all.map((request) => (isAnswered(request) ? finish(request) : bring(request.id))));
    },
    tidy: async () => {
      for (const request of (await accounts.requests()).filter(isAnswered)) await finish(request);
    },
    feature: { ownerPresses: { [APPROVE]: verdict(true), [REFUSE]: verdict(false) } },
  };
}
