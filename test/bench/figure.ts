// What a measurement hands to the table: rows with both sides, their ratio and the target, and notes on how it was done.

export interface Row {
  readonly what: string;
  readonly ours: string;
  /** The other side: a baseline, or the same thing without the load. */
  readonly against: string;
  readonly ratio: string;
  readonly target: string;
  /** Null where nothing is promised. */
  readonly met: boolean | null;
}

export interface Measured {
  readonly rows: readonly Row[];
  readonly notes: readonly string[];
}

export interface Figure {
  readonly name: string;
  readonly measure: () => Promise<Measured>;
}

/** The value below which the given share (0–1) of the values lies; NaN for none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (sorted.length - 1) * share;
  const low = sorted[Math.floor(at)] ?? NaN;
  const high = sorted[Math.ceil(at)] ?? NaN;
  return low + (high - low) * (at - Math.floor(at));
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);

export const sum = (values: readonly number[]): number => values.reduce((all, one) => all + one, 0);

/** A number with so many digits behind the point. */
export const fixed = (value: number, digits: number): string => value.toFixed(digits);

/** Runs the work on each item, so many at a time. */
export async function inParallel<T>(
  items: readonly T[],
  atOnce: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const left = items.values();
  const hands = Array.from({ length: atOnce }, async () => {
    for (const item of left) await work(item);
  });
  await Promise.all(hands);
}
