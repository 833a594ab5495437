// Killed around the request that costs money, when the purchase then ends otherwise: given back, or its answer lost.

import { expect, it } from 'vitest';
import type { Point } from './points.ts';
import { pointsOf, sweep } from './sweep.ts';
import type { Scenario } from './purchase.ts';

const LONG = 600_000;

/** The request itself, looking it up, and the steps that change what the disk says about an order of these states. */
const around =
  (states: RegExp) =>
  (point: Point): boolean =>
    point.place === 'disk'
      ? point.phase !== 'half' && /^(?:rename|write) /.test(point.name) && states.test(point.states)
      : /POST|(?:check-ref|\/list|check-id)#1$/.test(point.name);

async function failuresOf(scenario: Scenario, states: RegExp): Promise<string> {
  const points = (await pointsOf(scenario)).filter(around(states));
  expect(points.some(({ name, phase }) => name.startsWith('POST') && phase === 'before')).toBe(true);
  expect(points.some(({ name, phase }) => name.startsWith('POST') && phase === 'after')).toBe(true);
  expect(
    points.some((point) => point.states === 'sending' && point.name.startsWith('rename orders.json')),
  ).toBe(true);
  const { failures, missed } = await sweep(points.map((kill) => ({ scenario, kills: [kill] })));
  expect(missed.length).toBeLessThanOrEqual(points.length / 10);
  return failures.join('\n\n');
}

it('gives the money back once, whenever it is killed', { timeout: LONG }, async () => {
  const scenario = { number: '036000003', guided: false, ending: 'refunded' } as const;
  expect(await failuresOf(scenario, /sending|refunded/)).toBe('');
});

it('finds an order whose answer was lost, whenever it is killed', { timeout: LONG }, async () => {
  const scenario = { number: '036000008', guided: false, ending: 'delivered' } as const;
  expect(await failuresOf(scenario, /sending|unknown/)).toBe('');
});

it(
  'sends again, under the same reference, what never arrived, whenever it is killed',
  { timeout: LONG },
  async () => {
    const scenario = {
      number: '036000007',
      guided: false,
      ending: 'delivered',
      losesATry: true,
    } as const;
    expect(await failuresOf(scenario, /sending/)).toBe('');
  },
);
