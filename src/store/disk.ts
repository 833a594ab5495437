// What the store asks of the file system, as a port so that tests can let a disk fail, and how its errors become ours.

import * as nodeFiles from 'node:fs/promises';
import { StoreFault, type Clock } from '../app/ports.ts';

export type Files = Pick<
  typeof nodeFiles,
  'copyFile' | 'link' | 'mkdir' | 'open' | 'readdir' | 'readFile' | 'rename' | 'unlink'
>;

/** Where a part of the store lives, and what it reads the time and the disk through. */
export interface Place {
  /** The data folder; made when absent. */
  readonly dir: string;
  readonly clock: Clock;
  /** The file system; Node's own unless a test lets it fail. */
  readonly files?: Files;
}

export const REAL_FILES: Files = nodeFiles;

/** The data folder or its key can't be used. The message is one line for the person who started the bot. */
export class UnusableFolder extends Error {
  override readonly name: string = 'UnusableFolder';
}

/** The database or its key can't be used. The message is one line for the person who started the bot. */
export class UnusableDatabase extends Error {
  override readonly name = 'UnusableDatabase';
}

/** A file of the store says something that can't be true or can't be read. The message names the file, never its contents. */
export class DamagedFile extends Error {
  override readonly name: string = 'DamagedFile';
}

/** The file was written by a newer version of this program; an older copy of it must not take its place. */
export class NewerFile extends DamagedFile {
  override readonly name = 'NewerFile';
}

/** The system's code of an error (`ENOENT`), if it has one. */
export const errorCode = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;

/** The fault that a failed write is told as. */
export function storeFault(error: unknown): StoreFault {
  if (error instanceof StoreFault) return error;
  const code = errorCode(error);
  return new StoreFault(code === 'ENOSPC' || code === 'EDQUOT' ? 'disk-full' : 'unwritable', error);
}

/** Removes a file; true when there was one. */
export async function removeFile(files: Files, path: string): Promise<boolean> {
  try {
    await files.unlink(path);
    return true;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return false;
    throw error;
  }
}

const NO_LINKS = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EXDEV']);

/** Whether an error says that the file system knows no hard links. */
export const hasNoLinks = (error: unknown): boolean => NO_LINKS.has(errorCode(error) ?? '');

async function linkOrCopy(files: Files, path: string, name: string): Promise<void> {
  try {
    await files.link(path, name);
  } catch (error) {
    if (!hasNoLinks(error)) throw error;
    await files.copyFile(path, name);
  }
}

/** A second name for a file's contents; a real copy where the file system has no hard links. False when there is no file. */
export async function secondName(files: Files, path: string, name: string): Promise<boolean> {
  await removeFile(files, name);
  try {
    await linkOrCopy(files, path, name);
    return true;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return false;
    throw error;
  }
}

const NO_FOLDER_SYNC = new Set(['EPERM', 'EINVAL', 'EISDIR', 'ENOTSUP']);

/** Makes new names in a folder survive a power cut, where the system can do that for folders. */
export async function syncFolder(files: Files, path: string): Promise<void> {
  try {
    await using folder = await files.open(path, 'r');
    await folder.sync();
  } catch (error) {
    if (!NO_FOLDER_SYNC.has(errorCode(error) ?? '')) throw error;
  }
}
