// Decides which outcome a call of `send` gets: the next one queued, what is owed to a reference that was
// turned away, what the number stands for, or plain delivery.
import type { Course, Outcome } from './outcome.ts';
import { testNumbers } from './test-numbers.ts';

/** An outcome and whether it was meant for this very call rather than for the number. */
export type Picked = { readonly outcome: Outcome; readonly forThisCall: boolean };

/** The script of coming sends. */
export type SendScript = {
  nextSend(outcome: Outcome): void;
  forNumber(number: string, outcome: Outcome): void;
  pick(number: string, ref: string | undefined): Picked;
  /** Remembers that `ref`, turned away now, follows `course` when it comes again. */
  owe(ref: string | undefined, course: Course): void;
};

/** Creates a script that knows the test numbers. */
export function createSendScript(): SendScript {
  const queue: Outcome[] = [];
  const owed = new Map<string, Course>();
  const byNumber = new Map(testNumbers.map((row) => [row.number, row.outcome]));
  return {
    nextSend: (outcome) => void queue.push(outcome),
    forNumber: (number, outcome) => void byNumber.set(number, outcome),
    owe(ref, course) {
      if (ref !== undefined) owed.set(ref, course);
    },
    pick(number, ref) {
      const next = queue.shift();
      if (next !== undefined) return { outcome: next, forThisCall: true };
      const promised = ref === undefined ? undefined : owed.get(ref);
      return { outcome: promised ?? byNumber.get(number) ?? { kind: 'fulfilled' }, forThisCall: false };
    },
  };
}
