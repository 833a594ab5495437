// What is said of wallets in English, and the contract of the other languages.

import type { MoneyWords, Named, StatementFacts } from './facts.ts';
import { add, subtract, type Centimes } from '../../domain/money.ts';
import type { ContractWith } from '../contract.ts';
import { clockTime, dateTime, money } from '../format.ts';
import { bold, code, lines, rich, type Rich } from '../rich.ts';

const L = 'en';
const da = (amount: Centimes): string => money(L, amount);
const signed = (amount: Centimes): string => `${amount > 0 ? '+' : ''}${da(amount)}`;
const who = ({ name, handle }: Named): Rich => rich`${bold(name)} (${handle})`;
const then = (balance: Centimes, amount: Centimes): string =>
  `Balance: ${da(balance)}, then ${da(add(balance, amount))}`;

const no: MoneyWords = {
  'owners-only': '⛔ Only the owners of the shop do this.',
  'no-such-person': '⚠️ Nobody at this shop has that number or name. Check it and send it again.',
  frozen: '⛔ Your access to this counter is closed for now. Nothing was moved. Ask the shop.',
  'not-a-member': '⛔ You are not let in at this counter any more. Nothing was moved. Ask the shop.',
  'too-late': '⚠️ This confirmation is too old. Nothing was moved. Send the command again.',
  'agents-to-customers': '⛔ Only an agent can give credit, and only to a customer. Nothing was moved.',
  'to-oneself': '⚠️ This is your own wallet. Nothing was moved. Choose a customer.',
  'no-reason': '⚠️ A correction needs a reason. Nothing was moved. Send the command again with a reason.',
};

export const en = {
  buttons: {
    cancel: 'Cancel',
    put: (amount: Centimes) => `✅ Put ${da(amount)}`,
    correct: (amount: Centimes) => `✅ Correct by ${signed(amount)}`,
    give: (amount: Centimes) => `✅ Give ${da(amount)}`,
    refuse: 'Refuse',
    older: 'Older',
    newest: 'Latest',
    file: 'As a file',
    /** Null where others read along. */
    askMissing: (amount: Centimes | null) =>
      amount === null ? 'Ask the shop for credit' : `Ask the shop for ${da(amount)}`,
    goOn: 'Go on with the purchase',
    letGo: 'Drop the purchase',
  },

  cancelled: 'Cancelled. Nothing was moved.',
  no,
  faults: {
    'not-an-amount':
      '⚠️ That is not an amount. Send whole dinars in digits, without dots or commas, like 2000.',
    negative: '⚠️ The amount must be above zero. Send it without a minus, like 2000.',
    zero: '⚠️ The amount must be above zero. Send it in dinars, like 2000.',
    fraction: '⚠️ Whole dinars only, without centimes. Send it again, like 2000.',
    'too-much': '⚠️ That is more than a wallet takes in one go. Check the amount and send it again.',
  },

  usage: {
    deposit: rich`Send it like this: ${code('/deposit @nadia 2000')}`,
    correct: rich`Send it like this, with the reason: ${code('/correct @nadia -300 counted twice')}`,
    /** Of somebody else, by handle. */
    transfer: (example: string) => rich`Send it like this: ${code(`/transfer ${example} 500`)}`,
    statement: rich`Somebody’s wallet: ${code('/statement @nadia')}`,
  },
  toWhom: 'To which customer?',
  whom: 'Whose wallet?',
  nobodyYet: 'Nobody has a wallet here yet. Invite somebody first.',
  /** People to choose from stand below it. */
  whichOne: 'Several people are called that. Whose wallet?',
  severalHave: '⚠️ Several people have had that @name. Send the person’s number instead.',
  isOwner: '⚠️ Owners have no wallet: they buy on the shop’s credit.',

  /** `balance` is null where it is nobody else's business. */
  howMuch: (person: Named, balance: Centimes | null) =>
    lines(
      rich`How much do you put on the wallet of ${who(person)}?`,
      balance === null ? null : `Balance: ${da(balance)}`,
      'Send the amount in dinars, like 2000.',
    ),
  confirmDeposit: (person: Named, amount: Centimes, balance: Centimes) =>
    lines(rich`Put ${bold(da(amount))} on the wallet of ${who(person)}?`, then(balance, amount)),
  deposited: (person: Named, amount: Centimes, balance: Centimes) =>
    lines(rich`✅ ${bold(da(amount))} is on the wallet of ${who(person)}.`, `Balance: ${da(balance)}`),
  depositTold: (amount: Centimes, balance: Centimes) =>
    lines(rich`✅ The shop put ${bold(da(amount))} on your wallet.`, `Balance: ${da(balance)}`),
  notReached: (person: Named) => rich`⚠️ ${who(person)} could not be told: the chat with the bot is closed.`,

  howMuchWrong: (person: Named, balance: Centimes) =>
    lines(
      rich`By how much is the wallet of ${who(person)} corrected, and why?`,
      `Balance: ${da(balance)}`,
      rich`Send both, like ${code('-300 counted twice')}.`,
    ),
  reasonMissing: rich`⚠️ The reason is missing. Send both, like ${code('-300 counted twice')}.`,
  whyCorrect: (person: Named, amount: Centimes) =>
    lines(
      rich`Why is the wallet of ${who(person)} corrected by ${bold(signed(amount))}?`,
      'Send the reason; the person reads it too.',
    ),
  confirmCorrection: (person: Named, amount: Centimes, balance: Centimes, reason: string) =>
    lines(
      rich`Correct the wallet of ${who(person)} by ${bold(signed(amount))}?`,
      then(balance, amount),
      `Reason: ${reason}`,
    ),
  corrected: (person: Named, amount: Centimes, balance: Centimes, reason: string) =>
    lines(
      rich`✅ The wallet of ${who(person)} is corrected by ${bold(signed(amount))}.`,
      `Balance: ${da(balance)}`,
      `Reason: ${reason}`,
    ),
  correctionTold: (amount: Centimes, balance: Centimes, reason: string) =>
    lines(
      rich`✅ The shop corrected your wallet by ${bold(signed(amount))}.`,
      `Balance: ${da(balance)}`,
      `Reason: ${reason}`,
    ),
  correctionShort: (person: Named, available: Centimes, held: Centimes) =>
    lines(
      rich`⛔ Nothing was moved: ${da(available)} at the most can be taken from ${who(person)}.`,
      held === 0
        ? 'Take less.'
        : `${da(held)} is held for orders under way. Take less, or wait until they end.`,
    ),
  draftLost: '⚠️ This confirmation is no longer in use. Look at the statement before you send it again.',
  movedBefore: (balance: Centimes) =>
    lines('This was done already; it was not moved twice.', `Balance: ${da(balance)}`),

  howMuchCredit: lines(
    'How much credit do you need? Send the amount in dinars, like 2000.',
    'A picture of the payment slip may come with it: write the amount below the picture.',
  ),
  slipHere: 'The picture is here. Now send the amount in dinars, like 2000.',
  asked: (amount: Centimes) => rich`⏳ The shop is asked for ${bold(da(amount))}. You will be told here.`,
  /** `amount` is null where others read along. `until`: epoch ms, null when no purchase is kept. */
  askedMissing: (amount: Centimes | null, until: number | null) =>
    lines(
      amount === null
        ? '⏳ The shop is asked for credit.'
        : rich`⏳ The shop is asked for ${bold(da(amount))}.`,
      until === null
        ? 'You will be told in the private chat.'
        : `Your purchase is kept until ${clockTime(L, until)} and comes back by itself.`,
    ),
  notAsked: {
    'not-a-member': no['not-a-member'],
    frozen: no.frozen,
    'too-many': '⚠️ Three of your requests are still open. Wait until the shop answers them.',
  },
  nobodyReached: '⚠️ No owner could be told right now. Your request is kept; call the shop.',

  request: (person: Named, amount: Centimes, balance: Centimes, at: number) =>
    lines(rich`⚠️ ${who(person)} asks for ${bold(da(amount))}.`, then(balance, amount), dateTime(L, at)),
  granted: (person: Named, amount: Centimes, owner: string, at: number) =>
    lines(
      rich`✅ ${bold(da(amount))} is on the wallet of ${who(person)}.`,
      `By ${owner}, ${dateTime(L, at)}`,
    ),
  turnedDown: (person: Named, amount: Centimes, owner: string, at: number) =>
    lines(
      rich`⛔ ${who(person)} asked for ${bold(da(amount))} and was refused.`,
      `By ${owner}, ${dateTime(L, at)}`,
    ),
  turnedDownTold: (amount: Centimes) =>
    rich`⛔ The shop did not put the ${bold(da(amount))} that you asked for. Nothing was taken. Ask the shop.`,
  requestGone: 'This request is no longer open. Nothing was moved.',

  confirmTransfer: (person: Named, amount: Centimes, balance: Centimes) =>
    lines(
      rich`Give ${bold(da(amount))} from your wallet to ${who(person)}?`,
      `Your balance: ${da(balance)}, then ${da(subtract(balance, amount))}`,
    ),
  given: (person: Named, amount: Centimes, balance: Centimes) =>
    lines(rich`✅ ${bold(da(amount))} is given to ${who(person)}.`, `Your balance: ${da(balance)}`),
  givenTold: (agent: Named, amount: Centimes, balance: Centimes) =>
    lines(rich`✅ ${agent.name} put ${bold(da(amount))} on your wallet.`, `Balance: ${da(balance)}`),
  transferShort: (available: Centimes) =>
    rich`⚠️ Nothing was moved: you can give ${da(available)} at the most. Send a smaller amount, or ask the shop: /deposit.`,
  ownersDeposit: 'Owners put credit on a wallet with /deposit.',

  ownersStatement: 'Owners spend the shop’s credit and have no wallet. /balance shows the credit.',
  statement: ({ person, balance, held, ceiling }: StatementFacts) =>
    lines(
      person === null ? bold('Your wallet') : rich`Wallet of ${who(person)}`,
      rich`Balance: ${bold(da(balance))}`,
      ceiling === 0 ? null : `Credit: ${da(ceiling)}`,
      held === 0 ? null : `Held for orders under way: ${da(held)}`,
    ),
  nothingMoved: 'Nothing has come in or gone out yet.',
  row: (what: Rich | string, amount: Centimes, balance: Centimes, at: number) =>
    rich`${bold(signed(amount))} · ${what} · ${dateTime(L, at)} · balance ${da(balance)}`,
  what: {
    deposit: 'deposit',
    correction: (reason: string) => `correction: \u2068${reason}\u2069`,
    transferIn: (name: string) => `from ${name}`,
    transferOut: (name: string) => `to ${name}`,
    hold: (no: number | null) => (no === null ? 'order' : `order no. ${no}`),
    release: (no: number | null) => (no === null ? 'order, money back' : `order no. ${no}, money back`),
  },
  somebody: 'somebody',
  file: {
    date: 'Date',
    what: 'What',
    order: 'Order no.',
    amount: 'Amount (DA)',
    balance: 'Balance (DA)',
    note: 'Note',
  },
  fileKinds: {
    deposit: 'Deposit',
    correction: 'Correction',
    transferIn: 'Received',
    transferOut: 'Given',
    hold: 'Order',
    release: 'Money back',
  },
  fileCaption: (at: number) => `Wallet as of ${dateTime(L, at)}`,
  fileFailed: '⚠️ The file could not be sent. Try again in a minute.',

  /** Above what nobody asked for where others read along. */
  forPerson: (person: Rich) => rich`For ${person}`,
  kept: 'The purchase is kept for 30 minutes.',
  notKept: 'This purchase is no longer kept: it came back, or it is over. This press changed nothing.',
  /** Said where the shop was asked for what the purchase lacked. */
  cameBack: 'The purchase that waited here is back: it goes on below.',
  canGoOn:
    '✅ There is new credit, and a purchase of yours still waits. Finish this one, or go on with that one.',
};

/** Labels and file headings can't carry entities: these stay plain text in every language. */
type Plain = 'buttons' | 'file' | 'fileKinds' | 'somebody' | 'notKept' | 'requestGone';

export type WalletsSentences = ContractWith<typeof en, Plain>;
