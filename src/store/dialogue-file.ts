// The text of `conversations.json`: one record per flow, each with its JSON ready, the updates that were handled, and those
// that were taken but not finished.

import * as z from 'zod';
import type { PromptPlace } from '../app/chat-memory.ts';
import { listOf } from './packing.ts';
import { readVersioned } from './versioned-json.ts';

export interface DialogueRecord {
  /** The conversation's state as JSON, so that nobody can alter it by holding on to it. */
  readonly state: string;
  readonly prompt: PromptPlace | undefined;
  /** Epoch ms. */
  readonly touchedAt: number;
  /** The whole record as JSON. */
  readonly text: string;
}

export interface DialogueFile {
  readonly records: Map<string, DialogueRecord>;
  /** Ids of handled updates, the latest last. */
  readonly handled: Set<number>;
  /** Unfinished updates, as the JSON of a list. */
  unfinished: string;
}

export const noDialogues = (): DialogueFile => ({ records: new Map(), handled: new Set(), unfinished: '[]' });

/** Another one that can be altered without altering this; the records themselves never change. */
export const copyDialogues = ({ records, handled, unfinished }: DialogueFile): DialogueFile => ({
  records: new Map(records),
  handled: new Set(handled),
  unfinished,
});

export const promptSchema: z.ZodType<PromptPlace> = z.object({
  chatId: z.int(),
  threadId: z.int().nullable(),
  messageId: z.int(),
  language: z.enum(['ar', 'fr', 'en']),
});

const fileSchema = z.object({
  version: z.literal(1),
  handled: z.array(z.int()),
  unfinished: z.array(z.unknown()),
  records: z.array(
    z.object({
      key: z.string(),
      touchedAt: z.number(),
      prompt: promptSchema.exactOptional(),
      state: z.unknown().refine((state) => state !== undefined),
    }),
  ),
});

/** A record with its text; `state` is JSON already and is put in as it is. */
export function dialogueRecord(key: string, parts: Omit<DialogueRecord, 'text'>): DialogueRecord {
  const head = JSON.stringify({ key, touchedAt: parts.touchedAt, prompt: parts.prompt });
  return { ...parts, text: `${head.slice(0, -1)},"state":${parts.state}}` };
}

/** The file's text in pieces, the texts of its records among them. */
export const writeDialogues = ({ records, handled, unfinished }: DialogueFile): readonly string[] => [
  `{"version":1,"handled":[${[...handled].join()}],"unfinished":${unfinished},"records":`,
  ...listOf(records.values()),
  '}\n',
];

/** Reads the file's text; throws DamagedFile when it can't be one, NewerFile when a later version wrote it. */
export function readDialogues(text: string, file: string): DialogueFile {
  const data = readVersioned(text, { file, schema: fileSchema, not: 'not a file of conversations' });
  const records = data.records.map(({ key, touchedAt, prompt, state }): [string, DialogueRecord] => [
    key,
    dialogueRecord(key, { touchedAt, prompt, state: JSON.stringify(state) }),
  ]);
  return {
    records: new Map(records),
    handled: new Set(data.handled),
    unfinished: JSON.stringify(data.unfinished),
  };
}
