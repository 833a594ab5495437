// Pure: the prompts of a purchase, from facts to text and buttons; the note above a prompt tells what was wrong with the
// last answer (notes.ts).

import type { InlineKeyboardButton } from 'grammy/types';
import { centimes, type Centimes } from '../domain/money.ts';
import type { Ref } from '../domain/order.ts';
import { otherService, type Line, type Service } from '../domain/service.ts';
import { digitsText, lineLabel } from '../i18n/format.ts';
import { groupsSentences } from '../i18n/groups/index.ts';
import { sentences } from '../i18n/index.ts';
import { lines, type Rich } from '../i18n/rich.ts';
import { walletsSentences } from '../i18n/wallets/index.ts';
import type { BuyAction } from './callback-data.ts';
import { figuresButton } from './group-figures.ts';
import { isTwin, noteText, type Note, type Reader } from './notes.ts';
import { askMissingButton } from './wallet-buttons.ts';
import { button, inRows, type View } from './view.ts';

/** Who is asked, where, and in which flow: what every prompt's buttons carry. */
export interface Asked extends Reader {
  readonly owner: number;
  readonly flow: string;
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

/** What a note says in a group to the person it is for, where it says more than to everybody. */
const alone = (asked: Asked, note: Note, instead?: Rich | string): Pick<View, 'aside'> =>
  asked.inGroup
    ? {
        aside: {
          text: noteText({ ...asked, inGroup: false }, note),
          ...(instead === undefined ? {} : { instead }),
        },
      }
    : {};

const ABOUT_THE_NUMBER: readonly Note['say'][] = [
  ...(['not-a-number', 'mobile', 'wrong-length', 'not-a-line', 'looks-other'] as const),
];

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
      // The line itself stays in the flow: a group can read what stands behind a button.
      press(asked, `${t.buttons.service(note.other)} · ${lineLabel(note.line, asked.inGroup)}`, {
        do: 'service',
        service: note.other,
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
    ...(note !== null && ABOUT_THE_NUMBER.includes(note.say) ? alone(asked, note, t.askNumber(service)) : {}),
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
    /** There is stock, and at this buyer's price none of it is sold. */
    isUnsold?: boolean;
  },
): View {
  const t = sentences(asked.language);
  const empty = facts.offers.length === 0;
  const isPriced = (value: number, price: number): boolean => !asked.inGroup && price !== value;
  const values = facts.offers.map(({ value, price }) =>
    press(asked, t.buttons.amount(centimes(value), isPriced(value, price) ? centimes(price) : null), {
      do: 'value',
      value,
    }),
  );
  const note = facts.isUnsold === true && facts.note?.say === 'amount-not-sold' ? null : facts.note;
  const isKept = note?.say === 'short' && note.kept === true;
  const isShortInGroup = note?.say === 'short' && asked.inGroup;
  const isAnyPriced = facts.offers.some(({ value, price }) => isPriced(value, price));
  const choose = facts.fitting ? t.fitting : isAnyPriced ? t.chooseAmountPriced : t.chooseAmount;
  const nothing =
    facts.isUnsold === true ? t.nothingSold : facts.fitting ? null : t.nothingInStock(facts.service);
  return {
    text: lines(
      above(asked, note),
      isKept ? walletsSentences(asked.language).kept : null,
      note === null ? t.lineFound(facts.line, asked.inGroup ? null : facts.offer, asked.inGroup) : null,
      empty ? nothing : choose,
    ),
    ...(note?.say === 'short' ? alone(asked, note) : {}),
    rows: [
      isKept ? [askMissingButton(asked.language, asked, note.missing)] : [],
      ...inRows(values, 2),
      empty ? [press(asked, t.buttons.checkAgain, { do: 'retry' })] : [],
      isShortInGroup && note.value !== undefined ? [figuresButton(asked, facts.service, note.value)] : [],
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
  const { service, line, value, price, balance, ref } = facts;
  const masked = asked.inGroup;
  const { note } = facts;
  const twin = note !== null && isTwin(note);
  const hidden = note?.say === 'twin' ? noteText({ ...asked, inGroup: false }, note) : null;
  const label = masked ? t.buttons.confirm(value) : twin ? t.buttons.payAgain(price) : t.buttons.pay(price);
  return {
    text: lines(
      above(asked, note),
      t.quote({ service, line, value, price, masked, balance: masked ? null : balance }),
    ),
    ...(masked
      ? { aside: { text: lines(hidden, groupsSentences(asked.language).figures(price, balance)) } }
      : {}),
    rows: [
      [press(asked, label, { do: twin ? 'pay-again' : 'pay', ref }, 'success')],
      [
        press(asked, t.buttons.otherAmount, { do: 'other-amount' }),
        press(asked, t.buttons.otherNumber, { do: 'other-number' }),
      ],
      ...(masked ? [[figuresButton(asked, service, value)]] : []),
      [press(asked, t.buttons.cancel, { do: 'cancel' })],
    ],
  };
}
