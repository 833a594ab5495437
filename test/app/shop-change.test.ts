// Read, decide, commit: decided again when somebody was faster, and never twice carried out.

import { describe, expect, it, vi } from 'vitest';
import { changeRecord, lookedAt } from '../../src/app/shop-change.ts';
import type { Changed, Store } from '../../src/app/ports.ts';
import { dinars } from '../../src/domain/money.ts';
import { newMember, type Member } from '../../src/domain/shop.ts';
import { NOW } from '../domain/an-order.ts';
import { memoryStore } from './memory-store.ts';

const NADIA = newMember({ id: 20, name: 'Nadia', username: null }, NOW);

/** One more dinar of credit than there was. */
const oneMore = (known: Member = NADIA) => ({
  next: { ...known, ceiling: dinars(known.ceiling / 100 + 1) },
  audit: [],
});
const change = (store: Store, decide: typeof oneMore = oneMore) =>
  changeRecord<'member', 'no'>(store, 'member', NADIA.id, decide);

const answering = (answer: Changed) => {
  const asked = vi.fn(() => Promise.resolve(answer));
  return { asked, store: { ...memoryStore(), change: asked } };
};

describe('a change of a record', () => {
  it('is decided again on what somebody faster has left: neither is lost', async () => {
    const store = memoryStore();
    let others = 2;
    const slow: Store = {
      ...store,
      change: async (one) => {
        others -= 1;
        if (others >= 0) await change(store);
        return store.change(one);
      },
    };
    const done = await change(slow);
    expect(done).toMatchObject({ kind: 'done', record: { ceiling: dinars(3), rev: 3 } });
    expect(await store.record('member', NADIA.id)).toEqual('record' in done ? done.record : undefined);
  });

  it('that is decided against changes nothing', async () => {
    const { asked, store } = answering({ kind: 'done' });
    const refused = await changeRecord(store, 'member', NADIA.id, () => ({ no: 'frozen' as const }));
    expect(refused).toEqual({ kind: 'refused', why: 'frozen' });
    expect(asked).not.toHaveBeenCalled();
  });

  it.each<Changed>([{ kind: 'short', available: dinars(1), ceiling: dinars(2) }, { kind: 'exists' }])(
    'whose money meets "$kind" is told so, and not decided again',
    async (answer) => {
      const { asked, store } = answering(answer);
      expect(await change(store)).toEqual(answer);
      expect(asked).toHaveBeenCalledOnce();
    },
  );

  it('that never comes in time fails aloud', async () => {
    const { asked, store } = answering({ kind: 'stale' });
    await expect(change(store)).rejects.toThrow('too many at once');
    expect(asked).toHaveBeenCalledTimes(10);
  });
});

it('a record that was not there was looked at as its revision 0', () => {
  expect(lookedAt('member', 20, undefined)).toEqual({ key: 'member:20', rev: 0 });
  expect(lookedAt('member', 20, { ...NADIA, rev: 4 })).toEqual({ key: 'member:20', rev: 4 });
});
