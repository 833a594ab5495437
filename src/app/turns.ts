// Tasks that must not come between each other: each begins when the one before it has ended, well or not.

export type Turns = <T>(task: () => Promise<T>) => Promise<T>;

/** A line of its own, empty at first. */
export function createTurns(): Turns {
  let last: Promise<unknown> = Promise.resolve();
  return (task) => {
    const mine = last.then(task, task);
    last = mine.catch(() => undefined);
    return mine;
  };
}
