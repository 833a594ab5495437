// Killed once in the purchase and once more while it recovers.

import { expect, it } from 'vitest';
import type { Point } from './points.ts';
import { pointsOf, sweep, type Trial } from './sweep.ts';

const SCENARIO = { number: '036362608', guided: false, ending: 'delivered' } as const;
const LONG = 600_000;
/** Of the many points of a recovery, one in so many. */
const ONE_IN = 20;

const isTelling = ({ name }: Point): boolean =>
  /POST|check-ref#1$|^editMessageText#1$|^getUpdates with /.test(name);

function found(points: readonly Point[], which: (point: Point) => boolean): Point {
  const point = points.find(which);
  if (point === undefined) throw new Error('the purchase has no such point');
  return point;
}

it('buys exactly once when it is killed again during its recovery', { timeout: LONG }, async () => {
  const points = await pointsOf(SCENARIO);
  const firsts = [
    found(points, ({ name, phase }) => name === 'POST /internet/send#1' && phase === 'before'),
    found(points, ({ name, phase }) => name === 'POST /internet/send#1' && phase === 'after'),
    found(points, ({ name, states }) => name.startsWith('rename orders.json') && states === 'confirmed'),
    found(points, ({ name, states }) => name.startsWith('write archive') && states === 'fulfilled'),
  ];
  const trials: Trial[] = [];
  for (const first of firsts) {
    const recovery = await pointsOf(SCENARIO, [first]);
    expect(recovery.length).toBeGreaterThan(20);
    const seconds = recovery.filter((point, i) => isTelling(point) || i % ONE_IN === 0);
    trials.push(...seconds.map((second) => ({ scenario: SCENARIO, kills: [first, second] })));
  }
  // Sent again during the recovery, and killed there as well.
  expect(trials.some(({ kills }) => kills.every(({ name }) => name.startsWith('POST')))).toBe(true);
  const { failures, givenBack, missed } = await sweep(trials);
  expect(failures.join('\n\n')).toBe('');
  // Only two kills that both came between the decision to send and the request leave it to an owner.
  expect(givenBack).toBeLessThanOrEqual(trials.length / 6);
  expect(missed.length).toBeLessThanOrEqual(trials.length / 10);
});
