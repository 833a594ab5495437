// One process of the simulator: takes the machine over, loads the program, plays the histories it is given, and tells its
// parent what they came to.

import { makeBase, moveToDatabase } from './base.ts';
import { runHistory, type Base, type Outcome } from './history.ts';
import type { Job, Report, Tally, Told } from './job.ts';
import { NOTHING_YET, readJob, together } from './job.ts';
import { takeOverMachine } from './machine.ts';
import { putIn } from './mutant.ts';
import { ALL_MUTANTS } from './mutants.ts';
import { planOf, type Plan } from './plan.ts';
import { loadProgram, type Program } from './program.ts';
import { openRealDatabase } from './real-database.ts';
import { shrink } from './shrink.ts';

/** Those on PostgreSQL take their time. */
const SAY_EVERY = { folder: 25, postgres: 1 };
const MOST_TRIES = 400;
/** Further on than the seeds of any run. */
const VARIANT = 10_000_000;

interface Stage {
  readonly program: Program;
  readonly base: Base;
}

const say = (report: Report): Promise<void> =>
  new Promise((resolve) => {
    if (process.send === undefined) resolve();
    else process.send(report, undefined, undefined, () => resolve());
  });

function tallyOf(seed: number, { violation, died, seen, steps, orders, lives, checks }: Outcome): Tally {
  const counted: Record<string, number> = {};
  for (const where of died) counted[where] = (counted[where] ?? 0) + 1;
  return {
    ...{ histories: 1, steps, purchases: orders, lives, died: counted, seen: [...seen], checks },
    violations: violation === undefined ? [] : [{ ...violation, seed }],
  };
}

async function runMany({ program, base }: Stage, job: Extract<Job, { do: 'run' }>): Promise<void> {
  const store = base.real === undefined ? 'folder' : 'postgres';
  let tally = NOTHING_YET;
  for (let i = 0; i < job.count; i += 1) {
    const seed = job.from + i * job.stride;
    tally = together(
      tally,
      tallyOf(seed, await runHistory(program, base, planOf(seed, store), { tells: false })),
    );
    const isOver = job.untilFirst && tally.violations.length > 0;
    if (tally.histories >= SAY_EVERY[store] || isOver) {
      await say({ kind: 'tally', tally });
      tally = NOTHING_YET;
    }
    if (isOver) return;
  }
  await say({ kind: 'tally', tally });
}

async function tellOne(
  { program, base }: Stage,
  { plan: asked, shrinks, variants }: Extract<Job, { do: 'tell' }>,
): Promise<Told> {
  const run = (one: Plan, tells: boolean): Promise<Outcome> => runHistory(program, base, one, { tells });
  let plan = asked;
  let { violation } = await run(plan, false);
  for (let i = 1; i <= variants && violation === undefined; i += 1) {
    plan = { ...asked, seed: asked.seed + i * VARIANT };
    ({ violation } = await run(plan, false));
  }
  const small =
    violation === undefined || !shrinks
      ? { plan, tries: 0 }
      : await shrink(plan, violation, async (one) => (await run(one, false)).violation, MOST_TRIES);
  const last = await run(small.plan, true);
  return { plan: small.plan, tries: small.tries, violation: last.violation, story: last.story };
}

const job = readJob(process.argv[2] ?? '');
const mutant = ALL_MUTANTS.find(({ name }) => name === job.mutant);
const isIn = mutant === undefined ? () => true : putIn(mutant);
takeOverMachine();
// Whoever stops a long run stops all of it.
process.on('disconnect', () => process.exit(1));
// What is cut off leaves promises behind that nobody waits for.
process.on('unhandledRejection', () => undefined);
async function prepare({ server }: Job): Promise<Stage> {
  const program = await loadProgram();
  const base = await makeBase(program);
  if (server === undefined) return { program, base };
  const real = await openRealDatabase(server, `prove_${process.pid}`);
  return { program: await loadProgram(real.url), base: await moveToDatabase(base, real) };
}

const stage = await prepare(job);
if (!isIn()) throw new Error(`mutant “${job.mutant ?? ''}” was not loaded`);
if (job.do === 'run') await runMany(stage, job);
else await say({ kind: 'told', told: await tellOne(stage, job) });
process.exit(0);
