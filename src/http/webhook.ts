// Telegram's door when it calls us: checks that it is Telegram, writes the update down, and answers at once. What is not
// written down is answered with 503, and Telegram brings it again; what never can be is dropped, or it would come for ever
// and hold up whatever is behind it.

import { createHash, timingSafeEqual } from 'node:crypto';
import * as z from 'zod';
import type { Answered, Asked, Routes } from './server.ts';

/** Where an address without a path of its own is called. */
const USUAL_PATH = '/telegram';

/** The address that Telegram is told, and where such a call arrives here. */
export function webhookAt(given: string): { readonly url: string; readonly path: string } {
  const { pathname, origin } = new URL(given);
  const path = pathname === '/' ? USUAL_PATH : pathname;
  return { url: `${origin}${path}`, path };
}

/** Telegram's updates have a few kilobytes; far longer ones are nobody's. */
const MOST_BYTES = 1_048_576;

const updateSchema = z.looseObject({ update_id: z.int().nonnegative() });

export type IncomingUpdate = z.infer<typeof updateSchema>;

/** In constant time, whatever the lengths. */
function isSame(given: string, secret: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(secret));
}

function parse(text: string): IncomingUpdate | undefined {
  try {
    return updateSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

export function webhookRoutes(deps: {
  path: string;
  /** What Telegram was told to send with each call. */
  secret: string;
  /** Writes it down; rejects when that is not possible now. */
  receive: (update: IncomingUpdate) => Promise<void>;
  failed: (error: unknown) => void;
  /** Telegram was told to forget what it brought. */
  dropped: (why: 'too long' | 'no update') => void;
}): Routes {
  const { path, secret, receive, failed, dropped } = deps;

  function drop(why: 'too long' | 'no update'): Answered {
    dropped(why);
    return { status: 200 };
  }

  async function take(asked: Asked): Promise<Answered> {
    if (!isSame(asked.header('x-telegram-bot-api-secret-token') ?? '', secret)) return { status: 401 };
    const text = await asked.body(MOST_BYTES);
    if (text === undefined) return drop('too long');
    const update = parse(text);
    if (update === undefined) return drop('no update');
    try {
      await receive(update);
      return { status: 200 };
    } catch (error) {
      failed(error);
      return { status: 503 };
    }
  }

  return { [`POST ${path}`]: take };
}
