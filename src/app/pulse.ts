// Whether the provider is there, from what its requests came to.

import type { Clock } from './ports.ts';

export interface Pulse {
  /** A request ended, with an answer that shows the provider at work for us, or without. */
  heard(answered: boolean): void;
  /** Whether the last request was answered; false, too, before the first. */
  answers(): boolean;
  /** Since when there has been no usable answer; undefined while there is. Epoch ms. */
  silentSince(): number | undefined;
}

export function createPulse(clock: Clock): Pulse {
  let since: number | undefined;
  let answers = false;
  return {
    heard: (answered) => {
      answers = answered;
      since = answered ? undefined : (since ?? clock());
    },
    answers: () => answers,
    silentSince: () => since,
  };
}
