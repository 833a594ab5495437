// The rate that several processes keep together: every turn is taken where all of them look, people's turns from the end of
// one line, polling only where it leaves room. Without an answer from there each process goes on alone, at a tenth of the
// rate: look-ups go on, and ten processes together still keep what was agreed with the provider.

import type { Clock, Priority } from '../app/ports.ts';
import type { Pause, SharedTraffic, Turn } from '../app/sharing.ts';
import { createBudget, type Budget, type Grant, type Sleep } from './budget.ts';

export interface SharedBudgetOptions {
  readonly traffic: Pick<SharedTraffic, 'turn'>;
  readonly perSecond: number;
  readonly burst: number;
  readonly clock: Clock;
  readonly sleep: Sleep;
  /** The longest wait a person's call is let in for. */
  readonly personWaitMs: number;
  /** For how much longer workers are held back; people go all the same. */
  readonly heldMs: () => number;
  /** It was learnt with an answer that the polling is held back. */
  readonly paused: (pause: Pause) => void;
}

/** Without an answer for so long we are alone: a person waits ten seconds at the most. */
const ANSWER_MS = 2_000;
/** Then nobody is asked for a while, for each asking costs somebody that wait. */
const ALONE_MS = 5_000;
const SHARE_ALONE = 0.1;

/** Takes from the bucket that all processes share. */
export function createSharedBudget(options: SharedBudgetOptions): Budget {
  const { traffic, perSecond, burst, clock, sleep, personWaitMs, paused } = options;
  const alone = createBudget({ ...options, perSecond: perSecond * SHARE_ALONE, burst: 1 });
  let aloneUntil = -Infinity;
  /** The polling of this process asks one after the other. */
  let line: Promise<unknown> = Promise.resolve();

  const isAlone = (): boolean => {
    const left = aloneUntil - clock();
    // Further away than it was ever set: the clock has been set back since.
    return left > 0 && left <= ALONE_MS;
  };

  /** Undefined when there is no answer; a turn that is taken too late is lost, which only makes us slower. */
  async function ask(priority: Priority): Promise<Turn | undefined> {
    if (isAlone()) return undefined;
    const patience = new AbortController();
    const turn = await Promise.race([
      traffic.turn({ priority, perSecond, burst, mostMs: personWaitMs }).catch(() => undefined),
      sleep(ANSWER_MS, patience.signal).then(
        () => undefined,
        () => undefined,
      ),
    ]);
    patience.abort();
    if (turn === undefined) aloneUntil = clock() + ALONE_MS;
    return turn;
  }

  function rest(ms: number, signal: AbortSignal): Promise<Grant> {
    if (ms <= 0 || signal.aborted) return Promise.resolve(signal.aborted ? 'stopped' : 'granted');
    return sleep(ms, signal).then(
      () => 'granted',
      () => 'stopped',
    );
  }

  async function takeTurn(priority: Priority, signal: AbortSignal): Promise<Grant> {
    for (;;) {
      if (signal.aborted) return 'stopped';
      const turn = await ask(priority);
      if (turn === undefined) return alone.take(priority, signal);
      if (turn.kind === 'taken') return rest(turn.inMs, signal);
      if (priority === 'person') return 'too-long';
      if (turn.pause !== undefined) paused(turn.pause);
      if ((await rest(turn.afterMs, signal)) === 'stopped') return 'stopped';
    }
  }

  /** Whoever is stopped leaves at once; who stands behind waits for nobody who has left. */
  function inLine(signal: AbortSignal): Promise<Grant> {
    const mine = line.then(() => takeTurn('worker', signal));
    line = mine;
    const { promise: left, resolve } = Promise.withResolvers<Grant>();
    const leave = (): void => resolve('stopped');
    signal.addEventListener('abort', leave, { once: true });
    return Promise.race([mine, left]).finally(() => signal.removeEventListener('abort', leave));
  }

  return {
    take(priority, signal) {
      if (signal.aborted) return Promise.resolve('stopped');
      return priority === 'person' ? takeTurn('person', signal) : inLine(signal);
    },
  };
}
