// One word about a full disk, not one for every order that meets it.

import { expect, it } from 'vitest';
import { StoreFault } from '../../src/app/ports.ts';
import { createDiskAlert } from '../../src/bot/disk-alert.ts';
import { handClock } from '../app/in-memory.ts';
import { HOUR } from '../domain/an-order.ts';

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
