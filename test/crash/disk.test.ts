// The real process is killed at every change that a purchase makes on disk, whole and halfway.

import { expect, it } from 'vitest';
import { pointsOf, sweep } from './sweep.ts';

const LONG = 600_000;

it('buys exactly once when it is killed at any write of a purchase', { timeout: LONG }, async () => {
  const scenario = { number: '036362608', guided: false, ending: 'delivered' } as const;
  const points = (await pointsOf(scenario)).filter(({ place }) => place === 'disk');
  const { failures, killed, missed } = await sweep(points.map((kill) => ({ scenario, kills: [kill] })));
  expect(failures.join('\n\n')).toBe('');
  expect(missed.length).toBeLessThanOrEqual(points.length / 20);

  // In the words of the killed processes themselves: the order was cut off in every state, in every step of its write.
  const steps = [
    'writeFile orders.json.tmp',
    'sync orders.json.tmp',
    'link orders.json.prev',
    'rename orders.json',
  ];
  const cut = new Set(
    killed.map(({ phase, name, states }) => `${phase} ${name.replace(/#\d+$/, '')} ${states}`),
  );
  for (const state of ['confirmed', 'sending', 'handling', 'fulfilled']) {
    for (const step of steps) expect(cut).toContain(`after ${step} ${state}`);
    expect(cut).toContain(`half writeFile orders.json.tmp ${state}`);
  }
  expect(cut).toContain('half write archive/month.jsonl fulfilled');
  expect([...cut].some((one) => one.startsWith('after rename conversations.json'))).toBe(true);
});
