// A failing plan made small: whatever can be left out, is, as long as the same promise is still broken.

import type { Plan } from './plan.ts';
import type { Violation } from './court.ts';

type Fails = (plan: Plan) => Promise<Violation | undefined>;

const LISTS = ['crashes', 'net', 'disk', 'database', 'stale', 'stops', 'blocked', 'acts'] as const;

/** The plan without one thing, for every thing that it has. */
function* smaller(plan: Plan): Generator<Plan> {
  for (const list of LISTS) {
    if (plan[list].length > 1) yield { ...plan, [list]: [] };
    for (let i = plan[list].length - 1; i >= 0; i -= 1)
      yield { ...plan, [list]: plan[list].filter((_, other) => other !== i) };
  }
  if (plan.redelivers > 0) yield { ...plan, redelivers: 0 };
  if (plan.late > 0) yield { ...plan, late: 0 };
  if (plan.migrateAt !== null) yield { ...plan, migrateAt: null };
  if (plan.clockStep !== null) yield { ...plan, clockStep: null };
  if (plan.skewMs !== 0) yield { ...plan, skewMs: 0 };
  if (plan.databaseSkewMs !== 0) yield { ...plan, databaseSkewMs: 0 };
  if (plan.prefixedRefs) yield { ...plan, prefixedRefs: false };
  for (const [i, act] of plan.acts.entries()) {
    const { errand } = act;
    const simpler =
      errand.do !== 'buy'
        ? []
        : [
            ...(errand.doubles ? [{ ...errand, doubles: false }] : []),
            ...(errand.quirk === 'none' ? [] : [{ ...errand, quirk: 'none' as const }]),
            ...(errand.how === 'one-line' ? [] : [{ ...errand, how: 'one-line' as const }]),
            ...(errand.chat === 'private' ? [] : [{ ...errand, chat: 'private' as const }]),
          ];
    for (const one of simpler)
      yield { ...plan, acts: plan.acts.map((other, j) => (i === j ? { ...act, errand: one } : other)) };
  }
}

/** Tries smaller plans until none of them fails, or `most` have been tried. */
export async function shrink(
  plan: Plan,
  { promise }: Violation,
  fails: Fails,
  most: number,
): Promise<{ readonly plan: Plan; readonly tries: number }> {
  let best = plan;
  let tries = 0;
  for (let better = true; better;) {
    better = false;
    for (const candidate of smaller(best)) {
      if (tries >= most) return { plan: best, tries };
      tries += 1;
      if ((await fails(candidate))?.promise !== promise) continue;
      best = candidate;
      better = true;
      break;
    }
  }
  return { plan: best, tries };
}
