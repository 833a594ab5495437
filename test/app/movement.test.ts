// A movement of money that no order makes: until when it counts, that it counts once, and what the person is told.

import { describe, expect, it } from 'vitest';
import { entryOf, isTooLate, MOVE_WITHIN_MS, resultOf } from '../../src/app/movement.ts';
import { ENTRY_MEMORY_MS, type Store } from '../../src/app/ports.ts';
import { dinars } from '../../src/domain/money.ts';
import { NOW } from '../domain/an-order.ts';
import { memoryStore } from './memory-store.ts';

describe('a move', () => {
  it.each([-1, 1])(
    'is too late a day away from when it was drawn, whichever way the clock went: %i',
    (way) => {
      const move = { id: 'm1', at: NOW };
      expect(isTooLate(move, NOW + way * MOVE_WITHIN_MS)).toBe(false);
      expect(isTooLate(move, NOW + way * (MOVE_WITHIN_MS + 1))).toBe(true);
    },
  );

  it('is too late while the store still knows its id: nothing is ever moved twice', () => {
    expect(MOVE_WITHIN_MS).toBeLessThan(ENTRY_MEMORY_MS);
  });

  it('gives one entry of a kind, however often it is made', () => {
    const made = { person: 20, amount: dinars(500), by: 7, at: NOW, reason: 'cash' } as const;
    const out = entryOf('m1', { ...made, kind: 'transfer-out' });
    expect(entryOf('m1', { ...made, kind: 'transfer-out', at: NOW + 1 }).id).toBe(out.id);
    expect(entryOf('m1', { ...made, kind: 'transfer-in' }).id).not.toBe(out.id);
    expect(entryOf('m2', { ...made, kind: 'transfer-out' }).id).not.toBe(out.id);
  });
});

describe('what it came to', () => {
  const wallet = { put: dinars(1_000), held: dinars(300), taken: dinars(100) };
  const store: Store = { ...memoryStore(), wallet: () => Promise.resolve(wallet) };

  it('done, it names what is free to spend: not what open orders hold', async () => {
    expect(await resultOf(store, { kind: 'done' }, 20)).toEqual({ kind: 'moved', balance: dinars(600) });
  });

  it('short, it names what could have been spent, credit included', async () => {
    const short = { kind: 'short', available: dinars(-200), ceiling: dinars(500) } as const;
    expect(await resultOf(store, short, 20)).toEqual({ kind: 'short', available: dinars(300) });
  });

  it('made before, it is said to be so', async () => {
    expect(await resultOf(store, { kind: 'exists' }, 20)).toEqual({ kind: 'moved-before' });
  });
});
