// Whether the process that took a lock is still that process.

import { describe, expect, it } from 'vitest';
import { lifeOf, ownIdentity, type Holder } from '../../src/store/process-identity.ts';

/** More than any system gives. */
const NOBODYS_PID = 2 ** 30;

describe('the holder of a lock', () => {
  const life = async (changes: Partial<Holder>): Promise<string> => {
    const own = await ownIdentity();
    return lifeOf({ ...own, ...changes }, own);
  };

  it.each<[string, Partial<Holder>, string]>([
    ['is this process', {}, 'alive'],
    ['had our number before us', { began: 5 }, 'dead'],
    ['had our number, and began at another tick', { startTicks: '1' }, 'dead'],
    ['is a process that is not there', { pid: NOBODYS_PID }, 'dead'],
    ['is another that lives', { pid: process.ppid, startTicks: null }, 'alive'],
    ['is not who has its number now', { pid: process.ppid, startTicks: '1' }, 'dead'],
    ['is on another machine, under any number', { host: 'elsewhere', pid: NOBODYS_PID }, 'elsewhere'],
  ])('that %s is judged so', async (_who, changes, judged) => {
    expect(await life(changes)).toBe(judged);
  });

  it('has another name at every taking', async () => {
    const [one, other] = await Promise.all([ownIdentity(), ownIdentity()]);
    expect(one.id).not.toBe(other.id);
    expect({ ...one, id: other.id }).toEqual(other);
  });
});
