// What several processes on one store agree on: whose turn it is at the provider, whether it takes our key, and which of
// them speaks to the owners. A process that is alone asks nobody.

import type { AccessFlaw } from '../domain/incident.ts';
import type { Priority } from './ports.ts';

/** Polling is held back for so long, ms, after so many refusals in a row ("too many requests"). */
export interface Pause {
  readonly ms: number;
  readonly refusals: number;
}

export interface TurnAsk {
  readonly priority: Priority;
  readonly perSecond: number;
  readonly burst: number;
  /** The longest wait that is worth a place in the line, ms. */
  readonly mostMs: number;
}

/** `taken`: to be used after so many ms. `later`: nothing was taken; a worker may ask again after so many ms. */
export type Turn =
  | { readonly kind: 'taken'; readonly inMs: number }
  | { readonly kind: 'later'; readonly afterMs: number; readonly pause: Pause | undefined };

/** What the other processes say of the provider. */
export interface TrafficNews {
  /** It asked for less. */
  readonly paused: (pause: Pause) => void;
  /** An `address` is one machine's own trouble: for the others a reason to look. */
  readonly refused: (flaw: AccessFlaw) => void;
  /** The key has been taken since it was refused. */
  readonly accepted: () => void;
}

/** The traffic of all processes that use one key. Only `turn` rejects, with StoreFault; what can't be told is told later. */
export interface SharedTraffic {
  /** How the key stood when this process began, and after how many ms it may try it; undefined while nothing is known against it. */
  readonly before: { readonly flaw: AccessFlaw; readonly tryInMs: number } | undefined;
  turn(ask: TurnAsk): Promise<Turn>;
  pause(pause: Pause): void;
  refuse(flaw: AccessFlaw): void;
  accept(): void;
  /** From now on the others' words come here. */
  hear(news: TrafficNews): void;
}

export interface Claims {
  /** Takes a name for so long, or keeps it; false while another process has it. Throws StoreFault. */
  claim(name: string, ms: number): Promise<boolean>;
}

/** For a process that shares its store with nobody. */
export const ALONE: Claims = { claim: () => Promise.resolve(true) };

export interface Sharing {
  readonly traffic: SharedTraffic;
  readonly claims: Claims;
}
