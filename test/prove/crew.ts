// The parent's side of the simulator's processes: starts them, gathers what they tell, and stops them when enough is known.

import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { isReport, NOTHING_YET, together, type Job, type Report, type Tally, type Told } from './job.ts';
import type { Plan } from './plan.ts';

const WORKER = join(import.meta.dirname, 'worker.ts');
/** A young generation of this many MB keeps the collector out of the way of so many short-lived worlds. */
const FLAGS = ['--max-semi-space-size=64', '--disable-warning=ExperimentalWarning'];

function start(job: Job, heard: (report: Report) => void): { child: ChildProcess; over: Promise<void> } {
  const child = fork(WORKER, [JSON.stringify(job)], {
    execArgv: FLAGS,
    stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
  });
  let words = '';
  child.stderr?.on('data', (bytes: Buffer) => (words += bytes.toString()));
  child.on('message', (report) => {
    if (isReport(report)) heard(report);
  });
  const over = new Promise<void>((resolve, reject) => {
    child.on('exit', (code, signal) => {
      if (code === 0 || signal !== null) resolve();
      else
        reject(
          new Error(`a process of the simulator ended with ${code ?? 'nothing'}: ${words.slice(0, 2_000)}`),
        );
    });
  });
  return { child, over };
}

export interface Run {
  readonly from: number;
  readonly count: number;
  readonly processes: number;
  readonly untilFirst: boolean;
  readonly mutant?: string;
  /** A PostgreSQL server, for a shop in a database. */
  readonly server?: string;
  readonly progress?: (tally: Tally) => void;
  /** When to end whatever is left, in ms from the start. */
  readonly withinMs?: number;
}

/** Plays histories in several processes. */
export async function runHistories(run: Run): Promise<Tally> {
  const { from, count, processes, untilFirst, mutant, server, progress, withinMs } = run;
  let tally = NOTHING_YET;
  const crew = Array.from({ length: processes }, (_, i) =>
    start(
      {
        ...{
          do: 'run',
          from: from + i,
          count: Math.ceil((count - i) / processes),
          stride: processes,
          untilFirst,
        },
        ...(mutant !== undefined && { mutant }),
        ...(server !== undefined && { server }),
      },
      (report) => {
        if (report.kind !== 'tally') return;
        tally = together(tally, report.tally);
        progress?.(tally);
        if (untilFirst && tally.violations.length > 0) for (const { child } of crew) child.kill();
      },
    ),
  );
  const timer =
    withinMs === undefined
      ? undefined
      : setTimeout(() => crew.forEach(({ child }) => child.kill()), withinMs);
  await Promise.all(crew.map(({ over }) => over));
  clearTimeout(timer);
  return tally;
}

/** Plays one history, made small if it fails, and tells it. */
export async function tellHistory(
  plan: Plan,
  asked: { shrinks: boolean; mutant?: string; server?: string; variants?: number },
): Promise<Told> {
  let told: Told | undefined;
  const { over } = start({ do: 'tell', plan, variants: 0, ...asked }, (report) => {
    if (report.kind === 'told') told = report.told;
  });
  await over;
  if (told === undefined) throw new Error('the history was not told');
  return told;
}
