// Chance with a seed: the same seed gives the same history, byte for byte. Each purpose draws from a stream of its own, so
// that one draw more in one place moves nothing anywhere else.

export interface Chance {
  /** 0 ≤ x < 1. */
  next(): number;
  /** A whole number from `least` to `most`, both included. */
  whole(least: number, most: number): number;
  /** True so often (0 to 1). */
  often(share: number): boolean;
  pick<T>(from: readonly [T, ...T[]]): T;
  /** Another stream, that depends on the seed and its name alone. */
  stream(name: string): Chance;
}

function hash(text: string, seed: number): number {
  let h = seed ^ 0x9e3779b9;
  for (let i = 0; i < text.length; i += 1) h = Math.imul(h ^ text.charCodeAt(i), 0x85ebca6b) ^ (h >>> 13);
  return h >>> 0;
}

/** So many things, made one after the other. */
export const times = <T>(count: number, make: (i: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => make(i));

/** Draws by mulberry32: small, fast and good enough to choose faults by. */
export function chance(seed: number): Chance {
  let state = hash('begin', seed);
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  const whole = (least: number, most: number): number => least + Math.floor(next() * (most - least + 1));
  return {
    next,
    whole,
    often: (share) => next() < share,
    pick: (from) => from[whole(0, from.length - 1)] ?? from[0],
    stream: (name) => chance(hash(name, seed)),
  };
}
