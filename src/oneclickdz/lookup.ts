// Finding a recharge by our reference. Some answers show it as `API-<username>-<ref>` (fact sheet §3.5), so both forms
// are tried, and "not found" is only said when each form got a definite no.

import type { Found, Priority, ProviderAccount } from '../app/ports.ts';
import type { Ref } from '../domain/order.ts';
import { faultOf, idOf, type Transport } from './transport.ts';
import { readTopup } from './wire.ts';

export interface Lookup {
  byId(topupId: string, priority: Priority): Promise<Found>;
  byRef(ref: Ref, priority: Priority): Promise<Found>;
}

/** Makes the look-ups; `account` asks the provider if need be and throws when it can't be known. */
export function createLookup(
  transport: Transport,
  account: (priority: Priority) => Promise<ProviderAccount>,
): Lookup {
  let prefixedFirst = false;

  async function look(
    kind: 'check-id' | 'check-ref',
    key: string,
    priority: Priority,
    ref?: Ref,
  ): Promise<Found> {
    const endpoint = `GET internet/${kind}`;
    const path = `internet/${kind}/${encodeURIComponent(key)}`;
    const tried = await transport.patiently({
      method: 'GET',
      path,
      endpoint,
      priority,
      purpose: 'read',
      ...(ref !== undefined && { ref }),
    });
    if (tried.kind === 'said' && tried.verdict.kind === 'not-found')
      return { kind: 'not-found', ...idOf(tried) };
    const topup = tried.kind === 'ok' ? readTopup(tried.data) : undefined;
    if (topup === undefined) throw faultOf(tried, endpoint);
    return { kind: 'found', topup, ...idOf(tried) };
  }

  return {
    byId: (topupId, priority) => look('check-id', topupId, priority),
    async byRef(ref, priority) {
      let asked: Found = { kind: 'not-found' };
      for (const prefixed of prefixedFirst ? [true, false] : [false, true]) {
        const key = prefixed ? `API-${(await account(priority)).username}-${ref}` : ref;
        const found = await look('check-ref', key, priority, ref);
        if (found.kind === 'found') {
          prefixedFirst = prefixed;
          return found;
        }
        asked = found;
      }
      return asked;
    },
  };
}
