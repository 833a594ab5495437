// A disk that breaks together with the bot: after a kill the file of open orders is cut off in its middle.

import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { LANGUAGES, sentences } from '../../src/i18n/index.ts';
import { OWNER, OWNERS, type Counter } from '../process/bot-process.ts';
import type { Point } from './points.ts';
import type { Outcome } from './purchase.ts';
import { pointsOf, sweep } from './sweep.ts';

const SCENARIO = { number: '036362608', guided: false, ending: 'delivered' } as const;

function tear({ dataDir, telegram }: Counter): void {
  const file = join(dataDir, 'orders.json');
  const whole = readFileSync(file);
  // A file of its own: for a moment in each write the previous copy is another name of this one.
  rmSync(file);
  writeFileSync(file, whole.subarray(0, Math.floor(whole.length / 2)));
  for (const { id } of OWNERS) if (id !== OWNER) telegram.start(id);
}

const ALERTS = LANGUAGES.map((language) => {
  const { recovered } = sentences(language).alerts;
  return typeof recovered === 'string' ? recovered : recovered.text;
});

const isTold = ({ ownersTold }: Outcome): readonly string[] =>
  ownersTold
    .filter((texts) => texts.filter((text) => ALERTS.includes(text)).length !== 1)
    .map((texts) => `an owner was not told once: ${texts.join(' | ')}`);

/** From the second write of the orders on there is a previous copy; the first of them is the empty book. */
const hasPrevious = ({ name, phase }: Point): boolean =>
  phase === 'after' && /^(?:rename orders\.json#[2-9]|POST |editMessageText#[2-9])/.test(name);

it(
  'goes on from the previous copy, tells the owners, and still buys once',
  { timeout: 300_000 },
  async () => {
    const points = (await pointsOf(SCENARIO)).filter(hasPrevious);
    expect(points.map(({ states }) => states)).toEqual(
      expect.arrayContaining(['sending', 'handling', 'fulfilled']),
    );
    const trials = points.map((kill) => ({ scenario: SCENARIO, kills: [kill], accident: tear }));
    const { failures, missed } = await sweep(trials, isTold);
    expect(failures.join('\n\n')).toBe('');
    expect(missed.length).toBeLessThanOrEqual(1);
  },
);
