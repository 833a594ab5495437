// An order's story as its owners read it: each state it came into, and each answer of the provider. The same answer again
// is one line that counts, and the story is bounded, so that an order which is asked about for days stays small.

import { entryOf, isSettledState, type Order, type ProviderCall, type StoryLine } from './order.ts';
import type { OrderEvent } from './order-event.ts';
import type { Entry } from './ledger.ts';
import type { ProviderRefusal } from './refusal.ts';

/** Why a call brought no answer that could be used. */
const SILENCES = ['no-access', 'throttled', 'unreachable', 'timeout', 'server', 'unreadable'] as const;
const REFUSALS = [
  ...(['wrong-number', 'out-of-stock', 'shop-balance', 'bad-request', 'busy', 'no-access'] as const),
] satisfies readonly ProviderRefusal['reason'][];
const ANSWERS = [
  ...(['accepted', 'not-executed', 'doubt', 'duplicate-ref', 'handling', 'queued', 'odd'] as const),
  ...(['fulfilled', 'refunded', 'not-found', 'unanswered'] as const),
] as const;

export type Silence = (typeof SILENCES)[number];

/** What a call to the provider came to. */
export type Came = ProviderRefusal['reason'] | Silence | (typeof ANSWERS)[number];

const CAMES: ReadonlySet<string> = new Set([...SILENCES, ...REFUSALS, ...ANSWERS]);

/** Whether a stored word is one that can be said. */
export const isCame = (word: string): word is Came => CAMES.has(word);

/** By which call a fact was heard. */
export interface Heard {
  readonly call: ProviderCall;
  /** The provider's id of the call, when it gave one. */
  readonly requestId: string | null;
  readonly silence?: Silence;
}

/** A story keeps this many lines: its first ones and its newest. */
export const LONGEST_STORY = 60;
const FIRST_LINES = 10;

type CallLine = Extract<StoryLine, { kind: 'call' }>;

/** What the fact means as the end of a call; undefined for facts that are no answer. */
function cameOf(event: OrderEvent, silence: Silence | undefined): Came | undefined {
  switch (event.type) {
    case 'accepted':
    case 'not-executed':
    case 'doubt':
    case 'duplicate-ref':
    case 'not-found':
      return event.type;
    case 'refused':
      return event.refusal.reason;
    case 'found':
      return event.snapshot.status.kind;
    case 'unanswered':
      return silence ?? 'unanswered';
    default:
      return undefined;
  }
}

/** The lines up to and with the last call, if this is the same once more: what lies behind was a round that led back. */
function repeated(story: readonly StoryLine[], line: CallLine): readonly StoryLine[] | undefined {
  const at = story.findLastIndex(({ kind }) => kind === 'call');
  const last = story[at];
  if (last?.kind !== 'call' || last.call !== line.call || last.came !== line.came) return undefined;
  const wentRound = line.came === 'not-executed';
  if (at !== story.length - 1 && !wentRound) return undefined;
  return [...story.slice(0, at), { ...line, at: last.at, times: last.times + 1 }];
}

function withCall(story: readonly StoryLine[], { call, requestId }: Heard, came: Came, now: number) {
  const line: CallLine = { kind: 'call', at: now, lastAt: now, times: 1, call, came, requestId };
  return repeated(story, line) ?? [...story, line];
}

const bounded = (story: readonly StoryLine[]): readonly StoryLine[] =>
  story.length <= LONGEST_STORY
    ? story
    : [...story.slice(0, FIRST_LINES), ...story.slice(FIRST_LINES - LONGEST_STORY)];

/** The order as it became, with what happened written down. */
export function told(before: Order, after: Order, event: OrderEvent, now: number, heard?: Heard): Order {
  const came = heard === undefined ? undefined : cameOf(event, heard.silence);
  const called =
    heard === undefined || came === undefined ? before.story : withCall(before.story, heard, came, now);
  const { name } = after.state;
  const who =
    event.type === 'settled-by-hand' ? { by: String(event.by), why: event.reason } : { by: 'worker' };
  const story: readonly StoryLine[] =
    name === before.state.name ? called : [...called, { kind: 'state', at: now, name, ...who }];
  return story === before.story ? after : { ...after, story: bounded(story) };
}

/** Who settled the order by hand (Telegram id); undefined when nobody did. */
export function settlerOf({ state, story }: Order): number | undefined {
  const end = story.findLast(({ kind }) => kind === 'state');
  const isByHand = isSettledState(state) && end?.kind === 'state' && end.by !== 'worker';
  return isByHand ? Number(end.by) : undefined;
}

/** Every entry that the order has made, oldest first: they follow from the order alone. */
export function entriesOf(order: Order): readonly Entry[] {
  const { state, buyer, confirmedAt } = order;
  const hold = entryOf(order, 'hold', confirmedAt, String(buyer), 'confirmed');
  if (!isSettledState(state)) return [hold];
  const end = order.story.findLast((line) => line.kind === 'state');
  const by = end?.kind === 'state' ? end.by : 'worker';
  const kind = state.name === 'fulfilled' ? 'capture' : 'release';
  return [hold, entryOf(order, kind, state.at, by, state.name)];
}
