// The program with a safeguard taken out. Nothing in `src` knows of it; the text is replaced while the module is loaded, and
// a text that is no longer there is an error.

import { registerHooks } from 'node:module';

export interface Change {
  /** Below `src`. */
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

export interface Mutant {
  readonly name: string;
  readonly changes: readonly Change[];
}

/** A safeguard that stands in one place. */
export const taken = (name: string, file: string, from: string, to: string): Mutant => ({
  name,
  changes: [{ file, from, to }],
});

/** Takes the safeguard out of every module that is loaded from here on; the function tells whether all of it was. */
export function putIn({ name, changes }: Mutant): () => boolean {
  const left = new Set(changes);
  registerHooks({
    load(url, context, next) {
      const loaded = next(url, context);
      const mine = changes.filter(({ file }) => url.endsWith(`/src/${file}`));
      if (mine.length === 0 || loaded.source == null) return loaded;
      let source =
        typeof loaded.source === 'string' ? loaded.source : new TextDecoder().decode(loaded.source);
      for (const change of mine) {
        if (source.split(change.from).length !== 2)
          throw new Error(`mutant “${name}”: ${change.file} does not hold its text exactly once any more`);
        source = source.replace(change.from, () => change.to);
        left.delete(change);
      }
      return { ...loaded, source };
    },
  });
  return () => left.size === 0;
}
