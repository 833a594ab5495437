// What `:provider` can make the next purchase meet, by a short name each.
import type { Outcome, ProviderStandIn } from './oneclickdz/server.ts';

type Mood = { readonly meaning: string; readonly outcome: Outcome };

const delivered = { kind: 'fulfilled' } as const;

/** One purchase, whatever its number. */
export const moods: Readonly<Record<string, Mood>> = {
  deliver: { meaning: 'delivered after 3 s', outcome: delivered },
  slow: { meaning: 'delivered after 40 s', outcome: { kind: 'fulfilled', afterMs: 40_000 } },
  refund: {
    meaning: 'money back, with a reason',
    outcome: { kind: 'refunded', message: 'تعذر شحن هذا الخط' },
  },
  queue: { meaning: 'scheduled for later, until :finish', outcome: { kind: 'queued' } },
  lose: {
    meaning: 'accepted, but the answer is lost',
    outcome: { kind: 'lost', how: 'drop', accepted: true, then: delivered },
  },
  drop: {
    meaning: 'the line is cut before the order arrives',
    outcome: { kind: 'lost', how: 'drop', accepted: false, then: delivered },
  },
  hang: {
    meaning: 'accepted, but no answer comes',
    outcome: { kind: 'lost', how: 'hang', accepted: true, then: delivered },
  },
  busy: { meaning: 'told to come back in 2 s', outcome: { kind: 'throttled', retryAfterSeconds: 2 } },
  stock: {
    meaning: 'out of stock at the last moment',
    outcome: { kind: 'refused', code: 'ERR_STOCK', status: 400 },
  },
  poor: {
    meaning: "the shop's credit is too low at the last moment",
    outcome: { kind: 'refused', code: 'NO_BALANCE', status: 403 },
  },
  odd: {
    meaning: 'a status nobody knows, until :finish',
    outcome: { kind: 'unknown-word', word: 'PENDING_REVIEW' },
  },
};

/** Scripts the provider by name and says what it did; undefined for a name it does not have. */
export function setMood(provider: ProviderStandIn, name: string): string | undefined {
  if (name === 'down' || name === 'up') {
    provider.outage(name === 'down');
    return name === 'down'
      ? 'The provider answers nobody until ":provider up".'
      : 'The provider answers again.';
  }
  const mood = Object.hasOwn(moods, name) ? moods[name] : undefined;
  if (mood === undefined) return undefined;
  provider.nextSend(mood.outcome);
  return `The next purchase: ${mood.meaning}.`;
}
