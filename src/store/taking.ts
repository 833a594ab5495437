// Changes that are written together: each is judged on top of those before it, and each caller hears what became of the
// own one, once all of them are written.

import type { Batch } from './batch.ts';
import type { Answer } from './group-commit.ts';

/** Takes one change into a batch; what it gives tells the caller once the batch is written. */
export type Taking = (batch: Batch) => Answer<undefined>;

/** Takes them in one after the other. One that contradicts itself is its caller's bug: the others are not to suffer from it. */
export const takeAll = (batch: Batch, takings: readonly Taking[]): readonly Answer<undefined>[] =>
  takings.map((take): Answer<undefined> => {
    try {
      return take(batch);
    } catch (error) {
      return () => Promise.reject(error instanceof Error ? error : new Error(String(error)));
    }
  });

/** Resolves to what `take` gave the batch that was written. */
export async function submitted<V>(
  submit: (taking: Taking) => Promise<undefined>,
  take: (batch: Batch) => V,
): Promise<V> {
  const taken = Promise.withResolvers<V>();
  await submit((batch) => {
    const verdict = take(batch);
    return () => {
      taken.resolve(verdict);
      return undefined;
    };
  });
  return taken.promise;
}
