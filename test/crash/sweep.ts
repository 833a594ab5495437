// Buys once for every point, a few purchases at a time, and tells of those that did not end as they must.

import { nameOfPoint, type Point } from './points.ts';
import { purchase, type Accident, type Outcome, type Scenario } from './purchase.ts';

/** Most of a purchase is waiting, so that more of them than there are processors go well together. */
const AT_ONCE = 4;
/** A point may lie in a write that this time went together with its neighbour; then it is tried again. */
const TRIES = 6;

export interface Trial {
  readonly scenario: Scenario;
  /** One for each life but the last. */
  readonly kills: readonly Point[];
  readonly accident?: Accident;
}

export interface Swept {
  /** One text for each purchase that went wrong: where it was killed, what is wrong, what the chat shows. */
  readonly failures: readonly string[];
  /** Where the bot was really killed, in the words of the run itself. */
  readonly killed: readonly Point[];
  /** How many ended in an owner's hands. */
  readonly givenBack: number;
  /** Trials whose points were never met. */
  readonly missed: readonly string[];
}

/** One purchase without a kill, which must be a good one, and every point in it. */
export async function pointsOf(scenario: Scenario, kills: readonly Point[] = []): Promise<readonly Point[]> {
  const { lives, faults, transcript } = await purchase(scenario, kills);
  if (faults.length > 0) throw new Error([...faults, transcript].join('\n'));
  return lives.at(-1)?.points ?? [];
}

const titleOf = ({ scenario, kills }: Trial): string =>
  `${scenario.guided ? 'guided ' : ''}${scenario.number}, killed ${kills.map(nameOfPoint).join(', then ')}`;

const isReached = ({ lives }: Outcome, { kills }: Trial): boolean =>
  kills.every((_, i) => lives[i]?.killedAt !== undefined);

async function attempt(trial: Trial): Promise<Outcome> {
  let outcome = await purchase(trial.scenario, trial.kills, trial.accident);
  for (let tries = 1; tries < TRIES && outcome.faults.length === 0 && !isReached(outcome, trial); tries += 1)
    outcome = await purchase(trial.scenario, trial.kills, trial.accident);
  return outcome;
}

/** Runs every trial; `judge` may add faults of its own. */
export async function sweep(
  trials: readonly Trial[],
  judge: (outcome: Outcome) => readonly string[] = () => [],
): Promise<Swept> {
  const failures: string[] = [];
  const killed: Point[] = [];
  const missed: string[] = [];
  let givenBack = 0;
  const left = trials.values();
  const work = async (): Promise<void> => {
    for (const trial of left) {
      const outcome = await attempt(trial);
      const faults = [...outcome.faults, ...judge(outcome)];
      if (faults.length > 0) failures.push([`${titleOf(trial)}:`, ...faults, outcome.transcript].join('\n'));
      if (outcome.ending === 'given back') givenBack += 1;
      if (!isReached(outcome, trial)) missed.push(titleOf(trial));
      killed.push(...outcome.lives.flatMap(({ killedAt }) => killedAt ?? []));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return { failures, killed, givenBack, missed };
}
