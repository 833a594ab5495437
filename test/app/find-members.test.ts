// Whom an owner means: by number, by @name, or by a piece of a name however it is written.

import { describe, expect, it } from 'vitest';
import { findMembers, isCalled } from '../../src/app/find-members.ts';
import { newMember } from '../../src/domain/shop.ts';

describe('finding people', () => {
  const people = [
    { ...newMember({ id: 501, name: 'Nadia Benali', username: 'nadia_b' }, 0) },
    { ...newMember({ id: 502, name: 'نَادِيَة', username: null }, 0) },
    { ...newMember({ id: 5011, name: 'Éric 501', username: 'eric' }, 0) },
  ];
  it.each([
    ['501', [501]],
    ['٥٠١', [501]],
    ['nadia', [501]],
    ['@nadia', [501]],
    ['@NADIA_B', [501]],
    ['benali', [501]],
    ['نادية', [502]],
    ['ناديه', [502]],
    ['eric', [5011]],
    ['ÉRIC', [5011]],
    ['@501', [501]],
    ['a', [501]],
    ['', []],
    ['@', []],
    ['  ', []],
    ['zohra', []],
  ])('%j', (text, found) => {
    expect(findMembers(people, text).map(({ id }) => id)).toEqual(found);
  });
});

describe('the whole name', () => {
  it.each([
    ['Nadia Benali', ' nadia  BENALI', true],
    ['نَادِيَة', 'ناديه', true],
    ['Nadia Benali', 'Nadia', false],
    ['', '', false],
    ['\u200E', '  ', false],
  ])('%j is %j: %s', (name, text, same) => {
    expect(isCalled({ name }, text)).toBe(same);
  });
});
