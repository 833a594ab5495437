// Pure: an order's full story as owners read it, cut in its middle where Telegram's message would be too long.

import { isSettled, type Language, type Order, type StoryLine } from '../domain/order.ts';
import { dayOf } from '../app/day.ts';
import { provingSince } from '../domain/provider-answers.ts';
import { entriesOf, isCame } from '../domain/story.ts';
import { mayBeJudged } from '../domain/transitions.ts';
import { deskSentences } from '../i18n/desk/index.ts';
import { sentences } from '../i18n/index.ts';
import { lines, type Rich } from '../i18n/rich.ts';
import { featureButton } from './feature.ts';
import { MARKS } from './order-card.ts';
import { button, type View } from './view.ts';

/** Telegram takes 4096; the rest is for the mark of the sandbox. */
const LONGEST_TEXT = 3_900;
/** Telegram leaves out the entities of a message beyond its first hundred. */
const MOST_LINES = 85;

/** For whom a story is drawn, and what the people in it are called, by their Telegram ids. */
export interface Reader {
  readonly owner: number;
  readonly language: Language;
  readonly names: ReadonlyMap<string, string>;
}

/** Who besides the buyer brought the order into a state: Telegram ids as the story has them. */
export const actorsOf = ({ story, buyer }: Order): readonly string[] => [
  ...new Set(
    story.flatMap((line) =>
      line.kind === 'state' && isPerson(line.by) && line.by !== String(buyer) ? [line.by] : [],
    ),
  ),
];

const isPerson = (by: string): boolean => by !== 'worker';

/** The provider has announced the end, and its code has not come yet. */
export const isAwaitingProof = ({ state }: Order): boolean => provingSince(state) !== undefined;

interface Told {
  readonly at: number;
  readonly text: Rich;
}

function lineOf(line: StoryLine, order: Order, { language, names }: Reader): Told {
  const s = deskSentences(language).story;
  if (line.kind === 'state') {
    const { at, name, by, why = null } = line;
    const who = by === String(order.buyer) ? order.buyerName : (names.get(by) ?? by);
    return { at, text: lines(s.state(at, name, isPerson(by) ? who : null, why)) };
  }
  const came = isCame(line.came) ? line.came : 'unanswered';
  const { at, lastAt, times, call, requestId } = line;
  return { at, text: lines(s.call(at, lastAt, times, call, came, requestId)) };
}

/** States, calls and money by time, with a heading for every day. */
function history(order: Order, reader: Reader): readonly Rich[] {
  const s = deskSentences(reader.language).story;
  const [first, ...rest] = order.story.map((line) => lineOf(line, order, reader));
  const [hold, ...ends] = entriesOf(order).map(({ at, kind, amount }) => ({
    ...{ at, text: lines(s.entry(at, kind, amount)) },
  }));
  // What happened in the same moment is told in the order of cause.
  const told = [first, hold, ...rest, ...ends]
    .filter((one) => one !== undefined)
    .toSorted((a, b) => a.at - b.at);
  return told.flatMap(({ at, text }, i) => {
    const before = told[i - 1];
    const sameDay = before !== undefined && dayOf(before.at) === dayOf(at);
    return sameDay ? [text] : [lines(s.day(at)), text];
  });
}

/** As many of the first and last lines as fit, the last ones first of all. */
function fitting(head: Rich, all: readonly Rich[], left: (count: number) => Rich): Rich {
  let kept = Math.min(all.length, MOST_LINES);
  for (;;) {
    const first = Math.min(4, kept);
    const cut =
      kept === all.length
        ? all
        : [...all.slice(0, first), left(all.length - kept), ...all.slice(all.length - kept + first)];
    const text = lines(head, ...cut);
    if (text.text.length <= LONGEST_TEXT || kept <= 1) return text;
    kept -= 1;
  }
}

function head(order: Order, language: Language): Rich {
  const s = deskSentences(language).story;
  const { state } = order;
  const topupId = 'topupId' in state ? state.topupId : null;
  const transactionNo = state.name === 'fulfilled' ? state.transactionNo : null;
  return lines(
    s.head(order, MARKS[state.name]),
    topupId === null ? null : s.provider(topupId),
    transactionNo === null ? null : s.transaction(transactionNo),
    isAwaitingProof(order) ? s.proving : null,
  );
}

/** The story with what an owner can do about the order. */
export function storyView(order: Order, reader: Reader): View {
  const { owner, language } = reader;
  const { buttons: b, story: s } = deskSentences(language);
  const main = sentences(language).buttons;
  const verdict = (outcome: 'fulfilled' | 'refunded') =>
    button(outcome === 'fulfilled' ? main.delivered : main.moneyBack, {
      kind: 'settle',
      ...{ owner, no: order.no, outcome, sure: false },
    });
  return {
    text: fitting(head(order, language), history(order, reader), (count) => lines(s.left(count))),
    rows: [
      isSettled(order) ? [] : [featureButton(b.askNow, owner, 'hask', [order.no])],
      ...(mayBeJudged(order) ? [[verdict('fulfilled')], [verdict('refunded')]] : []),
      [featureButton(b.toOrders, owner, 'hlist', ['all'])],
    ],
  };
}
