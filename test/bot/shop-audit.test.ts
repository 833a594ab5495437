// `/audit`: who did what, page by page and as a file.

import { describe, expect, it, vi } from 'vitest';
import { csvOf } from '../../src/bot/csv.ts';
import { dinars } from '../../src/domain/money.ts';
import { counterForEach, OWNER, type Counter } from './open-counter.ts';
import { admitBoth, KARIM } from './shop-desk.ts';

let counter: Counter;
counterForEach((opened) => (counter = opened));

describe('/audit', () => {
  it('names who did what to whom and why, with amounts as money, newest first', async () => {
    await admitBoth(counter);
    const { accounts, members, house } = counter.cases;
    const move = accounts.newMove();
    const money = { kind: 'deposit', amount: dinars(2_000), reason: 'cash' } as const;
    await accounts.byOwner(move, { by: OWNER, person: KARIM, ...money });
    await members.setRule(OWNER, KARIM, { kind: 'percent', hundredths: -200 }, false);
    await house.setThreshold(OWNER, dinars(5_000));
    await counter.say('/audit');
    expect(counter.text().split('\n')).toEqual([
      'What people did',
      'Alert threshold · Owner · 5 000 DA · 21 Nov 2026, 19:42',
      'Price · Owner · Karim · -2% · 21 Nov 2026, 19:42',
      'Deposit · Owner · Karim · 2 000 DA. cash · 21 Nov 2026, 19:42',
    ]);
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

describe('a file', () => {
  it('opens in the right letters and columns, and runs nothing', () => {
    const csv = csvOf([
      ['who', 'why'],
      ['نادية', '=1+1'],
      ['a;b', 'said "no"'],
      [-300, '@SUM(A1)'],
      ['-2%', '+30'],
    ]);
    expect(csv).toBe(
      '\uFEFFwho;why\r\nنادية;\'=1+1\r\n"a;b";"said ""no"""\r\n-300;\'@SUM(A1)\r\n\'-2%;\'+30\r\n',
    );
  });
});
