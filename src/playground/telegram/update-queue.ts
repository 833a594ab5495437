// The updates waiting for the bot, with Telegram's rules on confirming, forgetting and expiring.
// getUpdates and the webhook read from the same queue.

/** One waiting update; `queue` names the order it belongs to, `expiresAt` is milliseconds. */
export type WaitingUpdate = {
  updateId: number;
  kind: string;
  body: Record<string, unknown>;
  queue: string;
  expiresAt: number;
};

/** An update as it travels: `{update_id, [kind]: body}`. */
export type WireUpdate = { update_id: number } & Record<string, unknown>;

/** How long Telegram keeps an update, in milliseconds. */
export const MESSAGE_LIFETIME_MS = 24 * 60 * 60 * 1000;
export const CALLBACK_LIFETIME_MS = 150 * 1000;

const FIRST_UPDATE_ID = 700_000_001;
const ONLY_WHEN_ASKED = new Set(['chat_member', 'message_reaction', 'message_reaction_count']);

export type UpdateQueue = ReturnType<typeof createUpdateQueue>;

/** Writes a waiting update the way Telegram sends it. */
export function wireUpdate(update: WaitingUpdate): WireUpdate {
  return { update_id: update.updateId, [update.kind]: update.body };
}

/** The queue of one bot; `onChange` is called after every arrival, confirmation and loss. */
export function createUpdateQueue(now: () => number, onChange: () => void) {
  let waiting: WaitingUpdate[] = [];
  let nextId = FIRST_UPDATE_ID;
  let allowed: ReadonlySet<string> | undefined;

  const keep = (which: (update: WaitingUpdate) => boolean): void => {
    const before = waiting.length;
    waiting = waiting.filter(which);
    if (waiting.length !== before) onChange();
  };
  const dropExpired = (): void => keep((update) => update.expiresAt > now());

  return {
    /** Queues an update unless the bot did not ask for its kind. */
    push(update: Omit<WaitingUpdate, 'updateId'>): void {
      const isWanted = allowed ? allowed.has(update.kind) : !ONLY_WHEN_ASKED.has(update.kind);
      if (!isWanted) return;
      waiting.push({ updateId: nextId++, ...update });
      onChange();
    },
    /** Everything still deliverable, oldest first. */
    waiting(): readonly WaitingUpdate[] {
      dropExpired();
      return waiting;
    },
    /** Forgets every update below the offset; a negative one keeps only that many from the end. */
    confirm(offset: number): void {
      const from = offset < 0 ? (waiting.at(offset)?.updateId ?? 0) : offset;
      keep((update) => update.updateId >= from);
    },
    /** Forgets one update that a webhook took. */
    remove(updateId: number): void {
      keep((update) => update.updateId !== updateId);
    },
    /** Forgets all of them; later ids go on rising. */
    clear(): void {
      keep(() => false);
    },
    /** Remembers which kinds the bot wants; an empty list means Telegram's usual ones. */
    setAllowed(kinds: readonly string[]): void {
      allowed = kinds.length === 0 ? undefined : new Set(kinds);
    },
    allowed(): string[] | undefined {
      return allowed && [...allowed];
    },
  };
}
