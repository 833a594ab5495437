// The line to Telegram as the intake uses it: asks, and when there is no answer waits the right time or gives up for good.
// Says once that the line is down and once that it is back.

import { GrammyError } from 'grammy';
import type { Clock } from '../app/ports.ts';

/** Why polling makes no sense any more. `conflict`: another copy of the bot (or a webhook) takes the updates. */
export type FatalError = 'conflict' | 'unauthorized';

/** The same for the person who runs the bot. */
export const FATAL_WORDS: Readonly<Record<FatalError, string>> = {
  conflict: 'another copy of this bot is running',
  unauthorized: 'Telegram refuses the bot token: check BOT_TOKEN',
};

/** A pino logger, or anything that looks like it from here. */
export interface IntakeLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** Resolves after `ms`, or at once when the signal aborts (it may reject then). */
export type Sleep = (ms: number, signal?: AbortSignal) => Promise<void>;

export interface LineOptions {
  readonly onFatal: (error: FatalError) => void;
  readonly log: IntakeLog;
  readonly sleep: Sleep;
  readonly clock: Clock;
  /** Telegram answers again after at least one failure. */
  readonly onBack?: () => void;
  /** A conflict ends the line only when it has lasted so long, ms; at once by default. */
  readonly conflictPatienceMs?: number;
  /** A number in [0, 1) for the jitter. */
  readonly random?: () => number;
}

export interface Line {
  /** The answer, or undefined after a failure whose wait is already over, or when the line is closed. Never throws. */
  ask<T>(call: (signal: AbortSignal) => Promise<T>): Promise<T | undefined>;
  /** Waits so long, or until the line is closed. Never rejects. */
  rest(ms: number): Promise<void>;
  /** Aborts what is being asked or waited for. */
  close(): void;
  open(): boolean;
  /** Whether the last question got no answer. */
  failing(): boolean;
  /** Whether the line was closed because of a fatal answer. */
  dead(): boolean;
  /** When Telegram answered last, epoch ms. */
  lastAnswerAt(): number | undefined;
}

const FATAL: ReadonlyMap<number | undefined, FatalError> = new Map([
  [401, 'unauthorized'],
  [409, 'conflict'],
]);

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 15_000;

/** An open line. */
export function createLine(options: LineOptions): Line {
  const { onFatal, log, sleep, clock, onBack, conflictPatienceMs = 0, random = Math.random } = options;
  const controller = new AbortController();
  const { signal } = controller;
  const open = (): boolean => !signal.aborted;
  let failures = 0;
  let fatal = false;
  let answeredAt: number | undefined;
  let conflictSince: number | undefined;
  const rest = (ms: number): Promise<void> => sleep(ms, signal).catch(() => undefined);

  async function ask<T>(call: (signal: AbortSignal) => Promise<T>): Promise<T | undefined> {
    if (!open()) return undefined;
    try {
      const answer = await call(signal);
      answeredAt = clock();
      if (failures > 0) {
        log.info({ failures }, 'Telegram answers again');
        onBack?.();
      }
      failures = 0;
      conflictSince = undefined;
      return answer;
    } catch (error) {
      if (open()) await afterFailure(error);
      return undefined;
    }
  }

  async function afterFailure(error: unknown): Promise<void> {
    const refusal = error instanceof GrammyError ? error : undefined;
    const final = FATAL.get(refusal?.error_code);
    if (final === 'conflict') conflictSince ??= clock();
    const isOver = final !== 'conflict' || clock() - (conflictSince ?? 0) >= conflictPatienceMs;
    if (final !== undefined && isOver) {
      giveUp(final);
      return;
    }
    if (failures === 0) log.warn(about(error), 'no answer from Telegram, trying again');
    failures += 1;
    const hinted = refusal?.error_code === 429 ? refusal.parameters.retry_after : undefined;
    // Half of each wait is chance, so that many bots behind one address don't come back in step.
    const grown = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(failures - 1, 10));
    const ms = hinted === undefined ? grown * (0.5 + random() / 2) : hinted * 1000;
    await rest(ms);
  }

  function giveUp(error: FatalError): void {
    log.error({ error }, 'polling has stopped');
    fatal = true;
    controller.abort();
    onFatal(error);
  }

  return {
    ask,
    rest,
    close: () => controller.abort(),
    open,
    failing: () => failures > 0,
    dead: () => fatal,
    lastAnswerAt: () => answeredAt,
  };
}

/** What may be logged of an error: never the object itself, since nested ones carry addresses with the token or message texts. */
export function about(error: unknown): { error: string; stack?: string } {
  if (!(error instanceof Error)) return { error: typeof error };
  const text = `${error.name}: ${error.message}`;
  return error.stack === undefined ? { error: text } : { error: text, stack: error.stack };
}
