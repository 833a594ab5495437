// What owners have heard of the shop's troubles: a record of the store, written when it changes, so that a restart neither
// repeats an alert nor swallows the end of one. Of several processes on one store the one that told of a trouble watches for
// its end, for as long as it lives.

import { NO_TROUBLES, type Troubles } from '../domain/incident.ts';
import type { OwnerAlert } from '../domain/report.ts';
import type { Clock, Store } from './ports.ts';
import { changeRecord } from './shop-change.ts';

/** After owners could not be told. */
const TELL_AGAIN_MS = 5 * 60_000;

const STANDS = {
  access: ({ access }: Troubles) => access !== null,
  provider: ({ downSince }: Troubles) => downSince !== null,
  credit: ({ creditLow }: Troubles) => creditLow,
  short: ({ short }: Troubles) => short !== null,
};
type Trouble = keyof typeof STANDS;
const TROUBLES: readonly Trouble[] = ['access', 'provider', 'credit', 'short'];

export interface ToldTroubles {
  /** What owners know. */
  readonly troubles: () => Promise<Troubles>;
  /** Writes down what needs no word to owners. */
  readonly keep: (more: Partial<Troubles>) => Promise<void>;
  /** Tells owners and writes that down, unless another process does or they could not be told a moment ago. */
  readonly say: (about: string, alert: OwnerAlert, more: Partial<Troubles>) => Promise<void>;
  /** Learns what others told meanwhile; gives the troubles of which they told the end. */
  readonly catchUp: () => Promise<readonly Trouble[]>;
}

export function createToldTroubles(deps: {
  store: Store;
  /** False when nobody could be told yet. */
  tell: (alert: OwnerAlert) => Promise<boolean>;
  /** Whether it is this process that speaks of it. */
  claim: (about: string) => Promise<boolean>;
  clock: Clock;
  failed: (error: unknown) => void;
}): ToldTroubles {
  const { store, tell, claim, clock, failed } = deps;
  let known: Troubles | undefined;
  /** Of what is known, what the store has not taken yet. */
  let unwritten: Partial<Troubles> = {};
  /** Troubles that this process told of, and whose end it tells. */
  const watched = new Set<Trouble>();
  let tellFrom = -Infinity;

  const read = async (): Promise<Troubles> => ({
    ...((await store.record('incidents', 'incidents')) ?? NO_TROUBLES),
    ...unwritten,
  });
  const troubles = async (): Promise<Troubles> => (known ??= await read());

  async function write(): Promise<void> {
    const more = unwritten;
    await changeRecord<'incidents', never>(store, 'incidents', 'incidents', (now) => ({
      next: { ...NO_TROUBLES, ...now, ...more, kind: 'incidents', id: 'incidents', rev: 0 },
      audit: [],
    }));
    unwritten = {};
  }

  async function keep(more: Partial<Troubles>): Promise<void> {
    known = { ...(await troubles()), ...more };
    unwritten = { ...unwritten, ...more };
    await write();
  }

  /** What we told is ours for as long as it lasts. */
  async function watch(now: Troubles): Promise<void> {
    for (const one of watched) if (!STANDS[one](now) || !(await claim(one))) watched.delete(one);
  }

  return {
    troubles,
    keep,
    // Owners hear it first: a kill in between repeats an alert rather than losing it.
    say: async (about, alert, more) => {
      if (clock() < tellFrom || !(await claim(about))) return;
      if (!(await tell(alert))) {
        tellFrom = clock() + TELL_AGAIN_MS;
        return;
      }
      const trouble = TROUBLES.find((one) => one === about);
      if (trouble !== undefined) watched.add(trouble);
      await keep(more);
    },
    catchUp: async () => {
      if (Object.keys(unwritten).length > 0) await write().catch(failed);
      const before = known;
      const now = await read();
      known = now;
      await watch(now).catch(failed);
      return before === undefined ? [] : TROUBLES.filter((one) => STANDS[one](before) && !STANDS[one](now));
    },
  };
}
