// `/audit`: who did what, page by page and as a file.

import { describe, expect, it, vi } from 'vitest';
import { dinars } from '../../src/domain/money.ts';
import { counterForEach, OWNER, type Counter } from './open-counter.ts';
import { admitBoth, inReview, KARIM, NADIA } from './shop-desk.ts';

let counter: Counter;
counterForEach((opened) => (counter = opened));

/** Whatever there is to be written down, once. */
async function everyDeed(): Promise<void> {
  await admitBoth(counter);
  const { accounts, members, house, groups } = counter.cases;
  const owner = { id: OWNER, name: 'Owner' };
  const money = { by: OWNER, person: KARIM, amount: dinars(2_500), reason: 'نقدا' } as const;
  await accounts.byOwner(accounts.newMove(), { ...money, kind: 'deposit' });
  await accounts.byOwner(accounts.newMove(), { ...money, kind: 'correction' });
  await accounts.byOwner(accounts.newMove(), { ...money, kind: 'deposit', reason: '' });
  await accounts.transfer(accounts.newMove(), KARIM, NADIA, dinars(500));
  for (const [id, approved] of [
    ['a', true],
    ['b', false],
  ] as const) {
    await accounts.ask({ id, person: KARIM, amount: dinars(300), slip: null });
    await accounts.decide(owner, id, approved);
  }
  await members.setCeiling(OWNER, KARIM, dinars(1_000));
  await members.setRole(OWNER, KARIM, 'customer');
  await members.setFrozen(OWNER, KARIM, true);
  await members.setFrozen(OWNER, KARIM, false);
  await members.remove(OWNER, KARIM);
  await members.setRole(OWNER, KARIM, 'agent');
  await members.setPrice(OWNER, KARIM, { rule: { kind: 'percent', hundredths: -200 }, belowCost: true });
  await members.setPrice(OWNER, KARIM, { rule: null, belowCost: false });
  const link = await members.invite(OWNER, 'agent');
  const sami = { id: 501, name: 'سامي', username: null };
  await members.join(sami, link?.token ?? '');
  for (const [id, role] of [
    [502, 'agent'],
    [503, null],
  ] as const) {
    await members.ask({ id, name: 'سامي', username: null });
    await members.answer(owner, id, role);
  }
  await house.setRule(OWNER, 'agent', { kind: 'fixed', amount: dinars(-20) });
  await house.setBelowCost(OWNER, true);
  await house.setBelowCost(OWNER, false);
  await house.setThreshold(OWNER, dinars(5_000));
  await house.setThreshold(OWNER, null);
  await house.pause(OWNER, 'حتى الغد');
  await house.resume(OWNER);
  await groups.allow(OWNER, -5, 'المحل');
  await groups.revoke(OWNER, -5);
  const order = await inReview(counter);
  await counter.shop.record(order.ref, {
    ...{ type: 'settled-by-hand', outcome: 'refunded', by: OWNER, reason: 'رأيت ذلك' },
  });
}

describe('/audit', () => {
  it('names who did what to whom and why, with amounts as money, newest first', async () => {
    await admitBoth(counter);
    const { accounts, members, house } = counter.cases;
    const move = accounts.newMove();
    const money = { kind: 'deposit', amount: dinars(2_000), reason: 'cash' } as const;
    await accounts.byOwner(move, { by: OWNER, person: KARIM, ...money });
    await members.setPrice(OWNER, KARIM, { rule: { kind: 'percent', hundredths: -200 } });
    await house.setThreshold(OWNER, dinars(5_000));
    await counter.say('/audit');
    expect(counter.text().split('\n')).toEqual([
      'What people did',
      'Alert threshold · Owner · 5 000 DA · 21 Nov 2026, 19:42',
      'Price · Owner · Karim · -2% · 21 Nov 2026, 19:42',
      'Deposit · Owner · Karim · 2 000 DA · cash · 21 Nov 2026, 19:42',
    ]);
  });

  it.each([
    ['ar', /[A-Za-z]/],
    [
      'fr',
      /\b(agent to|nobody|invited|one-time|asked for|below cost|none|role|fulfilled|turned|open access)\b/,
    ],
  ] as const)('has no foreign word of the program’s in %s, and no stray dot', async (language, foreign) => {
    await everyDeed();
    await counter.people.setLanguage(OWNER, language);
    await counter.say('/audit');
    const shown: string[] = [counter.text()];
    while (/Plus anciennes|الأقدم/.test(counter.labels().join())) {
      await counter.press(language === 'ar' ? 'الأقدم' : 'Plus anciennes');
      shown.push(counter.text());
    }
    const all = shown.join('\n').split('\n');
    expect(all.filter((one) => one.includes('نقدا'))).toHaveLength(2);
    expect(all.length).toBeGreaterThan(20);
    const said = all.map((one) => one.replace(/Owner|Karim|Nadia|ADSL|\b501\b/g, ''));
    expect(said.filter((one) => foreign.test(one))).toEqual([]);
    expect(said.filter((one) => /\.( ·|$)|centimes/.test(one))).toEqual([]);
    expect(all.filter((one) => /\b7\b/.test(one.replace(/19:42|2026/g, '')))).toEqual([]);
  });

  it('turns its pages, and says when there is nothing', async () => {
    await counter.say('/audit');
    expect(counter.text()).toBe('What people did\nNothing yet.');
    expect(counter.labels()).toEqual([]);
    for (let count = 1; count <= 15; count += 1) await counter.cases.house.setThreshold(OWNER, dinars(count));
    await counter.say('/audit');
    expect(counter.text().split('\n')).toHaveLength(13);
    await counter.press('Older');
    expect(counter.text()).toContain('1 DA');
    expect(counter.labels()).toEqual(['[Newest]', '[Save as a file]']);
  });

  it('sends everything as a file for a spreadsheet', async () => {
    await counter.cases.house.pause(OWNER, '=HYPERLINK("http://bad"); later');
    await counter.cases.house.setThreshold(OWNER, dinars(5_000));
    const document = vi.spyOn(counter.chat, 'document');
    await counter.say('/audit');
    await counter.press('Save as a file');
    expect(counter.last()).toMatchObject({
      text: '2 lines, newest first.',
      fileName: 'audit-2026-11-21.csv',
    });
    const file = document.mock.calls[0]?.[2];
    expect(file?.content.replace(/[\u00A0\u202F]/g, ' ').split('\r\n')).toEqual([
      '\uFEFFwhen;who;who (number);what;about;about (number);why',
      '2026-11-21 19:42:00;Owner;7;Alert threshold;;shop;5 000 DA',
      '2026-11-21 19:42:00;Owner;7;Sales paused;;shop;"\'=HYPERLINK(""http://bad""); later"',
      '',
    ]);
  });

  it('says so when the file does not go out', async () => {
    await counter.cases.house.pause(OWNER, '');
    vi.spyOn(counter.chat, 'document').mockResolvedValue({ ok: false, failure: { kind: 'passing' } });
    await counter.say('/audit');
    await counter.press('Save as a file');
    expect(counter.text()).toContain('The file could not be sent.');
  });
});
