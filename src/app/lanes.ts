// What Telegram sends when several processes share it, as the intake needs it: each key has a lane, and whoever has the lane
// handles what waits there. Everything rejects with StoreFault unless it says otherwise.

export interface Incoming {
  readonly id: number;
  /** What orders it among others. */
  readonly key: string;
  readonly update: unknown;
}

/** A lane that this process took, with what waited in it then, oldest first. Taken again it is another one. */
export interface TakenLane {
  readonly key: string;
  readonly updates: readonly { readonly id: number; readonly update: unknown }[];
  /** Whether a flow runs there that has drawn a prompt. */
  readonly prompted: boolean;
}

/** What no process has finished yet. */
export interface Unhandled {
  readonly count: number;
  /** How long the one has waited that has waited longest, ms; 0 when none does. */
  readonly oldestMs: number;
}

export interface SharedLanes {
  /** Writes updates down, each once however often it comes; may be confirmed to Telegram when it resolves. */
  receive(updates: readonly Incoming[]): Promise<void>;
  /** Takes lanes in which something waits and which nobody has. */
  take(most: number): Promise<readonly TakenLane[]>;
  /** Takes this lane, whether something waits in it or not; undefined while somebody has it. */
  takeOne(key: string): Promise<TakenLane | undefined>;
  /** Whether this process has a lane of that key. */
  holds(key: string): boolean;
  /** Whether a lane is still this process's, as far as it knows. */
  has(lane: TakenLane): boolean;
  /** Whether it is so for sure: a sign of life came through lately. */
  isSure(lane: TakenLane): boolean;
  /** Records that an update was handled, unless that was written together with its flow. */
  handled(lane: TakenLane, updateId: number): Promise<void>;
  /** Drops what waits in a lane behind those that came with it; gives how many those are. */
  shed(lane: TakenLane): Promise<number>;
  /** Gives a lane back, if it is still this process's. */
  release(lane: TakenLane): Promise<void>;
  /** A sign of life for every lane that this process has, and whether it still has them. */
  renew(): Promise<void>;
  /** Gives all lanes back. */
  releaseAll(): Promise<void>;
  /** Of all processes. */
  unhandled(): Promise<Unhandled>;
  /** Forgets what Telegram won't send again, and lanes in which nothing runs. */
  tidy(): Promise<void>;
}

/** What processes say to each other: something waits, an order changed, somebody wrote, Telegram answers again. */
export type Bell = 'updates' | 'orders' | 'came_back' | 'telegram_back';

/** Words between processes. A word may be lost: what depends on one happens later without it. */
export interface Bells {
  /** Says it to all processes, this one too. Never throws. */
  ring(bell: Bell, about?: string): void;
  /** Calls `heard` with what it is about; with undefined when something may have been missed. */
  on(bell: Bell, heard: (about: string | undefined) => void): void;
}

/** `unknown`: nobody can be asked at the moment. */
export type Turn =
  | { readonly kind: 'mine'; readonly lost: AbortSignal }
  | { readonly kind: 'other' }
  | { readonly kind: 'unknown' };

/** Something that only one of all processes may do at a time; whose turn it is lasts until that one is gone. */
export interface OneOfAll {
  /** Whose turn it is; takes it when nobody has it. Never rejects. */
  turn(): Promise<Turn>;
  /** Lets another one. Never rejects. */
  giveUp(): Promise<void>;
}
