// The command menus and the buttons in English, and their contract. Labels can't carry entities.

import type { Centimes } from '../../domain/money.ts';
import type { Service } from '../../domain/service.ts';
import { money, serviceName } from '../format.ts';

const L = 'en';
const da = (amount: Centimes): string => money(L, amount);

export const en = {
  languageName: 'English',
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
};

export type MenuSentences = typeof en;
