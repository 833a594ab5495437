// What owners are told about one order, as the word that the order keeps: `alert` is what there is to say, `alerted` what
// they have heard. So each is said once, over restarts too, and what they were asked to watch also has an end.

import type { ReviewReason } from './order.ts';

/** Scheduled for longer than the operator promised. */
export const LATE = 'late';
/** An order that they watched has come to its end. */
export const OVER = 'over';

const REVIEW = 'review:';
const WORD = 'word:';

export const reviewAlert = (reason: ReviewReason): string => `${REVIEW}${reason}`;

const REASONS: readonly ReviewReason[] = ['overdue', 'mismatch', 'lost'];

/** Why a person was asked to judge the order; undefined when nobody was. */
export const reviewReasonIn = (alert: string | null): ReviewReason | undefined =>
  REASONS.find((reason) => alert === reviewAlert(reason));

/** Owners have an eye on it until it is over. */
export const isWatched = (alert: string | null): boolean =>
  alert === LATE || reviewReasonIn(alert) !== undefined;

/** The provider's new word that an alert is about; undefined for any other alert. */
export const newWordIn = (alert: string): string | undefined =>
  alert.startsWith(WORD) ? alert.slice(WORD.length) : undefined;

/** The first new word of an order is news; a provider that counts in its words would ring for every number. */
export const withNewWord = (alert: string | null, word: string): string =>
  alert !== null && (isWatched(alert) || newWordIn(alert) !== undefined) ? alert : `${WORD}${word}`;

/** What is left to say when it ends. */
export const atItsEnd = (alert: string | null): string | null => (isWatched(alert) ? OVER : alert);
