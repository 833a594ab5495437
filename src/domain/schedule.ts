// When to look at an order again, from its state and age alone. All times are epoch ms or ms.

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** A confirmed order that could not be sent for this long is given up and its money given back; nothing was ever sent. */
export const GIVE_UP_UNSENT_MS = 10 * MINUTE;
/** The provider must have said "not known" this often … */
export const NOT_FOUND_BEFORE_RESEND = 5;
/** … and this long after the last POST, before the same reference is sent once more. */
export const RESEND_AFTER_MS = 3 * MINUTE;
/** POSTs one order may cause at the most. */
export const MAX_SENDS = 2;
/** The same line and value within this time needs a second, explicit yes. */
export const TWIN_WINDOW_MS = 10 * MINUTE;

/** An order that took longer than this gets a short new message at its end, because edits make no sound. */
export const ANNOUNCE_AFTER_MS = MINUTE;

const OVERDUE = { unknown: HOUR, handling: 6 * HOUR, queued: 50 * HOUR };

/** Whether an order has been in a state for so long that a person should look at it. */
export const isOverdue = (state: keyof typeof OVERDUE, since: number, now: number): boolean =>
  now - since > OVERDUE[state];

/** A scheduled order is promised within 48 hours. */
export const isLate = (queuedSince: number, now: number): boolean => now - queuedSince > 48 * HOUR;

/** Provider guide: 3–45 s typical, ask every 5–10 s for five minutes, then in the background. */
const HANDLING: readonly (readonly [upToAge: number, wait: number])[] = [
  [4 * SECOND, 4 * SECOND],
  [MINUTE, 5 * SECOND],
  [5 * MINUTE, 10 * SECOND],
  [30 * MINUTE, MINUTE],
  [6 * HOUR, 10 * MINUTE],
];

/** The wait before an accepted order of this age is asked about again. */
export const askAgainIn = (ageMs: number): number =>
  HANDLING.find(([upTo]) => Math.abs(ageMs) < upTo)?.[1] ?? HOUR;

/** Whether what has been called fulfilled since then, with neither code nor transaction number, may still get them. */
export const mayAwaitProof = (since: number, now: number): boolean => Math.abs(now - since) < 2 * MINUTE;

/** The wait before a scheduled order (12–48 h) is asked about again. */
export const askQueuedIn = (ageMs: number): number => (ageMs < 24 * HOUR ? HOUR / 2 : HOUR);

/**
 * The moment after a wait, moved to the next full minute (ten minutes for long waits): orders that are asked about
 * rarely are then due together, and one page of the provider's list answers for all of them.
 */
export function afterWait(now: number, wait: number): number {
  const grid = wait >= HOUR / 2 ? 10 * MINUTE : wait >= MINUTE ? MINUTE : 1;
  return Math.ceil((now + wait) / grid) * grid;
}

/** The wait before an order in a person's hands is asked about again. */
export const ASK_IN_REVIEW_MS = HOUR;

const LOOK_UPS = [1.5, 3, 5, 10, 15, 30, 30, 30, 30, 30].map((seconds) => seconds * SECOND);

/** The wait before the next look-up by reference, after so many of them. */
export const lookUpAgainIn = (lookUps: number): number => LOOK_UPS[lookUps] ?? MINUTE;

const SHOWS = [2 * SECOND, 5 * SECOND, 15 * SECOND, MINUTE, 5 * MINUTE, 30 * MINUTE, 2 * HOUR];

/** The wait before a message that Telegram would not take is tried again. */
export const showAgainIn = (tries: number): number => SHOWS[tries] ?? 12 * HOUR;

/** An end that could not be shown for this many tries (about a week) is left to /history. */
export const MAX_SHOWS = 20;

/** No wait for the provider is longer; what is due later than this was planned by a clock that has been set back since. */
export const LONGEST_WAIT_MS = 75 * MINUTE;
