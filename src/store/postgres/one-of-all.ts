// What only one of the processes on a database may do at a time: whoever has the lock does it. The lock goes with the
// connection that took it, so a process that dies, or loses the database, lets another one at once.

import type { OneOfAll, Turn } from '../../app/lanes.ts';
import type { Listener, Session } from './listener.ts';

/** Asks Telegram for updates. Any number that nothing else in the database locks. */
export const ASKING_LOCK = 7_203_641_114;

export function createOneOfAll(listener: Pick<Listener, 'session'>, lock: number): OneOfAll {
  let mine: Session | undefined;

  async function turnIn(session: Session): Promise<Turn> {
    if (session === mine) await session.ping();
    else if (!(await session.tryLock(lock, 'alone'))) return { kind: 'other' };
    mine = session;
    return { kind: 'mine', lost: session.ended };
  }

  return {
    turn: async () => {
      const session = listener.session();
      if (session === undefined) return { kind: 'unknown' };
      try {
        return await turnIn(session);
      } catch {
        // Nobody knows whether the lock is still there: another session will.
        session.end();
        return { kind: 'unknown' };
      }
    },
    giveUp: async () => {
      const session = mine;
      mine = undefined;
      if (session?.ended.aborted === false) await session.unlock(lock).catch(() => session.end());
    },
  };
}
