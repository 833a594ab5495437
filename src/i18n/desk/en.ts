// The owners' desk in English, and the contract of its catalogues. Nobody but owners reads any of it.

import type { DaySums, PricedFor, Sums } from '../../domain/report.ts';
import type { AmountFault } from '../../domain/amount.ts';
import type { EntryKind } from '../../domain/ledger.ts';
import { subtract, type Centimes } from '../../domain/money.ts';
import type { Order, ProviderCall, Settled, StateName } from '../../domain/order.ts';
import type { PriceRule } from '../../domain/pricing.ts';
import { groupLine, type Service } from '../../domain/service.ts';
import type { AuditLine, GivenRole, Role } from '../../domain/shop.ts';
import type { Came } from '../../domain/story.ts';
import type { ContractWith } from '../contract.ts';
import { clockTime, dateTime, lineText, money, serviceName } from '../format.ts';
import { bold, code, lines, rich, type Rich } from '../rich.ts';
import type { AuditFacts, Incident, ListName, PersonPrice } from './facts.ts';
import {
  auditLine,
  capital,
  dayText,
  nameText,
  quoted,
  ruleFigure,
  signed,
  toTheSecond,
  whoPays,
} from './figures.ts';
import { enNote } from './notes/en.ts';
import { enWords } from './words/en.ts';

const L = 'en';
const W = enWords;
const da = (amount: Centimes): string => money(L, amount);

function rule(one: PriceRule): Rich | string {
  const figure = ruleFigure(L, one);
  return figure === undefined ? W.faceValue : rich`the amount ${figure}`;
}
const soldAt = (role: GivenRole, { price, margin, sold }: PricedFor): Rich =>
  rich`${W.roles[role]} ${da(price)} (${signed(L, margin)}${sold ? '' : ', not sold'})`;
const sums = (name: string, { count, value, margin }: Sums): Rich =>
  rich`${name}: ${count} · ${da(value)} · margin ${signed(L, margin)} DA`;

export const en = {
  buttons: {
    ruleOf: (role: GivenRole) => `Price of ${W.roles[role].toLowerCase()}`,
    allowLoss: 'Allow sales below cost',
    forbidLoss: 'Never sell below cost',
    sureLoss: 'Yes, also below cost',
    setOwn: 'Set a price',
    clearOwn: 'Back to the price of the role',
    back: 'Back',
    cancel: 'Cancel',
    lists: { all: 'All', open: 'Open', today: 'Today' },
    state: (name: StateName) => capital(W.states[name]),
    byState: 'By state',
    older: 'Older',
    newest: 'Newest',
    person: (name: string) => name,
    askNow: 'Ask the provider now',
    story: 'The whole story',
    toOrders: 'All orders',
    file: 'Save as a file',
  },
  privateOnly: 'This is for your private chat with the bot.',
  asking: 'The provider is being asked. Press again in a moment to see its answer.',
  notAskedNow: 'Nothing to ask now: the order has ended, or is looked up by itself.',

  prices: {
    title: bold('Prices'),
    service: (service: Service) => bold(serviceName(L, service)),
    row: (value: Centimes, cost: Centimes, warn: boolean) =>
      rich`${warn ? '⚠️ ' : ''}${bold(da(value))}: cost ${da(cost)}`,
    roles: (agent: PricedFor, customer: PricedFor) =>
      rich`${soldAt('agent', agent)} · ${soldAt('customer', customer)}`,
    one: (value: Centimes, { price, margin, sold }: PricedFor) =>
      rich`${sold ? '' : '⚠️ '}${da(value)}: ${da(price)} (${signed(L, margin)}${sold ? '' : ', not sold'})`,
    nothing: 'Nothing is in stock right now.',
    away: 'The provider does not say right now what is in stock.',
    rules: (agent: PriceRule, customer: PriceRule) =>
      rich`Agents pay ${rule(agent)}; customers pay ${rule(customer)}.`,
    belowCost: (allowed: boolean) =>
      allowed ? 'Sales below cost are allowed.' : 'What would go below cost is not sold.',
    askRole: (role: GivenRole) => `Send the price of ${W.roles[role].toLowerCase()}.`,
    askPerson: (name: string) => `Send the price of ${nameText(name)}.`,
    examples: rich`On the amount: ${code('-2%')}, ${code('+1.5%')}. In dinars: ${code('-20')}, ${code('30')}. The amount itself: ${code('0')}.`,
    wrong: rich`⚠️ That is no price. Send for example ${code('-2%')}, ${code('+1.5%')}, ${code('-20')}, ${code('30')} or ${code('0')}; percents up to 50.`,
    sureLoss: 'Values are then sold even where the shop loses money on each. Sure?',
    person: ({ name, role, own, ofRole, belowCost }: PersonPrice) =>
      lines(
        rich`${bold(nameText(name))} · ${W.role[role]}`,
        own === null ? rich`Pays the price of the role: ${rule(ofRole)}` : rich`Own price: ${rule(own)}`,
        belowCost ? 'To this person also below cost.' : null,
      ),
    noSuchPerson: 'There is no such agent or customer.',
  },

  pause: {
    paused: (words: string) =>
      lines(
        'Sales are paused. Orders under way go on, and you can still buy.',
        words === '' ? null : `Buyers read: ${quoted(words)}`,
        '/resume sells again.',
      ),
    tooLong: (most: number) => `⚠️ At most ${most} characters. Nothing was changed.`,
    pausedBy: (who: string, words: string) =>
      lines(
        `⚠️ ${nameText(who)} has paused sales.`,
        words === '' ? null : `Buyers read: ${quoted(words)}`,
        'To sell again: /resume',
      ),
    resumedBy: (who: string) => `✅ ${nameText(who)} has resumed sales.`,
    resumed: 'Sales go on.',
    notPaused: 'Sales were not paused.',
  },
  threshold: {
    set: (amount: Centimes) => rich`You hear when the shop’s credit falls below ${bold(da(amount))}.`,
    none: 'You hear nothing about the shop’s credit.',
    usage: rich`Set it: ${code('/threshold 5000')}. No alert: ${code('/threshold 0')}.`,
    wrong: (fault: Exclude<AmountFault, 'zero'>) =>
      rich`⚠️ ${W.amountFaults[fault]} For example ${code('/threshold 5000')}; ${code('/threshold 0')} for none.`,
  },

  orders: {
    title: (list: ListName) =>
      bold(
        typeof list === 'string'
          ? {
              all: 'All orders',
              open: 'Open orders',
              today: 'Orders of today',
            }[list]
          : 'state' in list
            ? `Orders: ${W.states[list.state]}`
            : 'line' in list
              ? `Orders of ${groupLine(list.line)}`
              : `Orders of ${nameText(list.person)}`,
      ),
    row: (o: Order, mark: string, isToday: boolean) =>
      rich`${mark} ${o.no} · ${lineText(L, o.line)} · ${da(o.value)} · ${nameText(o.buyerName)} · ${(isToday ? clockTime : dateTime)(L, o.confirmedAt)}`,
    none: 'There are none.',
    which: 'Which of them?',
    whichState: 'Orders in which state?',
    notUnderstood: rich`⚠️ I know no such line or person. For example ${code('/orders 036362608')} or ${code('/orders @nadia')}.`,
    usage: rich`Add the order number: ${code('/order 1042')}`,
    noSuch: 'There is no order with this number.',
  },

  story: {
    head: (o: Order, mark: string) =>
      lines(
        rich`${mark} ${bold(`Order no. ${o.no}: ${W.states[o.state.name]}`)}`,
        rich`${o.service} · ${lineText(L, o.line)} · ${da(o.value)}`,
        rich`By ${nameText(o.buyerName)} (${code(o.buyer)}), ${W.role[o.role]}`,
        rich`Price ${da(o.price)} · cost ${da(o.cost)}${o.state.name === 'fulfilled' ? rich` · margin ${signed(L, subtract(o.price, o.cost))} DA` : ''}`,
        rich`Our reference: ${code(o.ref)}`,
      ),
    provider: (id: string) => rich`At the provider: ${code(id)}`,
    transaction: (no: string) => rich`Transaction number: ${code(no)}`,
    day: (at: number) => bold(dayText(L, at)),
    state: (at: number, name: StateName, by: string | null, why: string | null) =>
      rich`${toTheSecond(at)} ${W.states[name]}${by === null ? '' : rich`, by ${nameText(by)}`}${why === null ? '' : `: ${quoted(why)}`}`,
    call: (at: number, lastAt: number, times: number, call: ProviderCall, came: Came, id: string | null) =>
      rich`${toTheSecond(at)} ${W.calls[call]}${times === 1 ? '' : ` ${times} times, until ${toTheSecond(lastAt)}`}: ${W.came[came]}${id === null ? '' : rich` · ${code(id)}`}`,
    entry: (at: number, kind: EntryKind, amount: Centimes) =>
      rich`${toTheSecond(at)} money ${W.entries[kind]}: ${da(amount)}`,
    proving: '⚠️ The provider calls it recharged, but has shown no code yet.',
    left: (count: number) => `(${count} lines are left out here)`,
  },

  verdict: {
    why: (sure: Rich | string) =>
      lines(sure, 'Write how you know it, in a few words. It is kept with your name.'),
    noReason: '⚠️ A reason is needed: write how you know how the order ended.',
    reason: (reason: string) => `Reason: ${quoted(reason)}`,
  },

  today: {
    title: (from: number) => rich`${bold('Today')}, ${dayText(L, from)}`,
    sold: ({ count, value }: Sums) => `Recharged: ${count} · ${da(value)}`,
    money: ({ revenue, cost, margin }: Sums) =>
      lines(`Revenue: ${da(revenue)}`, `Cost: ${da(cost)}`, rich`Margin: ${bold(signed(L, margin))} DA`),
    byRole: (role: Role, of: Sums) => sums(W.roles[role], of),
    returned: (count: number) => `Money given back: ${count}`,
    open: ({ count, held }: DaySums['open']) => `Open orders: ${count}, holding ${da(held)}`,
    paused: (at: number) => `⚠️ Sales are paused since ${dateTime(L, at)}. /resume sells again.`,
  },

  audit: {
    note: enNote,
    title: bold('What people did'),
    none: 'Nothing yet.',
    line: (facts: AuditFacts) => auditLine(L, W.what, facts),
    file: (count: number) => `${count} lines, newest first.`,
    fileFailed: '⚠️ The file could not be sent. Try again in a moment.',
  },
  sheet: {
    columns: ['when', 'who', 'who (number)', 'what', 'about', 'about (number)', 'why'],
    what: (what: AuditLine['what']) => W.what[what],
    bot: 'the bot',
  },

  /** Orders that owners were asked to watch. */
  watched: {
    late: (no: number, since: number) =>
      `⚠️ Order no. ${no} has been scheduled for more than 48 hours, since ${dateTime(L, since)}. The money is held.`,
    over: (no: number, end: Settled['name'], by: string | null) =>
      lines(
        `✅ Order no. ${no}, which needed watching, is over: ${W.ends[end]}.`,
        by === null ? null : `Settled by ${nameText(by)}.`,
      ),
  },

  incident: (alert: Incident): Rich | string => {
    switch (alert.kind) {
      case 'access-back':
        return '✅ The provider takes the key and this address again. Sales go on.';
      case 'provider-down':
        return `⚠️ The provider has not answered since ${clockTime(L, alert.since)}. Open orders wait; nothing is lost.`;
      case 'provider-back':
        return `✅ The provider answers again; it was away since ${clockTime(L, alert.since)}.`;
      case 'credit-low':
        return `⚠️ The shop’s credit is ${da(alert.credit)}, below your ${da(alert.threshold)}. Top it up.`;
      case 'credit-back':
        return `✅ The shop’s credit is ${da(alert.credit)} again, above your ${da(alert.threshold)}.`;
      case 'unsold':
        return `⚠️ ${whoPays(W.roles, alert.terms)} could buy nothing: at their price everything in stock goes below cost. Change it: /prices.`;
      case 'shop-back':
        return `✅ The shop’s credit is ${da(alert.credit)}: it covers again what buyers were turned away for.`;
    }
  },
};

export type DeskSentences = ContractWith<
  typeof en,
  'buttons' | 'privateOnly' | 'asking' | 'notAskedNow' | 'sheet'
>;
