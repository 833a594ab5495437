// What is on the simulated disk, and what a power cut leaves of it: bytes that were not synced are lost or torn, and so is a
// new name unless its folder was synced.

import { basename, dirname } from 'node:path';
import type { Chance } from './chance.ts';

export interface File {
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

export const fault = (code: string): Error => Object.assign(new Error(`${code}: simulated`), { code });
export const NOTHING = Buffer.alloc(0);

export interface Folders {
  /** Throws ENOENT. */
  readonly fileAt: (path: string) => File;
  /** Undefined when there is none; throws ENOENT when there is no folder for it. */
  readonly known: (path: string) => File | undefined;
  readonly isFolder: (path: string) => boolean;
  /** The names in a folder; throws ENOENT. */
  readonly list: (path: string) => readonly string[];
  readonly mkdir: (path: string) => void;
  /** Gives and takes names of one folder, in one go. */
  readonly rename: (path: string, changes: Renaming) => void;
  readonly make: (path: string) => File;
  readonly put: (path: string, file: File, data: Buffer) => void;
  readonly sync: (path: string, file: File) => void;
  readonly powerCut: () => void;
  readonly contents: (path: string) => Buffer | undefined;
  readonly durable: (path: string) => Buffer | undefined;
  readonly image: () => Image;
}

/** Unsynced bytes: none of them, all of them, or the first of them. */
function leftOf({ data, synced }: File, chance: Chance): Buffer {
  if (data === synced) return data;
  const draw = chance.next();
  if (draw < 0.4) return synced;
  if (draw < 0.6) return data;
  // Behind what was synced when it was added to, and from the start when it was written anew.
  const grew = data.length >= synced.length && data.subarray(0, synced.length).equals(synced);
  const least = grew ? synced.length : 0;
  return data.subarray(0, chance.whole(least, data.length));
}

/** `now`: the machine's clock. `written`: every byte that reaches a file. */
export function openFolders(
  image: Image,
  {
    chance,
    now,
    written,
  }: { chance: Chance; now: () => number; written: (path: string, bytes: Buffer) => void },
): Folders {
  let inodes = 0;
  const newFile = (data: Buffer): File => ({ ino: (inodes += 1), data, synced: data, touchedAt: now() });
  const folders = new Map<string, Folder>();
  for (const [path, files] of image) {
    const names = new Map([...files].map(([name, data]) => [name, newFile(data)]));
    folders.set(path, { names, durable: new Map(names), pending: [] });
  }

  function at(path: string): Folder {
    const folder = folders.get(path);
    if (folder === undefined) throw fault('ENOENT');
    return folder;
  }

  const known = (path: string): File | undefined => at(dirname(path)).names.get(basename(path));

  function rename(path: string, changes: Renaming): void {
    const folder = at(dirname(path));
    apply(folder.names, changes);
    folder.pending.push(changes);
  }

  function apply(names: Map<string, File>, changes: Renaming): void {
    for (const [name, file] of changes) {
      if (file === undefined) names.delete(name);
      else names.set(name, file);
    }
  }

  return {
    known,
    rename,
    fileAt(path) {
      const file = folders.get(dirname(path))?.names.get(basename(path));
      if (file === undefined) throw fault('ENOENT');
      return file;
    },
    isFolder: (path) => folders.has(path),
    list: (path) => [...at(path).names.keys()],
    mkdir(path) {
      if (!folders.has(path)) folders.set(path, { names: new Map(), durable: new Map(), pending: [] });
    },
    make(path) {
      const file = newFile(NOTHING);
      rename(path, [[basename(path), file]]);
      return file;
    },
    put(path, file, data) {
      file.data = data;
      file.touchedAt = now();
      written(path, data);
    },
    sync(path, file) {
      const folder = folders.get(path);
      if (folder === undefined) file.synced = file.data;
      else {
        folder.durable = new Map(folder.names);
        folder.pending = [];
      }
    },
    powerCut() {
      for (const folder of folders.values()) {
        const left = new Map(folder.durable);
        const kept = folder.pending.slice(0, chance.whole(0, folder.pending.length));
        for (const changes of kept) apply(left, changes);
        folder.names = left;
        folder.durable = new Map(left);
        folder.pending = [];
        for (const file of new Set(left.values())) {
          file.data = leftOf(file, chance);
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
