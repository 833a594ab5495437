// Who stands at the shop's door: one-time links that open it, and strangers who ask to be let in. None of it is kept for
// long: what an owner decided stays in the audit.

import type { GivenRole } from './shop.ts';

const DAY_MS = 24 * 3_600_000;

interface Recorded {
  /** Rises by one with every change; 1 is the first. */
  readonly rev: number;
}

/** A one-time link that was not used yet. `id` is a hash of what stands in it, so that the folder holds no usable link. */
export interface Invite extends Recorded {
  readonly kind: 'invite';
  readonly id: string;
  readonly role: GivenRole;
  readonly by: number;
  readonly at: number;
  readonly until: number;
}

/** What is left of a link that opens nothing any more, for whoever comes late with it. */
export interface SpentLink extends Recorded {
  readonly kind: 'spent';
  /** That of the link. */
  readonly id: string;
  /** Somebody came in by it; otherwise it became too old. */
  readonly used: boolean;
  /** Until when it could be used. Epoch ms. */
  readonly until: number;
}

/** An owner's answer to somebody who asks; `role` is null for a no. */
export interface AskAnswer {
  readonly role: GivenRole | null;
  readonly by: number;
  /** How the owner is called, for the cards of the others. */
  readonly name: string;
  readonly at: number;
}

/** Somebody who asks to be let in: once at a time, and after a no not again for a while. */
export interface Ask extends Recorded {
  readonly kind: 'ask';
  /** Telegram user id. */
  readonly id: number;
  readonly name: string;
  readonly username: string | null;
  readonly at: number;
  /** Owners get a card of their own of it; of those beyond so many an hour they get one line for all. */
  readonly carded: boolean;
  /** Where those cards stand, to be edited when one of the owners has answered. */
  readonly cards: readonly { readonly owner: number; readonly messageId: number }[];
  readonly answer: AskAnswer | null;
}

/** How long a link can be used. */
export const INVITE_MS = 3 * DAY_MS;
/** How long a spent link is known after it could be used, and how many of them. */
export const SPENT_MS = 30 * DAY_MS;
export const MOST_SPENT = 200;

/** After a no nobody asks again for so long; as long it is known who gave an answer. */
export const QUIET_MS = DAY_MS;
/** Whoever was never answered may ask again. */
const UNHEARD_MS = 30 * DAY_MS;

/** Until when a stranger who was told no can't ask again; undefined for anybody else. Epoch ms. */
export function quietUntil({ answer }: Ask, now: number): number | undefined {
  const until = answer?.role === null ? answer.at + QUIET_MS : undefined;
  return until !== undefined && now < until ? until : undefined;
}

/** Whether nobody will ask about it any more. */
export const isForgotten = ({ at, answer }: Ask, now: number): boolean =>
  answer === null ? now - at > UNHEARD_MS : now - answer.at >= QUIET_MS;
