// The names of purchases and flows: never the same twice, and of a form that the provider and the buttons can carry.

import { describe, expect, it } from 'vitest';
import { pack, parse } from '../../src/bot/callback-data.ts';
import { createNewRef, newFlow } from '../../src/bot/ids.ts';
import { NOW } from '../domain/an-order.ts';

describe('a new reference', () => {
  const newRef = createNewRef(() => NOW);

  it('has letters and digits only, and is never the same twice', () => {
    const refs = Array.from({ length: 1_000 }, newRef);
    expect(refs.filter((ref) => !/^t[0-9a-z]{20,30}$/.test(ref))).toEqual([]);
    expect(new Set(refs).size).toBe(refs.length);
  });

  it('fits on its button, whoever presses it', () => {
    const press = {
      kind: 'buy',
      owner: 2 ** 52 - 1,
      flow: newFlow(),
      action: { do: 'pay', ref: newRef() },
    } as const;
    expect(pack(press).length).toBeLessThanOrEqual(64);
    expect(parse(pack(press))).toEqual(press);
  });

  it('of a later moment sorts behind an earlier one', () => {
    const later = createNewRef(() => NOW + 1);
    expect([later(), newRef()].toSorted()[0]?.slice(0, 9)).toBe(newRef().slice(0, 9));
  });
});

it('flows are named apart, within what a button takes', () => {
  const flows = Array.from({ length: 1_000 }, newFlow);
  expect(flows.filter((flow) => !/^[0-9a-z]{1,7}$/.test(flow))).toEqual([]);
  expect(new Set(flows).size).toBeGreaterThan(990);
});
