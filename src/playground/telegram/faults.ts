// Things that go wrong between the bot and Telegram, on demand: refusals, lost connections, slow
// answers and a whole outage.
import { integerIn } from './payload.ts';
import type { Payload } from './payload.ts';

/**
 * What goes wrong. `status` answers a refusal without executing; `drop-before` closes the
 * connection without executing; `drop-after` executes, then closes it; `hang` waits `ms` before
 * executing, or with `after` before answering; `html` answers a proxy's error page.
 */
export type Fault =
  | { kind: 'status'; code: number; description: string; retryAfter?: number }
  | { kind: 'drop-before' }
  | { kind: 'drop-after' }
  | { kind: 'hang'; ms: number; after?: boolean }
  | { kind: 'html'; status: number };

/** Which calls a fault hits; `times` is 1 by default. */
export type FaultRule = { method?: string | RegExp; chatId?: number; times?: number; fault: Fault };

export type Faults = ReturnType<typeof createFaults>;

function hits(rule: FaultRule, method: string, payload: Payload): boolean {
  if (rule.chatId !== undefined && integerIn(payload, 'chat_id') !== rule.chatId) return false;
  if (rule.method === undefined) return true;
  if (typeof rule.method === 'string') return rule.method.toLowerCase() === method.toLowerCase();
  return rule.method.test(method);
}

/** The faults still to come. */
export function createFaults() {
  let rules: { rule: FaultRule; left: number }[] = [];
  let isOut = false;
  return {
    /** Adds a fault; returns a function that takes it back. */
    add(rule: FaultRule): () => void {
      const entry = { rule, left: rule.times ?? 1 };
      rules.push(entry);
      return () => void (rules = rules.filter((one) => one !== entry));
    },
    /** Turns the whole service off or on. */
    outage(on: boolean): void {
      isOut = on;
    },
    /** The fault this call meets, if any; each use counts. */
    meet(method: string, payload: Payload): Fault | undefined {
      if (isOut) return { kind: 'html', status: 502 };
      const entry = rules.find(({ rule }) => hits(rule, method, payload));
      if (!entry) return undefined;
      entry.left -= 1;
      if (entry.left <= 0) rules = rules.filter((one) => one !== entry);
      return entry.rule.fault;
    },
    clear(): void {
      rules = [];
      isOut = false;
    },
  };
}
