// The program's file calls on a disk that forgets: it can be full, slow or broken. Every call is one step of the scheduler,
// and a point to die at.

import { basename, dirname } from 'node:path';
import type { Chance } from './chance.ts';
import { fault, NOTHING, openFolders, type File, type Folders, type Image } from './disk-folders.ts';
import type { VirtualTime } from './virtual-time.ts';

export type { Image } from './disk-folders.ts';

export type Death = 'kill' | 'power';
export type Phase = 'before' | 'half' | 'after';

/** What stands between the program and its disk: faults, and the moments at which it dies. */
export interface Gate {
  readonly isAlive: () => boolean;
  /** The how many-eth instance runs. */
  readonly life: () => number;
  /** Whether the instance dies at this point; it has died when this returns true, but for what `half` is about to do. */
  readonly meet: (name: string, phase: Phase) => boolean;
  readonly die: () => void;
  /** An error that the call ends with (`EIO`), or how much slower it is. */
  readonly faultOf: (name: string) => { readonly code?: string; readonly slower?: number } | undefined;
  /** Every byte that reaches a file. */
  readonly written: (path: string, bytes: Buffer) => void;
}

/** What the program asks of a file system. */
export const FILE_CALLS = [
  ...(['access', 'copyFile', 'link', 'mkdir', 'open', 'readdir', 'readFile'] as const),
  ...(['rename', 'stat', 'unlink', 'utimes', 'writeFile'] as const),
];

export type FileCall = (typeof FILE_CALLS)[number];

export interface MemoryDisk extends Pick<Folders, 'contents' | 'durable' | 'image'> {
  /** One of Node's calls, with its arguments as they come. */
  call(name: FileCall, args: readonly unknown[]): unknown;
  /** What a restart finds after the running instance was cut off. */
  crash(death: Death): void;
}

const never = <T>(): Promise<T> => new Promise<T>(() => undefined);

/** The file as the report names it: the same from run to run. */
function nameOfFile(path: string): string {
  const name = basename(path)
    .replace(/\.torn-\d+$/, '.torn')
    .replace(/^\d{4}-\d{2}\.jsonl$/, 'month')
    .replace(/^bot\.lock\..*$/, 'bot.lock ticket');
  const folder = basename(dirname(path));
  if (name === 'month') return `${folder}/month`;
  if (name === 'archive' || name === 'journal') return `${name} folder`;
  return path === '/data' ? 'folder' : name;
}

export interface DiskOptions {
  readonly time: VirtualTime;
  readonly chance: Chance;
  readonly gate: Gate;
  /** How many times slower than a good one. */
  readonly pace: number;
  readonly image: Image;
  /** What `/proc/<pid>/stat` says of the running instance. */
  readonly proc: () => string;
}

/** `half`: what is left of the call when the program dies, or the disk is full, in the middle of it. */
type Step = <T>(kind: string, path: string, perform: () => T, half?: () => void) => Promise<T>;

function stepper({ time, chance, gate, pace }: DiskOptions): Step {
  return <T>(kind: string, path: string, perform: () => T, half?: () => void): Promise<T> => {
    if (!gate.isAlive()) return never();
    const name = `${kind} ${nameOfFile(path)}`;
    const trouble = gate.faultOf(name);
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    const happen = (): void => {
      if (gate.meet(name, 'before')) {
        gate.die();
        return;
      }
      if (trouble?.code !== undefined) {
        if (trouble.code === 'ENOSPC') half?.();
        reject(fault(trouble.code));
        return;
      }
      if (half !== undefined && gate.meet(name, 'half')) {
        half();
        gate.die();
        return;
      }
      const result = attempt(perform);
      if (!result.ok) reject(result.error);
      else if (gate.meet(name, 'after')) gate.die();
      else resolve(result.value);
    };
    time.after((0.05 + chance.next()) * pace * (trouble?.slower ?? 1), happen, 'life');
    return promise;
  };
}

function attempt<T>(perform: () => T): { ok: true; value: T } | { ok: false; error: Error } {
  try {
    return { ok: true, value: perform() };
  } catch (error) {
    return { ok: false, error: error instanceof Error ? error : new Error(String(error)) };
  }
}

const asBuffer = (data: string | Uint8Array): Buffer =>
  typeof data === 'string' ? Buffer.from(data) : Buffer.from(data);

interface Handled {
  readonly path: string;
  readonly file: File;
}

/** An open file, as Node's FileHandle. */
function handleOf({ path, file }: Handled, folders: Folders, step: Step, chance: Chance) {
  const write = (bytes: Buffer, at: number): void => {
    const next = Buffer.alloc(Math.max(file.data.length, at + bytes.length));
    file.data.copy(next);
    bytes.copy(next, at);
    folders.put(path, file, next);
  };
  const stepOfWriting = (bytes: Buffer, at: number): Promise<void> => {
    const part = bytes.subarray(0, Math.floor(bytes.length * chance.next()));
    return step(
      'write',
      path,
      () => write(bytes, at),
      () => write(part, at),
    );
  };
  const close = (): Promise<void> => Promise.resolve();
  return {
    writeFile: (data: string | Uint8Array) => stepOfWriting(asBuffer(data), file.data.length),
    write: async (buffer: Buffer, offset: number, length: number, position: number) => {
      await stepOfWriting(Buffer.from(buffer.subarray(offset, offset + length)), position);
      return { bytesWritten: length };
    },
    read: (buffer: Buffer, offset: number, length: number, position: number) =>
      step('read', path, () => {
        const end = Math.min(position + length, file.data.length);
        return { bytesRead: file.data.copy(buffer, offset, position, end), buffer };
      }),
    sync: () => step('sync', path, () => folders.sync(path, file)),
    truncate: (size: number) =>
      step('truncate', path, () => folders.put(path, file, file.data.subarray(0, size))),
    stat: () => step('stat', path, () => ({ size: file.data.length })),
    chmod: () => Promise.resolve(),
    close,
    [Symbol.asyncDispose]: close,
  };
}

export function memoryDisk(options: DiskOptions): MemoryDisk {
  const { time, chance, gate, image, proc } = options;
  const folders = openFolders(image, { chance, now: time.wall, written: gate.written });
  const { fileAt, known, make, put, rename } = folders;
  const step = stepper(options);
  const FOLDER: File = { ino: 0, data: NOTHING, synced: NOTHING, touchedAt: 0 };

  function open(path: string, flags: string) {
    if (folders.isFolder(path)) return handleOf({ path, file: FOLDER }, folders, step, chance);
    const there = known(path);
    if (there === undefined && flags.startsWith('r')) throw fault('ENOENT');
    if (there !== undefined && flags === 'wx') throw fault('EEXIST');
    const file = there ?? make(path);
    if (there !== undefined && flags === 'w') put(path, there, NOTHING);
    return handleOf({ path, file }, folders, step, chance);
  }

  const calls = {
    open: (path: string, flags = 'r') => step('open', path, () => open(path, flags)),
    readFile: (path: string, encoding?: string) =>
      path.startsWith('/proc/')
        ? Promise.resolve(proc())
        : step('read', path, () => {
            const { data } = fileAt(path);
            return encoding === undefined ? data : data.toString('utf8');
          }),
    writeFile: (path: string, text: string | Uint8Array) => {
      const bytes = asBuffer(text);
      const part = bytes.subarray(0, Math.floor(bytes.length * chance.next()));
      const write = (data: Buffer): void => put(path, known(path) ?? make(path), data);
      return step(
        'write',
        path,
        () => write(bytes),
        () => write(part),
      );
    },
    mkdir: (path: string) => step('mkdir', path, () => folders.mkdir(path)),
    readdir: (path: string) => step('list', path, () => folders.list(path)),
    rename: (from: string, to: string) =>
      step('rename', from, () => {
        const file = fileAt(from);
        rename(to, [
          [basename(from), undefined],
          [basename(to), file],
        ]);
      }),
    link: (from: string, to: string) =>
      step('link', to, () => {
        const file = fileAt(from);
        if (known(to) !== undefined) throw fault('EEXIST');
        rename(to, [[basename(to), file]]);
      }),
    copyFile: (from: string, to: string) =>
      step('copy', to, () => {
        const { data } = fileAt(from);
        put(to, make(to), data);
      }),
    unlink: (path: string) =>
      step('unlink', path, () => {
        fileAt(path);
        rename(path, [[basename(path), undefined]]);
      }),
    stat: (path: string) =>
      step('stat', path, () => {
        const { ino, data, touchedAt } = fileAt(path);
        return { size: data.length, mtimeMs: touchedAt, ino };
      }),
    access: (path: string) => step('look', path, () => void fileAt(path)),
    utimes: (path: string, _accessed: number, modified: number) =>
      step('touch', path, () => {
        fileAt(path).touchedAt = modified * 1_000;
      }),
  };

  return {
    call: (name, args): unknown => Reflect.apply(calls[name], undefined, args),
    crash: (death) => (death === 'power' ? folders.powerCut() : undefined),
    contents: folders.contents,
    durable: folders.durable,
    image: folders.image,
  };
}
