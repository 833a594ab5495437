// What the tests of the client share: time that only moves when told, and a client over a scripted server.

import { setImmediate as turn } from 'node:timers/promises';

import {
  createTopups,
  type HaltDetail,
  type LogFact,
  type Sleep,
  type TopupsClient,
  type TopupsOptions,
} from '../../src/oneclickdz/client.ts';
import { ProviderFault, type ProviderFaultCode } from '../../src/app/ports.ts';
import { dinars } from '../../src/domain/money.ts';
import type { Ref } from '../../src/domain/order.ts';
import { isRef } from '../../src/domain/order.ts';
import { readLine, type Line, type Service } from '../../src/domain/service.ts';
import { startScripted, type Script, type ScriptedServer } from './scripted-server.ts';

export const KEY = 'live-key-3f9a1c-never-shown';

export interface Time {
  readonly clock: () => number;
  readonly sleep: Sleep;
  readonly slept: number[];
  /** Moves the clock, wakes whoever is due, and lets them run. */
  advance(ms: number): Promise<void>;
}

/** Sleeping takes no real time: the clock jumps to the end of the sleep. */
export function jumpingTime(start = Date.UTC(2026, 8, 1)): Time {
  let now = start;
  const slept: number[] = [];
  return {
    clock: () => now,
    slept,
    sleep(ms, signal) {
      if (signal.aborted) return Promise.reject(new Error('stopped'));
      slept.push(ms);
      now += ms;
      return Promise.resolve();
    },
    advance(ms) {
      now += ms;
      return Promise.resolve();
    },
  };
}

/** Sleepers wake only when the test moves the clock. */
export function heldTime(start = Date.UTC(2026, 8, 1)): Time {
  let now = start;
  const slept: number[] = [];
  const sleepers = new Set<{ at: number; wake: () => void }>();
  return {
    clock: () => now,
    slept,
    sleep(ms, signal) {
      slept.push(ms);
      return new Promise((resolve, reject) => {
        const sleeper = { at: now + ms, wake: resolve };
        sleepers.add(sleeper);
        signal.addEventListener('abort', () => {
          sleepers.delete(sleeper);
          reject(new Error('stopped'));
        });
      });
    },
    async advance(ms) {
      const end = now + ms;
      for (;;) {
        await turn();
        const due = [...sleepers].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
        if (due === undefined) break;
        sleepers.delete(due);
        now = Math.max(now, due.at);
        due.wake();
      }
      now = end;
    },
  };
}

export interface Bench extends AsyncDisposable {
  readonly server: ScriptedServer;
  readonly topups: TopupsClient;
  readonly time: Time;
  readonly halts: HaltDetail[];
  readonly facts: LogFact[];
}

/** A client with a wide rate and a jumping clock over a server that follows the script. */
export async function openBench(
  script: Script,
  options: Partial<TopupsOptions> & { time?: Time } = {},
): Promise<Bench> {
  const server = await startScripted(script);
  const halts: HaltDetail[] = [];
  const facts: LogFact[] = [];
  const { time = jumpingTime(), ...rest } = options;
  const topups = createTopups({
    apiKey: KEY,
    baseUrl: server.url,
    rate: { perSecond: 1_000, burst: 1_000 },
    clock: time.clock,
    sleep: time.sleep,
    random: () => 0.5,
    onHalt: (detail) => void halts.push(detail),
    log: (fact) => void facts.push(fact),
    ...rest,
  });
  return { server, topups, time, halts, facts, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}

export function line(service: Service, text: string): Line {
  const reading = readLine(service, text);
  if (!reading.ok) throw new Error(`${text} is no ${service} line`);
  return reading.line;
}

export function ref(text: string): Ref {
  if (!isRef(text)) throw new Error(`${text} is no reference`);
  return text;
}

/** What the tests of this folder buy. */
export const order = {
  service: 'ADSL',
  line: line('ADSL', '036362608'),
  value: dinars(1000),
  ref: ref('adsl-7-lq2x-9f3kd2'),
} as const;

/** The fault that a call ends in; fails when it ends well or otherwise. */
export async function fault(call: Promise<unknown>): Promise<ProviderFault> {
  const end = await call.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (end instanceof ProviderFault) return end;
  throw new Error('expected a ProviderFault', { cause: end });
}

export const codeOf = async (call: Promise<unknown>): Promise<ProviderFaultCode> => (await fault(call)).code;

/** Waits for something that happens on a real socket. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await turn();
}
