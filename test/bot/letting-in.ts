// People whom the owner of a test lets in, by the ways that the chat has for it.

import { dinars } from '../../src/domain/money.ts';
import type { GivenRole } from '../../src/domain/shop.ts';
import { OWNER, type Counter } from './open-counter.ts';

export const NADIA = 501;
export const KARIM = 502;

/** What a test does with people; `counter` is the one that is open now. */
export function lettingIn(counter: () => Counter) {
  function meet(id = NADIA, firstName = 'Nadia', languageCode = 'en'): void {
    counter().telegram.addPerson({ id, firstName, languageCode, username: firstName.toLowerCase() });
  }

  /** The token of the link that was drawn last. */
  function lastLink(owner = OWNER): string {
    const found = counter()
      .messages(owner)
      .map(({ text }) => /https:\/\/t\.me\/\w+\?start=i-([\w-]+)/.exec(text)?.[1])
      .findLast((token) => token !== undefined);
    if (found === undefined) throw new Error('there is no link');
    return found;
  }

  async function invited(role: GivenRole, id = NADIA): Promise<void> {
    await counter().say(`/invite ${role}`);
    await counter().say(`/start i-${lastLink()}`, id);
  }

  /** Somebody let in by a link, with money on the wallet; `credit` in dinars. */
  async function member(role: GivenRole, id = NADIA, name = 'Nadia', credit = 0): Promise<void> {
    meet(id, name);
    await invited(role, id);
    if (credit === 0) return;
    const { accounts } = counter().cases;
    const deposit = {
      by: OWNER,
      person: id,
      kind: 'deposit',
      amount: dinars(credit),
      reason: 'test',
    } as const;
    await accounts.byOwner(accounts.newMove(), deposit);
  }

  const roleOf = async (id = NADIA): Promise<GivenRole | null | undefined> =>
    (await counter().cases.members.all()).find((one) => one.id === id)?.role;

  return { meet, lastLink, invited, member, roleOf };
}
