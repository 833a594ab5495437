// Where running purchases are kept: under the key of chat, member and topic, saved together with the id of the update
// that moved them. A flow of another version is dropped and said so, because replaying it would break.

import type { ConversationData, ConversationStorage } from '@grammyjs/conversations';
import * as z from 'zod';
import type { Dialogues } from '../app/chat-memory.ts';
import { FLOW_VERSION } from './buy.ts';
import { keyOf, type BotContext } from './context.ts';

type Stored = Awaited<
  ReturnType<
    Extract<ConversationStorage<BotContext, ConversationData>, { type: 'context' }>['adapter']['read']
  >
>;

const Versioned = z.object({
  version: z.tuple([z.number(), z.unknown()]),
  state: z.record(z.string(), z.unknown()),
});

/** The plugin wrote it and reads it back as it was; only the envelope is ours to check. */
const isStored = (value: unknown): value is NonNullable<Stored> => Versioned.safeParse(value).success;

export function flowStorage(dialogues: Dialogues): ConversationStorage<BotContext, ConversationData> {
  return {
    type: 'context',
    version: FLOW_VERSION,
    adapter: {
      read: async (ctx) => {
        const key = keyOf(ctx.update);
        const stored = key === undefined ? undefined : dialogues.read(key);
        if (key === undefined || stored === undefined) return undefined;
        if (isStored(stored) && stored.version[1] === FLOW_VERSION) return stored;
        ctx.outdatedFlow = true;
        await dialogues.delete(key, ctx.update.update_id);
        return undefined;
      },
      write: async (ctx, state) => {
        const key = keyOf(ctx.update);
        if (key !== undefined) await dialogues.write(key, state, ctx.update.update_id);
      },
      delete: async (ctx) => {
        const key = keyOf(ctx.update);
        if (key !== undefined) await dialogues.delete(key, ctx.update.update_id);
      },
    },
  };
}
