// What the people who run the shop are told; about an order that only a person can judge, with the two verdicts.

import type { Language, Order } from '../domain/order.ts';
import { LATE, newWordIn, OVER, reviewReasonIn } from '../domain/order-alert.ts';
import { provingSince } from '../domain/provider-answers.ts';
import type { OwnerAlert } from '../domain/report.ts';
import { settlerOf } from '../domain/story.ts';
import { deskSentences } from '../i18n/desk/index.ts';
import { sentences } from '../i18n/index.ts';
import { lines, type Rich } from '../i18n/rich.ts';
import type { Press } from './callback-data.ts';
import type { Chat } from './chat.ts';
import type { ChatFailure } from './failures.ts';
import { featureButton } from './feature.ts';
import { factsOf } from './order-card.ts';
import type { OwnerNames } from './owner-names.ts';
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
  /** The same, and false when nobody could be told yet, and the caller tries again. */
  tellNow(alert: OwnerAlert): Promise<boolean>;
  /** The same about one order. */
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
    case 'database':
      return t.database;
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
  const { state, alert } = order;
  const reason = state.name === 'review' ? state.reason : (reviewReasonIn(alert) ?? 'overdue');
  const proving = provingSince(state) === undefined ? null : deskSentences(language).story.proving;
  return {
    text: lines(t.alerts.review[reason](facts), proving, t.alerts.reference(order.ref), t.alerts.settleHint),
    rows: [
      [button(t.buttons.delivered, verdict(owner, order, 'fulfilled', false))],
      [button(t.buttons.moneyBack, verdict(owner, order, 'refunded', false))],
    ],
  };
}

/** An order that owners watch: that it is late, or how it ended and by whose word. */
function watchedView(owner: number, order: Order, language: Language, settler: string | null): View {
  const { watched, buttons } = deskSentences(language);
  const { state, no } = order;
  return {
    text: 'at' in state ? watched.over(no, state.name, settler) : watched.late(no, queuedSince(order)),
    rows: [[featureButton(buttons.story, owner, 'horder', [no])]],
  };
}

const queuedSince = ({ state, confirmedAt }: Order): number => ('since' in state ? state.since : confirmedAt);

export function createOwners(deps: {
  ids: readonly number[];
  chat: Chat;
  names: OwnerNames;
  languageOf: (person: number) => Language;
  sleep: (ms: number) => Promise<void>;
}): Owners {
  const { ids, chat, names, languageOf, sleep } = deps;

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

  /** False when there is somebody to tell and nobody could be; the others are tried again for a while. */
  async function tellSoon(to: readonly number[], news: News): Promise<boolean> {
    const left = new Set(to);
    await pass(left, news);
    if (to.length > 0 && left.size === to.length) return false;
    void tellLater(left, news);
    return true;
  }

  // Whoever has just set up the bot has not pressed Start yet, and can be written to in a minute.
  const newsOf = (alert: OwnerAlert): News => ({
    viewFor: (owner) => ({ text: alertText(alert, languageOf(owner)) }),
    hopeless: ['malformed'],
  });

  function viewAbout(owner: number, order: Order, alert: string, settler: string | null): View {
    const language = languageOf(owner);
    const t = sentences(language).alerts;
    const word = newWordIn(alert);
    if (word !== undefined) return { text: t.word(factsOf(order, false), word) };
    if (alert === 'shop-balance') return { text: t.shopBalance(order.no) };
    if (alert === LATE || alert === OVER) return watchedView(owner, order, language, settler);
    return reviewView(owner, order, language);
  }

  return {
    includes: (person) => ids.includes(person),
    tell: async (alert) => {
      const left = new Set(ids);
      await pass(left, newsOf(alert));
      await tellLater(left, newsOf(alert));
    },
    tellNow: (alert) => tellSoon(ids, newsOf(alert)),
    tellAbout: async (order, alert) => {
      // Whoever ended it knows.
      const settler = alert === OVER ? settlerOf(order) : undefined;
      const name = settler === undefined ? null : await names.of(settler);
      const viewFor = (owner: number): View => viewAbout(owner, order, alert, name);
      const to = ids.filter((owner) => owner !== settler);
      return tellSoon(to, { viewFor, hopeless: ['malformed', 'unreachable'] });
    },
  };
}
