// Telegram's flood limits, off unless asked for: one chat may only be written to so often, and
// edits count like new messages.
import { tooManyRequests } from './refusal.ts';
import { integerIn } from './payload.ts';
import type { Payload } from './payload.ts';

/** How many messages and edits a chat takes: private chats per second, groups per minute. */
export type FloodLimits = { privatePerSecond?: number; groupPerMinute?: number };

export type FloodGate = ReturnType<typeof createFloodGate>;

const COUNTED = /^(send(?!ChatAction)|edit|copyMessage|forwardMessage)/i;

/** A gate that lets a call pass or throws a 429 with the seconds to wait. */
export function createFloodGate(now: () => number, limits: FloodLimits | undefined) {
  const passedAt = new Map<number, number[]>();
  return {
    pass(method: string, payload: Payload): void {
      const chatId = integerIn(payload, 'chat_id');
      if (!limits || chatId === undefined || !COUNTED.test(method)) return;
      const isGroup = chatId < 0;
      const limit = isGroup ? limits.groupPerMinute : limits.privatePerSecond;
      if (limit === undefined) return;
      const windowMs = isGroup ? 60_000 : 1000;
      const recent = (passedAt.get(chatId) ?? []).filter((at) => at > now() - windowMs);
      const oldest = recent[recent.length - limit];
      if (oldest !== undefined)
        throw tooManyRequests(Math.max(1, Math.ceil((oldest + windowMs - now()) / 1000)));
      passedAt.set(chatId, [...recent, now()]);
    },
    clear(): void {
      passedAt.clear();
    },
  };
}
