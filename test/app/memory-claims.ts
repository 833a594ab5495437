// Claims as several processes share them, in memory.

import type { Claims } from '../../src/app/sharing.ts';

/** One table; every caller is a process of its own. */
export function memoryClaims(clock: () => number): (holder: string) => Claims {
  const taken = new Map<string, { holder: string; until: number }>();
  return (holder) => ({
    claim: (name, ms) => {
      const own = taken.get(name);
      if (own !== undefined && own.until > clock() && own.holder !== holder) return Promise.resolve(false);
      taken.set(name, { holder, until: clock() + ms });
      return Promise.resolve(true);
    },
  });
}
