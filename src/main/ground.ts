// What every part of the process is made from.

import type { Clock } from '../app/ports.ts';
import type { Config } from '../config.ts';
import type { Metrics } from '../http/metrics.ts';
import type { Voice } from '../logger.ts';
import type { Folder } from '../store/open-folder.ts';

/** How the process ends, and how its parts know that it does. */
export interface Life {
  /** Resolves to the process's exit code. */
  readonly ended: Promise<number>;
  readonly end: (code: number) => void;
  readonly stopping: () => boolean;
}

export interface Ground extends Voice {
  readonly config: Config;
  readonly folder: Folder;
  readonly life: Life;
  readonly clock: Clock;
  readonly metrics: Metrics;
}
