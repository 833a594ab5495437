// The intake of a shop in a folder to which Telegram brings the updates. Telegram counts as told only what it gets an
// answer for, so each update is on disk before that: a kill loses nothing, and what comes again is known.

import type { Update } from 'grammy/types';
import { createHand, updatesIn } from './intake-hand.ts';
import type { Intake } from './intake.ts';
import { createWork, type WorkOptions } from './intake-work.ts';
import { createWebhookSource, type WebhookOptions } from './webhook-source.ts';

export interface WebhookIntake extends Intake {
  /** Resolves when Telegram may forget the update; rejects when it has to bring it again. */
  readonly receive: (brought: { readonly update_id: number }) => Promise<void>;
}

/** Beyond it Telegram keeps what is new, until something finishes. */
const MOST_IN_HAND = 400;

/** An intake that takes nothing yet; `run` begins it. */
export function createWebhookIntake(options: WebhookOptions & WorkOptions): WebhookIntake {
  const hand = createHand(options.dialogues);
  const work = createWork(hand, options);
  const source = createWebhookSource(options);
  let running: Promise<void> | undefined;
  let stopping: Promise<void> | undefined;

  async function take(update: Update): Promise<void> {
    const isNew = hand.receive([update], undefined).length > 0;
    if (!isNew && options.dialogues.handled(update.update_id)) return;
    const isSafe = await hand.secure().then(
      () => true,
      () => false,
    );
    // Telegram and whoever else was written down with this one are answered first.
    if (isNew && isSafe) setImmediate(() => void work.attend(update));
    // Where the disk takes nothing, the handling itself is waited for, as it is when Telegram is asked.
    else if (!isSafe && !(isNew && (await work.attend(update))))
      throw new Error('an update could neither be written down nor handled');
  }

  async function receive(brought: { readonly update_id: number }): Promise<void> {
    if (running === undefined || stopping !== undefined) throw new Error('the bot takes no updates now');
    if (hand.size() >= MOST_IN_HAND) throw new Error('too many updates in hand');
    for (const update of updatesIn([brought])) await take(update);
  }

  function run(): Promise<void> {
    for (const update of hand.resume()) void work.attend(update);
    return source.run();
  }

  async function close(graceMs: number): Promise<void> {
    await source.stop({ remove: true });
    await work.end(graceMs);
  }

  return {
    run: () => (running ??= run()),
    stop: ({ graceMs }) => (stopping ??= close(graceMs)),
    lastAnswerAt: () => source.lastAnswerAt(),
    waiting: () => hand.size(),
    receive,
  };
}
