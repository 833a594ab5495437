// What goes wrong beside the kills: what becomes of a purchase at the provider, answers that come late or never, and the
// road to Telegram.

import type { Fault, Outcome } from '../../src/playground/oneclickdz/server.ts';
import type { Fault as TelegramFault } from '../../src/playground/telegram/server.ts';
import type { Chance } from '../prove/chance.ts';
import type { Town } from './town.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** An answer that never comes or can't be read; the order is taken, or it is not. */
function lost(chance: Chance): Outcome {
  const how = chance.pick<'drop' | 'hang' | '500' | 'html'>(['drop', 'drop', 'hang', '500', 'html']);
  const then = { kind: 'fulfilled', afterMs: chance.whole(0, 20) * SECOND } as const;
  return { kind: 'lost', how, accepted: chance.often(0.7), then, prefixedRef: chance.often(0.2) };
}

/** What the provider does with a line: two thirds are delivered without further ado. */
export function fate(chance: Chance): Outcome {
  const draw = chance.next();
  if (draw < 0.5) return { kind: 'fulfilled', afterMs: chance.whole(0, 30) * SECOND };
  if (draw < 0.64) return { kind: 'fulfilled', afterMs: chance.whole(1, 4) * MINUTE };
  if (draw < 0.72) return { kind: 'refunded', afterMs: chance.whole(0, 60) * SECOND };
  if (draw < 0.88) return lost(chance);
  const then = { kind: 'fulfilled' } as const;
  if (draw < 0.91) return { kind: 'refused', code: 'ERR_STOCK', status: 400 };
  if (draw < 0.94) return { kind: 'refused', code: 'SERVICE_UNAVAILABLE', status: 503, then };
  if (draw < 0.97) return { kind: 'throttled', retryAfterSeconds: 2, then };
  return { kind: 'queued', afterMs: 5 * SECOND, thenFulfilledAfterMs: 20 * MINUTE };
}

/** Of the world's time. */
const LATE_MS = 1_500;
const READS = /^\/(?:internet\/(?:check-|list|products)|account|validate)/;

/** A few faults for the life that begins: reads at the provider, and calls to Telegram. */
export function troubleAhead({ provider, telegram }: Town, chance: Chance): void {
  if (chance.often(0.4)) {
    const fault = chance.pick<Fault>([
      { kind: 'drop-before' },
      { kind: 'drop-after' },
      { kind: 'hang', ms: LATE_MS },
      { kind: 'html', status: 502 },
      { kind: 'status', status: 500 },
    ]);
    provider.faultNext({ method: 'GET', path: READS, times: chance.whole(1, 3), fault });
  }
  if (chance.often(0.4)) {
    const fault = chance.pick<TelegramFault>([
      { kind: 'drop-before' },
      { kind: 'drop-after' },
      { kind: 'hang', ms: LATE_MS / 5, after: true },
      { kind: 'html', status: 502 },
      { kind: 'status', code: 429, description: 'Too Many Requests: retry after 1', retryAfter: 1 },
    ]);
    const method = chance.pick([/^editMessageText$/, /^answerCallbackQuery$/, /^sendMessage$/]);
    telegram.faultNext({ method, times: chance.whole(1, 3), fault });
  }
}
