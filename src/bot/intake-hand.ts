// What is in hand: updates taken from Telegram and not finished. Decides the offset, which confirms everything below it,
// and writes slow updates down when they would keep Telegram's window of 100 from moving, or all of them where Telegram
// brings them and waits for a word that they are safe. Used by the intakes only.

import type { Update } from 'grammy/types';
import type { UpdateJournal } from '../app/chat-memory.ts';

/** Telegram answers with 100 updates from the offset at most: behind a slow one, the window must move before that. */
const WINDOW = 80;
/** How many slow updates may be written down; beyond it Telegram keeps what is new, until something finishes. */
const MOST_NOTED = 400;

export interface Hand {
  /** Takes over the updates that an earlier run had written down; returns those that still have to be handled. */
  resume(): readonly Update[];
  /** Takes an answer to a poll that asked from `asked`; returns the updates never seen before, in order. */
  receive(updates: readonly Update[], asked: number | undefined): readonly Update[];
  /** The update needs nothing more: the offset may pass it. */
  finish(updateId: number): void;
  /** The lowest id that may not be confirmed yet; undefined while Telegram has sent nothing. */
  offset(): number | undefined;
  /** Whether an unfinished update keeps the offset back. */
  holding(): boolean;
  /** Unfinished updates, written down or not. */
  size(): number;
  /** Resolves at the next finish, or when woken. */
  nextFinish(): Promise<void>;
  wake(): void;
  /** Writes unfinished updates down when the window is nearly full, and wipes the list when all on it are done. Throws StoreFault; nothing changed then. */
  keepMoving(): Promise<void>;
  /** Writes everything in hand down. Those who ask while the disk is busy share the next write. Throws StoreFault. */
  secure(): Promise<void>;
}

type Journal = Pick<UpdateJournal, 'handled' | 'unfinished' | 'setUnfinished'>;

/** An empty hand over a journal; `resume` comes first. */
export function createHand(journal: Journal): Hand {
  const open = new Map<number, Update>();
  const noted = new Map<number, Update>();
  /** Finished, but still above the offset, so Telegram will show them again. */
  const done = new Set<number>();
  let next: number | undefined;
  let listWritten = false;
  let writing = Promise.resolve();
  let nextWrite: Promise<void> | undefined;
  let beat = Promise.withResolvers<undefined>();

  const isNew = ({ update_id: id }: Update): boolean =>
    !open.has(id) && !noted.has(id) && !done.has(id) && !journal.handled(id);

  function resume(): readonly Update[] {
    const list = journal.unfinished();
    listWritten = list.length > 0;
    const left = list.filter(isUpdate).filter(isNew);
    for (const update of left) noted.set(update.update_id, update);
    return left;
  }

  function receive(updates: readonly Update[], asked: number | undefined): readonly Update[] {
    const last = updates.at(-1)?.update_id;
    if (last === undefined) return [];
    // After a quiet week Telegram may number from somewhere lower; then what we knew says nothing any more.
    const restarted = asked !== undefined && last < asked;
    next = restarted ? last + 1 : Math.max(next ?? 0, last + 1);
    const fresh = updates.filter(isNew);
    for (const update of fresh) open.set(update.update_id, update);
    return fresh;
  }

  function wake(): void {
    beat.resolve(undefined);
    beat = Promise.withResolvers<undefined>();
  }

  function finish(updateId: number): void {
    open.delete(updateId);
    noted.delete(updateId);
    done.add(updateId);
    wake();
  }

  function offset(): number | undefined {
    const lowest = open.size > 0 ? Math.min(...open.keys()) : next;
    if (lowest !== undefined) for (const id of done) if (id < lowest) done.delete(id);
    return lowest;
  }

  async function note(): Promise<void> {
    const slow = [...open.values()];
    await journal.setUnfinished([...noted.values(), ...slow]);
    listWritten = true;
    // Only now, with the list on disk, may the offset pass them. Some may have finished during the write.
    for (const update of slow) if (open.delete(update.update_id)) noted.set(update.update_id, update);
  }

  async function noteNext(): Promise<void> {
    await writing.catch(() => undefined);
    nextWrite = undefined;
    writing = note();
    await writing;
    // Forgets what was done meanwhile and is old.
    offset();
  }

  async function keepMoving(): Promise<void> {
    const span = open.size > 0 ? (next ?? 0) - Math.min(...open.keys()) : 0;
    if (span >= WINDOW && noted.size < MOST_NOTED) await note();
    if (!listWritten || noted.size > 0) return;
    await journal.setUnfinished([]);
    listWritten = false;
  }

  return {
    resume,
    receive,
    finish,
    offset,
    holding: () => open.size > 0,
    size: () => open.size + noted.size,
    nextFinish: () => beat.promise,
    wake,
    keepMoving,
    secure: () => (nextWrite ??= noteNext()),
  };
}

/** What Telegram's answer to a poll holds; throws TypeError when that is nothing of what was asked for. */
export function updatesIn(answer: readonly unknown[]): readonly Update[] {
  const updates = Array.isArray(answer) ? answer.filter(isUpdate) : undefined;
  if (updates === undefined || updates.length < Math.min(answer.length, 1))
    throw new TypeError('the answer holds no updates');
  return updates;
}

export const isUpdate = (value: unknown): value is Update =>
  typeof value === 'object' &&
  value !== null &&
  'update_id' in value &&
  typeof value.update_id === 'number' &&
  Number.isSafeInteger(value.update_id);
