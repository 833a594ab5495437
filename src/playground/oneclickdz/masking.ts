// Takes access keys out of what is shown of a call, wherever they stand: a caller may have put one in the wrong place,
// and one of the provider's answers names it.

/** Hides the keys in a text, and in the texts of a JSON value; of each only the first characters stay. */
export type Mask = {
  readonly text: (text: string) => string;
  readonly value: (value: unknown) => unknown;
};

// Anything shorter is no key, and hiding it would tear up words.
const SHORTEST = 8;

/** What is shown of a key. */
export const shownKey = (key: string): string => `${key.slice(0, 3)}…`;

/** A mask for these keys. */
export function createMask(keys: readonly (string | undefined)[]): Mask {
  const secrets = keys.filter((key) => key !== undefined).filter(({ length }) => length >= SHORTEST);
  const text = (whole: string): string =>
    secrets.reduce((shown, key) => shown.replaceAll(key, shownKey(key)), whole);

  function value(whole: unknown): unknown {
    if (typeof whole === 'string') return text(whole);
    if (Array.isArray(whole)) return whole.map(value);
    if (typeof whole !== 'object' || whole === null) return whole;
    return Object.fromEntries(Object.entries(whole).map(([name, part]) => [text(name), value(part)]));
  }
  return { text, value };
}
