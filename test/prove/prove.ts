// `npm run prove`: plays thousands of histories of the whole bot in a simulated world and writes down what became of the
// eight promises. `-- --seed 17` plays one and tells it, made small when it fails; `-- --histories 200000` is the long run,
// `--minutes 30` its end at the latest; `-- --mutants` shows that the simulator can fail; `-- --store postgres` does any of
// that with the shop in a database.

import { parseArgs } from 'node:util';
import { runHistories, tellHistory } from './crew.ts';
import { MUTANTS } from './mutants.ts';
import { POSTGRES_SAFEGUARDS } from './postgres-safeguards.ts';
import { planOf, type StoreKind } from './plan.ts';
import { IN_DATABASE, ON_DISK } from './points.ts';
import { mutantTable, reportOf, storyOf } from './report.ts';
import { startServer } from './server.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    histories: { type: 'string' },
    from: { type: 'string', default: '1' },
    processes: { type: 'string', default: '2' },
    minutes: { type: 'string' },
    mutants: { type: 'boolean', default: false },
    mutant: { type: 'string' },
    whole: { type: 'boolean', default: false },
    store: { type: 'string', default: 'folder' },
  },
});

const store: StoreKind = values.store === 'postgres' ? 'postgres' : 'folder';
const count = Number(values.histories ?? (store === 'postgres' ? 100 : 10_000));
const postgres = store === 'postgres' ? await startServer() : undefined;
const server = postgres === undefined ? {} : { server: postgres.url };
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void (postgres?.close() ?? Promise.resolve()).then(() => process.exit(1)));

async function tellSeed(seed: number): Promise<boolean> {
  const mutant = values.mutant === undefined ? {} : { mutant: values.mutant };
  const told = await tellHistory(planOf(seed, store), { shrinks: !values.whole, ...mutant, ...server });
  console.log(storyOf(seed, told, store));
  return told.violation === undefined;
}

async function proveMutants(): Promise<boolean> {
  const rows = [];
  for (const { name } of store === 'postgres' ? POSTGRES_SAFEGUARDS : MUTANTS) {
    const tally = await runHistories({
      ...{
        from: Number(values.from),
        count,
        processes: Number(values.processes),
        untilFirst: true,
        mutant: name,
      },
      ...server,
    });
    const [violation] = tally.violations;
    rows.push({ name, histories: tally.histories, violation });
    console.log(mutantTable(rows.slice(-1), rows.length === 1));
  }
  return rows.every(({ violation }) => violation !== undefined);
}

async function prove(): Promise<boolean> {
  const began = Date.now();
  let told = 0;
  let broken = 0;
  const tally = await runHistories({
    ...{ from: Number(values.from), count, processes: Number(values.processes), untilFirst: false },
    ...server,
    ...(values.minutes !== undefined && { withinMs: Number(values.minutes) * 60_000 }),
    progress: ({ histories, violations }) => {
      // A long run is worth looking at before it is over.
      for (const { seed, promise, what } of violations.slice(broken))
        process.stderr.write(`seed ${seed} breaks promise ${promise}: ${what}\n`);
      broken = violations.length;
      if (!process.stderr.isTTY || histories - told < 100) return;
      told = histories;
      process.stderr.write(`\r${histories} of ${count} histories, ${violations.length} violations `);
    },
  });
  console.log(reportOf(tally, Date.now() - began, store === 'postgres' ? IN_DATABASE : ON_DISK));
  const [first] = tally.violations;
  return first === undefined || (await tellSeed(first.seed));
}

const proof = (): Promise<boolean> => {
  if (values.seed !== undefined) return tellSeed(Number(values.seed));
  return values.mutants ? proveMutants() : prove();
};
process.exitCode = (await proof().finally(() => postgres?.close())) ? 0 : 1;
