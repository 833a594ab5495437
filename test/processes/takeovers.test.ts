// What counts as an order of a bot that was killed, and when another one has it.

import { expect, it } from 'vitest';
import type { Killed } from './lives.ts';
import type { Taking } from './shared-storehouse.ts';
import { takeovers } from './takeovers.ts';

const KILLED_AT = 1_000;
const killed: Killed = {
  ...{ life: 1, name: 'life-1', frozen: false, what: 'nothing in particular', afterMs: 500, at: KILLED_AT },
  moment: { from: 'start', at: 'time', ms: 500 },
};

/** Bots are called in the database by names of their own. */
const taking = (at: number, holder: string, writer: string, closed = false): Taking => ({
  ...{ ref: 'order-1', holder, writer, closed, at },
});
const opened = taking(100, 'a', 'life-1');

it.each<{ what: string; story: readonly Taking[]; ms: readonly number[] }>([
  { what: 'one that another bot took', story: [opened, taking(21_000, 'b', 'life-2')], ms: [20_000] },
  { what: 'one that nobody took', story: [opened], ms: [Infinity] },
  {
    what: 'one that came to it from another',
    story: [taking(50, 'b', 'life-2'), taking(200, 'a', 'life-1'), taking(3_000, 'c', 'life-3')],
    ms: [2_000],
  },
  {
    what: 'one whose opening was written down just after the kill',
    story: [taking(KILLED_AT + 2, 'a', 'life-1'), taking(5_000, 'b', 'life-2')],
    ms: [4_000],
  },
  { what: 'none that was closed before', story: [opened, taking(900, 'a', 'life-1', true)], ms: [] },
  { what: 'none that was closed for it before', story: [opened, taking(900, 'a', 'life-2', true)], ms: [] },
  { what: 'none that another had by then', story: [opened, taking(900, 'b', 'life-2')], ms: [] },
])('what a killed bot leaves behind: $what', ({ story, ms }) => {
  expect(takeovers([killed], story).map((one) => one.ms)).toEqual(ms);
});
