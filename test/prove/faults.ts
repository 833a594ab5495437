// What the plan does to single calls: which of them go wrong on the network, and which file calls fail or drag.

import { TROUBLED_LINE } from './cast.ts';
import type { Chance } from './chance.ts';
import type { Asked, NetFault } from './network-calls.ts';
import type { Plan } from './plan.ts';

/** What a troublemaker's calls are like. */
const SLOW: NetFault = { how: 'slow', ms: 18_000 };
const SLOW_SYNC = 3_000;
const SLOW_CALL = 200;

/** Whether a call is made for the troublemaker alone: to the own chat, or about the line that only they ask for. */
const isAbout = ({ service, body, query }: Asked, person: number): boolean =>
  service === 'telegram' ? body['chat_id'] === person : query.get('number') === TROUBLED_LINE.line;

export interface Faults {
  readonly ofCall: (asked: Asked) => NetFault | undefined;
  /** An error that a file call ends with (`EIO`), or how many times slower it is. */
  readonly ofFile: (name: string) => { readonly code?: string; readonly slower?: number } | undefined;
}

/** `age`: ms from the beginning; `isCalm`: nothing goes wrong any more. */
export function faults(
  plan: Plan,
  { draw, age, isCalm }: { draw: Chance; age: () => number; isCalm: () => boolean },
): Faults {
  return {
    ofCall(asked) {
      if (isCalm()) return undefined;
      if (plan.troublemaker !== null && isAbout(asked, plan.troublemaker)) return SLOW;
      const now = age();
      return plan.net.find(
        ({ service, name, from, to, share }) =>
          service === asked.service &&
          now >= from &&
          now < to &&
          asked.name.startsWith(name) &&
          draw.often(share),
      )?.fault;
    },
    ofFile(name) {
      if (isCalm()) return undefined;
      const now = age();
      const trouble = plan.disk.find(({ from, to, only }) => now >= from && now < to && name.includes(only));
      switch (trouble?.what) {
        case undefined:
          return undefined;
        case 'slow':
          return { slower: name.startsWith('sync') ? SLOW_SYNC : SLOW_CALL };
        case 'full':
          return /^(write|open .*tmp|mkdir)/.test(name) ? { code: 'ENOSPC' } : undefined;
        case 'broken':
          return draw.often(0.3) ? { code: 'EIO' } : undefined;
      }
    },
  };
}
