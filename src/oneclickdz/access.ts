// Whether we may call at all. A refused key or address stops all traffic, because every further try brings the
// address closer to being blocked (fact sheet §2.4); until an answer has shown that the key is good, one call goes at a time.

import type { Clock, Priority } from '../app/ports.ts';
import type { SharedTraffic } from '../app/sharing.ts';
import type { Sleep } from './budget.ts';

/** Why traffic stopped. `address` passes after a while, the others last until the process restarts. */
export type HaltDetail = 'key' | 'address' | 'disabled' | 'read-only';

/** The provider blocks an address for 15 minutes (fact sheet §2.4). */
const ADDRESS_PAUSE_MS = 16 * 60_000;

/** `in`: the call may go, and `leave` must be called after it. `too-long`: a person would wait too long. */
export type Entry =
  { readonly kind: 'in'; leave(): void } | { readonly kind: 'halted' | 'closed' | 'too-long' };

export interface Access {
  halted(): boolean;
  closed(): boolean;
  /** Aborted as soon as traffic stops; for waits, never for requests that are already out. */
  stopped(): AbortSignal;
  enter(priority: Priority): Promise<Entry>;
  /** An answer has shown that key and address are good. */
  trust(): void;
  halt(detail: HaltDetail): void;
  /** Another process was refused: with the same key we stop too; its address need not be ours, which has to prove itself. */
  warn(detail: HaltDetail): void;
  /** Another process has shown that the key is good. */
  reassure(): void;
  close(): void;
}

export interface AccessOptions {
  readonly clock: Clock;
  readonly sleep: Sleep;
  readonly personWaitMs: number;
  /** Said once per cause; a probe that fails like the call before it says nothing. */
  readonly onHalt: (detail: HaltDetail) => void;
  /** Other processes with the same key: how it stood when this one began, and where they hear how our calls fared. */
  readonly others?: Pick<SharedTraffic, 'before' | 'refuse' | 'accept'> | undefined;
}

/** Starts with an unproven key, and halted only where others were refused with it and it is not our turn to try. */
export function createAccess({ clock, sleep, personWaitMs, onHalt, others }: AccessOptions): Access {
  let haltedUntil =
    others?.before === undefined || others.before.flaw === 'address' ? 0 : clock() + others.before.tryInMs;
  let told: HaltDetail | undefined;
  let trusted = false;
  let closed = false;
  let trial: { readonly over: Promise<undefined>; end(): void } | undefined;
  let stop = new AbortController();

  const halted = (): boolean => clock() < haltedUntil;

  function stopUntil(at: number, detail: HaltDetail): void {
    const news = detail !== told;
    haltedUntil = at;
    trusted = false;
    told = detail;
    stop.abort();
    if (news) onHalt(detail);
  }

  function beginTrial(): Entry {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const end = (): void => {
      trial = undefined;
      resolve(undefined);
    };
    trial = { over: promise, end };
    return { kind: 'in', leave: end };
  }

  /** Undefined while somebody else's trial is out. */
  function open(): Entry | undefined {
    if (closed) return { kind: 'closed' };
    if (halted()) return { kind: 'halted' };
    if (trusted) return FREE;
    return trial === undefined ? beginTrial() : undefined;
  }

  async function afterTrial(priority: Priority): Promise<Entry> {
    const patience = new AbortController();
    const tooLong = priority === 'person' ? [sleep(personWaitMs, patience.signal).then(() => true)] : [];
    try {
      for (;;) {
        const givesUp = await Promise.race([trial?.over, ...tooLong]);
        if (givesUp === true) return { kind: 'too-long' };
        const entry = open();
        if (entry !== undefined) return entry;
      }
    } finally {
      patience.abort();
    }
  }

  return {
    halted,
    closed: () => closed,
    stopped() {
      if (stop.signal.aborted && !closed && !halted()) stop = new AbortController();
      return stop.signal;
    },
    async enter(priority) {
      return open() ?? (await afterTrial(priority));
    },
    trust() {
      // An answer that was on its way when the address was blocked proves nothing about now.
      if (halted()) return;
      if (!trusted) others?.accept();
      trusted = true;
      told = undefined;
    },
    halt(detail) {
      if (haltedUntil === Infinity) return;
      others?.refuse(detail);
      stopUntil(detail === 'address' ? clock() + ADDRESS_PAUSE_MS : Infinity, detail);
    },
    warn(detail) {
      trusted = false;
      const isStopped = halted() && told !== 'address';
      if (detail !== 'address' && !isStopped) stopUntil(Infinity, detail);
    },
    reassure() {
      // Ours may be blocked all the same.
      if (told === 'address') return;
      haltedUntil = 0;
      told = undefined;
    },
    close() {
      closed = true;
      stop.abort();
      trial?.end();
    },
  };
}

const FREE: Entry = { kind: 'in', leave: () => undefined };
