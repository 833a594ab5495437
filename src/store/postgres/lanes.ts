// What Telegram sends, shared by several processes: written down before it is confirmed, handled once, and one after the
// other for each key (chat, person and topic). A process takes a key's lane with all that waits in it and with the flow
// that runs there; of one that shows no sign of life the lanes are anybody's.

import * as z from 'zod';
import { LostLane, type PromptPlace } from '../../app/chat-memory.ts';
import type { Bell, Incoming, Unhandled } from '../../app/lanes.ts';
import type { Clock } from '../../app/ports.ts';
import { promptSchema } from '../dialogue-file.ts';
import type { Database, Query } from './database.ts';
import { LEASE } from './leases.ts';

/** What a lane had when it was taken; updates oldest first. */
export interface Lane {
  readonly key: string;
  readonly updates: readonly { readonly id: number; readonly update: unknown }[];
  readonly state: unknown;
  readonly prompt: PromptPlace | undefined;
  /** Epoch ms. */
  readonly touchedAt: number;
}

/** How a flow stands after an update. */
export interface Flow {
  /** Null when none runs. */
  readonly state: unknown;
  readonly prompt: PromptPlace | undefined;
}

export interface Lanes {
  /** Writes updates down, each once however often it comes; may be confirmed to Telegram when it resolves. */
  receive(updates: readonly Incoming[]): Promise<void>;
  /** Takes lanes in which something waits and which nobody has. */
  take(most: number): Promise<readonly Lane[]>;
  /** Takes this lane, whether something waits in it or not; undefined while somebody has it, this process too. */
  takeOne(key: string): Promise<Lane | undefined>;
  /** Keeps the flow of a lane that this process has, and in the same write that an update was handled. LostLane when another has it by now. */
  keep(key: string, flow: Flow, updateId?: number): Promise<void>;
  /** Nothing came of it but that it was handled. */
  handled(updateId: number): Promise<void>;
  /** Drops what waits in a lane behind that update; gives how many those were. */
  shed(key: string, after: number): Promise<number>;
  /** Gives a lane back. */
  release(key: string): Promise<void>;
  /** Gives every lane of this process back. */
  releaseAll(): Promise<void>;
  /**
   * A sign of life for these lanes; gives the keys of those that this process still has. Any other lane in its name, taken or
   * given back by a statement whose answer was lost, is anybody's when its lease ends.
   */
  renew(keys: readonly string[]): Promise<readonly string[]>;
  /** Keys whose flow was last touched before that (epoch ms), the longest left alone first; the first hundred of them. */
  idle(before: number): Promise<readonly string[]>;
  /** Of all processes. */
  unhandled(): Promise<Unhandled>;
  /** Forgets what Telegram won't send again, and lanes in which nothing runs. */
  tidy(): Promise<void>;
}

/** The channel on which processes tell each other that something waits. */
export const UPDATES_CHANNEL: Bell = 'updates';

/** Telegram keeps what is not confirmed for a day. */
const REMEMBERED = `interval '2 days'`;
/** So many of one lane at a time: a flood in one chat is not to fill the process. */
const MOST_IN_LANE = 30;

const laneRow = z.object({
  key: z.string(),
  state: z.unknown(),
  prompt: promptSchema.nullable(),
  touched_at: z.int(),
});
const updateRow = z.object({ key: z.string(), id: z.int(), update: z.unknown() });
const keyRow = z.object({ key: z.string() });
const unhandledRow = z.object({ count: z.int(), oldestMs: z.number() });

/**
 * Refused (not null) where the shop is no more: whoever slept through its leaving would confirm to Telegram what nobody is
 * going to handle there.
 */
const NOT_WHERE_NOBODY_IS = `CASE WHEN NOT EXISTS (SELECT 1 FROM facts WHERE name = 'left') THEN update::json END`;

/** The updates as texts: read as JSON within JSON, one with a character that a database text can't hold would be refused, and all with it. */
const RECEIVE = `
  WITH fresh AS (
    INSERT INTO updates (update_id, key, update)
    SELECT id, key, ${NOT_WHERE_NOBODY_IS} FROM json_to_recordset($1) AS row (id bigint, key text, update text)
    ON CONFLICT DO NOTHING RETURNING key
  ), placed AS (
    INSERT INTO lanes (key, touched_at) SELECT DISTINCT key, $2::bigint FROM fresh ORDER BY key ON CONFLICT DO NOTHING
  )
  SELECT pg_notify('${UPDATES_CHANNEL}', '')`;

const TAKE = `
  UPDATE lanes SET holder = $1, held_until = ${LEASE}
  WHERE key IN (
    SELECT key FROM lanes
    WHERE held_until <= now() AND EXISTS (SELECT 1 FROM updates WHERE updates.key = lanes.key AND NOT handled)
    ORDER BY (SELECT min(update_id) FROM updates WHERE updates.key = lanes.key AND NOT handled)
    LIMIT $2 FOR UPDATE SKIP LOCKED
  )
  RETURNING key, state, prompt, touched_at`;

const TAKE_ONE = `
  INSERT INTO lanes (key, touched_at, holder, held_until) VALUES ($2, $3, $1, ${LEASE})
  ON CONFLICT (key) DO UPDATE SET holder = $1, held_until = ${LEASE}
  WHERE lanes.held_until <= now()
  RETURNING key, state, prompt, touched_at`;

const WAITING = `
  SELECT key, update_id AS id, update FROM (
    SELECT *, row_number() OVER (PARTITION BY key ORDER BY update_id) AS place
    FROM updates WHERE key = ANY ($1) AND NOT handled
  ) AS waiting
  WHERE place <= ${MOST_IN_LANE} ORDER BY key, update_id`;

const SHED = `UPDATE updates SET handled = true WHERE key = $1 AND NOT handled AND update_id > $2 RETURNING key`;

const RELEASE = `UPDATE lanes SET held_until = '-infinity' WHERE holder = $1 AND held_until > now()`;

const RENEW = `UPDATE lanes SET held_until = ${LEASE} WHERE holder = $1 AND key = ANY ($2) AND held_until > now() RETURNING key`;

const HANDLED = 'UPDATE updates SET handled = true WHERE update_id = $1';

/** Only while the lane is still ours: whoever was too slow must not write over what its successor wrote. */
const KEEP = `
  WITH kept AS (
    UPDATE lanes SET state = $2, prompt = $3, touched_at = $4
    WHERE key = $1 AND holder = $5 AND held_until > now() RETURNING key
  ), ended AS (
    UPDATE updates SET handled = true WHERE update_id = $6 AND EXISTS (SELECT 1 FROM kept)
  )
  SELECT key FROM kept`;

/** By the database's clock, which wrote down when they came. */
const UNHANDLED = `
  SELECT count(*) AS count,
    greatest(0, coalesce(extract(epoch FROM now() - min(received_at)) * 1000, 0))::float8 AS "oldestMs"
  FROM updates WHERE NOT handled`;

const FORGET_UPDATES = `DELETE FROM updates WHERE handled AND received_at < now() - ${REMEMBERED}`;

const FORGET_LANES = `
  DELETE FROM lanes WHERE state IS NULL AND held_until < now() - ${REMEMBERED}
    AND NOT EXISTS (SELECT 1 FROM updates WHERE updates.key = lanes.key AND NOT handled)`;

const asJson = (value: unknown): string | null =>
  value === undefined || value === null ? null : JSON.stringify(value);

/** Asked for once the lanes are taken: before, another process may have been finishing there. */
async function withUpdates(
  ask: Query['rows'],
  rows: readonly z.infer<typeof laneRow>[],
): Promise<readonly Lane[]> {
  if (rows.length === 0) return [];
  const waiting = await ask(updateRow, WAITING, [rows.map(({ key }) => key)]);
  const byKey = Map.groupBy(waiting, ({ key }) => key);
  return rows.map(({ key, state, prompt, touched_at: touchedAt }) => ({
    ...{ key, state, prompt: prompt ?? undefined, touchedAt },
    updates: (byKey.get(key) ?? []).map(({ id, update }) => ({ id, update })),
  }));
}

/** The lanes of a database, as the process of that name sees them. Everything rejects with StoreFault. */
export function createLanes(deps: { database: Database; holder: string; clock: Clock }): Lanes {
  const { database, holder, clock } = deps;
  // Single statements, in no transaction of ours: each may be said twice, and a lane that is ours without our knowing,
  // because the answer was lost, is anybody's when its lease ends.
  const ask: Query['rows'] = (shape, sql, values) => database.read(shape, sql, values);
  const say = async (sql: string, values: readonly unknown[]): Promise<void> => {
    await ask(z.unknown(), sql, values);
  };

  return {
    receive: async (updates) => {
      if (updates.length === 0) return;
      const rows = updates.map(({ id, key, update }) => ({ id, key, update: JSON.stringify(update) }));
      await say(RECEIVE, [JSON.stringify(rows), clock()]);
    },
    take: async (most) => withUpdates(ask, await ask(laneRow, TAKE, [holder, most])),
    takeOne: async (key) => (await withUpdates(ask, await ask(laneRow, TAKE_ONE, [holder, key, clock()])))[0],
    keep: (key, { state, prompt }, updateId) =>
      database.write(async (query) => {
        const flow = [asJson(state), asJson(prompt)];
        const kept = await query.rows(keyRow, KEEP, [key, ...flow, clock(), holder, updateId ?? null]);
        if (kept.length === 0) throw new LostLane(key);
      }),
    handled: (updateId) => say(HANDLED, [updateId]),
    shed: async (key, after) => (await ask(keyRow, SHED, [key, after])).length,
    release: (key) => say(`${RELEASE} AND key = $2`, [holder, key]),
    releaseAll: () => say(RELEASE, [holder]),
    renew: async (keys) => (await ask(keyRow, RENEW, [holder, keys])).map(({ key }) => key),
    idle: async (before) => {
      const sql =
        'SELECT key FROM lanes WHERE state IS NOT NULL AND touched_at < $1 ORDER BY touched_at LIMIT 100';
      return (await ask(keyRow, sql, [before])).map(({ key }) => key);
    },
    unhandled: async () => {
      const [row] = await ask(unhandledRow, UNHANDLED, []);
      return row ?? { count: 0, oldestMs: 0 };
    },
    tidy: () =>
      database.write(async (query) => {
        // What is just being received must not find its lane gone a moment later.
        await query.run('LOCK TABLE updates IN SHARE ROW EXCLUSIVE MODE');
        await query.run(FORGET_UPDATES);
        await query.run(FORGET_LANES);
      }),
  };
}
