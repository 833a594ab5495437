// What owners are told, until Telegram takes it, and how they settle, with a reason, what only a person can judge.

import { describe, expect, it } from 'vitest';
import type { Chat, Place, Sent } from '../../src/bot/chat.ts';
import { createOwners } from '../../src/bot/owners.ts';
import type { View } from '../../src/bot/view.ts';
import { dinars } from '../../src/domain/money.ts';
import { FACE_VALUE } from '../../src/domain/pricing.ts';
import { inState, NOW, ref } from '../domain/an-order.ts';
import { openCounter, OWNER, COLLEAGUE, type Counter } from './open-counter.ts';
import { labelsOf, pressesOf, textOf } from './read-view.ts';

function openOwners(
  answer: (place: Place, tries: number) => Sent = () => ({ ok: true, messageId: 1 }),
  ids = [7, 8],
) {
  const told: { to: number; view: View }[] = [];
  const slept: number[] = [];
  const chat: Chat = {
    send: (place, _language, view) => {
      const sent = answer(place, told.length);
      told.push({ to: place.chatId, view });
      return Promise.resolve(sent);
    },
    edit: () => Promise.reject(new Error('nothing is edited here')),
    photo: () => Promise.reject(new Error('no pictures are sent here')),
    document: () => Promise.reject(new Error('no files are sent here')),
    unbutton: () => Promise.resolve(),
    typing: () => Promise.resolve(),
  };
  const owners = createOwners({
    ...{ ids, chat, names: { of: (owner) => Promise.resolve(owner === 7 ? 'Nadia' : String(owner)) } },
    languageOf: (person) => (person === 8 ? 'fr' : 'en'),
    sleep: (ms) => {
      slept.push(ms);
      return Promise.resolve();
    },
  });
  return { owners, told, slept };
}

const passing: Sent = { ok: false, failure: { kind: 'passing' } };

describe('an alert', () => {
  it.each([
    [{ kind: 'no-access', detail: 'key' }, /refuses the key.*ONECLICK_API_KEY/],
    [{ kind: 'no-access', detail: 'address' }, /blocks this server’s address/],
    [{ kind: 'no-access', detail: 'disabled' }, /switched this key off/],
    [{ kind: 'no-access', detail: 'read-only' }, /may only read/],
    [{ kind: 'recovered-copy' }, /previous copy/],
    [{ kind: 'disk' }, /disk does not take/],
    [{ kind: 'database' }, /database does not take/],
    [
      { kind: 'unsold', terms: { role: 'agent', own: null, rule: FACE_VALUE } },
      /Agents .*below cost.*\/prices/,
    ],
    [{ kind: 'unsold', terms: { role: 'customer', own: null, rule: FACE_VALUE } }, /Customers .*below cost/],
    [
      { kind: 'unsold', terms: { role: 'agent', own: { id: 20, name: 'Karim' }, rule: FACE_VALUE } },
      /Karim.*below cost/,
    ],
    [{ kind: 'shop-back', credit: dinars(5_000) }, /covers again/],
  ] as const)('%j reaches every owner once, in his language', async (alert, words) => {
    const { owners, told, slept } = openOwners();
    await owners.tell(alert);
    expect(told.map(({ to }) => to)).toEqual([7, 8]);
    expect(told.map(({ view }) => textOf(view))[0]).toMatch(words);
    expect(textOf(told[1]?.view ?? { text: '' })).not.toMatch(words);
    expect(slept).toEqual([]);
  });

  it('that Telegram does not take is tried again, only for those who have not heard it', async () => {
    const { owners, told, slept } = openOwners((place, tries) =>
      place.chatId === 8 && tries < 4 ? passing : { ok: true, messageId: 1 },
    );
    await owners.tell({ kind: 'disk' });
    expect(told.map(({ to }) => to)).toEqual([7, 8, 8, 8, 8]);
    expect(slept).toEqual([5_000, 30_000, 120_000]);
  });

  it('is given up after a while, and at once when Telegram can not read it', async () => {
    const away = openOwners(() => passing);
    await away.owners.tell({ kind: 'disk' });
    expect(away.told).toHaveLength(10);
    const malformed = openOwners(() => ({ ok: false, failure: { kind: 'malformed', description: 'no' } }));
    await malformed.owners.tell({ kind: 'disk' });
    expect(malformed.told).toHaveLength(2);
  });

  it('that waits for somebody to hear it says so at once, and is told to the others a little later', async () => {
    const away = openOwners(() => passing);
    expect(await away.owners.tellNow({ kind: 'access-back' })).toBe(false);
    expect([away.told.length, away.slept]).toEqual([2, []]);
    const { owners, told } = openOwners((place, tries) =>
      place.chatId === 8 && tries < 2 ? passing : { ok: true, messageId: 1 },
    );
    expect(await owners.tellNow({ kind: 'access-back' })).toBe(true);
    await Promise.resolve();
    await expect.poll(() => told.map(({ to }) => to)).toEqual([7, 8, 8]);
  });

  it('reaches an owner who presses Start a moment after the bot was started for the first time', async () => {
    const unreachable: Sent = { ok: false, failure: { kind: 'unreachable' } };
    const { owners, told, slept } = openOwners((_place, tries) =>
      tries < 2 ? unreachable : { ok: true, messageId: 1 },
    );
    await owners.tell({ kind: 'no-access', detail: 'key' });
    expect(told.map(({ to }) => to)).toEqual([7, 8, 7, 8]);
    expect(slept).toEqual([5_000]);
  });
});

describe('about an order', () => {
  const review = (reason: 'overdue' | 'mismatch' | 'lost') =>
    inState('review', { state: { name: 'review', since: NOW, reason, topupId: null } });

  it.each(['overdue', 'mismatch', 'lost'] as const)(
    'in review (%s) it is told with its reference and two verdicts',
    async (reason) => {
      const { owners, told } = openOwners();
      await owners.tellAbout(review(reason), `review:${reason}`);
      const view = told[0]?.view ?? { text: '' };
      expect(textOf(view)).toContain('1042');
      expect(textOf(view)).toContain('Our reference: t0000001');
      expect(labelsOf(view)).toEqual(['[It was recharged]', '[Give the money back]']);
      expect(pressesOf(view)).toEqual([
        { kind: 'settle', owner: 7, no: 1042, outcome: 'fulfilled', sure: false },
        { kind: 'settle', owner: 7, no: 1042, outcome: 'refunded', sure: false },
      ]);
      expect(pressesOf(told[1]?.view ?? { text: '' })).toMatchObject([{ owner: 8 }, { owner: 8 }]);
    },
  );

  it('a new word and a shop without credit are told without verdicts', async () => {
    const { owners, told } = openOwners();
    await owners.tellAbout(inState('handling'), 'word:PENDING_REVIEW');
    await owners.tellAbout(inState('rejected'), 'shop-balance');
    expect(told.map(({ view }) => labelsOf(view))).toEqual([[], [], [], []]);
    expect(textOf(told[0]?.view ?? { text: '' })).toContain('PENDING_REVIEW');
    expect(textOf(told[2]?.view ?? { text: '' })).toContain('credit at the provider is too low');
  });

  const settled = (by: string) =>
    inState('fulfilled', { story: [{ kind: 'state', at: NOW, name: 'fulfilled', by, why: 'seen' }] });

  it('that is late is told with the way to its story', async () => {
    const { owners, told } = openOwners();
    await owners.tellAbout(inState('queued'), 'late');
    const view = told[0]?.view ?? { text: '' };
    expect(textOf(view)).toContain('Order no. 1042 has been scheduled for more than 48 hours');
    expect(labelsOf(view)).toEqual(['[The whole story]']);
    expect(pressesOf(view)).toMatchObject([{ verb: 'horder', words: ['1042'] }]);
  });

  it('that is over is told to all, and to all but the owner who ended it, whom the others hear of', async () => {
    const { owners, told } = openOwners();
    expect(await owners.tellAbout(settled('worker'), 'over')).toBe(true);
    expect(told.map(({ to }) => to)).toEqual([7, 8]);
    expect(textOf(told[0]?.view ?? { text: '' })).toBe(
      '✅ Order no. 1042, which needed watching, is over: it was recharged.',
    );
    expect(await owners.tellAbout(settled('7'), 'over')).toBe(true);
    expect(told.slice(2).map(({ to }) => to)).toEqual([8]);
    expect(textOf(told[2]?.view ?? { text: '' })).toContain('Nadia');
  });

  it('that its only owner has ended is told to nobody, and counts as told', async () => {
    const { owners, told } = openOwners(undefined, [7]);
    expect(await owners.tellAbout(settled('7'), 'over')).toBe(true);
    expect(told).toEqual([]);
  });

  it('is not repeated to somebody who can not be reached: it counts as told', async () => {
    const { owners, told } = openOwners(() => ({ ok: false, failure: { kind: 'unreachable' } }));
    expect(await owners.tellAbout(review('overdue'), 'review:overdue')).toBe(true);
    expect(told).toHaveLength(2);
  });

  it('owners are known by their ids', () => {
    const { owners } = openOwners();
    expect([owners.includes(7), owners.includes(99)]).toEqual([true, false]);
  });
});

describe('settling by hand', () => {
  async function inReview(): Promise<Counter> {
    const counter = await openCounter();
    const order = await counter.shop.buy();
    counter.shop.topups.sendings.push('lost-not-accepted', 'lost-not-accepted');
    await counter.shop.follow(order.ref);
    counter.telegram.start(OWNER);
    counter.telegram.start(COLLEAGUE);
    await counter.handle();
    await counter.show();
    return counter;
  }
  const state = async (counter: Counter) => (await counter.shop.order(ref('t0000001'))).state.name;

  it.each([
    ['It was recharged', 'fulfilled', { held: 0, taken: dinars(980) }],
    ['Give the money back', 'refunded', { held: 0, taken: 0 }],
  ])('%s, after a second thought, moves the money once', async (label, end, books) => {
    const counter = await inReview();
    await counter.press(label);
    expect(counter.messages().filter(({ text }) => text.includes('Write how you know it'))).toHaveLength(1);
    await counter.say('Seen in the dashboard');
    expect(await state(counter)).toBe('review');
    expect(counter.text()).toContain('Reason: Seen in the dashboard');
    await counter.press('Yes, I am sure');
    expect(counter.messages().filter(({ text }) => text === 'Order no. 1042 is settled.')).toHaveLength(1);
    expect(await state(counter)).toBe(end);
    expect(await counter.shop.store.books()).toEqual(books);
    const { rows } = await counter.shop.store.auditTrail(null, 10);
    expect(rows).toMatchObject([
      {
        by: '7',
        what: 'settled-by-hand',
        about: '1042',
        why: 'Seen in the dashboard',
        note: { outcome: end },
      },
    ]);
    counter.shop.store.audit();
    await counter.close();
  });

  it('a second owner who is late hears that it is done', async () => {
    const counter = await inReview();
    await counter.press('Give the money back');
    await counter.say('The operator says so');
    await counter.press('Yes, I am sure');
    await counter.press('Rendre le montant', COLLEAGUE);
    expect(counter.text(COLLEAGUE)).toContain('s’est réglée');
    expect(await state(counter)).toBe('refunded');
    await counter.close();
  });
});
