// Whether the provider is there: nobody knows before the first answer, and a silence counts from its beginning.

import { expect, it } from 'vitest';
import { createPulse } from '../../src/app/pulse.ts';
import { NOW } from '../domain/an-order.ts';
import { handClock } from './in-memory.ts';

it('a silence counts from its first request, and an answer ends it', () => {
  const clock = handClock();
  const pulse = createPulse(clock.now);
  expect([pulse.answers(), pulse.silentSince()]).toEqual([false, undefined]);
  pulse.heard(false);
  clock.pass(5_000);
  pulse.heard(false);
  expect([pulse.answers(), pulse.silentSince()]).toEqual([false, NOW]);
  pulse.heard(true);
  expect([pulse.answers(), pulse.silentSince()]).toEqual([true, undefined]);
  pulse.heard(false);
  expect(pulse.silentSince()).toBe(NOW + 5_000);
});
