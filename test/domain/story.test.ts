// An order's story: every state with its time, the same answer once with its count, bounded.

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Order, StoryLine } from '../../src/domain/order.ts';
import type { OrderEvent } from '../../src/domain/order-event.ts';
import { entriesOf, isCame, LONGEST_STORY, type Heard } from '../../src/domain/story.ts';
import { step } from '../../src/domain/transitions.ts';
import { anOrder, FACTS, found, MINUTE, NOW, SECOND } from './an-order.ts';

const heard = (call: Heard['call'], requestId: string | null = null): Heard => ({ call, requestId });

/** Plays facts one second apart; each with the call it was heard by. */
function play(facts: readonly (readonly [OrderEvent, Heard?])[], start = anOrder()): Order {
  return facts.reduce((order, [event, by], i) => {
    const taken = step(order, event, NOW + (i + 1) * SECOND, by);
    return taken?.order ?? order;
  }, start);
}

const brief = (line: StoryLine): string =>
  line.kind === 'state' ? line.name : `${line.call} ×${line.times} ${line.came} ${line.requestId ?? '-'}`;

const SENT = [
  [{ type: 'send-begun' }],
  [{ type: 'accepted', topupId: 'T1' }, heard('send', 'req-1')],
] as const;

describe('the story', () => {
  it('has every state with who brought it there, and every call with its id', () => {
    const order = play([...SENT, [found('fulfilled'), heard('ask', 'req-2')]]);
    expect(order.story.map(brief)).toEqual([
      'confirmed',
      'sending',
      'send ×1 accepted req-1',
      'handling',
      'ask ×1 fulfilled req-2',
      'fulfilled',
    ]);
    expect(order.story[0]).toMatchObject({ at: NOW, by: '7' });
    expect(order.story.at(-1)).toMatchObject({ at: NOW + 3 * SECOND, by: 'worker' });
  });

  it('counts the same answer on one line, with its last time and id', () => {
    const asked = ['a', 'b', 'c'].map((id) => [found('handling'), heard('ask', id)] as const);
    const order = play([...SENT, ...asked]);
    expect(order.story.map(brief).slice(3)).toEqual(['handling', 'ask ×3 handling c']);
    expect(order.story.at(-1)).toMatchObject({ at: NOW + 3 * SECOND, lastAt: NOW + 5 * SECOND });
  });

  it('another answer is another line, and a way round that led back is none', () => {
    const busy = [{ type: 'not-executed', waitMs: SECOND }, heard('send')] as const;
    const round = [[{ type: 'send-begun' }], busy] as const;
    const order = play([...round, ...round, ...round]);
    expect(order.story.map(brief)).toEqual(['confirmed', 'sending', 'send ×3 not-executed -', 'confirmed']);
    const silent = { ...heard('ask'), silence: 'timeout' } as const;
    const asked = play([...SENT, [{ type: 'unanswered' }, silent], [found('handling'), heard('ask')]]);
    expect(asked.story.map(brief).slice(4)).toEqual(['ask ×1 timeout -', 'ask ×1 handling -']);
  });

  it('names who settled it by hand and why, and so do its entries', () => {
    const review = play([...SENT, [found('fulfilled', { number: '036000000' }), heard('ask')]]);
    const settled = play([[{ type: 'settled-by-hand', outcome: 'refunded', by: 9, reason: 'seen' }]], review);
    expect(settled.story.at(-1)).toMatchObject({ name: 'refunded', by: '9', why: 'seen' });
    expect(entriesOf(settled)).toMatchObject([
      { kind: 'hold', by: '7', amount: settled.price },
      { kind: 'release', by: '9', amount: settled.price },
    ]);
    expect(entriesOf(review)).toHaveLength(1);
  });

  it('of a fact that changes nothing nothing is written, and showing an order is no part of it', () => {
    const order = play(SENT);
    expect(step(order, { type: 'doubt' }, NOW, heard('send'))).toBeUndefined();
    const shown = step(order, { type: 'shown', digest: 'd', messageId: 1, ended: false }, NOW);
    expect(shown?.order.story).toBe(order.story);
  });

  it('stays bounded whatever happens, with its beginning and its newest line kept', () => {
    const calls = ['send', 'look-up', 'ask', 'list'] as const;
    const happening = fc.tuple(fc.constantFrom(...Object.values(FACTS)), fc.constantFrom(...calls));
    fc.assert(
      fc.property(fc.array(happening, { maxLength: 300, size: 'max' }), (happenings) => {
        let order = anOrder();
        happenings.forEach(([event, call], i) => {
          if (event.type === 'settled-by-hand' || event.type === 'given-up') return;
          const taken = step(order, event, NOW + i * MINUTE, heard(call, `req-${i}`));
          order = taken?.order ?? order;
          expect(order.story.length).toBeLessThanOrEqual(LONGEST_STORY);
          expect(order.story[0]).toMatchObject({ kind: 'state', name: 'confirmed' });
          const last = order.story.findLast(({ kind }) => kind === 'state');
          expect(last).toMatchObject({ name: order.state.name });
        });
      }),
      { numRuns: 60 },
    );
  });

  it('says only what has a word', () => {
    const order = play([...SENT, [found('odd'), heard('ask')]]);
    for (const line of order.story) if (line.kind === 'call') expect(isCame(line.came)).toBe(true);
    expect(isCame('nonsense')).toBe(false);
  });
});
