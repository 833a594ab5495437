// validate, ping, account/balance and account/transactions (fact sheet §2.1 and §4).
import type { Result } from './envelope.ts';
import { pageOf, readPageQuery } from './paging.ts';
import type { World } from './world.ts';

/** GET /validate: the account name and the key's properties; documented without `meta` or `requestId`. */
export function validate({ settings }: World): Result {
  const { username, key, keyEnabled, keyType, allowedIps, scope } = settings;
  const apiKey = { key, isEnabled: keyEnabled, type: keyType, allowedips: allowedIps, scope };
  return { ok: true, data: { username, apiKey }, bare: true };
}

/** GET /ping: the platform and the mobile operators; it says nothing about internet top-ups. */
export function ping(): Result {
  const operators = { mobilis: 'up', ooredoo: 'up', djezzy: 'up', mobilisFixedPlans: 'up' };
  return { ok: true, data: { api: 'ok', operators } };
}

/** GET /account/balance: dinars, with decimals. */
export function balance({ ledger }: World): Result {
  return { ok: true, data: { balance: ledger.balance() } };
}

/** GET /account/transactions: newest first, always `items` + `pagination`. */
export function transactions({ ledger }: World, query: URLSearchParams): Result {
  const asked = readPageQuery(query);
  if ('ok' in asked) return asked;
  const rows = ledger
    .transactions()
    .filter(({ time }) => Date.parse(time) >= asked.from && Date.parse(time) <= asked.to)
    .toReversed();
  return pageOf(rows, asked, 'items');
}
