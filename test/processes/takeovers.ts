// How long the orders of a bot that was killed waited for another one.

import type { Killed } from './lives.ts';
import type { Taking } from './shared-storehouse.ts';

export interface Takeover {
  readonly ref: string;
  readonly life: number;
  /** From the kill until another bot had it; Infinity when none ever did. */
  readonly ms: number;
}

/** Every order that a bot looked after when it was killed. `takings` as they happened. */
export function takeovers(kills: readonly Killed[], takings: readonly Taking[]): readonly Takeover[] {
  const byRef = [...Map.groupBy(takings, ({ ref }) => ref)];
  /** Whoever wrote of a holder first took something in its name. */
  const writers = new Map<string, string>();
  for (const { holder, writer } of takings) if (!writers.has(holder)) writers.set(holder, writer);
  return kills.flatMap(({ life, name, at }) =>
    byRef.flatMap(([ref, story]) => {
      const last = story.findLastIndex(({ holder }) => writers.get(holder) === name);
      const next = story[last + 1];
      // What the server wrote down of a bot just after its end counts as before it.
      const isOver = last === -1 || story[last]?.closed === true || (next !== undefined && next.at < at);
      return isOver ? [] : [{ ref, life, ms: next === undefined ? Infinity : next.at - at }];
    }),
  );
}
