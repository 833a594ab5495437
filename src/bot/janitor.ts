// Closes flows that were left alone, with a sentence where their prompt stood; nobody has to write first. What else there
// is to clear away is cleared at the same moments.

import type { Clock } from '../app/ports.ts';
import type { Dialogues } from '../app/chat-memory.ts';
import { sentences } from '../i18n/index.ts';
import type { Chat } from './chat.ts';
import { memberOf } from './context.ts';
import type { Prompts } from './prompts.ts';
import { button } from './view.ts';

/** A flow without an answer for this long is closed. */
export const IDLE_MS = 30 * 60_000;

const LOOKS_EVERY_MS = 30_000;

export interface Idle {
  readonly dialogues: Dialogues;
  readonly prompts: Pick<Prompts, 'of'>;
  readonly chat: Chat;
  readonly clock: Clock;
  /**
   * Runs a task between the updates of a key, never beside one. Not at all while another process has the key: somebody
   * is at work there, and the next look is soon.
   */
  readonly inOrder: (key: string, task: () => Promise<void>) => Promise<unknown>;
}

/** Looks every half a minute from `start` to `stop`. */
export function createJanitor({
  failed,
  alsoTidy,
  ...idle
}: Idle & { readonly failed: (error: unknown) => void; readonly alsoTidy: () => Promise<void> }) {
  let timer: NodeJS.Timeout | undefined;
  return {
    start: (): void => {
      timer = setInterval(() => {
        void sweepIdleFlows(idle).catch(failed);
        void alsoTidy().catch(failed);
      }, LOOKS_EVERY_MS);
    },
    stop: (): void => clearInterval(timer),
  };
}

/** Closes every flow that is idle now. */
export async function sweepIdleFlows({ dialogues, prompts, chat, clock, inOrder }: Idle): Promise<void> {
  const before = clock() - IDLE_MS;
  const close = (key: string) => async (): Promise<void> => {
    if ((dialogues.touchedAt(key) ?? Infinity) >= before) return;
    const prompt = prompts.of(key);
    await dialogues.delete(key);
    if (prompt === undefined) return;
    const t = sentences(prompt.language);
    const owner = memberOf(key);
    const rows = [[button(t.buttons.recharge, { kind: 'recharge', owner })]];
    await chat.edit(prompt, prompt.messageId, prompt.language, { text: t.closedIdle, rows });
  };
  await Promise.all((await dialogues.idle(before)).map((key) => inOrder(key, close(key))));
}
