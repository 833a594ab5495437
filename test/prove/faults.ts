// What the plan does to single calls: which of them go wrong on the network, and which file calls fail or drag.

import { TROUBLED_LINE } from './cast.ts';
import type { Chance } from './chance.ts';
import type { Asked, NetFault } from './network-calls.ts';
import type { StatementFault } from './database-session.ts';
import type { Plan } from './plan.ts';

/** What a troublemaker's calls are like. */
const SLOW: NetFault = { how: 'slow', ms: 18_000 };
const SLOW_SYNC = 3_000;
const SLOW_CALL = 200;
const PURCHASE = 'POST internet/send';
/** A purchase and the look-up after it are over in less. */
const STALE_MARGIN_MS = 60_000;

/** Whether a call is made for the troublemaker alone: to the own chat, or about the line that only they ask for. */
const isAbout = ({ service, body, query }: Asked, person: number): boolean =>
  service === 'telegram' ? body['chat_id'] === person : query.get('number') === TROUBLED_LINE.line;

/**
 * Whether look-ups are answered from the past around this moment. A purchase that somebody on the way repeats just then, and
 * whose repetition is refused for the money that its first arrival took, can't be told from a refusal by anything that the
 * provider shows: the README names it among the limits.
 */
const isStale = ({ stale }: Plan, now: number): boolean =>
  stale.some(({ from, to }) => now >= from - STALE_MARGIN_MS && now < to);

export interface Faults {
  readonly ofCall: (asked: Asked) => NetFault | undefined;
  /** An error that a file call ends with (`EIO`), or how many times slower it is. */
  readonly ofFile: (name: string) => { readonly code?: string; readonly slower?: number } | undefined;
  readonly ofStatement: (name: string) => StatementFault | undefined;
  readonly isDatabaseAway: () => boolean;
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
      const fault = plan.net.find(
        ({ service, name, from, to, share }) =>
          service === asked.service &&
          now >= from &&
          now < to &&
          asked.name.startsWith(name) &&
          draw.often(share),
      )?.fault;
      return fault?.how === 'twice' && asked.name === PURCHASE && isStale(plan, now) ? undefined : fault;
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
    ofStatement(name) {
      if (isCalm()) return undefined;
      const now = age();
      const trouble = plan.database.find(
        (one) =>
          one.what === 'troubled' &&
          now >= one.from &&
          now < one.to &&
          name.includes(one.only) &&
          draw.often(one.share),
      );
      return trouble?.what === 'troubled' ? trouble.fault : undefined;
    },
    isDatabaseAway: () =>
      !isCalm() && plan.database.some(({ what, from, to }) => what === 'away' && age() >= from && age() < to),
  };
}
