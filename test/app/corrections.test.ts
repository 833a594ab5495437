// A correction that an owner has seen and not confirmed yet.

import { beforeEach, describe, expect, it } from 'vitest';
import { MOVE_WITHIN_MS } from '../../src/app/accounts.ts';
import { dinars } from '../../src/domain/money.ts';
import { OWNER, COLLEAGUE, CUSTOMER, openAccounts, type OpenAccounts } from './open-accounts.ts';

let shop: OpenAccounts['shop'];
let accounts: OpenAccounts['accounts'];
let deposit: OpenAccounts['deposit'];

beforeEach(async () => {
  ({ shop, accounts, deposit } = await openAccounts());
});

describe('a correction that waits for its yes', () => {
  const draft = { id: 'm9', by: OWNER, person: CUSTOMER, amount: dinars(-300), reason: 'counted twice' };
  const keep = () => accounts.keepDraft({ ...draft, at: shop.clock.now() });

  it('is on disk until it is carried out', async () => {
    await deposit(1000);
    await keep();
    expect(await accounts.draft('m9')).toMatchObject(draft);
    expect(await accounts.wasMoved(CUSTOMER, draft)).toBe(false);
    const move = { id: 'm9', at: shop.clock.now() };
    await accounts.byOwner(move, { ...draft, kind: 'correction' });
    expect(await accounts.draft('m9')).toBeUndefined();
    expect(await accounts.wasMoved(CUSTOMER, move)).toBe(true);
  });

  it('stays when there is too little to take, so that it can be confirmed later', async () => {
    await keep();
    await accounts.byOwner({ id: 'm9', at: shop.clock.now() }, { ...draft, kind: 'correction' });
    expect(await accounts.draft('m9')).toMatchObject(draft);
  });

  it('is dropped by its owner, and a day later', async () => {
    await keep();
    await accounts.dropDraft(COLLEAGUE, 'm9');
    expect(await accounts.draft('m9')).toMatchObject(draft);
    await accounts.dropDraft(OWNER, 'm9');
    expect(await accounts.draft('m9')).toBeUndefined();
    await keep();
    shop.clock.pass(MOVE_WITHIN_MS);
    await accounts.sweepDrafts();
    expect(await accounts.draft('m9')).toMatchObject(draft);
    shop.clock.pass(1);
    await accounts.sweepDrafts();
    expect(await accounts.draft('m9')).toBeUndefined();
  });
});
