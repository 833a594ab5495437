// The calls to one chat: in order, one at a time, as fast as the chat allows, and quiet while Telegram wants it quiet.

import type { Clock } from '../app/ports.ts';
import { isDoubtful, penaltyMs, tooManyRequests } from './outgoing-answer.ts';
import { createPace } from './outgoing-pace.ts';
import { createRoom, NO_ROOM_MS } from './outgoing-room.ts';
import type { Outcome, Request, Transport } from './outgoing-transport.ts';
import { createWaiting, refuse, settle, type Entry } from './outgoing-waiting.ts';

export interface LaneOptions {
  readonly transport: Pick<Transport, 'attempt'>;
  readonly clock: Clock;
  readonly sleep: (ms: number) => Promise<void>;
  readonly log: { warn(fields: object, message: string): void };
}

export interface Lane {
  /** Telegram's answer, or its 429 while a long penalty runs; rejects as fetch does when the network fails or the signal aborts. */
  send(request: Request): Promise<Response>;
  /** The 429 that a call to this chat would get now without being sent; undefined when it may go or wait. */
  refusal(): Response | undefined;
  /** Whether the lane may be forgotten. */
  rested(): boolean;
}

/** Waits up to this long are ours to sit out; a caller has something better to do with longer ones. */
const LONGEST_WAIT_MS = 10_000;
const REPEAT_AFTER_MS = 500;
/** A chat that answers 429 time after time is given back to the caller. */
const MOST_REPEATS = 3;

export function createLane(chat: string, { transport, clock, sleep, log }: LaneOptions): Lane {
  const waiting = createWaiting(chat);
  const pace = createPace(chat, clock);
  const room = createRoom(chat, pace, clock);
  let heldUntil = -Infinity;
  let busy = false;
  let cutShort: (() => void) | undefined;

  const heldMs = (): number => Math.max(0, heldUntil - clock());

  const hold = (ms: number): void => {
    heldUntil = Math.max(heldUntil, clock() + ms);
  };

  function refusal(): Response | undefined {
    const ms = heldMs();
    return ms > LONGEST_WAIT_MS ? tooManyRequests(ms) : undefined;
  }

  function send(request: Request): Promise<Response> {
    const refused = refusal();
    if (refused !== undefined) return Promise.resolve(refused);
    room.hear(request.call);
    if (!room.has(request.call, waiting.size())) return Promise.resolve(tooManyRequests(NO_ROOM_MS));
    const answer = waiting.add(request, request.init.signal, clock());
    // An end may go where what is waited with now may not yet.
    cutShort?.();
    void work();
    return answer;
  }

  async function work(): Promise<void> {
    if (busy) return;
    busy = true;
    for (let entry = waiting.next(clock()); entry !== undefined; entry = waiting.next(clock())) {
      const ms = Math.max(heldMs(), counts(entry) ? room.wait(entry.request.call, entry.since) : 0);
      // What goes next is decided after the wait: something more urgent may have come.
      if (ms > 0) await rest(ms);
      else if (hasRoom(entry)) await deliver(entry);
      else {
        waiting.take(entry);
        refuse(entry, () => tooManyRequests(NO_ROOM_MS));
      }
    }
    busy = false;
  }

  /** Others may have come while something was about to be said aside. */
  const hasRoom = ({ request: { call } }: Entry): boolean =>
    call.weight !== 'aside' || room.has(call, waiting.size() - 1);

  async function rest(ms: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    cutShort = () => resolve(undefined);
    await Promise.race([sleep(ms), promise]);
    cutShort = undefined;
  }

  async function deliver(entry: Entry): Promise<void> {
    waiting.take(entry);
    if (counts(entry)) pace.spend();
    const outcome = await transport.attempt(entry.request, entry.abandoned.signal);
    if (mayRepeat(entry, outcome)) {
      entry.repeats += 1;
      waiting.putBack(entry);
    } else settle(entry, outcome);
    const ms = heldMs();
    if (ms > LONGEST_WAIT_MS) for (const other of waiting.clear()) refuse(other, () => tooManyRequests(ms));
  }

  /** Whether the call was not executed, or does no harm twice; the lane is then held for as long as it has to wait. */
  function mayRepeat(entry: Entry, outcome: Outcome): boolean {
    const { kind, method } = entry.request.call;
    const penalty = penaltyMs(outcome);
    if (penalty !== undefined) {
      log.warn({ method, chat, retryAfterMs: penalty }, 'Telegram wants this chat left alone');
      hold(penalty);
      pace.calm(clock() + penalty);
      return penalty <= LONGEST_WAIT_MS && entry.repeats < MOST_REPEATS;
    }
    if (!isDoubtful(outcome) || kind === 'send' || entry.repeats > 0) return false;
    if (entry.abandoned.signal.aborted) return false;
    log.warn({ method, chat }, 'a call got no usable answer, repeating it');
    hold(REPEAT_AFTER_MS);
    return true;
  }

  return {
    send,
    refusal,
    rested: () => !busy && waiting.empty() && heldMs() === 0 && pace.rested(),
  };
}

/** Deleting isn't writing: it goes in order, but uses nothing up. */
const counts = ({ request }: Entry): boolean => request.call.kind !== 'delete';
