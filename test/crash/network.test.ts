// The real process is killed at every request that a purchase makes, when it arrives and when it was carried out.

import { expect, it } from 'vitest';
import { nameOfPoint, type Point } from './points.ts';
import { pointsOf, sweep } from './sweep.ts';

const DELIVERED = { number: '036362608', ending: 'delivered' } as const;
const LONG = 600_000;

const onNetwork = (points: readonly Point[]): readonly Point[] =>
  points.filter(({ place }) => place !== 'disk');

it(
  'buys exactly once when it is killed at any request of a purchase said in one line',
  { timeout: LONG },
  async () => {
    const scenario = { ...DELIVERED, guided: false };
    const points = onNetwork(await pointsOf(scenario));
    expect(points.map(nameOfPoint)).toEqual(
      expect.arrayContaining([
        'after telegram getUpdates with updates#1',
        'before telegram getUpdates that confirms#1',
        'before telegram sendMessage#1',
        'after telegram sendMessage#1',
        'before provider POST /internet/send#1',
        'after provider POST /internet/send#1',
        'after telegram editMessageText#3',
      ]),
    );
    const { failures, killed, missed } = await sweep(points.map((kill) => ({ scenario, kills: [kill] })));
    expect(failures.join('\n\n')).toBe('');
    expect(missed.length).toBeLessThanOrEqual(points.length / 20);
    expect(killed.length).toBe(points.length - missed.length);
  },
);

it('buys exactly once when it is killed at any request of a guided purchase', { timeout: LONG }, async () => {
  const scenario = { ...DELIVERED, guided: true };
  const points = onNetwork(await pointsOf(scenario));
  // The menu, the number, the amount, the confirmation and the three lives of the order's message.
  expect(points.filter(({ name }) => /^(?:send|edit)Message/.test(name)).length).toBeGreaterThanOrEqual(14);
  const { failures, missed } = await sweep(points.map((kill) => ({ scenario, kills: [kill] })));
  expect(failures.join('\n\n')).toBe('');
  expect(missed.length).toBeLessThanOrEqual(points.length / 20);
});
