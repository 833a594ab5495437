// The machine that the program believes to run on: its clock, timers, chance, network and files are replaced once per
// process, before the program is loaded, and lead to whatever world is the current one. The program itself is unmodified
// and knows no switch. Nothing else may run in such a process.

import nodeCrypto from 'node:crypto';
import nodeFiles from 'node:fs/promises';
import nodeNet from 'node:net';
import { syncBuiltinESMExports } from 'node:module';
import nodeTimers from 'node:timers/promises';
import type { Chance } from './chance.ts';
import type { DatabaseNet } from './database-net.ts';
import { FILE_CALLS, type MemoryDisk } from './memory-disk.ts';
import type { VirtualTime, Waiting } from './virtual-time.ts';

/** What a running instance can reach. */
export interface Machine {
  readonly time: VirtualTime;
  readonly disk: MemoryDisk;
  readonly chance: Chance;
  readonly fetch: typeof globalThis.fetch;
  /** Where there is a database. */
  readonly database?: Pick<DatabaseNet, 'socket' | 'still'> | undefined;
  /** False once the instance was cut off: what is left of it gets nowhere. */
  readonly isAlive: () => boolean;
}

const realImmediate = globalThis.setImmediate;
let current: Machine | undefined;

/** Makes this the world of everything that happens from now on. */
export function enter(machine: Machine): void {
  current = machine;
}

const machine = (): Machine => {
  if (current === undefined) throw new Error('the machine is not switched on');
  return current;
};

/** Resolves once the program can't go on without the scheduler: everything that was ready has run. */
export const allStill = (): Promise<void> =>
  current?.database?.still() ?? new Promise((resolve) => void realImmediate(resolve));

class Timer {
  private waiting: Waiting | undefined;
  constructor(ms: number | undefined, run: () => void, again: boolean) {
    const { time, isAlive } = machine();
    if (!isAlive()) return;
    const period = Math.max(1, ms ?? 1);
    const beat = (): void => {
      if (again) this.waiting = time.after(period, beat, 'timer');
      run();
    };
    this.waiting = time.after(period, beat, 'timer');
  }
  clear(): void {
    if (this.waiting !== undefined) this.waiting.run = undefined;
  }
  ref(): this {
    return this;
  }
  unref(): this {
    return this;
  }
  hasRef(): boolean {
    return true;
  }
}

type Task = (...args: unknown[]) => void;

const later = (run: Task, ms?: number, ...args: unknown[]): Timer => new Timer(ms, () => run(...args), false);
const everySo = (run: Task, ms?: number, ...args: unknown[]): Timer =>
  new Timer(ms, () => run(...args), true);
const soon = (run: Task, ...args: unknown[]): Timer => new Timer(0, () => run(...args), false);
const forget = (timer: unknown): void => {
  if (timer instanceof Timer) timer.clear();
};

const aborted = (): DOMException => new DOMException('The operation was aborted', 'AbortError');

function sleep<T>(ms?: number, value?: T, { signal }: { signal?: AbortSignal } = {}): Promise<T | undefined> {
  const { promise, resolve, reject } = Promise.withResolvers<T | undefined>();
  if (signal?.aborted === true) return Promise.reject(aborted());
  const stop = (): void => {
    timer.clear();
    reject(aborted());
  };
  const timer = later(() => {
    signal?.removeEventListener('abort', stop);
    resolve(value);
  }, ms);
  signal?.addEventListener('abort', stop, { once: true });
  return promise;
}

function deadline(ms: number): AbortSignal {
  const controller = new AbortController();
  later(() => controller.abort(new DOMException('The operation timed out', 'TimeoutError')), ms);
  return controller.signal;
}

/** The machine's own hold their bytes natively, and native work is not the scheduler's to order. */
class PlainBlob {
  private readonly parts: readonly Uint8Array[];
  constructor(parts: readonly Uint8Array[]) {
    this.parts = parts;
  }
  stream(): ReadableStream<Uint8Array> {
    const { parts } = this;
    return new ReadableStream({
      start(controller) {
        for (const part of parts) controller.enqueue(part);
        controller.close();
      },
    });
  }
}

const RealSocket = nodeNet.Socket;

/** Called as a constructor: the only connections that the program opens itself are its database's. Node's own have a handle. */
function socket(...handle: readonly unknown[]): object {
  if (handle.length > 0) {
    const real: unknown = Reflect.construct(RealSocket, handle);
    if (real instanceof RealSocket) return real;
  }
  const { database } = machine();
  if (database === undefined) throw new Error('there is no database in this world');
  return database.socket();
}

const bytes = (size: number): Buffer => {
  const { chance } = machine();
  const made = Buffer.alloc(size);
  for (let i = 0; i < size; i += 1) made[i] = chance.whole(0, 255);
  return made;
};

function uuid(): string {
  const hex = bytes(16).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
}

/** Replaces everything that the program could reach the real machine by. Once, before the program is loaded. */
export function takeOverMachine(): void {
  const RealDate = globalThis.Date;
  // Whoever reads a story wants to know what happened, not where in the code.
  Error.stackTraceLimit = 0;
  const now = (): number => (current === undefined ? RealDate.now() : current.time.wall());
  class MachineDate extends RealDate {
    constructor(...given: readonly unknown[]) {
      // @ts-expect-error the constructor's overloads are passed through as they come
      if (given.length > 0) super(...given);
      else super(now());
    }
    static override now = now;
  }
  AbortSignal.timeout = deadline;
  Math.random = () => machine().chance.next();
  Object.defineProperty(globalThis.crypto, 'randomUUID', { value: uuid });
  Object.assign(nodeCrypto, { randomBytes: bytes, randomUUID: uuid });
  Object.assign(nodeTimers, { setTimeout: sleep });
  Object.assign(nodeNet, { Socket: socket });
  Object.assign(globalThis, {
    Date: MachineDate,
    Blob: PlainBlob,
    setTimeout: later,
    setInterval: everySo,
    setImmediate: soon,
    clearTimeout: forget,
    clearInterval: forget,
    clearImmediate: forget,
    fetch: (...args: Parameters<typeof fetch>) => machine().fetch(...args),
  });
  for (const name of FILE_CALLS)
    Object.assign(nodeFiles, {
      [name]: (...args: unknown[]): unknown => machine().disk.call(name, args),
    });
  syncBuiltinESMExports();
}
