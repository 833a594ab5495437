// What is said in groups and about them, in English; the contract of the other two.

import { subtract, type Centimes } from '../../domain/money.ts';
import type { ContractWith } from '../contract.ts';
import { dateTime, money } from '../format.ts';
import { bold, code, join, lines, rich } from '../rich.ts';

const L = 'en';
const da = (amount: Centimes): string => money(L, amount);

export const en = {
  buttons: {
    openChat: 'Open the private chat',
    showCode: 'Show my code',
    figures: 'My price and balance',
    balance: 'Show my balance',
    revoke: (title: string) => `Stop serving: ${title}`,
    all: 'All groups',
    revokeSure: 'Yes, stop serving there',
    back: 'Back',
    newer: 'Newer',
    older: 'Older',
  },
  notServedHere: '⛔ Nothing is sold in this group (any more). Orders already paid go on.',
  oneMoment: '⏳ One moment: this message will tell how it goes.',
  showsNoCode: '⚠️ There is no code to show here. Write to the bot in private.',
  codeLater: '⚠️ The code can’t be shown right now. Nothing is lost. Try again in a few minutes.',
  codeInPrivate: 'This code is too long to be shown here. Open it in the private chat.',
  code: (no: number, secret: string, transactionNo: string | null) =>
    [
      `Order no. ${no}`,
      `Card code: ${secret}`,
      ...(transactionNo === null ? [] : [`Transaction number: ${transactionNo}`]),
    ].join('\n'),

  served: rich`This group is open for orders: ${code('/topup')}, or in one line ${code('/topup 036362608 1000')}`,
  servedAlready: rich`This group is open for orders already: ${code('/topup')}`,
  notServed: rich`This counter does not serve this group. An owner of the shop can open it here, under their own name, with ${code('/allow')}`,
  lapsed: rich`Whoever opened this group is no longer an owner of the shop. Until an owner says ${code('/allow')} here, nothing is sold in it; orders already paid go on.`,
  allowInGroup: rich`Add the bot to the group, or send ${code('/allow')} in the group itself.`,
  preparing: '⏳ One moment.',
  figures: (price: Centimes, balance: Centimes) =>
    lines(rich`You pay: ${bold(da(price))}`, `Balance: ${da(balance)}, then ${da(subtract(balance, price))}`),
  writeInPrivate: 'To order here, write to the bot in private first.',
  forPrivateChat: 'This is for the private chat with the bot.',
  codeWaits: 'The code waits for its buyer: the button shows it to nobody else.',

  listTitle: bold('Groups where the shop serves'),
  listEmpty: rich`The shop serves in no group. Add the bot to one, or send ${code('/allow')} in it.`,
  group: (title: string, at: number) => rich`${bold(title)} · since ${dateTime(L, at)}`,
  groupLapsed: (title: string) =>
    rich`⚠️ ${bold(title)} · allowed by someone who is no longer an owner. Send ${code('/allow')} there, or stop serving.`,
  sure: (title: string) =>
    lines(rich`Stop serving in ${bold(title)}?`, 'Orders already paid go on to their end.'),
  nowServed: (title: string) => join(['The shop now serves in ', bold(title), '.']),
  putOut: (title: string) =>
    join([
      '⚠️ The bot is no longer in ',
      bold(title),
      '. Orders under way go on, and their buyers hear the end in private.',
    ]),
  revoked: (title: string) => join(['Nothing is sold any more in ', bold(title), '.']),
  listChanged: 'That group is no longer on the list.',
};

/** Labels, toasts and alerts can't carry entities. */
type Plain =
  'buttons' | 'notServedHere' | 'oneMoment' | 'showsNoCode' | 'codeLater' | 'codeInPrivate' | 'code';

export type GroupSentences = ContractWith<typeof en, Plain>;
