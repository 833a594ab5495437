// Every sentence in English, and the contract of the catalogues: what is missing in another language does not compile.
// Here stands what belongs to no purchase and no order; the topics have a folder each.

import { subtract, type Centimes } from '../domain/money.ts';
import { en as alerts } from './alerts/en.ts';
import type { ContractWith } from './contract.ts';
import { money } from './format.ts';
import { en as menu } from './menu/en.ts';
import { en as orders } from './orders/en.ts';
import { en as purchase } from './purchase/en.ts';
import { bold, code, lines, rich } from './rich.ts';

const da = (amount: Centimes): string => money('en', amount);

export const en = {
  ...menu,
  ...purchase,
  ...orders,
  alerts,
  sandbox: bold('SANDBOX · nothing is really recharged'),

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
  /** What each may do besides recharging; below `help`. */
  helpFor: {
    customer: 'To ask the shop for balance: /deposit. What came in and went out: /statement',
    agent: lines(
      'To ask the shop for balance: /deposit. What came in and went out: /statement',
      'To give a customer balance: /transfer',
      'In the shop’s groups you order in the same way.',
    ),
    owner: lines(
      'Agents and customers: /people, /invite. Prices: /prices',
      'Balances: /deposit, /correct, /statement',
      'Orders: /orders, /today. Who did what: /audit',
      'Stop and go on selling: /pause, /resume. Groups: /groups',
    ),
  },
  sendText: 'Send the line number as a text message, in digits.',
  notUnderstood: 'I did not recognise a line number. Send it in digits, or press /topup.',

  anonymous: 'Turn off anonymity to order here: anonymous admins all look alike.',
  oops: '⚠️ Something went wrong here. Orders already paid go on. Try again.',

  balance: (balance: Centimes, held: Centimes) =>
    lines(rich`Balance: ${bold(da(balance))}`, held === 0 ? null : `Held for orders under way: ${da(held)}`),
  /** What can be spent; of it the credit that the owner grants. */
  walletBalance: (spendable: Centimes, held: Centimes, ceiling: Centimes) =>
    lines(
      rich`Balance: ${bold(da(subtract(spendable, ceiling)))}`,
      ceiling === 0 ? null : `You can spend: ${da(spendable)} (credit: ${da(ceiling)})`,
      held === 0 ? null : `Held for orders under way: ${da(held)}`,
    ),
  balanceInGroup: 'Your balance is shown to you alone: by this button, or in the private chat.',
  languageAsk: 'العربية · Français · English',
  languageSet: 'From now on in English.',
};

/** Labels, menus and toasts can't carry entities: these stay plain text in every language. */
type Plain = 'languageName' | 'commands' | 'buttons' | 'staleButton' | 'notYours' | 'anonymous';

export type Sentences = ContractWith<typeof en, Plain>;
