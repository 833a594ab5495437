// Who is let in, over a store in memory: two owners, and links whose tokens can be read.

import { createMembers, type Members } from '../../src/app/members.ts';
import { createStandings } from '../../src/app/standing.ts';
import type { GivenRole } from '../../src/domain/shop.ts';
import { handClock } from './in-memory.ts';
import { memoryStore } from './memory-store.ts';

export const OWNER = 7;
export const COLLEAGUE = 8;
export const NADIA = { id: 501, name: 'Nadia', username: 'nadia' };
export const KARIM = { id: 502, name: 'Karim', username: null };

export function openMembers() {
  const clock = handClock();
  const store = memoryStore(clock.now);
  let drawn = 0;
  /** Who may spend more than before, each time that they were told of. */
  const filled: number[] = [];

  /** The use cases with these owners; the store is the same. */
  function ownedBy(ownerIds: readonly number[]): Members {
    const standings = createStandings({ store, ownerIds, open: false, clock: clock.now });
    const newToken = (): string => `token-number-${(drawn += 1)}`;
    const may = (person: number): void => void filled.push(person);
    return createMembers({ store, standings, clock: clock.now, newToken, filled: may });
  }

  const members = ownedBy([OWNER, COLLEAGUE]);

  async function link(role: GivenRole = 'customer', by = OWNER): Promise<string> {
    const invite = await members.invite(by, role);
    if (invite === undefined) throw new Error('no link');
    return invite.token;
  }

  const known = (id = NADIA.id) => store.record('member', id);
  return { store, clock, members, ownedBy, link, known, filled };
}
