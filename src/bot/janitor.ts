// Closes flows that were left alone, with a sentence where their prompt stood; nobody has to write first.

import type { Clock, Dialogues } from '../app/ports.ts';
import { sentences } from '../i18n/index.ts';
import type { Chat } from './chat.ts';
import type { Prompts } from './prompts.ts';
import { button } from './view.ts';

/** A flow without an answer for this long is closed. */
export const IDLE_MS = 30 * 60_000;

/** Closes every flow that is idle now. `inOrder` runs a task between the updates of a key, never beside one. */
export async function sweepIdleFlows(deps: {
  dialogues: Dialogues;
  prompts: Pick<Prompts, 'of'>;
  chat: Chat;
  clock: Clock;
  inOrder: (key: string, task: () => Promise<void>) => Promise<void>;
}): Promise<void> {
  const { dialogues, prompts, chat, clock, inOrder } = deps;
  const before = clock() - IDLE_MS;
  const close = (key: string) => async (): Promise<void> => {
    if (!dialogues.idle(before).includes(key)) return;
    const prompt = prompts.of(key);
    await dialogues.delete(key);
    if (prompt === undefined) return;
    const t = sentences(prompt.language);
    const owner = Number(key.split(':')[1]);
    const rows = [[button(t.buttons.recharge, { kind: 'recharge', owner })]];
    await chat.edit(prompt, prompt.messageId, prompt.language, { text: t.closedIdle, rows });
  };
  await Promise.all(dialogues.idle(before).map((key) => inOrder(key, close(key))));
}
