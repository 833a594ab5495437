// What is given in pages is read to its end, and no further than is wanted.

import { expect, it } from 'vitest';
import { everyRow } from '../../src/app/pages.ts';

const asked: (number | null)[] = [];

/** Ten rows in pages of three, newest first. */
function page(before: number | null) {
  asked.push(before);
  const from = before ?? 11;
  const rows = [from - 1, from - 2, from - 3].filter((no) => no > 0);
  const last = rows.at(-1);
  return Promise.resolve({ rows, next: last === undefined || last === 1 ? null : last });
}

it('every row once, in order, each page from where the last one ended', async () => {
  asked.length = 0;
  expect(await everyRow(page)).toEqual([10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
  expect(asked).toEqual([null, 8, 5, 2]);
});

it('no more rows than are wanted, and no page beyond them', async () => {
  asked.length = 0;
  expect(await everyRow(page, 4)).toEqual([10, 9, 8, 7]);
  expect(asked).toEqual([null, 8]);
});
