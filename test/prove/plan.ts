// A history before it happens, as plain data drawn from a seed: who wants what and when, what goes wrong, and when the
// program dies. Being data it can be shrunk, by leaving things out, and played again.

import { GROUP, OWNERS } from './cast.ts';
import { chance, times, type Chance } from './chance.ts';
import { actsOf, type Act, type Flavour } from './errands.ts';
import { IN_DATABASE, ON_DISK } from './points.ts';
import {
  aCourse,
  aCrash,
  aDatabaseTrouble,
  aDiskTrouble,
  aNetTrouble,
  type Course,
  type Crash,
  type DatabaseTrouble,
  type DiskTrouble,
  type NetTrouble,
} from './troubles.ts';

export interface Plan {
  readonly seed: number;
  readonly acts: readonly Act[];
  readonly courses: readonly Course[];
  readonly net: readonly NetTrouble[];
  readonly disk: readonly DiskTrouble[];
  readonly database: readonly DatabaseTrouble[];
  /** What the database's clock is ahead of the machine's. */
  readonly databaseSkewMs: number;
  /** How many times slower than a good disk, or a good database. */
  readonly diskPace: number;
  readonly crashes: readonly Crash[];
  /** Orderly stops, ms from the beginning. */
  readonly stops: readonly number[];
  /** Windows in which look-ups are answered from what was known at their beginning. */
  readonly stale: readonly { readonly from: number; readonly to: number }[];
  /** A group that is among them has thrown the bot out. */
  readonly blocked: readonly { readonly person: number; readonly from: number; readonly to: number }[];
  readonly migrateAt: number | null;
  /** Updates that come again although they were confirmed, and messages that come late. */
  readonly redelivers: number;
  readonly late: number;
  readonly providerBalance: number;
  readonly prefixedRefs: boolean;
  /** How the provider sorts its list, and how many a page holds; by the last change, pages shift while they are read. */
  readonly listOrder: 'newest' | 'oldest' | 'touched';
  readonly listSize: number;
  /** What the provider's clock is ahead of ours, and by how much somebody sets ours while it runs. */
  readonly skewMs: number;
  readonly clockStep: { readonly at: number; readonly ms: number } | null;
  /** Nothing goes wrong but for one person, who must not be felt by the others. */
  readonly troublemaker: number | null;
  /** Nobody is in a hurry and nothing goes wrong: whoever pays must be answered soon. */
  readonly isCalm: boolean;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** A day on which nobody comes and nothing goes wrong. */
export const QUIET_DAY: Plan = {
  ...{ seed: 0, acts: [], courses: [], net: [], disk: [], crashes: [], stops: [], stale: [], blocked: [] },
  ...{ migrateAt: null, redelivers: 0, late: 0, providerBalance: 0, prefixedRefs: false, skewMs: 0 },
  ...{
    database: [],
    databaseSkewMs: 0,
    clockStep: null,
    listOrder: 'newest',
    listSize: 2,
    diskPace: 1,
    troublemaker: null,
    isCalm: true,
  },
};

function flavourOf(draw: Chance): Flavour {
  const share = draw.next();
  if (share < 0.12) return 'rush';
  if (share < 0.2) return 'troublemaker';
  if (share < 0.26) return 'calm';
  return share < 0.3 ? 'chatter' : 'mixed';
}

/** Where the program keeps its shop. */
export type StoreKind = 'folder' | 'postgres';

/** One history of a few people who buy a little, and whatever may go wrong around them. */
export function planOf(seed: number, store: StoreKind = 'folder'): Plan {
  const root = chance(seed);
  const who = root.stream('people');
  const draw = root.stream('plan');
  const database = root.stream('database');
  const isOnDisk = store === 'folder';
  const flavour = flavourOf(draw);
  const made = actsOf(flavour, who);
  const acts = made.toSorted((a, b) => a.at - b.at);
  const isCalm = flavour !== 'mixed' && flavour !== 'rush';
  const some = (share: number, most: number): number =>
    !isCalm && draw.often(share) ? draw.whole(1, most) : 0;
  const plan: Plan = {
    seed,
    acts,
    courses: times(8, () => aCourse(draw)),
    net: times(some(0.6, 3), () => aNetTrouble(draw)),
    disk: times(some(0.2, 2), () => aDiskTrouble(draw)),
    diskPace: draw.often(0.25) ? draw.whole(5, 120) : 1,
    ...{ database: [], databaseSkewMs: 0 },
    crashes: times(some(0.65, 3), (i) => aCrash(draw, i === 0, isOnDisk ? ON_DISK : IN_DATABASE)),
    stops: times(flavour === 'chatter' ? 2 : some(0.1, 1), () =>
      draw.whole(1_000, flavour === 'chatter' ? 90_000 : 4 * MINUTE),
    ),
    stale: times(some(0.15, 1), () => {
      const from = draw.whole(0, 2 * MINUTE);
      return { from, to: from + draw.pick([20_000, 2 * MINUTE, 8 * MINUTE]) };
    }),
    blocked: times(some(0.08, 1), () => {
      const from = draw.whole(0, 3 * MINUTE);
      const person = draw.often(0.3) ? GROUP : (acts[0]?.person ?? OWNERS[0]);
      return { person, from, to: from + draw.pick([MINUTE, 30 * MINUTE]) };
    }),
    migrateAt: !isCalm && draw.often(0.06) ? draw.whole(10_000, 3 * MINUTE) : null,
    redelivers: flavour === 'troublemaker' ? 0 : draw.pick([0, 0.2, 0.5]),
    late: isCalm ? 0 : draw.pick([0, 0, 0.2]),
    providerBalance: !isCalm && draw.often(0.15) ? draw.whole(400, 2_500) : 50_000,
    prefixedRefs: draw.often(0.2),
    listOrder: draw.pick(['newest', 'oldest', 'touched']),
    listSize: draw.whole(1, 3),
    skewMs: draw.pick([0, 0, 0, -3 * MINUTE, 2 * HOUR]),
    clockStep:
      times(some(0.08, 1), () => ({
        at: draw.whole(5_000, 3 * MINUTE),
        ms: draw.pick([-HOUR, -2 * MINUTE, -5_000, 5_000, 2 * MINUTE, HOUR]),
      }))[0] ?? null,
    isCalm,
    troublemaker: flavour === 'troublemaker' ? (made[0]?.person ?? null) : null,
  };
  if (isOnDisk) return plan;
  const [first, ...others] = acts;
  const begun = [first?.at ?? 0, ...others.map(({ at }) => at)] as const;
  const isTroubled = !isCalm && database.often(0.85);
  return {
    ...plan,
    disk: [],
    database: times(isTroubled ? database.whole(1, 6) : 0, () => aDatabaseTrouble(database, begun)),
    databaseSkewMs: database.pick([0, 0, -20_000, 15_000]),
  };
}

/** The moment when nothing goes wrong any more, ms from the beginning. */
export const faultsEndOf = ({ acts, stops, migrateAt, clockStep, ...plan }: Plan): number =>
  Math.max(
    migrateAt ?? 0,
    clockStep?.at ?? 0,
    ...stops,
    ...acts.map(({ at }) => at + MINUTE),
    ...[...plan.net, ...plan.disk, ...plan.database, ...plan.stale, ...plan.blocked].map(({ to }) => to),
  );
