// Every fault that the simulator has found, as the small history that showed it: the program keeps its promises in it now,
// and without what mended it would break the same one again.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tellHistory } from './crew.ts';
import { QUIET_DAY, type Plan } from './plan.ts';
import type { PromiseNo } from './court.ts';

interface Regression {
  /** The mutant that takes the mending out again. */
  readonly without: string;
  readonly promise: PromiseNo;
  readonly plan: Plan;
}

const FOLDER = join(import.meta.dirname, 'regressions');
const TIMEOUT_MS = 120_000;
/** A change of the program moves what happens after it; under one of these chances it meets the same again. */
const asked = { shrinks: false, variants: 60 };

const isRegression = (value: unknown): value is Regression =>
  typeof value === 'object' && value !== null && 'without' in value && 'promise' in value && 'plan' in value;

function read(name: string): Regression {
  const kept: unknown = JSON.parse(readFileSync(join(FOLDER, name), 'utf8'));
  if (!isRegression(kept)) throw new TypeError(`${name} is no regression`);
  return { ...kept, plan: { ...QUIET_DAY, ...kept.plan } };
}

describe.each(readdirSync(FOLDER).map((name) => ({ name, ...read(name) })))(
  '$name',
  ({ without, promise, plan }) => {
    it('is mended', { timeout: TIMEOUT_MS }, async () => {
      expect((await tellHistory(plan, asked)).violation).toBeUndefined();
    });

    it('would be broken again', { timeout: TIMEOUT_MS }, async () => {
      expect((await tellHistory(plan, { ...asked, mutant: without })).violation?.promise).toBe(promise);
    });
  },
);
