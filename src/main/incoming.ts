// How what people say comes in, and who may come between: for a bot that is alone Telegram itself is the journal; several
// share what is written down in their database.

import { keyOf } from '../bot/context.ts';
import type { Intake } from '../bot/intake.ts';
import { createLaneIntake, receiverInto } from '../bot/lane-intake.ts';
import { createSharedPolling } from '../bot/shared-polling.ts';
import { createWebhookSource } from '../bot/webhook-source.ts';
import type { Config } from '../config.ts';
import type { Updates } from '../store/open-folder.ts';
import { openUpdates, type UpdatesOptions } from './updates.ts';
import { webhookOf } from './webhook.ts';

export interface Incoming {
  readonly intake: Intake;
  /** Runs a task between the updates of a key; false, and nothing was run, while another process is at work there. */
  readonly inOrder: (key: string, task: () => Promise<void>) => Promise<boolean>;
  /** Writes an update down that Telegram brought; absent where it is only asked. */
  readonly receive?: (update: { readonly update_id: number }) => Promise<void>;
}

export function openIncoming(
  config: Config,
  updates: Updates,
  options: Omit<UpdatesOptions, 'dialogues' | 'keyOf'> & {
    readonly recognise: (key: string) => Promise<void>;
  },
): Incoming {
  const { queue } = options;
  if (updates.kind === 'alone')
    return {
      ...openUpdates(config, { ...options, keyOf, dialogues: updates.journal }),
      inOrder: (key, task) => queue.run(key, task).then(() => true),
    };
  const { lanes, bells, asking } = updates;
  const write = receiverInto(lanes, keyOf);
  const webhook = webhookOf(config);
  const source =
    webhook === undefined
      ? createSharedPolling({ ...options, asking, receive: write })
      : createWebhookSource({ ...options, ...webhook });
  const intake = createLaneIntake({ ...options, lanes, bells, source, write });
  return {
    intake,
    inOrder: (key, task) => intake.inOrder(key, task),
    receive: (update) => intake.receive(update),
  };
}
