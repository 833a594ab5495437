// The shop's own settings: prices by role, a pause, the threshold below which owners hear about the shop's credit.

import type { Centimes } from '../domain/money.ts';
import { ruleAsTyped, type PriceRule } from '../domain/pricing.ts';
import { NEW_HOUSE, type AuditLine, type GivenRole, type House } from '../domain/shop.ts';
import type { Clock, Store } from './ports.ts';
import { changeRecord, type Outcome } from './shop-change.ts';
import type { Standings } from './standing.ts';

export type HouseOutcome = Outcome<House, 'owners-only' | 'as-it-was'>;

export type HouseRules = ReturnType<typeof createHouse>;

/** What an owner says to buyers while sales rest, in characters. Less than what the bot reads of a message. */
export const LONGEST_WORDS = 250;

export function createHouse({
  store,
  standings,
  clock,
}: {
  store: Store;
  standings: Standings;
  clock: Clock;
}) {
  function manage(
    by: number,
    what: AuditLine['what'],
    why: string,
    decide: (house: House) => House | undefined,
  ): Promise<HouseOutcome> {
    if (!standings.isOwner(by)) return Promise.resolve({ kind: 'refused', why: 'owners-only' });
    return changeRecord<'house', 'owners-only' | 'as-it-was'>(store, 'house', 'house', (known) => {
      const next = decide(known ?? NEW_HOUSE);
      if (next === undefined) return { no: 'as-it-was' };
      return { next, audit: [{ by: String(by), at: clock(), what, about: 'shop', why }] };
    });
  }

  return {
    now: async (): Promise<House> => (await store.record('house', 'house')) ?? NEW_HOUSE,

    setRule: (by: number, role: GivenRole, rule: PriceRule): Promise<HouseOutcome> =>
      manage(by, 'price', `${role}: ${ruleAsTyped(rule)}`, (house) => ({
        ...house,
        rules: { ...house.rules, [role]: rule },
      })),

    setBelowCost: (by: number, belowCost: boolean): Promise<HouseOutcome> =>
      manage(by, 'price', belowCost ? 'below cost allowed' : 'never below cost', (house) =>
        house.belowCost === belowCost ? undefined : { ...house, belowCost },
      ),

    pause: (by: number, words: string): Promise<HouseOutcome> =>
      manage(by, 'pause', words.trim(), (house) => ({
        ...house,
        paused: { by, at: clock(), words: words.trim().slice(0, LONGEST_WORDS) },
      })),

    resume: (by: number): Promise<HouseOutcome> =>
      manage(by, 'resume', '', (house) => (house.paused === null ? undefined : { ...house, paused: null })),

    setThreshold: (by: number, threshold: Centimes | null): Promise<HouseOutcome> =>
      manage(by, 'threshold', threshold === null ? 'none' : `${threshold} centimes`, (house) => ({
        ...house,
        threshold,
      })),
  };
}
