// What an order's message says as the order moves, and how orders are listed, in English; the contract of the others.

import type { ProviderRefusal } from '../../domain/refusal.ts';
import type { Centimes } from '../../domain/money.ts';
import type { Contract } from '../contract.ts';
import { ago, byName, dateTime, lineText, money } from '../format.ts';
import { bold, code, lines, rich, spoiler, type Rich } from '../rich.ts';
import type { CardFacts, Delivery } from './facts.ts';

const L = 'en';
const da = (amount: Centimes): string => money(L, amount);

/** What was ordered, for which line. */
export const what = (o: CardFacts): Rich =>
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
  nothingToCancel: 'There is nothing to cancel.',
  tooLateToCancel: (no: number) =>
    `Order no. ${no} was already sent to the operator and can’t be cancelled. Its message will tell how it ends.`,
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

  noHistory: 'No orders yet. /topup starts the first.',
  historyTitle: bold('Your last orders'),
  historyLine: (o: CardFacts, mark: string) =>
    rich`${mark} ${o.no} · ${lineText(L, o.line, o.masked)} · ${da(o.value)} · ${dateTime(L, o.at)}`,
  statusUsage: rich`Add the order number: ${code('/status 1042')}`,
  noSuchOrder: 'There is no such order of yours.',
};

export type OrderSentences = Contract<typeof en>;
