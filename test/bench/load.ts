// A steady load: everybody does the same thing again and again, and what is finished inside a window is counted, after
// the process has warmed up and before the last ones stop.

import { setTimeout as rest } from 'node:timers/promises';
import type { Crowd } from './crowd.ts';
import { cpuMs } from './own-process.ts';

export interface Load {
  /** Done per second of the clock. */
  readonly perSecond: number;
  /** What one cost the measured process, in ms of processor time. */
  readonly cpuMsEach: number;
  /** The share of one core that the measured process used. */
  readonly busy: number;
}

export interface LoadOptions {
  readonly crowd: Crowd;
  readonly pid: number;
  /** One person's round; `done` is called for everything that counts. */
  readonly round: (person: number, done: () => void) => Promise<void>;
  readonly warmMs: number;
  readonly measureMs: number;
}

/** Puts the whole crowd on the process and counts. Rejects when anybody gets no answer. */
export async function measureLoad({ crowd, pid, round, warmMs, measureMs }: LoadOptions): Promise<Load> {
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
    const from = { at: performance.now(), cpu: cpuMs(pid), finished };
    await rest(measureMs);
    const ms = performance.now() - from.at;
    const cpu = cpuMs(pid) - from.cpu;
    const done = finished - from.finished;
    over = true;
    return { perSecond: (done / ms) * 1_000, cpuMsEach: cpu / done, busy: cpu / ms };
  };
  const [load] = await Promise.all([window(), everybody]);
  return load;
}
