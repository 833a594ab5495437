// What is said about people in English, and the contract of the other languages.

import type { AmountFault } from '../../domain/amount.ts';
import type { Centimes } from '../../domain/money.ts';
import type { GivenRole } from '../../domain/shop.ts';
import type { ContractWith } from '../contract.ts';
import { dateTime, money } from '../format.ts';
import { bold, code, lines, rich, type Rich } from '../rich.ts';
import {
  fullName,
  nameOf,
  ruleText,
  signed,
  type Answer,
  type Named,
  type Outside,
  type PersonFacts,
  type Tab,
} from './facts.ts';

const L = 'en';
const da = (amount: Centimes): string => money(L, amount);
const a: Record<GivenRole, string> = { agent: 'an agent', customer: 'a customer' };
const outside: Record<Outside, string> = {
  asking: '⚠️ Waits for your answer',
  refused: 'Not let in',
  removed: '⛔ Removed',
};
const roleLine = ({ role, frozen, outside: why }: PersonFacts): string => {
  if (role === null) return outside[why];
  const name = role === 'agent' ? 'Agent' : 'Customer';
  return frozen ? `⛔ ${name}, frozen: no new orders` : name;
};
function priceLine({ rule }: PersonFacts): string | Rich {
  if (rule === null) return 'Price: that of the role';
  const own = ruleText(L, rule);
  return own === undefined ? 'Price: own, the amount itself' : rich`Price: own, ${own} on the amount`;
}
const tabs: Record<Tab, string> = { agent: 'Agents', customer: 'Customers', outside: 'Not in' };

export const en = {
  buttons: {
    ask: 'Ask to be let in',
    answer: { agent: 'Agent', customer: 'Customer', refused: 'Refuse' },
    letIn: { agent: 'Let in as agent', customer: 'Let in as customer' },
    make: { agent: 'Make an agent', customer: 'Make a customer' },
    ceiling: 'Credit ceiling',
    freeze: 'Freeze',
    unfreeze: 'Unfreeze',
    remove: 'Remove',
    removeYes: 'Yes, remove',
    price: 'Price',
    deposit: 'Deposit',
    correction: 'Correction',
    statement: 'Statement',
    back: 'Back',
    cancel: 'Cancel',
    open: 'Open the card',
    showThem: 'Show them',
    invite: { agent: 'Invite an agent', customer: 'Invite a customer' },
    copyLink: 'Copy the link',
    sendLink: 'Send the link',
    previous: 'Previous',
    next: 'Next',
    tab: (tab: Tab, count: number): string => `${tabs[tab]}: ${count}`,
    person: (person: Named, balance: Centimes, frozen: boolean): string =>
      `${frozen ? '⛔ ' : ''}${nameOf(person)} · ${da(balance)}`,
  },

  door: {
    asked: 'Asked. The shop will answer you here.',
    waiting: 'Your request is with the shop. It will answer you here.',
    refused: (id: number, until: number) =>
      lines(
        '⛔ The shop has not let you in.',
        rich`Ask again after ${dateTime(L, until)}, or give the shop your Telegram number: ${code(id)}`,
      ),
    full: (id: number) =>
      lines(
        'Too many people ask at the moment. Try again tomorrow.',
        rich`Or give the shop your Telegram number: ${code(id)}`,
      ),
    removed:
      '⛔ The shop has closed your access. Orders under way go on and your balance is kept. Ask the shop.',
  },

  join: {
    'no-such-invite': '⚠️ This invitation is not valid. Ask the shop for a new link.',
    used: '⚠️ This invitation was used already. Ask the shop for a new link.',
    expired: '⚠️ This invitation is too old. Ask the shop for a new link.',
    'own-invite': 'This invitation is for somebody else: you are an owner. Send the link on.',
    'is-member': 'You are in already. Send a line number to recharge it.',
    removed: '⛔ The shop has closed your access, so the invitation can’t be used. Ask the shop.',
  },

  told: {
    letIn: {
      agent: lines(
        '✅ You are in as an agent.',
        'Recharge lines from your balance, and pass balance on to customers with /transfer.',
        'To put money on your balance: /deposit',
      ),
      customer: lines(
        '✅ You are in.',
        'Recharge lines from your balance.',
        'To put money on your balance: /deposit',
      ),
    },
    agent: 'The shop has made you an agent: /transfer passes balance on to customers.',
    customer: (creditEnds: boolean) =>
      creditEnds
        ? 'The shop has made you a customer. Your balance stays; buying on credit has ended.'
        : 'The shop has made you a customer. Your balance stays.',
    frozen:
      '⛔ The shop has stopped your new orders. Orders under way go on and your balance is kept. Ask the shop.',
    unfrozen: 'You can order again.',
    ceiling: (amount: Centimes) =>
      amount === 0
        ? 'Buying on credit has ended: you spend what is in your balance.'
        : `The shop lets you buy on credit, up to ${da(amount)}.`,
  },

  asks: (person: Named) =>
    lines(rich`⚠️ ${fullName(L, person)} asks to be let in.`, rich`Telegram number: ${code(person.id)}`),
  moreAsk: (count: number) =>
    lines(
      `⚠️ Still more people ask to be let in: ${count} this hour, without a card each.`,
      'They are in /people.',
    ),
  answered: (person: Named, answer: Answer, by: string | null) =>
    lines(
      answer === 'refused'
        ? rich`${fullName(L, person)} was not let in.`
        : rich`✅ ${fullName(L, person)} is in as ${a[answer]}.`,
      by === null ? 'Another owner answered.' : `Answered by ${by}.`,
    ),
  joined: (person: Named, role: GivenRole) =>
    rich`✅ ${fullName(L, person)} has come in as ${a[role]} by your link.`,
  cameByLink: (person: Named, role: GivenRole) =>
    rich`✅ ${fullName(L, person)} has come in as ${a[role]} by an owner’s link.`,
  notTold: '⚠️ The person could not be told: the chat with the bot is not open on their side.',

  inviteAsk: 'Whom is the link for?',
  link: (role: GivenRole, url: string, until: number) =>
    lines(bold(`A link for ${a[role]}, for one person, once.`), url, `Valid until ${dateTime(L, until)}`),
  picture: (role: GivenRole, until: number) =>
    lines(`The same link to scan: for ${a[role]}, once.`, `Valid until ${dateTime(L, until)}`),
  noLink: '⚠️ The link can’t be made right now. Try again in a minute.',

  listTitle: (tab: Tab, count: number) => bold(`${tabs[tab]}: ${count}`),
  page: (page: number, pages: number) => `Page ${page} of ${pages}`,
  listHint: rich`To find somebody: ${code('/people nadia')}`,
  nobody: 'Nobody has come in yet. Invite somebody with a link.',
  found: (shown: number, count: number) =>
    shown === count
      ? `Found: ${count}`
      : lines(`Found: ${count}, the first ${shown} below.`, 'Write more of the name to see the others.'),
  notFound: 'Nobody has this name, @name or number. Check it, or look at the list.',

  card: (p: PersonFacts) =>
    lines(
      fullName(L, p),
      roleLine(p),
      rich`Telegram number: ${code(p.id)}`,
      rich`Balance: ${bold(signed(L, p.balance))}`,
      p.held === 0 ? null : `Held for orders under way: ${da(p.held)}`,
      p.role === 'agent' ? `Credit ceiling: ${da(p.ceiling)}` : null,
      p.role === null ? null : priceLine(p),
    ),
  lastOrders: bold('Last orders'),
  noOrders: 'No orders yet.',
  removeSure: (p: PersonFacts, open: number) =>
    lines(
      rich`⚠️ Remove ${fullName(L, p)}? No new orders from then on.`,
      `Balance: ${signed(L, p.balance)}, which stays on the books.`,
      open === 0 ? null : `Orders under way: ${open}, which go on.`,
    ),

  ceilingAsk: (p: Named, ceiling: Centimes) =>
    lines(
      rich`Credit ceiling of ${fullName(L, p)}: ${da(ceiling)} now.`,
      'Send the new one in dinars, like 5000. 0 ends the credit.',
    ),
  amountFaults: {
    'not-an-amount': '⚠️ That is not an amount. Send it in digits, like 5000.',
    negative: '⚠️ A ceiling is not below zero. Send it in digits, like 5000.',
    fraction: '⚠️ Whole dinars only. Send it in digits, like 5000.',
    'too-much': '⚠️ That is more than can be given. Check the zeros and send it again.',
  } satisfies Record<Exclude<AmountFault, 'zero'>, string>,

  no: {
    'owners-only': '⛔ Only owners can do this.',
    'no-such-person': '⚠️ This person is not in any more. Nothing was changed.',
    'is-owner': '⚠️ Owners are named in the settings. Nothing was changed.',
    'as-it-was': 'It was like that already.',
    'agents-only': '⚠️ Credit is for agents. Make this person an agent first.',
  },
};

/** Labels and toasts can't carry entities: these stay plain text in every language. */
type Plain = 'buttons' | 'no';

export type PeopleSentences = ContractWith<typeof en, Plain>;
