// Tasks that must not come between each other: each begins when the one before it has ended, well or not.

export type Turns = <T>(task: () => Promise<T>) => Promise<T>;

/** A line of its own, empty at first. */
export function createTurns(): Turns {
  const inTurn = createKeyedTurns();
  return (task) => inTurn('', task);
}

/** A line per key; a key takes no memory once its line is empty. */
export function createKeyedTurns(): <T>(key: string, task: () => Promise<T>) => Promise<T> {
  const lines = new Map<string, Promise<unknown>>();
  return async (key, task) => {
    const mine = (lines.get(key) ?? Promise.resolve()).then(task, task);
    lines.set(key, mine);
    try {
      return await mine;
    } finally {
      if (lines.get(key) === mine) lines.delete(key);
    }
  };
}
