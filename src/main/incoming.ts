// How what people say comes in, and who may come between: for a bot that is alone Telegram itself is the journal; several
// share what is written down in their database.

import type { Update } from 'grammy/types';
import { keyOf } from '../bot/context.ts';
import { createIntake, type Intake, type IntakeOptions } from '../bot/intake.ts';
import { createLaneIntake } from '../bot/lane-intake.ts';
import { createSharedPolling } from '../bot/shared-polling.ts';
import type { Updates } from '../store/open-folder.ts';

export interface Incoming {
  readonly intake: Intake;
  /** Runs a task between the updates of a key; false, and nothing was run, while another process is at work there. */
  readonly inOrder: (key: string, task: () => Promise<void>) => Promise<boolean>;
  /** Writes an update down that Telegram brought; absent where it is only asked. */
  readonly receive?: (update: Update) => Promise<void>;
}

export function openIncoming(
  updates: Updates,
  options: Omit<IntakeOptions, 'dialogues' | 'keyOf'> & {
    readonly recognise: (key: string) => Promise<void>;
  },
): Incoming {
  const { queue } = options;
  if (updates.kind === 'alone')
    return {
      intake: createIntake({ ...options, keyOf, dialogues: updates.journal }),
      inOrder: (key, task) => queue.run(key, task).then(() => true),
    };
  const { lanes, listen, asking } = updates;
  const receive = (brought: readonly Update[]): Promise<void> =>
    lanes.receive(
      brought.map((update) => ({
        id: update.update_id,
        key: keyOf(update) ?? `update ${update.update_id}`,
        update,
      })),
    );
  const source = createSharedPolling({ ...options, asking, receive });
  const intake = createLaneIntake({ ...options, lanes, listen, source });
  return {
    intake,
    inOrder: (key, task) => intake.inOrder(key, task),
    receive: (update) => receive([update]),
  };
}
