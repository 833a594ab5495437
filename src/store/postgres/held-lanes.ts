// The lanes that this process has, with the flows in them: read from memory while a lane is held, written to the database
// together with the update that moved the flow, and refused as soon as another process has the lane.

import { LostLane, type Dialogues, type PromptPlace } from '../../app/chat-memory.ts';
import type { SharedLanes, TakenLane } from '../../app/lanes.ts';
import type { Clock } from '../../app/ports.ts';
import type { Flow, Lane, Lanes } from './lanes.ts';
import { LEASE_SECONDS } from './leases.ts';

interface Holding {
  readonly lane: TakenLane;
  flow: Flow;
  /** Of the flow. Epoch ms. */
  touchedAt: number;
  /** A prompt that was drawn since the flow was last written; its next write takes it along. */
  drawn: PromptPlace | undefined;
  /** Updates whose end is written down. */
  readonly recorded: Set<number>;
  /** The latest moment at which the lane was this process's for sure. Epoch ms. */
  aliveAt: number;
}

/** A part of the lease is left for whatever is begun in it. */
const SURE_MS = LEASE_SECONDS * 800;

/** As the database would give it back. */
const copyOf = (state: unknown): unknown => (state === undefined ? null : JSON.parse(JSON.stringify(state)));

const isNone = (state: unknown): boolean => state === undefined || state === null;

export interface HeldLanes {
  /** Of the lanes that are held; whoever reads or writes in another gets LostLane. */
  readonly dialogues: Dialogues;
  readonly lanes: SharedLanes;
}

export function createHeldLanes({ lanes, clock }: { lanes: Lanes; clock: Clock }): HeldLanes {
  const held = new Map<string, Holding>();

  function hold({ key, updates, state, prompt, touchedAt }: Lane, aliveAt: number): TakenLane {
    const lane = { key, updates, prompted: prompt !== undefined && !isNone(state) };
    const flow = { state, prompt };
    held.set(key, { lane, flow, touchedAt, aliveAt, drawn: undefined, recorded: new Set() });
    return lane;
  }

  function holdingOf(key: string): Holding {
    const holding = held.get(key);
    if (holding === undefined) throw new LostLane(key);
    return holding;
  }

  const forget = (holding: Holding): void => {
    if (held.get(holding.lane.key) === holding) held.delete(holding.lane.key);
  };

  const isHeld = (lane: TakenLane): boolean => held.get(lane.key)?.lane === lane;

  async function keep(key: string, flow: Flow, updateId?: number): Promise<void> {
    const holding = holdingOf(key);
    const { drawn } = holding;
    const touchedAt = clock();
    try {
      await lanes.keep(key, flow, updateId);
    } catch (error) {
      if (error instanceof LostLane) forget(holding);
      throw error;
    }
    Object.assign(holding, { flow, touchedAt });
    if (holding.drawn === drawn) holding.drawn = undefined;
    if (updateId !== undefined) holding.recorded.add(updateId);
  }

  async function remove(key: string, updateId?: number): Promise<void> {
    const holding = holdingOf(key);
    holding.drawn = undefined;
    await keep(key, { state: null, prompt: undefined }, updateId);
  }

  async function release(lane: TakenLane): Promise<void> {
    const holding = held.get(lane.key);
    if (holding?.lane !== lane) return;
    const { flow, drawn } = holding;
    // Its write failed, but the person sees this prompt: whoever comes next is to know of it.
    if (drawn !== undefined && !isNone(flow.state))
      await keep(lane.key, { ...flow, prompt: drawn }).catch(() => undefined);
    forget(holding);
    await lanes.release(lane.key);
  }

  async function renew(): Promise<void> {
    const aliveAt = clock();
    const before = [...held.values()];
    const kept = new Set(await lanes.renew(before.map(({ lane }) => lane.key)));
    for (const holding of before) {
      if (kept.has(holding.lane.key)) holding.aliveAt = aliveAt;
      else forget(holding);
    }
  }

  return {
    dialogues: {
      read: (key) => {
        const { state } = holdingOf(key).flow;
        return isNone(state) ? undefined : copyOf(state);
      },
      write: (key, state, updateId) => {
        if (isNone(state)) return remove(key, updateId);
        const { drawn, flow } = holdingOf(key);
        return keep(key, { state: copyOf(state), prompt: drawn ?? flow.prompt }, updateId);
      },
      delete: remove,
      prompt: (key) => {
        const { drawn, flow } = holdingOf(key);
        return drawn ?? flow.prompt;
      },
      setPrompt: (key, place) => {
        holdingOf(key).drawn = { ...place };
      },
      touchedAt: (key) => {
        const { flow, touchedAt } = holdingOf(key);
        return isNone(flow.state) ? undefined : touchedAt;
      },
      idle: (before) => lanes.idle(before),
    },
    lanes: {
      receive: (updates) => lanes.receive(updates),
      take: async (most) => {
        const aliveAt = clock();
        return (await lanes.take(most)).map((lane) => hold(lane, aliveAt));
      },
      takeOne: async (key) => {
        const aliveAt = clock();
        const lane = await lanes.takeOne(key);
        return lane && hold(lane, aliveAt);
      },
      holds: (key) => held.has(key),
      has: isHeld,
      isSure: (lane) => isHeld(lane) && clock() - holdingOf(lane.key).aliveAt < SURE_MS,
      handled: async (lane, updateId) => {
        const recorded = isHeld(lane) ? holdingOf(lane.key).recorded : new Set<number>();
        if (recorded.has(updateId)) return;
        await lanes.handled(updateId);
        recorded.add(updateId);
      },
      shed: ({ key, updates }) => {
        const last = updates.at(-1);
        return last === undefined ? Promise.resolve(0) : lanes.shed(key, last.id);
      },
      release,
      renew,
      releaseAll: async () => {
        held.clear();
        await lanes.releaseAll();
      },
      unhandled: () => lanes.unhandled(),
      tidy: () => lanes.tidy(),
    },
  };
}
