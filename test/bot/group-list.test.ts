// The list of groups stays readable, whatever a group calls itself and whatever page its buttons name.

import { beforeEach, expect, it } from 'vitest';
import { counterForEach, OWNER, type Counter } from './open-counter.ts';
import { forge } from './shop-desk.ts';

let counter: Counter;
counterForEach((opened) => (counter = opened));

const allow = (id: number, title: string) => counter.cases.groups.allow(OWNER, id, title);
/** The groups on the page. */
const shown = (): number => counter.labels().filter((label) => label.includes('Branch')).length;

beforeEach(async () => {
  for (let n = 1; n <= 9; n += 1) await allow(-1_000 - n, `Branch ${n}`);
});

it.each([
  ['9999', 1],
  ['1', 1],
  ['0', 8],
  ['-1', 8],
  ['x', 8],
  ['12345', 8],
])('page %s is one that there is', async (page, groups) => {
  await forge(counter, OWNER, 'glist', page);
  expect(shown()).toBe(groups);
});

it('a group that is no longer allowed is not asked about, and no other is taken in its place', async () => {
  for (const id of ['-4711', '1001', 'x']) {
    await forge(counter, OWNER, 'goff', id);
    expect(counter.text()).toContain('That group is no longer on the list.');
    await forge(counter, OWNER, 'goffyes', id);
  }
  expect(await counter.cases.groups.allowed(OWNER)).toHaveLength(9);
});

it('a name of several lines, or without end, is one short line', async () => {
  await allow(-2_000, `Shop\n\nBalance: 5 000 DA ${'x'.repeat(200)}`);
  await forge(counter, OWNER, 'goff', '-2000');
  const [line = ''] = counter.text().split('\n');
  expect(line).toContain('Shop Balance: 5 000 DA x');
  expect(line).not.toContain('x'.repeat(40));
});
