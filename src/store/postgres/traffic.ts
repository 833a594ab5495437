// What all processes with one key know of the provider: how long it wants quiet, and what it said against the key. Whoever
// hears it writes it down and wakes the others, which read it; so it does not matter which word of several got lost.

import * as z from 'zod';
import type { SharedTraffic, TrafficNews } from '../../app/sharing.ts';
import type { AccessFlaw } from '../../domain/incident.ts';
import type { Database } from './database.ts';
import type { Listener } from './listener.ts';
import { createTurns, HELD_MS, NOW_MS, PROVIDER_CHANNEL } from './turns.ts';

export interface TrafficDeps {
  readonly database: Pick<Database, 'read' | 'write'>;
  readonly listener: Pick<Listener, 'on'>;
  /** What tells this key from another one; not the key. */
  readonly key: string;
  /** Waits before what could not be written down is tried again. */
  readonly sleep: (ms: number) => Promise<unknown>;
  readonly failed: (error: unknown) => void;
  /** Epoch ms, where the database's own clock is not to count. */
  readonly now?: () => number | null;
}

/** Of several processes that begin while the key is refused one tries it, and a minute later the next. */
const BETWEEN_TRIES_MS = 60_000;
const WRITE_AGAIN_MS = 2_000;

const flaw = z.enum(['key', 'address', 'disabled', 'read-only']).nullable();
const stateRow = z.object({ held: z.number(), refusals: z.int(), flaw, changes: z.int().nullable() });
const beforeRow = z.object({ flaw, changes: z.int(), wait: z.number() });
const changesRow = z.object({ changes: z.int() });

const STATE = `
  SELECT ceil(${HELD_MS}) AS held, refusals, flaw, changes
  FROM (SELECT *, ${NOW_MS} AS now FROM traffic) AS moment LEFT JOIN provider_keys ON key = $2`;

/** A place in the line of those who may try. */
const BEFORE = `
  UPDATE provider_keys
  SET next_try_at = CASE WHEN flaw IS NULL THEN next_try_at ELSE greatest(next_try_at, now()) + $2 * interval '1 ms' END
  WHERE key = $1
  RETURNING flaw, changes, extract(epoch FROM next_try_at - now())::float8 * 1000 - $2 AS wait`;

/** What is wrong with the key outweighs what is wrong with one address. */
const REFUSE = `
  INSERT INTO provider_keys (key, flaw, next_try_at) VALUES ($1, $2, now() + $3 * interval '1 ms')
  ON CONFLICT (key) DO UPDATE SET
    flaw = CASE WHEN excluded.flaw = 'address' THEN coalesce(provider_keys.flaw, 'address') ELSE excluded.flaw END,
    changes = provider_keys.changes + 1, next_try_at = excluded.next_try_at
  RETURNING changes`;

/** Of what was known when the key was taken: what somebody heard since then stands. */
const ACCEPT = `
  UPDATE provider_keys SET flaw = NULL, changes = changes + 1
  WHERE key = $1 AND flaw IS NOT NULL AND changes = $2 RETURNING changes`;

/** Reads how things stand. Throws StoreFault. Before the listener is started. */
export async function openTraffic(deps: TrafficDeps): Promise<SharedTraffic> {
  const { database, listener, key, sleep, failed, now = () => null } = deps;
  const turns = createTurns(database, now);
  let news: TrafficNews | undefined;
  let looking = false;
  let again = false;
  /** How often this process has heard how its key stands: only the newest of that is worth writing down. */
  let heard = 0;

  const [found] = await database.write((query) => query.rows(beforeRow, BEFORE, [key, BETWEEN_TRIES_MS]));
  const before =
    found?.flaw == null ? undefined : { flaw: found.flaw, tryInMs: Math.max(0, Math.ceil(found.wait)) };
  /** The last change that this process knows of. */
  let seen = found?.changes ?? 0;

  async function change(sql: string, values: readonly unknown[]): Promise<void> {
    await database.write(async (query) => {
      const [row] = await query.rows(changesRow, sql, values);
      if (row === undefined) return;
      seen = row.changes;
      await query.run(`NOTIFY ${PROVIDER_CHANNEL}`);
    });
  }

  /** Until it is written down: each process that does not know it brings our address closer to being blocked. */
  async function refuse(why: AccessFlaw): Promise<void> {
    const mine = (heard += 1);
    while (mine === heard) {
      try {
        await change(REFUSE, [key, why, BETWEEN_TRIES_MS]);
        return;
      } catch (error) {
        failed(error);
        await sleep(WRITE_AGAIN_MS);
      }
    }
  }

  async function accept(): Promise<void> {
    heard += 1;
    await change(ACCEPT, [key, seen]).catch(failed);
  }

  async function look(): Promise<void> {
    const [state] = await database.read(stateRow, STATE, [now(), key]);
    if (state === undefined || news === undefined) return;
    if (state.held > 0) news.paused({ ms: state.held, refusals: state.refusals });
    if (state.changes === null || state.changes === seen) return;
    seen = state.changes;
    if (state.flaw === null) news.accepted();
    else news.refused(state.flaw);
  }

  /** One look at a time, and one more when something was said meanwhile. */
  async function lookAgain(): Promise<void> {
    again = true;
    if (looking) return;
    looking = true;
    while (again) {
      again = false;
      await look().catch(failed);
    }
    looking = false;
  }

  listener.on(PROVIDER_CHANNEL, () => void lookAgain());
  return {
    before,
    turn: (ask) => turns.turn(ask),
    pause: (pause) => void turns.pause(pause).catch(failed),
    refuse: (why) => void refuse(why),
    accept: () => void accept(),
    hear: (others) => {
      news = others;
    },
  };
}
