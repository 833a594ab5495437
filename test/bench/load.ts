// A steady load: everybody does the same thing again and again, and what is finished inside a window is counted, after
// the processes have warmed up and before the last ones stop.

import { setTimeout as rest } from 'node:timers/promises';
import type { Crowd } from './crowd.ts';
import { sum } from './figure.ts';
import { cpuMs } from './own-process.ts';

export interface Load {
  readonly done: number;
  /** Done per second of the clock. */
  readonly perSecond: number;
  /** What one cost the measured processes, in ms of processor time. */
  readonly cpuMsEach: number;
  /** The share of one core that the measured processes used. */
  readonly busy: number;
}

export interface LoadOptions {
  readonly crowd: Crowd;
  readonly pids: readonly number[];
  /** One person's round; `done` is called for everything that counts. */
  readonly round: (person: number, done: () => void) => Promise<void>;
  readonly warmMs: number;
  readonly measureMs: number;
  /** Called when the counting begins and when it ends. */
  readonly edge?: () => void;
}

/** Puts the whole crowd on the processes and counts. Rejects when anybody gets no answer. */
export async function measureLoad(options: LoadOptions): Promise<Load> {
  const { crowd, pids, round, warmMs, measureMs, edge } = options;
  const allCpuMs = (): number => sum(pids.map(cpuMs));
  let finished = 0;
  let over = false;
  const live = async (person: number, place: number): Promise<void> => {
    // Spread over the warm-up, so that they don't go in step.
    await rest((place / crowd.people.length) * warmMs * 0.6);
    while (!over) await round(person, () => (finished += 1));
  };
  const everybody = Promise.all(crowd.people.map(live));
  const window = async (): Promise<Load> => {
    await rest(warmMs);
    edge?.();
    const from = { at: performance.now(), cpu: allCpuMs(), finished };
    await rest(measureMs);
    edge?.();
    const ms = performance.now() - from.at;
    const cpu = allCpuMs() - from.cpu;
    const done = finished - from.finished;
    over = true;
    return { done, perSecond: (done / ms) * 1_000, cpuMsEach: cpu / done, busy: cpu / ms };
  };
  const [load] = await Promise.all([window(), everybody]);
  return load;
}
