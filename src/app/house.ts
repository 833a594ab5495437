// The shop's own settings: prices by role, a pause, the threshold below which owners hear about the shop's credit.

import type { Centimes } from '../domain/money.ts';
import type { PriceRule } from '../domain/pricing.ts';
import { NEW_HOUSE, type AuditLine, type GivenRole, type House } from '../domain/shop.ts';
import { cut } from '../domain/text.ts';
import type { Clock, Store } from './ports.ts';
import { changeRecord, type Outcome } from './shop-change.ts';
import type { Standings } from './standing.ts';

export type HouseOutcome = Outcome<House, 'owners-only' | 'as-it-was'>;

export type HouseRules = ReturnType<typeof createHouse>;

/** What an owner says to buyers while sales rest, in characters. Less than what the bot reads of a message. */
export const LONGEST_WORDS = 250;

/** The settings as they are. */
export const houseOf = async (store: Pick<Store, 'record'>): Promise<House> =>
  (await store.record('house', 'house')) ?? NEW_HOUSE;

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
    deed: Pick<AuditLine, 'what' | 'note'> & { readonly why?: string },
    decide: (house: House) => House | undefined,
  ): Promise<HouseOutcome> {
    if (!standings.isOwner(by)) return Promise.resolve({ kind: 'refused', why: 'owners-only' });
    return changeRecord<'house', 'owners-only' | 'as-it-was'>(store, 'house', 'house', (known) => {
      const next = decide(known ?? NEW_HOUSE);
      if (next === undefined) return { no: 'as-it-was' };
      return { next, audit: [{ by: String(by), at: clock(), about: 'shop', why: '', ...deed }] };
    });
  }

  return {
    now: (): Promise<House> => houseOf(store),

    setRule: (by: number, role: GivenRole, rule: PriceRule): Promise<HouseOutcome> =>
      manage(by, { what: 'price', note: { kind: 'price', role, rule, belowCost: false } }, (house) => ({
        ...house,
        rules: { ...house.rules, [role]: rule },
      })),

    setBelowCost: (by: number, belowCost: boolean): Promise<HouseOutcome> =>
      manage(by, { what: 'price', note: { kind: 'below-cost', allowed: belowCost } }, (house) =>
        house.belowCost === belowCost ? undefined : { ...house, belowCost },
      ),

    /** Saying the same once more changes nothing. */
    pause: (by: number, said: string): Promise<HouseOutcome> => {
      const words = cut(said.trim(), LONGEST_WORDS);
      return manage(by, { what: 'pause', why: words }, (house) =>
        house.paused?.words === words ? undefined : { ...house, paused: { by, at: clock(), words } },
      );
    },

    resume: (by: number): Promise<HouseOutcome> =>
      manage(by, { what: 'resume' }, (house) =>
        house.paused === null ? undefined : { ...house, paused: null },
      ),

    setThreshold: (by: number, threshold: Centimes | null): Promise<HouseOutcome> =>
      manage(by, { what: 'threshold', note: { kind: 'threshold', amount: threshold } }, (house) => ({
        ...house,
        threshold,
      })),
  };
}
