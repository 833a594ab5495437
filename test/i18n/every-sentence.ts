// Every sentence of a catalogue as it may be said: each function called with facts that cover its branches.

import { dinars } from '../../src/domain/money.ts';
import type { Language } from '../../src/domain/order.ts';
import type { ProviderRefusal } from '../../src/domain/refusal.ts';
import type { Line, Service } from '../../src/domain/service.ts';
import type { Sentences } from '../../src/i18n/en.ts';
import { sentences } from '../../src/i18n/index.ts';
import type { CardFacts, Delivery } from '../../src/i18n/orders/facts.ts';
import type { QuoteFacts } from '../../src/i18n/purchase/facts.ts';
import type { Entity, Rich } from '../../src/i18n/rich.ts';
import { line, NOW } from '../domain/an-order.ts';

export interface Said {
  /** `buttons.pay`, `delivered`. */
  readonly key: string;
  readonly text: string;
  readonly entities: readonly Entity[];
}

const ADSL: Line = line('036362608');
const LTE: Line = line('213472731602', '4G');
const NO = 123_456_789;
const MONEY = dinars(99_999_999);

const card = (masked: boolean, service: Service = 'ADSL'): CardFacts => ({
  no: NO,
  service,
  line: service === 'ADSL' ? ADSL : LTE,
  value: MONEY,
  price: MONEY,
  at: NOW,
  masked,
  buyerName: 'نادية Nadia',
});
const CARDS = [card(false), card(true), card(false, '4G')];
const SERVICES: readonly Service[] = ['ADSL', '4G'];
const REFUSALS: readonly ProviderRefusal['reason'][] = [
  ...(['wrong-number', 'out-of-stock', 'shop-balance'] as const),
  ...(['bad-request', 'busy', 'no-access'] as const),
];
const QUOTES: readonly QuoteFacts[] = CARDS.map((facts) => ({
  ...facts,
  balance: facts.masked ? null : MONEY,
}));
const DELIVERIES: readonly Delivery[] = [
  { code: '1111222233334444', transactionNo: 'AT-2026-12345', at: NOW, private: true, hasCode: true },
  { code: null, transactionNo: null, at: NOW, private: true, hasCode: true },
  { code: null, transactionNo: null, at: NOW, private: false, hasCode: true },
];

/** The sentences that need facts, with all the facts they need; by key, as the contract has them. */
function withFacts(t: Sentences): Readonly<Record<string, readonly (string | Rich)[]>> {
  const { buttons: b, alerts: a } = t;
  return {
    'buttons.service': SERVICES.map(b.service),
    'buttons.amount': [b.amount(MONEY, MONEY), b.amount(MONEY, null)],
    'buttons.confirm': [b.confirm(MONEY)],
    'buttons.pay': [b.pay(MONEY)],
    'buttons.payAgain': [b.payAgain(MONEY)],
    stranger: [t.stranger(NO)],
    askServiceFor: [t.askServiceFor('472731602')],
    askNumber: SERVICES.map(t.askNumber),
    wrongLength: SERVICES.map(t.wrongLength),
    looksOther: [t.looksOther('ADSL', ADSL), t.looksOther('4G', LTE)],
    notALine: SERVICES.map(t.notALine),
    lineFound: [t.lineFound(ADSL, 'FTTc 10M', false), t.lineFound(LTE, null, true)],
    nothingInStock: SERVICES.map(t.nothingInStock),
    quote: QUOTES.map(t.quote),
    priceChanged: [t.priceChanged(MONEY)],
    short: [t.short(MONEY, MONEY, MONEY)],
    twin: [t.twin(NO, NOW)],
    tooLateToCancel: [t.tooLateToCancel(NO)],
    sending: CARDS.map(t.sending),
    inProgress: CARDS.map(t.inProgress),
    delivered: CARDS.flatMap((facts) =>
      DELIVERIES.filter((delivery) => delivery.private !== facts.masked).map((delivery) =>
        t.delivered(facts, delivery),
      ),
    ),
    refunded: CARDS.flatMap((facts) => [t.refunded(facts, null), t.refunded(facts, 'line is closed')]),
    rejected: CARDS.flatMap((facts) => REFUSALS.map((reason) => t.rejected(facts, { reason }))),
    queued: CARDS.map(t.queued),
    unknown: CARDS.map(t.unknown),
    review: CARDS.map(t.review),
    'announce.fulfilled': [t.announce.fulfilled(NO)],
    'announce.refunded': [t.announce.refunded(NO)],
    paused: [t.paused(''), t.paused('Back at 20:00.')],
    walletBalance: [t.walletBalance(MONEY, MONEY, MONEY), t.walletBalance(dinars(0), dinars(0), dinars(0))],
    balance: [t.balance(MONEY, dinars(0)), t.balance(MONEY, MONEY)],
    historyLine: CARDS.map((facts) => t.historyLine(facts, '✅')),
    'alerts.shopBalance': [a.shopBalance(NO)],
    'alerts.review.overdue': CARDS.map(a.review.overdue),
    'alerts.review.mismatch': CARDS.map(a.review.mismatch),
    'alerts.review.lost': CARDS.map(a.review.lost),
    'alerts.reference': [a.reference('t0000001')],
    'alerts.sure.fulfilled': [a.sure.fulfilled(NO)],
    'alerts.sure.refunded': [a.sure.refunded(NO)],
    'alerts.settled': [a.settled(NO)],
    'alerts.notInReview': [a.notInReview(NO)],
    'alerts.needsNone': [a.needsNone(NO)],
    'alerts.word': CARDS.map((facts) => a.word(facts, 'PENDING_REVIEW')),
  };
}

type Leaf = readonly [key: string, leaf: unknown];

const isRich = (value: object): value is Rich => 'text' in value && 'entities' in value;

/** Every sentence of a catalogue by its key, functions as they are. */
export function leaves(catalogue: object, prefix = ''): Leaf[] {
  return Object.entries(catalogue).flatMap(([name, value]: [string, unknown]): Leaf[] =>
    typeof value === 'object' && value !== null && !isRich(value)
      ? leaves(value, `${prefix}${name}.`)
      : [[`${prefix}${name}`, value]],
  );
}

const said = (key: string, sentence: string | Rich): Said =>
  typeof sentence === 'string' ? { key, text: sentence, entities: [] } : { key, ...sentence };

/** All that a catalogue can say. Throws for a sentence with facts that is not listed above. */
export function everythingSaid(language: Language): readonly Said[] {
  const catalogue = sentences(language);
  const facts = withFacts(catalogue);
  return leaves(catalogue).flatMap(([key, leaf]) => {
    if (typeof leaf === 'string') return [said(key, leaf)];
    if (typeof leaf === 'object' && leaf !== null && isRich(leaf)) return [said(key, leaf)];
    const all = facts[key];
    if (all === undefined) throw new Error(`the sentence ${key} is not tried out`);
    return all.map((sentence) => said(key, sentence));
  });
}
