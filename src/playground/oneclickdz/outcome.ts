// What can become of a purchase, as data: the vocabulary in which tests and the playground script the
// stand-in. An order's status is computed from its course and the clock, so nothing here needs a timer.

/** The two internet products of the provider, spelled as on the wire (fact sheet §1). */
export type ServiceType = 'ADSL' | '4G';

/** The life of an accepted order; every `afterMs` counts milliseconds from acceptance, absent means the default delay. */
export type Course =
  | { readonly kind: 'fulfilled'; readonly afterMs?: number }
  | { readonly kind: 'refunded'; readonly afterMs?: number; readonly message?: string }
  /** `thenFulfilledAfterMs` counts from queueing; absent means the stand-in's `queuedForMs`, or until finished by hand. */
  | { readonly kind: 'queued'; readonly afterMs?: number; readonly thenFulfilledAfterMs?: number }
  /** HANDLING for ever, until somebody finishes or refunds it by hand. */
  | { readonly kind: 'stuck' }
  | { readonly kind: 'unknown-word'; readonly word: string; readonly afterMs?: number };

/** An answer that never reaches the caller in a usable form; `then` is what becomes of the order once it is accepted,
 * now (`accepted`) or when the same reference is sent again (not `accepted`). */
export type Lost = {
  readonly kind: 'lost';
  readonly how: 'hang' | 'drop' | '500' | 'html';
  readonly accepted: boolean;
  readonly then: Course;
  /** Keep the reference only as `API-<username>-<ref>`, whatever the shape says (fact sheet §14 row 9). */
  readonly prefixedRef?: boolean;
};

/** A clear no before acceptance; with `then`, sending the same reference again is accepted and follows it. */
export type Refused = {
  readonly kind: 'refused';
  readonly code: string;
  readonly status: number;
  readonly message?: string;
  readonly then?: Course;
};

/** HTTP 429 at the edge, nothing executed; sending the same reference again is accepted and follows `then`. */
export type Throttled = {
  readonly kind: 'throttled';
  readonly retryAfterSeconds: number;
  readonly then?: Course;
};

/** Everything a call of `send` can be scripted to do. */
export type Outcome = Course | Lost | Refused | Throttled;

/** What check-number says about a number of the right form. */
export type Lookup =
  | { readonly kind: 'line' }
  | { readonly kind: 'not-a-line'; readonly reason: string }
  | { readonly kind: 'unavailable' };

/** The delays that fill in what a course leaves open, in milliseconds. */
export type Delays = { readonly defaultDelayMs: number; readonly queuedForMs: number | undefined };

/** The status word of an order and the moment (epoch ms) from which it holds. */
export type Standing = { readonly word: string; readonly since: number; readonly message?: string };

/** Gives the standing of a course at the moment `now`; pure, so asking twice at one moment answers the same. */
export function standingAt(course: Course, acceptedAt: number, now: number, delays: Delays): Standing {
  const handling: Standing = { word: 'HANDLING', since: acceptedAt };
  if (course.kind === 'stuck') return handling;
  const turn = acceptedAt + (course.afterMs ?? delays.defaultDelayMs);
  if (now < turn) return handling;
  switch (course.kind) {
    case 'fulfilled':
      return { word: 'FULFILLED', since: turn };
    case 'refunded':
      return {
        word: 'REFUNDED',
        since: turn,
        ...(course.message === undefined ? {} : { message: course.message }),
      };
    case 'unknown-word':
      return { word: course.word, since: turn };
    case 'queued':
      return leaveQueue(turn, course.thenFulfilledAfterMs ?? delays.queuedForMs, now);
  }
}

function leaveQueue(queuedAt: number, waitMs: number | undefined, now: number): Standing {
  const done = waitMs === undefined ? Infinity : queuedAt + waitMs;
  return now < done ? { word: 'QUEUED', since: queuedAt } : { word: 'FULFILLED', since: done };
}
