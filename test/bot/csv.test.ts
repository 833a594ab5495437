// A table for spreadsheets: the right letters, the right columns, and nothing in it is run.

import { describe, expect, it } from 'vitest';
import { csvOf } from '../../src/bot/csv.ts';

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

  it.each([
    ['=1+1', "'=1+1"],
    ['  =1+1', "'  =1+1"],
    ['\u200F=1+1', "'=1+1"],
    ['\u200B@SUM(A1)', "'\u200B@SUM(A1)"],
    ['|cmd', "'|cmd"],
    ['-300', '-300'],
    ['-3.50', '-3.50'],
    ['-300 DA', "'-300 DA"],
    ['a\nb', '"a\nb"'],
    ['\u2068Karim\u2069', 'Karim'],
  ])('writes %j as %j', (cell, written) => {
    expect(csvOf([[cell]])).toBe(`\uFEFF${written}\r\n`);
  });
});
