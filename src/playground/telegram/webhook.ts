// Webhook delivery: updates are posted to the bot's address, each queue in order, failures again
// after a growing delay. As a stand-in it posts to loopback addresses only, and over plain HTTP.
import { badRequest } from './refusal.ts';
import { flagIn, integerIn, textIn } from './payload.ts';
import { allowedIn } from './long-poll.ts';
import { wireUpdate } from './update-queue.ts';
import { unixTime } from './world.ts';
import type { WaitingUpdate } from './update-queue.ts';
import type { Payload } from './payload.ts';
import type { World } from './world.ts';

const LONGEST_RETRY_MS = 60_000;
const ANSWER_TIMEOUT_MS = 60_000;

type Target = { url: string; secret: string | undefined; maxConnections: number };
type Lane = { attempts: number; timer?: NodeJS.Timeout };

export type Webhook = ReturnType<typeof createWebhook>;

function checkUrl(url: string): void {
  let host: string;
  try {
    host = new URL(url).hostname;
  } catch {
    throw badRequest('bad webhook: invalid HTTPS URL specified');
  }
  if (!['127.0.0.1', 'localhost', '[::1]'].includes(host)) {
    throw badRequest('bad webhook: this stand-in delivers to loopback addresses only');
  }
}

/** Posts one update; says what went wrong, or nothing when the bot took it. */
async function post(to: Target, update: WaitingUpdate, stopped: AbortSignal): Promise<string | undefined> {
  try {
    const response = await fetch(to.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(to.secret !== undefined && { 'X-Telegram-Bot-Api-Secret-Token': to.secret }),
      },
      body: JSON.stringify(wireUpdate(update)),
      signal: AbortSignal.any([stopped, AbortSignal.timeout(ANSWER_TIMEOUT_MS)]),
    });
    await response.arrayBuffer();
    return response.ok
      ? undefined
      : `Wrong response from the webhook: ${response.status} ${response.statusText}`;
  } catch {
    return 'Connection failed';
  }
}

/** Reads setWebhook; undefined when it asks for no webhook. */
function targetIn(payload: Payload): Target | undefined {
  const url = textIn(payload, 'url') ?? '';
  if (url === '') return undefined;
  checkUrl(url);
  const secret = textIn(payload, 'secret_token') ?? '';
  if (!/^[\w-]{0,256}$/.test(secret)) throw badRequest('secret token contains unallowed characters');
  const maxConnections = Math.min(100, Math.max(1, integerIn(payload, 'max_connections') ?? 40));
  return { url, secret: secret === '' ? undefined : secret, maxConnections };
}

/** The webhook of one bot; `firstRetryMs` is the wait after the first failure and then doubles. */
export function createWebhook(world: World, firstRetryMs: number) {
  let target: Target | undefined;
  let lastError: { date: number; message: string } | undefined;
  const busy = new Map<string, Lane>();
  let stopping = new AbortController();

  const fail = (queue: string, lane: Lane, message: string): void => {
    lastError = { date: unixTime(world), message };
    const delay = Math.min(LONGEST_RETRY_MS, firstRetryMs * 2 ** lane.attempts);
    lane.attempts += 1;
    lane.timer = setTimeout(() => void attempt(queue, lane), delay);
  };

  const attempt = async (queue: string, lane: Lane): Promise<void> => {
    const to = target;
    const update = world.updates.waiting().find((one) => one.queue === queue);
    if (!to || !update || busy.get(queue) !== lane) {
      if (busy.get(queue) === lane) busy.delete(queue);
      return;
    }
    const problem = await post(to, update, stopping.signal);
    // The webhook may have been removed or set anew meanwhile: then this lane has ended.
    if (busy.get(queue) !== lane) return;
    if (problem !== undefined) {
      fail(queue, lane, problem);
      return;
    }
    busy.delete(queue);
    world.updates.remove(update.updateId);
    deliver();
  };

  const deliver = (): void => {
    if (!target) return;
    for (const { queue } of world.updates.waiting()) {
      if (busy.has(queue) || busy.size >= target.maxConnections) continue;
      const lane: Lane = { attempts: 0 };
      busy.set(queue, lane);
      void attempt(queue, lane);
    }
  };

  const stop = (): void => {
    for (const lane of busy.values()) clearTimeout(lane.timer);
    stopping.abort();
    stopping = new AbortController();
    busy.clear();
    target = undefined;
    lastError = undefined;
  };

  world.hub.on((event) => {
    if (event.type === 'updates' && event.pending > 0) deliver();
  });

  return {
    isSet: (): boolean => target !== undefined,
    /** setWebhook; an empty url removes it. */
    set(payload: Payload): true {
      const next = targetIn(payload);
      const allowed = allowedIn(payload);
      stop();
      if (allowed) world.updates.setAllowed(allowed);
      if (flagIn(payload, 'drop_pending_updates')) world.updates.clear();
      target = next;
      deliver();
      return true;
    },
    /** deleteWebhook. */
    remove(payload: Payload): true {
      stop();
      if (flagIn(payload, 'drop_pending_updates')) world.updates.clear();
      return true;
    },
    /** getWebhookInfo. */
    info(): Record<string, unknown> {
      const allowed = world.updates.allowed();
      return {
        url: target?.url ?? '',
        has_custom_certificate: false,
        pending_update_count: world.updates.waiting().length,
        ...(target && { max_connections: target.maxConnections, ip_address: '127.0.0.1' }),
        ...(lastError && { last_error_date: lastError.date, last_error_message: lastError.message }),
        ...(allowed && { allowed_updates: allowed }),
      };
    },
    stop,
  };
}
