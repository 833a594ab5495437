// The door: who may call. Counts bad keys per address and blocks the address, as the provider does
// (fact sheet §2.4 and §14 row 18: five attempts, fifteen minutes).
import { failure } from './envelope.ts';
import type { Failure } from './envelope.ts';
import type { Settings } from './options.ts';

/** Lets a request in (`undefined`) or says why not. */
export type Gate = {
  enter(request: { key: string | undefined; address: string; needsKey: boolean }): Failure | undefined;
};

/** Creates a gate with no bad key counted. */
export function createGate(settings: Settings): Gate {
  const bad = new Map<string, { count: number; blockedUntil: number }>();

  function wrongKey(address: string): Failure {
    const count = (bad.get(address)?.count ?? 0) + 1;
    const attemptsLeft = Math.max(0, settings.lockoutAfter - count);
    const blocked = attemptsLeft === 0;
    const blockedUntil = blocked ? settings.now() + settings.lockoutMs : 0;
    bad.set(address, { count: blocked ? 0 : count, blockedUntil });
    return failure(401, 'INVALID_ACCESS_TOKEN', 'The access token is not valid', {
      details: { attemptsLeft },
    });
  }

  return {
    enter({ key, address, needsKey }) {
      if (settings.allowedIps.length > 0 && !settings.allowedIps.includes(address)) {
        return failure(403, 'IP_NOT_ALLOWED', `The address ${address} is not allowed`);
      }
      if (settings.now() < (bad.get(address)?.blockedUntil ?? 0)) {
        return failure(403, 'IP_BLOCKED', 'Too many invalid tokens, this address is blocked for 15 minutes');
      }
      if (key === undefined || key === '') {
        return needsKey
          ? failure(401, 'MISSING_ACCESS_TOKEN', 'The header X-Access-Token is missing')
          : undefined;
      }
      if (key !== settings.key) return wrongKey(address);
      bad.delete(address);
      return undefined;
    },
  };
}
