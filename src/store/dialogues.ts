// Where the conversations live between two updates, and which updates have been handled: one file, one write for both, so
// that after a kill a tap is neither lost nor taken twice. Copies go in and out; nothing here is shared with a caller.

import { join } from 'node:path';
import * as z from 'zod';
import type { Dialogues, PromptPlace, UpdateJournal } from '../app/chat-memory.ts';
import {
  copyDialogues,
  dialogueRecord,
  noDialogues,
  readDialogues,
  writeDialogues,
  type DialogueFile,
} from './dialogue-file.ts';
import type { Place } from './disk.ts';
import { openReplaceable, type Comeback } from './replaceable-file.ts';

export const DIALOGUES_FILE = 'conversations.json';
/** Telegram repeats at most what it has not been told of yet, a hundred updates at a time. */
const HANDLED_KEPT = 1_000;

export interface OpenedDialogues {
  readonly dialogues: Dialogues & UpdateJournal;
  /** `empty`: every flow begins anew; the torn file is kept beside as `.torn-<time>`. */
  readonly comeback: Comeback;
  readonly close: () => Promise<void>;
}

function addHandled({ handled }: DialogueFile, updateId: number | undefined): boolean {
  if (updateId === undefined || handled.has(updateId)) return false;
  handled.add(updateId);
  for (const oldest of handled) {
    if (handled.size <= HANDLED_KEPT) break;
    handled.delete(oldest);
  }
  return true;
}

/**
 * Opens `conversations.json`. Survives a kill; after a power cut the last seconds may be missing, which is why orders are
 * not kept here. Writes throw StoreFault; whoever reads sees only what the disk has.
 */
export async function openDialogues({ dir, clock, files }: Place): Promise<OpenedDialogues> {
  const path = join(dir, DIALOGUES_FILE);
  const file = await openReplaceable<DialogueFile>({
    path,
    parse: (text) => readDialogues(text, path),
    pieces: writeDialogues,
    empty: noDialogues(),
    copy: copyDialogues,
    clock,
    durable: false,
    ...(files && { files }),
  });
  /** Prompts drawn since their flow was last written; its next write takes them along. */
  const drawn = new Map<string, PromptPlace>();

  async function write(key: string, state: unknown, updateId: number): Promise<void> {
    if (state === undefined) return remove(key, updateId);
    // Copied now: the caller goes on using its object while the disk is busy.
    const copy = JSON.stringify(state);
    const prompt = drawn.get(key);
    const touchedAt = clock();
    await file.edit((draft) => {
      const parts = { state: copy, prompt: prompt ?? draft.records.get(key)?.prompt, touchedAt };
      draft.records.set(key, dialogueRecord(key, parts));
      addHandled(draft, updateId);
      return true;
    });
    if (drawn.get(key) === prompt) drawn.delete(key);
  }

  async function remove(key: string, updateId?: number): Promise<void> {
    drawn.delete(key);
    await file.edit((draft) => {
      const removed = draft.records.delete(key);
      return addHandled(draft, updateId) || removed;
    });
  }

  const dialogues: Dialogues & UpdateJournal = {
    read(key) {
      const record = file.now().records.get(key);
      const copy: unknown = record && JSON.parse(record.state);
      return copy;
    },
    write,
    delete: remove,
    handled: (updateId) => file.now().handled.has(updateId),
    markHandled: (updateId) => file.edit((draft) => addHandled(draft, updateId)),
    prompt(key) {
      const prompt = drawn.get(key) ?? file.now().records.get(key)?.prompt;
      return prompt && { ...prompt };
    },
    setPrompt: (key, place) => void drawn.set(key, { ...place }),
    touchedAt: (key) => file.now().records.get(key)?.touchedAt,
    idle: (before) => {
      const records = [...file.now().records];
      return Promise.resolve(records.filter(([, { touchedAt }]) => touchedAt < before).map(([key]) => key));
    },
    unfinished: () => z.array(z.unknown()).parse(JSON.parse(file.now().unfinished)),
    setUnfinished(updates) {
      const unfinished = JSON.stringify(updates);
      return file.edit((draft) => {
        const same = draft.unfinished === unfinished;
        draft.unfinished = unfinished;
        return !same;
      });
    },
  };
  return { dialogues, comeback: file.comeback, close: file.close };
}
