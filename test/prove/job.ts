// What one process of the simulator is asked to do and what it tells, as both sides know it.

import type { Plan } from './plan.ts';
import type { Violation } from './court.ts';

export type Job =
  /** Histories of every so many-eth seed; ends at the first violation when it is told to. */
  | {
      readonly do: 'run';
      readonly from: number;
      readonly count: number;
      readonly stride: number;
      readonly untilFirst: boolean;
      readonly mutant?: string;
      readonly server?: string;
    }
  /** One history, made as small as it still fails; its story when it does not fail at all, too. */
  | {
      readonly do: 'tell';
      readonly plan: Plan;
      readonly mutant?: string;
      /** A PostgreSQL server, for a shop in a database. */
      readonly server?: string;
      readonly shrinks: boolean;
      /** The same history under so many other chances, until one of them fails. */
      readonly variants: number;
    };

const isJob = (value: unknown): value is Job =>
  typeof value === 'object' && value !== null && 'do' in value && (value.do === 'run' || value.do === 'tell');

/** Reads what the parent has written. */
export function readJob(text: string): Job {
  const job: unknown = JSON.parse(text);
  if (!isJob(job)) throw new TypeError('this is no job for the simulator');
  return job;
}

/** What some histories came to. */
export interface Tally {
  readonly histories: number;
  readonly steps: number;
  readonly purchases: number;
  readonly lives: number;
  /** Deaths by where they were. */
  readonly died: Readonly<Record<string, number>>;
  /** Kinds of steps that were seen. */
  readonly seen: readonly string[];
  /** How often each promise was put to the test. */
  readonly checks: readonly number[];
  readonly violations: readonly (Violation & { readonly seed: number })[];
}

export interface Told {
  readonly plan: Plan;
  readonly violation: Violation | undefined;
  readonly story: readonly string[];
  readonly tries: number;
}

export type Report =
  { readonly kind: 'tally'; readonly tally: Tally } | { readonly kind: 'told'; readonly told: Told };

export const NOTHING_YET: Tally = {
  ...{ histories: 0, steps: 0, purchases: 0, lives: 0, died: {}, seen: [], violations: [] },
  checks: [0, 0, 0, 0, 0, 0, 0, 0],
};

export const isReport = (value: unknown): value is Report =>
  typeof value === 'object' &&
  value !== null &&
  'kind' in value &&
  (value.kind === 'tally' || value.kind === 'told');

/** Two tallies as one. */
export function together(a: Tally, b: Tally): Tally {
  const died = { ...a.died };
  for (const [where, times] of Object.entries(b.died)) died[where] = (died[where] ?? 0) + times;
  return {
    histories: a.histories + b.histories,
    steps: a.steps + b.steps,
    purchases: a.purchases + b.purchases,
    lives: a.lives + b.lives,
    died,
    seen: [...new Set([...a.seen, ...b.seen])],
    checks: a.checks.map((count, i) => count + (b.checks[i] ?? 0)),
    violations: [...a.violations, ...b.violations],
  };
}
