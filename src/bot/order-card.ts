// Pure: an order and a language in, text and buttons out. What a card shows hangs on the order alone, so the state's
// name is enough to know whether a person has seen it; the card code itself never goes into that digest.

import { isSettled, type Language, type Order } from '../domain/order.ts';
import type { ProviderRefusal } from '../domain/refusal.ts';
import type { CardFacts } from '../i18n/orders/facts.ts';
import { groupsSentences } from '../i18n/groups/index.ts';
import { sentences } from '../i18n/index.ts';
import { lines, type Rich } from '../i18n/rich.ts';
import { featureButton } from './feature.ts';
import { SHOW_CODE } from './group-code.ts';
import { button, type View } from './view.ts';

/** What the card says, in a word that may be stored: two equal digests need no edit. */
export function digestOf(order: Order): string {
  const { name } = order.state;
  return `${order.language}.${name === 'confirmed' ? 'sending' : name}`;
}

/** What a copy button may carry, in characters. */
const LONGEST_COPY = 256;

/** A mark for lists of orders. */
export const MARKS: Record<Order['state']['name'], string> = {
  confirmed: '⏳',
  sending: '⏳',
  unknown: '🔎',
  handling: '⏳',
  queued: '🕒',
  review: '🔎',
  fulfilled: '✅',
  refunded: '↩️',
  rejected: '↩️',
};

export const factsOf = (order: Order, masked: boolean): CardFacts => ({
  no: order.no,
  service: order.service,
  line: order.line,
  value: order.value,
  price: order.price,
  at: order.confirmedAt,
  masked,
  buyerName: order.buyerName,
});

function text(order: Order, card: CardFor): Rich {
  const { language, isPrivate, code: opened, foreign = false, codeWaits = false } = card;
  const code = isPrivate ? opened : null;
  const t = sentences(language);
  const facts = factsOf(order, !isPrivate);
  const { state } = order;
  const rich = (sentence: Rich | string): Rich =>
    typeof sentence === 'string' ? { text: sentence, entities: [] } : sentence;
  switch (state.name) {
    case 'confirmed':
    case 'sending':
      return rich(t.sending(facts));
    case 'handling':
      return rich(t.inProgress(facts));
    case 'unknown':
      return rich(t.unknown(facts));
    case 'queued':
      return rich(t.queued(facts));
    case 'review':
      return rich(t.review(facts));
    case 'fulfilled': {
      const { at } = state;
      const transactionNo = foreign ? null : state.transactionNo;
      const hasCode = state.code !== null && !codeWaits;
      return lines(
        rich(
          t.delivered(facts, {
            ...{ hasCode, code, transactionNo, at: processedAt(order, at), private: isPrivate },
          }),
        ),
        codeWaits ? rich(groupsSentences(language).codeWaits) : null,
      );
    }
    case 'refunded':
      return rich(t.refunded(facts, isPrivate ? noteFor(order, state.note, language) : null));
    case 'rejected':
      return rich(t.rejected(facts, refusalFor(order, state.refusal, isPrivate)));
  }
}

/** How the shop stands with its provider is its owners' business, and none of a group's. */
const refusalFor = ({ role }: Order, refusal: ProviderRefusal, isPrivate: boolean): ProviderRefusal =>
  refusal.reason === 'shop-balance' && (role !== 'owner' || !isPrivate) ? { reason: 'no-access' } : refusal;

/** What machines say to each other, in the words that they use for it. */
const JARGON: readonly RegExp[] = [
  /[A-Z]{2,}_|\bE[A-Z]{4,}\b|\b[a-z]+[A-Z]|[{}<>[\]]|::/,
  /\b[45]\d\d\b|https?:|error|exception|time[sd]?[ -]?out|deadline|gateway|socket|serve(u)?r\b|proxy/i,
  /\b(?:api|json|xml|html|sql|null|undefined|token|status|internal|unexpected|unreachable|abort\w*)\b/i,
  /connection (?:reset|refused|lost|closed|failed)|too many|bad request|request (?:failed|id)|unavailable/i,
];

/** What is said of the shop's own account. */
const ABOUT_THE_SHOP =
  /balance|credit|\bcost|margin|resell|solde|cr[ée]dit|co[uû]t|marge|revend|رصيد|تكلفة|هامش|موزع/iu;

/** The operator's reason, unless it is jargon, in a script that its reader may not read, or nobody's but the owners'. */
function noteFor({ role }: Order, note: string | null, language: Language): string | null {
  if (note === null || JARGON.some((jargon) => jargon.test(note))) return null;
  if (role !== 'owner' && ABOUT_THE_SHOP.test(note)) return null;
  return language === 'ar' && !/\p{Script=Arabic}/u.test(note) ? null : note;
}

/** The operator's own date when it reads as one near ours, otherwise the moment we learnt of it. Epoch ms. */
function processedAt(order: Order, at: number): number {
  const told = order.state.name === 'fulfilled' ? Date.parse(order.state.processedAt ?? '') : NaN;
  return told >= order.confirmedAt - 86_400_000 && told <= at + 86_400_000 ? told : at;
}

export interface CardFor {
  readonly language: Language;
  readonly isPrivate: boolean;
  readonly code: string | null;
  readonly privateLink?: string | undefined;
  /** The code could not be brought to its buyer, who finds a button for it under the group's card. */
  readonly codeWaits?: boolean;
  /** Shown to somebody else than its buyer: nothing to press and nothing that proves the purchase. */
  readonly foreign?: boolean;
}

/** The card of an order. `code` is the opened card code, null where it is unknown or others can read along. */
export function drawCard(order: Order, card: CardFor): View {
  const t = sentences(card.language).buttons;
  const drawn = text(order, card);
  const again = [button(t.again, { kind: 'again', owner: order.buyer, no: order.no })];
  if (!isSettled(order) || card.foreign === true) return { text: drawn };
  if (order.state.name !== 'fulfilled') return { text: drawn, rows: [again] };
  const copy =
    card.isPrivate && card.code !== null && card.code.length <= LONGEST_COPY
      ? [{ text: t.copyCode, copy_text: { text: card.code } }]
      : [];
  const show =
    !card.isPrivate && card.codeWaits === true
      ? [featureButton(groupsSentences(card.language).buttons.showCode, order.buyer, SHOW_CODE, [order.no])]
      : [];
  const open =
    !card.isPrivate && card.privateLink !== undefined ? [{ text: t.openPrivate, url: card.privateLink }] : [];
  return { text: drawn, rows: [copy, show, open, again] };
}
