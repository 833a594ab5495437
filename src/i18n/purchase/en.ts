// What a purchase asks and answers, from the first question to the confirmation, in English; the contract of the others.

import { subtract, type Centimes } from '../../domain/money.ts';
import type { Line, Service } from '../../domain/service.ts';
import type { ContractWith } from '../contract.ts';
import { ago, lineText, money, serviceName } from '../format.ts';
import { bold, code, lines, rich } from '../rich.ts';
import type { QuoteFacts } from './facts.ts';

const L = 'en';
const da = (amount: Centimes): string => money(L, amount);

export const en = {
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
  chooseAmount: 'Choose the amount.',
  chooseAmountPriced: 'Choose the amount. In brackets: what you pay.',
  nothingInStock: (service: Service) =>
    `⚠️ No ${serviceName(L, service)} amount is in stock right now. Check again in a few minutes.`,
  nothingSold: '⚠️ These recharges are not sold at the moment. Nothing was taken. The shop has been told.',
  amountNotOffered: '⚠️ This amount is not in stock. Choose another.',
  amountGone: '⚠️ This amount has just run out. Nothing was taken. Choose another.',
  amountNotSold: '⚠️ This amount is not sold at the moment. Nothing was taken. Choose another.',

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
  twinOfAnother: '⚠️ The same recharge for this line was ordered a moment ago. Pay once more?',
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
  closedIdle: 'Closed after 30 minutes without an answer. Nothing was taken. /topup starts again.',
  outdated: 'The bot was updated in the meantime. Nothing was taken. /topup starts again.',
  staleButton: 'This button is no longer in use. /topup starts again.',
  notYours: '⛔ This button belongs to the person who is ordering.',
};

/** Toasts can't carry entities. */
type Plain = 'staleButton' | 'notYours';

export type PurchaseSentences = ContractWith<typeof en, Plain>;
