// Buttons and rows.

import { describe, expect, it } from 'vitest';
import { parse } from '../../src/bot/callback-data.ts';
import { button, inRows } from '../../src/bot/view.ts';

describe('a button', () => {
  it('carries its press, and a colour only when asked', () => {
    const plain = button('Again', { kind: 'again', owner: 7, no: 1042 });
    expect(plain).toEqual({ text: 'Again', callback_data: 'a:7:1042' });
    expect(button('Pay', { kind: 'recharge', owner: 7 }, 'success')).toMatchObject({ style: 'success' });
    expect(parse('a:7:1042')).toEqual({ kind: 'again', owner: 7, no: 1042 });
  });

  it('never has a label that is too long', () => {
    expect(button('x'.repeat(100), { kind: 'recharge', owner: 7 }).text).toHaveLength(64);
  });
});

it.each([
  [[], 2, []],
  [[1], 2, [[1]]],
  [[1, 2, 3], 2, [[1, 2], [3]]],
  [
    [1, 2, 3, 4],
    2,
    [
      [1, 2],
      [3, 4],
    ],
  ],
])('%j in rows of %i', (items, width, rows) => {
  expect(inRows(items, width)).toEqual(rows);
});
