// When the running instance dies: at the how many-eth step of its life, or before, in the middle of or after a kind of step.

import type { Phase } from './memory-disk.ts';
import type { Crash } from './troubles.ts';

export interface Deaths {
  /** Another instance begins. */
  begin(): void;
  /** Whether the instance dies at this point. */
  meet(name: string, phase: Phase): boolean;
  /** The death that was met, which is over with this. */
  bury(): Crash | undefined;
  /** Where it died: `<phase> <what>`. */
  readonly died: readonly string[];
  /** Every kind of step that was seen. */
  readonly seen: ReadonlySet<string>;
}

export function deaths(
  crashes: readonly Crash[],
  { isCalm, tell }: { isCalm: () => boolean; tell: (what: string) => void },
): Deaths {
  const died: string[] = [];
  const seen = new Set<string>();
  const counts = new Map<string, number>();
  let steps = 0;
  let armed = 0;

  function meets({ at }: Crash, name: string, phase: Phase): boolean {
    if ('step' in at) return phase === 'before' && steps >= at.step;
    if (at.name !== name || at.phase !== phase) return false;
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    return count >= at.nth;
  }

  return {
    died,
    seen,
    begin() {
      steps = 0;
      counts.clear();
    },
    meet(name, phase) {
      if (phase === 'before') steps += 1;
      seen.add(name);
      const crash = crashes[armed];
      if (crash === undefined || isCalm() || !meets(crash, name, phase)) return false;
      died.push(`${phase} ${name}`);
      tell(`☠ dies ${phase} ${name} (${crash.death})`);
      return true;
    },
    bury() {
      armed += 1;
      return crashes[armed - 1];
    },
  };
}
