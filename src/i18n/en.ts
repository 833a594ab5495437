// Every sentence in English, and the contract of the catalogues: what is missing in another language does not compile.

import { subtract, type Centimes } from '../domain/money.ts';
import type { ProviderRefusal } from '../domain/refusal.ts';
import type { Line, Service } from '../domain/service.ts';
import type { ContractWith } from './contract.ts';
import { ago, byName, dateTime, lineText, money, serviceName } from './format.ts';
import { bold, code, lines, rich, spoiler, type Rich } from './rich.ts';

const L = 'en';
const da = (amount: Centimes): string => money(L, amount);

/** What every card of an order starts from. `masked` where others can read along. */
export interface CardFacts {
  readonly no: number;
  readonly service: Service;
  readonly line: Line;
  readonly value: Centimes;
  readonly price: Centimes;
  readonly at: number;
  readonly masked: boolean;
  /** Who ordered, where others order too. */
  readonly buyerName: string;
}

export interface Delivery {
  readonly code: string | null;
  /** There is one, wherever it may be shown. */
  readonly hasCode: boolean;
  readonly transactionNo: string | null;
  readonly at: number;
  readonly private: boolean;
}

export interface QuoteFacts {
  readonly service: Service;
  readonly line: Line;
  readonly value: Centimes;
  readonly price: Centimes;
  /** Null where others can read along. */
  readonly balance: Centimes | null;
  readonly masked: boolean;
}

const what = (o: CardFacts): Rich =>
  rich`${o.service} · ${lineText(L, o.line, o.masked)} · ${da(o.value)}${byName(o)}`;

const refused: Record<ProviderRefusal['reason'], string> = {
  'wrong-number': 'the operator does not know this line for this service',
  'out-of-stock': 'this amount has just run out',
  'shop-balance': 'the shop’s credit does not cover it',
  'bad-request': 'the operator refused it',
  busy: 'the operator was too busy to take it',
  'no-access': 'the service is not available right now',
};

export const en = {
  languageName: 'English',
  sandbox: bold('SANDBOX · nothing is really recharged'),

  commands: {
    topup: 'Recharge a line',
    balance: 'Your balance',
    history: 'Your last orders',
    status: 'Look at one order',
    language: 'العربية · Français · English',
    cancel: 'Stop the current recharge',
    help: 'How it works',
    orders: 'Orders of the shop',
    order: 'One order with its whole story',
    today: 'Today’s sales',
    people: 'Agents and customers',
    invite: 'Invite an agent or a customer',
    prices: 'Prices and margins',
    deposit: 'Add money to a balance',
    correct: 'Correct a balance, with the reason',
    statement: 'Your last movements of money',
    transfer: 'Pass balance on to a customer',
    groups: 'Groups where the shop serves',
    allow: 'Serve in this group',
    pause: 'Pause sales',
    resume: 'Sell again',
    audit: 'Who did what, as a file',
    threshold: 'Warn when the shop’s credit is low',
  },

  buttons: {
    service: (service: Service) => serviceName(L, service),
    recharge: 'Recharge a line',
    cancel: 'Cancel',
    back: 'Back',
    otherNumber: 'Other number',
    otherAmount: 'Other amount',
    amount: (value: Centimes, price: Centimes | null) =>
      price === null ? da(value) : `${da(value)} (${da(price)})`,
    confirm: (value: Centimes) => `✅ Recharge ${da(value)}`,
    pay: (price: Centimes) => `✅ Pay ${da(price)}`,
    payAgain: (price: Centimes) => `Yes, pay ${da(price)} once more`,
    checkAgain: 'Check again',
    copyCode: 'Copy the code',
    again: 'Again',
    openPrivate: 'Open the code in private',
    delivered: 'It was recharged',
    moneyBack: 'Give the money back',
    sure: 'Yes, I am sure',
  },

  welcome: lines(
    'This counter recharges ADSL, fibre and 4G lines.',
    'Send a line number, or press the button.',
  ),
  stranger: (id: number) =>
    lines(
      'This counter serves its own shop only.',
      rich`To buy here, give the shop your Telegram number: ${code(id)}`,
    ),
  help: lines(
    'Send a line number, or /topup, and follow the buttons.',
    rich`In one go: ${code('/topup 036362608 1000')}`,
    '/status and an order number shows that order, /history the last ones.',
    'After payment you can close the chat: the message completes itself.',
  ),
  sendText: 'Send the line number as a text message, in digits.',
  notUnderstood: 'I did not recognise a line number. Send it in digits, or press /topup.',

  askService: 'What would you like to recharge?',
  askServiceFor: (digits: string) => rich`${code(digits)}: which service is this line?`,
  askNumber: (service: Service) =>
    service === 'ADSL'
      ? rich`ADSL / Fibre. Send the line number: 9 digits starting with 0, like ${code('036 36 26 08')}.`
      : rich`4G LTE. Send the line number: 10 digits starting with 04, or 12 starting with 213, like ${code('213 472 73 16 02')}.`,

  notANumber: '⚠️ That is not a line number. Send it in digits.',
  wrongLength: (service: Service) =>
    service === 'ADSL'
      ? '⚠️ An ADSL or fibre number has 9 digits and starts with 0. Check it and send it again.'
      : '⚠️ A 4G number has 10 digits from 04, or 12 from 213. Check it and send it again.',
  mobile: '⚠️ This is a mobile phone number. Send the number of the internet line.',
  looksOther: (other: Service, line: Line, masked = false) =>
    rich`⚠️ ${lineText(L, line, masked)} looks like ${other === 'ADSL' ? 'an' : 'a'} ${serviceName(L, other)} line. Choose it below, or send another number.`,
  notALine: (service: Service) =>
    service === 'ADSL'
      ? '⚠️ This is not an ADSL line. Check it and send it again, or choose 4G.'
      : '⚠️ This is not a 4G line. Check it and send it again, or choose ADSL.',
  cannotCheck:
    '⚠️ Lines can’t be checked right now; the number may well be right. Nothing was taken. Try again in a moment.',

  lineFound: (line: Line, offer: string | null, masked: boolean) =>
    lines(
      rich`Line found: ${bold(lineText(L, line, masked))}`,
      offer === null ? null : rich`Offer: ${offer}`,
    ),
  chooseAmount: 'Choose the amount. In brackets: what you pay.',
  chooseAmountInGroup: 'Choose the amount.',
  nothingInStock: (service: Service) =>
    `⚠️ No ${serviceName(L, service)} amount is in stock right now. Check again in a few minutes.`,
  amountNotOffered: '⚠️ This amount is not in stock. Choose another.',
  amountGone: '⚠️ This amount has just run out. Nothing was taken. Choose another.',

  quote: (q: QuoteFacts) =>
    lines(
      bold('Check, then pay.'),
      rich`${q.service} · ${lineText(L, q.line, q.masked)}`,
      rich`Recharge: ${bold(da(q.value))}`,
      q.masked ? null : rich`You pay: ${bold(da(q.price))}`,
      q.balance === null ? null : `Balance: ${da(q.balance)}, then ${da(subtract(q.balance, q.price))}`,
    ),
  priceChanged: (price: Centimes) => `⚠️ The price is now ${da(price)}. Nothing was taken.`,
  priceChangedInGroup: '⚠️ The price has changed. Nothing was taken.',
  short: (missing: Centimes, balance: Centimes, price: Centimes) =>
    lines(`⚠️ You are ${da(missing)} short: your balance is ${da(balance)}, the price ${da(price)}.`),
  shortInGroup: '⚠️ The balance does not cover this amount.',
  fitting: 'These amounts fit:',
  twin: (no: number, at: number) =>
    rich`⚠️ Order no. ${no} (${ago(L, at)}) recharges the same line with the same amount. Pay once more?`,
  away: '⚠️ Recharging is not available right now. Nothing was taken. Try again in a few minutes.',
  cannotRecord:
    '⚠️ The order could not be written down, so nothing was sent and nothing was taken. Try again in a few minutes.',
  barred: '⛔ Your access to this counter is closed for now. Nothing was taken. Ask the shop.',
  paused: (words: string) =>
    lines(
      '⚠️ The shop has paused its sales. Nothing was taken.',
      words === '' ? null : `The shop says: ${words}`,
    ),
  useButtons: 'Press a button above, or send another line number.',

  cancelled: 'Cancelled. Nothing was taken.',
  nothingToCancel: 'There is nothing to cancel.',
  tooLateToCancel: (no: number) =>
    `Order no. ${no} was already sent to the operator and can’t be cancelled. Its message will tell how it ends.`,
  closedIdle: 'Closed after 30 minutes without an answer. Nothing was taken. /topup starts again.',
  outdated: 'The bot was updated in the meantime. Nothing was taken. /topup starts again.',
  staleButton: 'This button is no longer in use. /topup starts again.',
  notYours: '⛔ This button belongs to the person who is ordering.',
  anonymous: 'Turn off anonymity to order here: anonymous admins all look alike.',
  oops: '⚠️ Something went wrong here. Orders already paid go on. Try again.',

  sending: (o: CardFacts) => lines(rich`⏳ Order no. ${o.no}: being sent.`, what(o)),
  inProgress: (o: CardFacts) =>
    lines(
      rich`⏳ Order no. ${o.no}: in progress (started ${ago(L, o.at)}).`,
      what(o),
      'It usually takes less than a minute. You can close this chat.',
    ),
  delivered: (o: CardFacts, d: Delivery) =>
    lines(
      rich`✅ Order no. ${o.no}: ${bold('recharged')}.`,
      what(o),
      d.code === null || !d.private ? null : rich`Card code: ${spoiler(code(d.code))}`,
      d.transactionNo === null || !d.private ? null : rich`Transaction number: ${code(d.transactionNo)}`,
      dateTime(L, d.at),
      d.private
        ? d.code === null
          ? null
          : 'Keep these as proof.'
        : d.hasCode
          ? 'The code is in the buyer’s private chat.'
          : null,
    ),
  refunded: (o: CardFacts, note: string | null) =>
    lines(
      o.masked
        ? rich`↩️ Order no. ${o.no}: not recharged; the money is back.`
        : rich`↩️ Order no. ${o.no}: not recharged; ${bold(da(o.price))} is back in your balance.`,
      what(o),
      note === null ? null : rich`The operator says: ${note}`,
    ),
  rejected: (o: CardFacts, refusal: ProviderRefusal) =>
    lines(
      o.masked
        ? rich`↩️ Order no. ${o.no}: not recharged; the money is back.`
        : rich`↩️ Order no. ${o.no}: not recharged; ${bold(da(o.price))} is back in your balance.`,
      what(o),
      `Why: ${refused[refusal.reason]}.`,
    ),
  queued: (o: CardFacts) =>
    lines(
      rich`🕒 Order no. ${o.no} is accepted; Algérie Télécom will apply it within 12 to 48 hours.`,
      what(o),
      'We will tell you here. Do not order again.',
    ),
  unknown: (o: CardFacts) =>
    lines(
      rich`🔎 Order no. ${o.no} is being checked with Algérie Télécom.`,
      what(o),
      'Your money is held; do not order again; we will tell you here.',
    ),
  review: (o: CardFacts) =>
    lines(
      rich`🔎 Order no. ${o.no} takes unusually long; the shop is looking into it.`,
      what(o),
      'Your money is held; do not order again; we will tell you here.',
    ),
  announce: {
    fulfilled: (no: number) => `✅ Order no. ${no}: recharged.`,
    refunded: (no: number) => `↩️ Order no. ${no}: not recharged, the money is back.`,
  },

  balance: (balance: Centimes, held: Centimes) =>
    lines(rich`Balance: ${bold(da(balance))}`, held === 0 ? null : `Held for orders under way: ${da(held)}`),
  /** What can be spent; of it the credit that the owner grants. */
  walletBalance: (spendable: Centimes, held: Centimes, ceiling: Centimes) =>
    lines(
      rich`Balance: ${bold(da(subtract(spendable, ceiling)))}`,
      ceiling === 0 ? null : `You can spend: ${da(spendable)} (credit: ${da(ceiling)})`,
      held === 0 ? null : `Held for orders under way: ${da(held)}`,
    ),
  balanceInGroup: 'Your balance is shown in the private chat only.',
  noHistory: 'No orders yet. /topup starts the first.',
  historyTitle: bold('Your last orders'),
  historyLine: (o: CardFacts, mark: string) =>
    rich`${mark} ${o.no} · ${lineText(L, o.line, o.masked)} · ${da(o.value)} · ${dateTime(L, o.at)}`,
  statusUsage: rich`Add the order number: ${code('/status 1042')}`,
  noSuchOrder: 'There is no such order of yours.',
  languageAsk: 'العربية · Français · English',
  languageSet: 'From now on in English.',

  alerts: {
    key: '⚠️ The provider refuses the key. Nothing is sold until the bot is started again with a valid ONECLICK_API_KEY. Open orders are kept.',
    address:
      '⚠️ The provider blocks this server’s address. The bot asks again in about 15 minutes by itself. Check the allowed addresses in the provider’s dashboard.',
    disabled:
      '⚠️ The provider has switched this key off. Switch it on in the dashboard and start the bot again. Open orders are kept.',
    readOnly:
      '⚠️ The provider’s key may only read. Start the bot again with a key that may buy. Open orders are kept.',
    recovered:
      '⚠️ The order book was damaged and the bot started with its previous copy. Every open order is being looked up before anything is sent. Check the disk.',
    disk: '⚠️ The disk does not take the order book (full?). Nothing is sold until it does; open orders wait.',
    shopShort:
      '⚠️ A buyer was turned away: the shop’s credit at the provider does not cover the purchase. Top it up.',
    shopBalance: (no: number) =>
      `⚠️ Order no. ${no} was refused: the shop’s credit at the provider is too low. Top it up.`,
    review: {
      overdue: (o: CardFacts) =>
        lines(rich`⚠️ Order no. ${o.no} is over its time. Look it up in the provider’s dashboard.`, what(o)),
      mismatch: (o: CardFacts) =>
        lines(
          rich`⚠️ Order no. ${o.no}: the provider’s order has another number or amount. Compare them.`,
          what(o),
        ),
      lost: (o: CardFacts) =>
        lines(
          rich`⚠️ Order no. ${o.no}: the provider does not know it, sent twice. Look it up in the dashboard.`,
          what(o),
        ),
    },
    reference: (ref: string) => rich`Our reference: ${code(ref)}`,
    settleHint: 'If you know how it ended, say so here.',
    sure: {
      fulfilled: (no: number) => `Order no. ${no}: the line was recharged, and the money is taken. Sure?`,
      refunded: (no: number) => `Order no. ${no}: the line was not recharged, and the money goes back. Sure?`,
    },
    settled: (no: number) => `Order no. ${no} is settled.`,
    notInReview: (no: number) => `Order no. ${no} has settled itself in the meantime.`,
    word: (o: CardFacts, word: string) =>
      lines(
        rich`⚠️ Order no. ${o.no}: the provider says ${code(word)}, which is new. It is kept open and watched.`,
        what(o),
      ),
  },
};

/** Labels, menus and toasts can't carry entities: these stay plain text in every language. */
type Plain = 'languageName' | 'commands' | 'buttons' | 'staleButton' | 'notYours' | 'anonymous';

export type Sentences = ContractWith<typeof en, Plain>;
