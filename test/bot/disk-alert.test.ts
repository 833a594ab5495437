// One word about a full disk, not one for every order that meets it.

import { expect, it } from 'vitest';
import { StoreFault } from '../../src/app/ports.ts';
import { createDiskAlert } from '../../src/bot/disk-alert.ts';
import { handClock } from '../app/in-memory.ts';
import { HOUR, MINUTE } from '../domain/an-order.ts';

const full = new StoreFault('disk-full', undefined);

it('a disk that refuses is told of once an hour, any other fault never', () => {
  const clock = handClock();
  let told = 0;
  const alert = createDiskAlert({ tell: () => void (told += 1), clock: clock.now });
  alert(new Error('a bug'));
  expect(told).toBe(0);
  for (let orders = 0; orders < 5; orders += 1) alert(full);
  clock.pass(HOUR - 1);
  alert(full);
  expect(told).toBe(1);
  clock.pass(1);
  alert(full);
  expect(told).toBe(2);
});

it('of several processes the one that speaks tells, and the others only of what lasts for ten minutes', () => {
  const clock = handClock();
  let told = 0;
  const alert = createDiskAlert({ tell: () => void (told += 1), speaks: () => false, clock: clock.now });
  const lasts = (minutes: number): void => {
    for (let minute = 0; minute < minutes; minute += 1) {
      alert(full);
      clock.pass(MINUTE);
    }
  };
  lasts(9);
  clock.pass(5 * MINUTE);
  lasts(10);
  expect(told).toBe(0);
  lasts(20);
  expect(told).toBe(1);
});
