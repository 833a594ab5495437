// Pure: the prompts of a purchase, from facts to text and buttons. `Note` is the line above a prompt that tells what
// was wrong with the last answer.

import type { InlineKeyboardButton } from 'grammy/types';
import { centimes, type Centimes } from '../domain/money.ts';
import type { Language, Ref } from '../domain/order.ts';
import { otherService, type Line, type Service } from '../domain/service.ts';
import { digitsText, lineLabel } from '../i18n/format.ts';
import { sentences } from '../i18n/index.ts';
import { lines, type Rich } from '../i18n/rich.ts';
import { walletsSentences } from '../i18n/wallets/index.ts';
import type { BuyAction } from './callback-data.ts';
import { askMissingButton } from './wallet-buttons.ts';
import { button, inRows, type View } from './view.ts';

/** Plain JSON, because it is kept in the flow. Amounts in centimes, `at` in epoch ms. */
export type Note =
  | {
      readonly say:
        | 'not-a-number'
        | 'mobile'
        | 'amount-not-offered'
        | 'amount-gone'
        | 'send-text'
        | 'use-buttons'
        | 'away'
        | 'barred';
    }
  | { readonly say: 'cannot-record' }
  /** What the owner says about it, empty for the usual sentence. */
  | { readonly say: 'paused'; readonly words: string }
  | { readonly say: 'wrong-length' | 'not-a-line'; readonly service: Service }
  | { readonly say: 'looks-other'; readonly other: Service; readonly line: Line }
  | { readonly say: 'cannot-check'; readonly text: string }
  | { readonly say: 'price-changed'; readonly price: Centimes }
  | {
      readonly say: 'short';
      readonly missing: Centimes;
      readonly balance: Centimes;
      readonly price: Centimes;
      /** The purchase waits for the money, which can be asked for. */
      readonly kept?: boolean;
    }
  | { readonly say: 'twin'; readonly no: number; readonly at: number };

/** Who is asked, where, and in which flow: what every prompt's buttons carry. */
export interface Asked {
  readonly language: Language;
  readonly owner: number;
  readonly flow: string;
  /** Others can read along: no prices, no balances, masked numbers. */
  readonly inGroup: boolean;
}

export interface RecentLine {
  readonly service: Service;
  readonly line: Line;
}

export interface OfferButton {
  readonly value: number;
  /** What this buyer pays. */
  readonly price: number;
}

const press = (asked: Asked, text: string, action: BuyAction, style?: 'success'): InlineKeyboardButton =>
  button(text, { kind: 'buy', owner: asked.owner, flow: asked.flow, action }, style);

/** The sentence of a note in the person's language. */
export function noteText({ language, inGroup }: Asked, note: Note): Rich | string {
  const t = sentences(language);
  switch (note.say) {
    case 'not-a-number':
      return t.notANumber;
    case 'mobile':
      return t.mobile;
    case 'amount-not-offered':
      return t.amountNotOffered;
    case 'amount-gone':
      return t.amountGone;
    case 'send-text':
      return t.sendText;
    case 'use-buttons':
      return t.useButtons;
    case 'away':
      return t.away;
    case 'cannot-record':
      return t.cannotRecord;
    case 'barred':
      return t.barred;
    case 'paused':
      return t.paused(note.words);
    case 'wrong-length':
      return t.wrongLength(note.service);
    case 'not-a-line':
      return t.notALine(note.service);
    case 'looks-other':
      return t.looksOther(note.other, note.line, inGroup);
    case 'cannot-check':
      return t.cannotCheck;
    case 'price-changed':
      return inGroup ? t.priceChangedInGroup : t.priceChanged(note.price);
    case 'short':
      return inGroup ? t.shortInGroup : t.short(note.missing, note.balance, note.price);
    case 'twin':
      return t.twin(note.no, note.at);
  }
}

const above = (asked: Asked, note: Note | null): Rich | string | null =>
  note === null ? null : noteText(asked, note);

export function serviceScreen(
  asked: Asked,
  facts: { digits: string | null; recent: readonly RecentLine[]; note: Note | null },
): View {
  const t = sentences(asked.language);
  const services = (['ADSL', '4G'] as const).map((service) =>
    press(asked, t.buttons.service(service), { do: 'service', service }),
  );
  const recent = facts.recent.map(({ service, line }) => [
    press(asked, `${lineLabel(line)} · ${service}`, { do: 'line', service, line }),
  ]);
  return {
    text: lines(
      above(asked, facts.note),
      facts.digits === null ? t.askService : t.askServiceFor(digitsText(facts.digits, asked.inGroup)),
    ),
    rows: [services, ...recent, [press(asked, t.buttons.cancel, { do: 'cancel' })]],
  };
}

/** Provider away or nothing to choose from: what can be done is to ask again. */
export function awayScreen(asked: Asked, note: Note = { say: 'away' }): View {
  const t = sentences(asked.language);
  return {
    text: noteText(asked, note),
    rows: [
      [press(asked, t.buttons.checkAgain, { do: 'retry' })],
      [press(asked, t.buttons.cancel, { do: 'cancel' })],
    ],
  };
}

export function numberScreen(asked: Asked, facts: { service: Service; note: Note | null }): View {
  const t = sentences(asked.language);
  const { note, service } = facts;
  const extra: InlineKeyboardButton[] = [];
  if (note?.say === 'looks-other')
    extra.push(
      press(asked, `${t.buttons.service(note.other)} · ${lineLabel(note.line, asked.inGroup)}`, {
        do: 'line',
        service: note.other,
        line: note.line,
      }),
    );
  if (note?.say === 'not-a-line')
    extra.push(
      press(asked, t.buttons.service(otherService(service)), {
        do: 'service',
        service: otherService(service),
      }),
    );
  if (note?.say === 'cannot-check') extra.push(press(asked, t.buttons.checkAgain, { do: 'retry' }));
  return {
    text: note === null ? t.askNumber(service) : noteText(asked, note),
    rows: [
      extra,
      [press(asked, t.buttons.back, { do: 'back' }), press(asked, t.buttons.cancel, { do: 'cancel' })],
    ],
    forceReply: true,
  };
}

export function valueScreen(
  asked: Asked,
  facts: {
    service: Service;
    line: Line;
    offer: string | null;
    offers: readonly OfferButton[];
    note: Note | null;
    /** Only what the balance covers is shown. */
    fitting: boolean;
  },
): View {
  const t = sentences(asked.language);
  const empty = facts.offers.length === 0;
  const values = facts.offers.map(({ value, price }) =>
    press(asked, t.buttons.amount(centimes(value), asked.inGroup ? null : centimes(price)), {
      do: 'value',
      value,
    }),
  );
  const { note } = facts;
  const isKept = note?.say === 'short' && note.kept === true;
  const choose = facts.fitting ? t.fitting : asked.inGroup ? t.chooseAmountInGroup : t.chooseAmount;
  const nothing = facts.fitting ? null : t.nothingInStock(facts.service);
  return {
    text: lines(
      above(asked, note),
      isKept ? walletsSentences(asked.language).kept : null,
      note === null ? t.lineFound(facts.line, asked.inGroup ? null : facts.offer, asked.inGroup) : null,
      empty ? nothing : choose,
    ),
    rows: [
      isKept ? [askMissingButton(asked.language, asked, note.missing)] : [],
      ...inRows(values, 2),
      empty ? [press(asked, t.buttons.checkAgain, { do: 'retry' })] : [],
      [
        press(asked, t.buttons.otherNumber, { do: 'other-number' }),
        press(asked, t.buttons.cancel, { do: 'cancel' }),
      ],
    ],
  };
}

export function confirmScreen(
  asked: Asked,
  facts: {
    service: Service;
    line: Line;
    value: Centimes;
    price: Centimes;
    balance: Centimes;
    ref: Ref;
    note: Note | null;
  },
): View {
  const t = sentences(asked.language);
  const { service, line, value, price, ref } = facts;
  const masked = asked.inGroup;
  const twin = facts.note?.say === 'twin';
  const label = masked ? t.buttons.confirm(value) : twin ? t.buttons.payAgain(price) : t.buttons.pay(price);
  return {
    text: lines(
      above(asked, facts.note),
      t.quote({ service, line, value, price, masked, balance: masked ? null : facts.balance }),
    ),
    rows: [
      [press(asked, label, { do: twin ? 'pay-again' : 'pay', ref }, 'success')],
      [
        press(asked, t.buttons.otherAmount, { do: 'other-amount' }),
        press(asked, t.buttons.otherNumber, { do: 'other-number' }),
      ],
      [press(asked, t.buttons.cancel, { do: 'cancel' })],
    ],
  };
}
