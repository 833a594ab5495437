// What each fact makes of an order in each state, and what it does with the money.

import { describe, expect, it } from 'vitest';
import { type Order, type OrderEvent, type OrderState } from '../../src/domain/order.ts';
import { nextAct, step, type NextAct } from '../../src/domain/transitions.ts';
import { anOrder, found, HOUR, inState, MINUTE, NOW, SECOND, STATE_NAMES, take } from './an-order.ts';

type Name = OrderState['name'];

const FACTS: Readonly<Record<string, OrderEvent>> = {
  'send-begun': { type: 'send-begun' },
  accepted: { type: 'accepted', topupId: 'T1' },
  refused: { type: 'refused', refusal: { reason: 'out-of-stock' } },
  'not-executed': { type: 'not-executed', waitMs: 9 * SECOND },
  doubt: { type: 'doubt' },
  'duplicate-ref': { type: 'duplicate-ref' },
  'found handling': found('handling'),
  'found odd': found('odd'),
  'found queued': found('queued'),
  'found fulfilled': found('fulfilled'),
  'found refunded': found('refunded'),
  'found of another number': found('fulfilled', { number: '036000000' }),
  'not-found': { type: 'not-found' },
  unanswered: { type: 'unanswered' },
  'given-up': { type: 'given-up' },
  hurried: { type: 'hurried' },
  'settled-by-hand': { type: 'settled-by-hand', outcome: 'refunded', by: 9, reason: 'seen' },
};

/** For each fact, what becomes of the open states; a dash where it changes nothing. */
const TABLE: readonly (readonly [string, ...string[]])[] = [
  // fact                      confirmed    sending      unknown      handling     queued       review
  ['send-begun', '             sending      -            -            -            -            -'],
  ['accepted', '               -            handling     handling     -            -            -'],
  ['refused', '                -            rejected     -            -            -            -'],
  ['not-executed', '           -            confirmed    -            -            -            -'],
  ['doubt', '                  -            unknown      -            -            -            -'],
  ['duplicate-ref', '          -            unknown      -            -            -            -'],
  ['found handling', '         handling     handling     handling     handling     handling     review'],
  ['found odd', '              handling     handling     handling     handling     handling     review'],
  ['found queued', '           queued       queued       queued       queued       queued       review'],
  ['found fulfilled', '        fulfilled    fulfilled    fulfilled    fulfilled    fulfilled    fulfilled'],
  ['found refunded', '         refunded     refunded     refunded     refunded     refunded     refunded'],
  ['found of another number', 'review       review       review       review       review       review'],
  ['not-found', '              -            -            unknown      handling     queued       review'],
  ['unanswered', '             -            -            unknown      handling     queued       review'],
  ['given-up', '               rejected     -            -            -            -            -'],
  ['hurried', '                -            -            -            -            -            -'],
  ['settled-by-hand', '        -            -            -            -            -            refunded'],
];

const OPEN: readonly Name[] = ['confirmed', 'sending', 'unknown', 'handling', 'queued', 'review'];
const CASES = TABLE.flatMap(([fact, cells = '']) =>
  OPEN.map((from, index) => [from, fact, cells.trim().split(/\s+/)[index] ?? '?'] as const),
);

const fact = (name: string): OrderEvent => {
  const event = FACTS[name];
  if (event === undefined) throw new TypeError(`no fact ${name}`);
  return event;
};

describe('an open order', () => {
  it.each(CASES)('%s, %s → %s', (from, name, to) => {
    const order = inState(from);
    const taken = step(order, fact(name), NOW + SECOND);
    expect(taken?.order.state.name ?? '-').toBe(to);
    if (taken === undefined) return;
    expect(taken.order.rev).toBe(order.rev + 1);
    const kinds = taken.entries.map(({ kind }) => kind);
    expect(kinds).toEqual(
      to === 'fulfilled' ? ['capture'] : ['refunded', 'rejected'].includes(to) ? ['release'] : [],
    );
  });
});

describe('a settled order', () => {
  it.each(Object.keys(FACTS))('does not move any more: %s', (name) => {
    for (const state of ['fulfilled', 'refunded', 'rejected'] as const) {
      expect(step(inState(state), fact(name), NOW + HOUR)).toBeUndefined();
    }
  });
});

describe('the next thing to do', () => {
  const acts: Readonly<Record<Name, NextAct>> = {
    confirmed: 'send',
    sending: 'interrupted',
    unknown: 'look-up',
    handling: 'ask',
    queued: 'ask',
    review: 'ask',
    fulfilled: 'nothing',
    refunded: 'nothing',
    rejected: 'nothing',
  };

  it.each(STATE_NAMES)('for %s', (name) => {
    expect(nextAct(inState(name), NOW)).toBe(acts[name]);
  });

  it('is nothing before its time', () => {
    for (const name of STATE_NAMES) expect(nextAct(inState(name, { dueAt: NOW + 1 }), NOW)).toBe('nothing');
  });

  it('is to give up what could not be sent for ten minutes', () => {
    const order = anOrder();
    expect(nextAct(order, NOW + 10 * MINUTE)).toBe('send');
    expect(nextAct(order, NOW + 10 * MINUTE + 1)).toBe('give-up');
  });

  it('is to look up an order in review whose id nobody knows', () => {
    const order = inState('review', {
      state: { name: 'review', since: NOW, reason: 'lost', topupId: null },
    });
    expect(nextAct(order, NOW)).toBe('look-up');
  });
});

describe('before acceptance', () => {
  const sending = inState('sending');

  it('an order that was not executed waits as told and has not been sent', () => {
    const { order } = take(sending, fact('not-executed'));
    expect(order).toMatchObject({ sends: 0, dueAt: NOW + 9 * SECOND });
  });

  it("a refusal for the shop's credit also tells the owners", () => {
    const { order } = take(sending, { type: 'refused', refusal: { reason: 'shop-balance' } });
    expect(order).toMatchObject({ state: { name: 'rejected' }, alert: 'shop-balance', alerted: null });
  });

  it('any refusal after an earlier doubt is itself a doubt: the first sending may have landed', () => {
    const { order, entries } = take({ ...sending, doubted: true, sends: 2 }, fact('refused'));
    expect(order.state.name).toBe('unknown');
    expect(entries).toEqual([]);
  });

  it('a used reference means that it landed, and is looked up at once', () => {
    const { order } = take(sending, fact('duplicate-ref'));
    expect(order).toMatchObject({ landed: true, dueAt: NOW });
    expect(nextAct(order, NOW)).toBe('look-up');
  });
});

describe('a second sending', () => {
  const after = (notFound: number, more: Partial<Order> = {}): Order =>
    inState('unknown', { state: { name: 'unknown', since: NOW, lookUps: notFound, notFound }, ...more });

  it.each<[string, Order, number, string]>([
    ['after five denials and three minutes', after(5), 3 * MINUTE, 'sending'],
    ['before three minutes', after(50), 3 * MINUTE - 1, '-'],
    ['after four denials', after(4), HOUR, '-'],
    ['when it was sent twice', after(5, { sends: 2 }), HOUR, '-'],
    ['when the reference is known to be used', after(5, { landed: true }), HOUR, '-'],
  ])('%s', (_when, order, age, to) => {
    expect(step(order, { type: 'send-begun' }, NOW + age)?.order.state.name ?? '-').toBe(to);
    expect(nextAct(order, NOW + age)).toBe(to === 'sending' ? 'send' : 'look-up');
  });
});

describe('what the provider shows', () => {
  const handling = inState('handling');

  it.each([
    ['number', { number: '036000000' }],
    ['value', { value: anOrder().cost }],
    ['service', { service: '4G' }],
  ] as const)('is not ours with another %s: a person compares, the money stays held', (_what, other) => {
    const { order, entries } = take(handling, found('fulfilled', other));
    expect(order).toMatchObject({ state: { name: 'review', reason: 'mismatch' }, alert: 'review:mismatch' });
    expect(entries).toEqual([]);
  });

  it('may leave out number, value and service', () => {
    const bare = found('fulfilled', { number: null, value: null, service: null });
    expect(take(handling, bare).order.state.name).toBe('fulfilled');
  });

  it('in a word that nobody knows keeps the order open and is told to the owners', () => {
    expect(take(handling, found('odd')).order).toMatchObject({
      state: { name: 'handling', word: 'PENDING_REVIEW' },
      alert: 'word:PENDING_REVIEW',
    });
  });

  it('gives an order found by reference its id', () => {
    const { order } = take(inState('unknown'), found('handling', { topupId: 'T9' }));
    expect(order.state).toMatchObject({ name: 'handling', topupId: 'T9' });
  });

  it('keeps code, transaction number and the date of the operator', () => {
    const told = { transactionNo: 'AT-1', processedAt: '2026-11-21T18:43:00Z' };
    expect(take(handling, found('fulfilled', told)).order.state).toMatchObject({ ...told, at: NOW });
  });
});

describe('overdue', () => {
  it.each([
    ['unknown', 'not-found', HOUR],
    ['handling', 'found handling', 6 * HOUR],
    ['handling', 'unanswered', 6 * HOUR],
    ['queued', 'found queued', 50 * HOUR],
  ] as const)('%s after %s: a person looks, the asking goes on', (name, event, most) => {
    const { order } = take(inState(name), fact(event), NOW + most + 1);
    expect(order).toMatchObject({ state: { name: 'review', reason: 'overdue' }, alert: 'review:overdue' });
    expect(order.dueAt).toBeGreaterThan(NOW + most);
  });

  it('is counted from the day the state began, not from the last question', () => {
    const waited = take(inState('queued'), found('queued'), NOW + 49 * HOUR).order;
    expect(take(waited, found('queued'), NOW + 51 * HOUR).order.state.name).toBe('review');
  });
});

describe('somebody who asks how it stands', () => {
  it('makes an order that waits due at once, and changes nothing else', () => {
    const waiting = inState('queued', { dueAt: NOW + HOUR });
    const { order, entries } = take(waiting, { type: 'hurried' });
    expect(order).toEqual({ ...waiting, rev: waiting.rev + 1, dueAt: NOW });
    expect(entries).toEqual([]);
  });
});

describe('by hand', () => {
  it.each([
    ['fulfilled', 'capture'],
    ['refunded', 'release'],
  ] as const)('an owner settles an order in review as %s, in his name and with a reason', (outcome, kind) => {
    const event: OrderEvent = { type: 'settled-by-hand', outcome, by: 9, reason: 'seen in the dashboard' };
    const { order, entries } = take(inState('review'), event);
    expect(order).toMatchObject({ state: { name: outcome }, dueAt: null });
    expect(entries).toMatchObject([{ kind, by: '9', reason: 'seen in the dashboard' }]);
  });
});

describe('the message', () => {
  const shown: OrderEvent = { type: 'shown', digest: 'en.handling', messageId: 50, ended: false };

  it('is remembered as the person saw it, in any state, without touching state or money', () => {
    for (const name of STATE_NAMES) {
      const before: Order = inState(name);
      const { order, entries } = take(before, shown);
      expect(order.message).toMatchObject({ digest: 'en.handling', messageId: 50, ended: false, tries: 0 });
      expect([order.state, order.dueAt, entries]).toEqual([before.state, before.dueAt, []]);
    }
  });

  it('that was refused is tried again later and later', () => {
    const once = take(inState('handling'), { type: 'show-refused', lost: false }).order;
    const twice = take(once, { type: 'show-refused', lost: false }).order;
    expect([once, twice].map(({ message }) => [message.tries, message.retryAt, message.messageId])).toEqual([
      [1, NOW + 2 * SECOND, 42],
      [2, NOW + 5 * SECOND, 42],
    ]);
  });

  it('waits as long as Telegram says, and follows a group that became a supergroup', () => {
    const event: OrderEvent = { type: 'show-refused', lost: true, waitMs: 7_000, chatId: -100_1 };
    expect(take(inState('handling'), event).order.message).toMatchObject({
      chatId: -100_1,
      messageId: null,
      retryAt: NOW + 7_000,
    });
  });

  it('is left to the history only after many tries at the end, never before the end', () => {
    for (const [name, ended] of [
      ['handling', false],
      ['fulfilled', true],
    ] as const) {
      let order = inState(name);
      for (let tries = 0; tries < 20; tries += 1) {
        expect(order.message.ended).toBe(false);
        order = take(order, { type: 'show-refused', lost: false }).order;
      }
      expect(order.message.ended).toBe(ended);
    }
  });

  it('begins its tries again once it was shown', () => {
    const refused = take(inState('handling'), { type: 'show-refused', lost: false }).order;
    expect(take(refused, shown).order.message.tries).toBe(0);
  });
});
