// Strangers who ask to be let in: every owner hears, the first answer counts, and everybody is told.

import { describe, expect, it } from 'vitest';
import { QUIET_MS } from '../../src/domain/door.ts';
import { CARDS_AN_HOUR } from '../../src/app/asks.ts';
import { createStandings } from '../../src/app/standing.ts';
import { lettingIn, NADIA } from './letting-in.ts';
import { COLLEAGUE, counterForEach, OWNER, STRANGER, type Counter } from './open-counter.ts';
import { forge } from './shop-desk.ts';

let counter: Counter;
counterForEach((opened) => (counter = opened));
const { meet, invited, roleOf } = lettingIn(() => counter);

describe('a stranger', () => {
  it('asks once; every owner gets a card, and a second request says that it waits', async () => {
    meet();
    await counter.say('/start', COLLEAGUE);
    await counter.say('/start', OWNER);
    await counter.say('/start', NADIA);
    await counter.press('Ask to be let in', NADIA);
    expect(counter.text(NADIA)).toBe('Asked. The shop will answer you here.');
    expect(counter.labels(NADIA)).toEqual([]);
    for (const owner of [OWNER, COLLEAGUE]) expect(counter.text(owner)).toContain('Nadia (@nadia)');
    expect(counter.labels()).toEqual(['[Agent] [Customer]', '[Refuse]']);
    const before = counter.messages().length;
    await counter.say('hello', NADIA);
    expect(counter.text(NADIA)).toBe('Your request is with the shop. It will answer you here.');
    expect(counter.messages()).toHaveLength(before);
    expect(counter.people.heard(NADIA)).toBe('en');
  });

  async function asking(): Promise<void> {
    meet();
    await counter.people.setLanguage(COLLEAGUE, 'fr');
    await counter.say('/start', COLLEAGUE);
    await counter.say('/start', OWNER);
    await counter.say('/start', NADIA);
    await counter.press('Ask to be let in', NADIA);
  }

  it('is let in by whichever owner is first; the other’s card says who it was', async () => {
    await asking();
    await counter.press('Customer', OWNER);
    expect(await roleOf()).toBe('customer');
    expect(counter.text(NADIA)).toContain('✅ You are in.');
    expect(counter.labels(NADIA)).toEqual(['[Recharge a line]']);
    expect(counter.text()).toBe('✅ Nadia (@nadia) is in as a customer.\nAnswered by Owner.');
    expect(counter.text(COLLEAGUE)).toContain('Réponse de Owner.');
    expect(counter.labels(COLLEAGUE)).toEqual(['[Ouvrir la fiche]']);
  });

  it('is let in once when two owners press at the same moment', async () => {
    await asking();
    const cards = [OWNER, COLLEAGUE].map((owner) => ({ owner, card: counter.last(owner) }));
    const presses = cards.map(({ owner, card }) =>
      counter.telegram.press(owner, owner, card.id, card.keyboard[0]?.[owner === OWNER ? 0 : 1]?.text ?? ''),
    );
    await counter.handle();
    await Promise.all(presses);
    expect(await roleOf()).toBe('agent');
    const { rows } = await counter.shop.store.auditTrail(null, 10);
    expect(rows.filter(({ what }) => what === 'role')).toHaveLength(1);
    expect(counter.text(COLLEAGUE)).toContain('Réponse de Owner.');
    expect(counter.messages(NADIA).filter(({ text }) => text.includes('You are in'))).toHaveLength(1);
  });

  it('who is refused hears it, and until when there is no asking again', async () => {
    await asking();
    await counter.press('Refuse');
    expect(counter.text(NADIA)).toBe(
      '⛔ The shop has not let you in.\nAsk again after 22 Nov 2026, 19:42, or give the shop your Telegram number: 501',
    );
    await counter.say('/start', NADIA);
    expect(counter.labels(NADIA)).toEqual([]);
    expect(counter.text(NADIA)).toContain('has not let you in');
    expect(await roleOf()).toBeUndefined();
    counter.shop.clock.pass(QUIET_MS);
    await counter.say('/start', NADIA);
    await counter.press('Ask to be let in', NADIA);
    expect(counter.text(NADIA)).toContain('Asked.');
    expect(counter.labels()[0]).toBe('[Agent] [Customer]');
  });

  it('who was refused may be let in from the list, by an owner who changes his mind', async () => {
    await asking();
    await counter.press('Refuse');
    await counter.press('Open the card');
    expect(counter.text()).toContain('Not let in');
    await counter.press('Let in as customer');
    expect(await roleOf()).toBe('customer');
    expect(counter.text(NADIA)).toContain('✅ You are in.');
  });

  it('is known to the cards after a restart too: they work once, and the others see who', async () => {
    await asking();
    counter = await counter.restart();
    await counter.press('Client', COLLEAGUE);
    expect(await roleOf()).toBe('customer');
    expect(counter.text()).toBe('✅ Nadia (@nadia) is in as a customer.\nAnswered by Collègue.');
    counter = await counter.restart();
    await forge(counter, OWNER, 'pans', String(NADIA), 'n');
    expect(counter.text()).toBe('✅ Nadia (@nadia) is in as a customer.\nAnswered by Collègue.');
    expect(await roleOf()).toBe('customer');
  });

  it('owners get so many cards an hour, and one line for the others, which counts on', async () => {
    await counter.say('/start', OWNER);
    const before = counter.messages().length;
    for (let id = 600; id < 600 + CARDS_AN_HOUR + 3; id += 1) {
      meet(id, `Stranger${id}`);
      await counter.say('/start', id);
      await counter.press('Ask to be let in', id);
    }
    const told = counter.messages().slice(before);
    expect(told).toHaveLength(CARDS_AN_HOUR + 1);
    expect(counter.text()).toBe(
      '⚠️ Still more people ask to be let in: 3 this hour, without a card each.\nThey are in /people.',
    );
    await counter.press('Show them');
    expect(counter.text()).toContain(`Not in: ${CARDS_AN_HOUR + 3}`);
    await counter.press('Next');
    await counter.press('Stranger612');
    await counter.press('Agent');
    expect(await roleOf(612)).toBe('agent');
  });

  it('who waits may still come in by a link, and the owners’ cards are done with', async () => {
    await asking();
    await invited('agent');
    expect(await roleOf()).toBe('agent');
    expect(counter.text(COLLEAGUE)).toContain('par le lien d’un propriétaire');
  });

  it('who can not be told is in all the same, and the owner hears of it', async () => {
    await asking();
    counter.telegram.block(NADIA);
    await counter.press('Agent');
    expect(counter.text()).toContain('could not be told');
    expect(await roleOf()).toBe('agent');
  });

  it('is a customer at once where access is open', async () => {
    const { store, clock } = counter.shop;
    const open = createStandings({ store, ownerIds: [OWNER], open: true, clock: clock.now });
    const person = { id: STRANGER, name: 'Stranger', username: null };
    expect(await open.meet(person)).toMatchObject({ role: 'customer' });
    expect(await open.of(STRANGER)).toMatchObject({ role: 'customer' });
    await counter.say('/start', STRANGER);
    expect(counter.labels(STRANGER)).toEqual(['[Recharge a line]']);
  });
});
