// Turns at the provider, from one bucket for all processes, each by one short statement on one row and by the database's
// clock. The row keeps the moment at which the bucket would be full again: every turn moves it on by one turn's length.

import * as z from 'zod';
import type { Pause, Turn, TurnAsk } from '../../app/sharing.ts';
import type { Database } from './database.ts';

export interface Turns {
  turn(ask: TurnAsk): Promise<Turn>;
  /** Holds the polling of all processes back. */
  pause(pause: Pause): Promise<void>;
}

/** The channel on which processes tell each other that something about the provider changed. */
export const PROVIDER_CHANNEL = 'provider';

/** So many turns after the last the polling gets one in the people's line, however long that is. */
const POLLING_AFTER = 5;
/** No pause is longer, ms: one that seems so comes from a clock that was set back. */
const LONGEST_PAUSE_MS = 600_000;

/** Epoch ms; the parameter is for whoever moves the clock. */
export const NOW_MS = 'coalesce($1::float8, extract(epoch FROM clock_timestamp())::float8 * 1000)';

/** Of a row that has its own `now`. */
export const HELD_MS = `CASE WHEN held_until - now > ${LONGEST_PAUSE_MS} THEN 0 ELSE greatest(0, held_until - now) END`;

/**
 * $2: whether it is a person's, $3: one turn's length (ms), $4: the burst, $5: the longest wait (ms). People stand in one
 * line; polling takes a turn when one is left for a person, or its place in the line when it had none for long.
 */
const TURN = `
  WITH here AS (SELECT * FROM traffic FOR UPDATE),
  moment AS (
    SELECT *, ${NOW_MS} AS now, $2::boolean AS person, $3::float8 AS one, $4::float8 AS burst, $5::float8 AS most FROM here
  ),
  place AS (
    SELECT *, ${HELD_MS} AS held,
      -- No line is that long: the clock was set back, and no turn comes of it.
      one + CASE WHEN full_at - now > one * (burst + 2) + most THEN now + one * burst ELSE greatest(full_at, now) END AS next,
      least(one * ${POLLING_AFTER}, greatest(0, polled_at + one * ${POLLING_AFTER} - now)) AS due
    FROM moment
  ),
  wait AS (
    SELECT *, greatest(0, next - now - one * burst) AS line, greatest(0, next - now - one * greatest(1, burst - 1)) AS room
    FROM place
  ),
  turn AS (
    SELECT *,
      -- People leave the polling that one place at the end of the line.
      CASE WHEN person THEN line <= most ELSE held = 0 AND (room = 0 OR (due = 0 AND line <= most + one)) END AS taken
    FROM wait
  ),
  taking AS (
    UPDATE traffic SET full_at = turn.next, polled_at = CASE WHEN person THEN turn.polled_at ELSE turn.now END
    FROM turn WHERE turn.taken
  )
  SELECT taken, ceil(line) AS line, ceil(greatest(1, held, least(room, due))) AS later, ceil(held) AS held, refusals FROM turn`;

const turnRow = z.object({
  taken: z.boolean(),
  line: z.number(),
  later: z.number(),
  held: z.number(),
  refusals: z.int(),
});

const PAUSE = `
  UPDATE traffic SET refusals = $3, held_until = ${NOW_MS} + $2::float8
  WHERE held_until - ${NOW_MS} > ${LONGEST_PAUSE_MS} OR held_until < ${NOW_MS} + $2::float8`;

/** The turns of everybody who uses this database. `now`: epoch ms, the database's own unless it is moved by hand. */
export function createTurns(
  { read, write }: Pick<Database, 'read' | 'write'>,
  now: () => number | null = () => null,
): Turns {
  return {
    async turn({ priority, perSecond, burst, mostMs }) {
      const isPerson = priority === 'person';
      const [row] = await read(turnRow, TURN, [now(), isPerson, 1_000 / perSecond, burst, mostMs]);
      if (row === undefined) throw new TypeError('the row of the provider’s traffic is gone');
      if (row.taken) return { kind: 'taken', inMs: row.line };
      const pause = row.held === 0 ? undefined : { ms: row.held, refusals: row.refusals };
      return { kind: 'later', afterMs: row.later, pause };
    },
    pause: ({ ms, refusals }) =>
      write(async (query) => {
        await query.run(PAUSE, [now(), ms, refusals]);
        await query.run(`NOTIFY ${PROVIDER_CHANNEL}`);
      }),
  };
}
