// What the people who run the shop are told; about an order that only a person can judge, with the two verdicts.

import type { OwnerAlert } from '../domain/report.ts';
import type { Language, Order } from '../domain/order.ts';
import { deskSentences } from '../i18n/desk/index.ts';
import { sentences } from '../i18n/index.ts';
import { lines, type Rich } from '../i18n/rich.ts';
import type { Press } from './callback-data.ts';
import type { Chat } from './chat.ts';
import type { ChatFailure } from './failures.ts';
import { factsOf } from './order-card.ts';
import { button, type View } from './view.ts';

const RETRY_MS = [5_000, 30_000, 120_000, 600_000];

/** Something to be told; an owner whose chat fails in a hopeless way counts as told. */
interface News {
  readonly viewFor: (owner: number) => View;
  readonly hopeless: readonly ChatFailure['kind'][];
}

export interface Owners {
  includes(person: number): boolean;
  /** Tells every owner once; tried again for a while when Telegram does not take it. */
  tell(alert: OwnerAlert): Promise<void>;
  /** The same about one order; false when nobody could be told yet, and the caller tries again. */
  tellAbout(order: Order, alert: string): Promise<boolean>;
}

function alertText(alert: OwnerAlert, language: Language): Rich | string {
  const t = sentences(language).alerts;
  switch (alert.kind) {
    case 'no-access':
      return { key: t.key, address: t.address, disabled: t.disabled, 'read-only': t.readOnly }[alert.detail];
    case 'recovered-copy':
      return t.recovered;
    case 'disk':
      return t.disk;
    case 'shop-short':
      return t.shopShort;
    default:
      return deskSentences(language).incident(alert);
  }
}

const verdict = (owner: number, order: Order, outcome: 'fulfilled' | 'refunded', sure: boolean): Press => ({
  kind: 'settle',
  owner,
  no: order.no,
  outcome,
  sure,
});

/** An order that only a person can judge, as an owner sees it in private: what is wrong, and the two verdicts. */
export function reviewView(owner: number, order: Order, language: Language): View {
  const t = sentences(language);
  const facts = factsOf(order, false);
  const reason = order.state.name === 'review' ? order.state.reason : 'overdue';
  return {
    text: lines(t.alerts.review[reason](facts), t.alerts.reference(order.ref), t.alerts.settleHint),
    rows: [
      [button(t.buttons.delivered, verdict(owner, order, 'fulfilled', false))],
      [button(t.buttons.moneyBack, verdict(owner, order, 'refunded', false))],
    ],
  };
}

export function createOwners(deps: {
  ids: readonly number[];
  chat: Chat;
  languageOf: (person: number) => Language;
  sleep: (ms: number) => Promise<void>;
}): Owners {
  const { ids, chat, languageOf, sleep } = deps;

  async function tellOne(owner: number, { viewFor, hopeless }: News): Promise<boolean> {
    const sent = await chat.send({ chatId: owner, threadId: null }, languageOf(owner), viewFor(owner));
    return sent.ok || hopeless.includes(sent.failure.kind);
  }

  async function pass(left: Set<number>, news: News): Promise<void> {
    for (const owner of [...left]) if (await tellOne(owner, news)) left.delete(owner);
  }

  async function tellLater(left: Set<number>, news: News): Promise<void> {
    for (const wait of RETRY_MS) {
      if (left.size === 0) return;
      await sleep(wait);
      await pass(left, news);
    }
  }

  function viewAbout(owner: number, order: Order, alert: string): View {
    const language = languageOf(owner);
    const t = sentences(language).alerts;
    if (alert.startsWith('word:'))
      return { text: t.word(factsOf(order, false), alert.slice('word:'.length)) };
    if (alert === 'shop-balance') return { text: t.shopBalance(order.no) };
    return reviewView(owner, order, language);
  }

  return {
    includes: (person) => ids.includes(person),
    tell: async (alert) => {
      const viewFor = (owner: number): View => ({ text: alertText(alert, languageOf(owner)) });
      // Whoever has just set up the bot has not pressed Start yet, and can be written to in a minute.
      const news: News = { viewFor, hopeless: ['malformed'] };
      const left = new Set(ids);
      await pass(left, news);
      await tellLater(left, news);
    },
    tellAbout: async (order, alert) => {
      const viewFor = (owner: number): View => viewAbout(owner, order, alert);
      const news: News = { viewFor, hopeless: ['malformed', 'unreachable'] };
      const left = new Set(ids);
      await pass(left, news);
      if (left.size === ids.length) return false;
      void tellLater(left, news);
      return true;
    },
  };
}
