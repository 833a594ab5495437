// A disk that forgets: what was written is lost or torn at a power cut unless it was synced, and so is a new name unless
// its folder was. It can be full, slow or broken. Every call is one step of the scheduler, and a point to die at.

import { basename, dirname } from 'node:path';
import type { Chance } from './chance.ts';
import type { VirtualTime } from './virtual-time.ts';

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

interface File {
  readonly ino: number;
  data: Buffer;
  /** What a power cut leaves of it. */
  synced: Buffer;
  touchedAt: number;
}

type Renaming = readonly (readonly [name: string, file: File | undefined])[];

interface Folder {
  names: Map<string, File>;
  durable: Map<string, File>;
  /** What was done to names since the folder was synced, in this order. */
  pending: Renaming[];
}

/** A disk's contents, to begin with. */
export type Image = ReadonlyMap<string, ReadonlyMap<string, Buffer>>;

/** What the program asks of a file system. */
export const FILE_CALLS = [
  ...(['copyFile', 'link', 'mkdir', 'open', 'readdir', 'readFile'] as const),
  ...(['rename', 'stat', 'unlink', 'utimes', 'writeFile'] as const),
];

export type FileCall = (typeof FILE_CALLS)[number];

export interface MemoryDisk {
  /** One of Node's calls, with its arguments as they come. */
  call(name: FileCall, args: readonly unknown[]): unknown;
  /** What a restart finds after the running instance was cut off. */
  crash(death: Death): void;
  /** A file's contents as the program sees them; undefined when there is none. */
  contents(path: string): Buffer | undefined;
  /** What a power cut at this moment would leave of a file at least. */
  durable(path: string): Buffer | undefined;
  /** All there is now. */
  image(): Image;
}

const fault = (code: string): Error => Object.assign(new Error(`${code}: simulated`), { code });

const NOTHING = Buffer.alloc(0);
const never = <T>(): Promise<T> => new Promise<T>(() => undefined);

/** The file as the report names it: the same from run to run. */
export function nameOfFile(path: string): string {
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

export function memoryDisk({ time, chance, pace, gate, image, proc }: DiskOptions): MemoryDisk {
  let inodes = 0;
  const folders = new Map<string, Folder>();
  for (const [path, files] of image) {
    const names = new Map(
      [...files].map(([name, data]) => [
        name,
        { ino: (inodes += 1), data, synced: data, touchedAt: time.now() },
      ]),
    );
    folders.set(path, { names, durable: new Map(names), pending: [] });
  }

  function folderOf(path: string): Folder {
    const folder = folders.get(dirname(path));
    if (folder === undefined) throw fault('ENOENT');
    return folder;
  }

  function fileAt(path: string): File {
    const file = folders.get(dirname(path))?.names.get(basename(path));
    if (file === undefined) throw fault('ENOENT');
    return file;
  }

  function rename(path: string, changes: Renaming): void {
    const folder = folderOf(path);
    for (const [name, file] of changes) {
      if (file === undefined) folder.names.delete(name);
      else folder.names.set(name, file);
    }
    folder.pending.push(changes);
  }

  function put(path: string, file: File, data: Buffer): void {
    file.data = data;
    file.touchedAt = time.now();
    gate.written(path, data);
  }

  function make(path: string): File {
    const file: File = { ino: (inodes += 1), data: NOTHING, synced: NOTHING, touchedAt: time.now() };
    rename(path, [[basename(path), file]]);
    return file;
  }

  function step<T>(kind: string, path: string, perform: () => T, half?: () => void): Promise<T> {
    if (!gate.isAlive()) return never();
    const name = `${kind} ${nameOfFile(path)}`;
    const trouble = gate.faultOf(name);
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    const latency = (0.05 + chance.next()) * pace * (trouble?.slower ?? 1);
    time.after(
      latency,
      () => {
        if (gate.meet(name, 'before')) {
          gate.die();
          return;
        }
        if (trouble?.code !== undefined) {
          if (half !== undefined && trouble.code === 'ENOSPC') half();
          reject(fault(trouble.code));
          return;
        }
        if (half !== undefined && gate.meet(name, 'half')) {
          half();
          gate.die();
          return;
        }
        let result: T;
        try {
          result = perform();
        } catch (error) {
          reject(error instanceof Error ? error : new Error(String(error)));
          return;
        }
        if (gate.meet(name, 'after')) gate.die();
        else resolve(result);
      },
      'life',
    );
    return promise;
  }

  const asBuffer = (data: string | Uint8Array): Buffer =>
    typeof data === 'string' ? Buffer.from(data) : Buffer.from(data);

  function handleOf(path: string, file: File) {
    const write = (bytes: Buffer, at: number): void => {
      const size = Math.max(file.data.length, at + bytes.length);
      const next = Buffer.alloc(size);
      file.data.copy(next);
      bytes.copy(next, at);
      put(path, file, next);
    };
    let closed: Promise<void> | undefined;
    const close = (): Promise<void> => (closed ??= Promise.resolve());
    return {
      writeFile: (data: string | Uint8Array) => {
        const bytes = asBuffer(data);
        const part = bytes.subarray(0, Math.floor(bytes.length * chance.next()));
        const from = file.data.length;
        return step(
          'write',
          path,
          () => write(bytes, from),
          () => write(part, from),
        );
      },
      write: (buffer: Buffer, offset: number, length: number, position: number) => {
        const bytes = Buffer.from(buffer.subarray(offset, offset + length));
        const part = bytes.subarray(0, Math.floor(length * chance.next()));
        return step(
          'write',
          path,
          () => {
            write(bytes, position);
            return { bytesWritten: length };
          },
          () => write(part, position),
        );
      },
      read: (buffer: Buffer, offset: number, length: number, position: number) =>
        step('read', path, () => ({
          bytesRead: file.data.copy(buffer, offset, position, Math.min(position + length, file.data.length)),
          buffer,
        })),
      sync: () =>
        step('sync', path, () => {
          const folder = folders.get(path);
          if (folder === undefined) file.synced = file.data;
          else {
            folder.durable = new Map(folder.names);
            folder.pending = [];
          }
        }),
      truncate: (size: number) => step('truncate', path, () => put(path, file, file.data.subarray(0, size))),
      stat: () => step('stat', path, () => ({ size: file.data.length })),
      chmod: () => Promise.resolve(),
      close,
      [Symbol.asyncDispose]: close,
    };
  }

  const calls = {
    open: (path: string, flags = 'r') =>
      step('open', path, () => {
        if (folders.has(path))
          return handleOf(path, { ino: 0, data: NOTHING, synced: NOTHING, touchedAt: 0 });
        const known = folderOf(path).names.get(basename(path));
        if (known === undefined && flags.startsWith('r')) throw fault('ENOENT');
        if (known !== undefined && flags === 'wx') throw fault('EEXIST');
        const file = known ?? make(path);
        if (known !== undefined && flags === 'w') put(path, known, NOTHING);
        return handleOf(path, file);
      }),
    readFile: (path: string, encoding?: string) =>
      path.startsWith('/proc/')
        ? Promise.resolve(proc())
        : step('read', path, () => {
            const { data } = fileAt(path);
            return encoding === undefined ? data : data.toString('utf8');
          }),
    writeFile: (path: string, text: string | Uint8Array) =>
      step('write', path, () => {
        const known = folderOf(path).names.get(basename(path));
        put(path, known ?? make(path), asBuffer(text));
      }),
    mkdir: (path: string) =>
      step('mkdir', path, () => {
        if (!folders.has(path)) folders.set(path, { names: new Map(), durable: new Map(), pending: [] });
      }),
    readdir: (path: string) =>
      step('list', path, () => {
        const folder = folders.get(path);
        if (folder === undefined) throw fault('ENOENT');
        return [...folder.names.keys()];
      }),
    rename: (from: string, to: string) =>
      step('rename', from, () => {
        const file = fileAt(from);
        const changes: Renaming = [
          [basename(from), undefined],
          [basename(to), file],
        ];
        rename(to, changes);
      }),
    link: (from: string, to: string) =>
      step('link', to, () => {
        const file = fileAt(from);
        if (folderOf(to).names.has(basename(to))) throw fault('EEXIST');
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
    utimes: (path: string, _accessed: number, modified: number) =>
      step('touch', path, () => {
        fileAt(path).touchedAt = modified * 1_000;
      }),
  };

  /** Unsynced bytes: none of them, all of them, or the first of them. */
  function leftOf({ data, synced }: File): Buffer {
    if (data === synced) return data;
    const draw = chance.next();
    if (draw < 0.4) return synced;
    if (draw < 0.6) return data;
    // Behind what was synced when it was added to, and from the start when it was written anew.
    const grew = data.length >= synced.length && data.subarray(0, synced.length).equals(synced);
    const least = grew ? synced.length : 0;
    return data.subarray(0, chance.whole(least, data.length));
  }

  return {
    call: (name, args): unknown => Reflect.apply(calls[name], undefined, args),
    crash(death) {
      if (death === 'kill') return;
      for (const folder of folders.values()) {
        const left = new Map(folder.durable);
        for (const changes of folder.pending.slice(0, chance.whole(0, folder.pending.length)))
          for (const [name, file] of changes) {
            if (file === undefined) left.delete(name);
            else left.set(name, file);
          }
        folder.names = left;
        folder.durable = new Map(left);
        folder.pending = [];
        for (const file of new Set(left.values())) {
          file.data = leftOf(file);
          file.synced = file.data;
        }
      }
    },
    contents: (path) => folders.get(dirname(path))?.names.get(basename(path))?.data,
    durable: (path) => folders.get(dirname(path))?.durable.get(basename(path))?.synced,
    image: () =>
      new Map(
        [...folders].map(([path, { names }]) => [
          path,
          new Map([...names].map(([name, { data }]) => [name, data])),
        ]),
      ),
  };
}
