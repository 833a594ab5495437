// Who comes in and how: invitations, and strangers who ask.

import { describe, expect, it } from 'vitest';
import decodeQR from 'qr/decode.js';
import { INVITE_MS, QUIET_MS } from '../../src/domain/door.ts';
import { CARDS_AN_HOUR } from '../../src/app/asks.ts';
import { createStandings } from '../../src/app/standing.ts';
import { qrPicture } from '../../src/bot/people-qr.ts';
import { KARIM, lettingIn, NADIA } from './letting-in.ts';
import { COLLEAGUE, counterForEach, OWNER, STRANGER, type Counter } from './open-counter.ts';
import { readPng } from './read-png.ts';
import { forge } from './shop-desk.ts';

let counter: Counter;
counterForEach((opened) => (counter = opened));
const { meet, lastLink, invited, member, roleOf } = lettingIn(() => counter);

describe('the language of a newcomer is known before any owner can answer', () => {
  /** What is known of Nadia's language whenever an owner is told something. */
  function knownWhenTold(): (string | undefined)[] {
    const known: (string | undefined)[] = [];
    counter.telegram.onRequest(({ method, payload, phase }) => {
      if (method === 'sendMessage' && phase === 'before' && Number(payload['chat_id']) === OWNER)
        known.push(counter.people.heard(NADIA));
    });
    return known;
  }

  it('who asks', async () => {
    meet(NADIA, 'Nadia', 'fr');
    await counter.say('/start', NADIA);
    const known = knownWhenTold();
    await counter.press('Demander', NADIA);
    expect(known).toEqual(['fr']);
  });

  it('who comes by a link', async () => {
    meet(NADIA, 'Nadia', 'fr');
    await counter.say('/invite agent');
    const known = knownWhenTold();
    await counter.say(`/start i-${lastLink()}`, NADIA);
    expect(known).toEqual(['fr']);
  });
});

describe('/invite', () => {
  it('gives a link for one person with its expiry, as text and as a picture', async () => {
    await counter.say('/invite agent');
    const [text, picture] = counter.messages().slice(-2);
    expect(text?.text).toContain('A link for an agent, for one person, once.');
    expect(text?.text).toContain('Valid until 24 Nov 2026');
    expect(text?.keyboard.flat().map((one) => one.text)).toEqual(['Send the link', 'Copy the link']);
    expect(picture).toMatchObject({ media: 'photo' });
    expect(picture?.text).toContain('The same link to scan');
  });

  it('asks for whom, when nothing is said', async () => {
    await counter.say('/invite');
    expect(counter.labels()).toEqual(['[Invite an agent] [Invite a customer]']);
    await counter.press('Invite a customer');
    meet();
    await counter.say(`/start i-${lastLink()}`, NADIA);
    expect(await roleOf()).toBe('customer');
  });

  it.each(['client', 'زبون', 'Customer'])('understands %s', async (word) => {
    await counter.say(`/invite ${word}`);
    expect(counter.messages().at(-2)?.text).toContain('A link for a customer');
  });

  it('leaves the link when the picture can not be sent', async () => {
    counter.telegram.faultNext({
      method: 'sendPhoto',
      fault: { kind: 'status', code: 500, description: 'x' },
    });
    await counter.say('/invite agent');
    expect(counter.text()).toContain('start=i-');
  });

  it('draws a picture that a phone reads as the link', () => {
    const link = 'https://t.me/recharge_counter_bot?start=i-abcdefghijklmnopqrstuv';
    expect(decodeQR(readPng(qrPicture(link)))).toBe(link);
  });

  it('does not exist for anybody but owners', async () => {
    await member('agent');
    await counter.say('/invite agent', NADIA);
    expect(counter.text(NADIA)).not.toContain('start=i-');
  });
});

describe('an invitation', () => {
  it('lets in, says so to both, and gives the menu of the role', async () => {
    meet(NADIA, 'Nadia', 'fr');
    await invited('agent');
    expect(await roleOf()).toBe('agent');
    expect(counter.text(NADIA)).toContain('✅ Vous avez accès, comme agent.');
    expect(counter.labels(NADIA)).toEqual(['[Recharger une ligne]']);
    expect(counter.telegram.commandsFor(NADIA, NADIA).map(({ command }) => command)).toContain('transfer');
    expect(counter.text()).toBe('✅ Nadia (@nadia) has come in as an agent by your link.');
    await counter.press('Open the card');
    expect(counter.text()).toContain('Telegram number: 501');
  });

  it('used twice lets in the first alone', async () => {
    await member('customer');
    meet(KARIM, 'Karim');
    await counter.say(`/start i-${lastLink()}`, KARIM);
    expect(counter.text(KARIM)).toContain('was used already');
    expect(counter.labels(KARIM)).toEqual(['[Ask to be let in]']);
    expect(await roleOf(KARIM)).toBeUndefined();
  });

  it('that is too old or unknown lets nobody in', async () => {
    meet();
    await counter.say('/start i-nobody-made-this-one', NADIA);
    expect(counter.text(NADIA)).toContain('This invitation is not valid');
    await counter.say('/invite agent');
    counter.shop.clock.pass(INVITE_MS);
    await counter.say(`/start i-${lastLink()}`, NADIA);
    expect(counter.text(NADIA)).toContain('This invitation is too old');
    expect(await roleOf()).toBeUndefined();
  });

  it('in the hands of its maker, another owner or a member changes nothing', async () => {
    await member('customer');
    await counter.say('/invite agent');
    const token = lastLink();
    for (const [owner, words] of [
      [OWNER, 'you are an owner'] as const,
      [COLLEAGUE, 'propriétaire'] as const,
    ]) {
      await counter.say(`/start i-${token}`, owner);
      expect(counter.text(owner)).toContain(words);
    }
    await counter.say(`/start i-${token}`, NADIA);
    expect(counter.text(NADIA)).toContain('You are in already');
    expect(await roleOf()).toBe('customer');
    meet(KARIM, 'Karim');
    await counter.say(`/start i-${token}`, KARIM);
    expect(await roleOf(KARIM)).toBe('agent');
  });

  it('does not bring back somebody who was removed', async () => {
    await member('customer');
    await counter.cases.members.remove(OWNER, NADIA);
    await counter.say('/invite agent');
    await counter.say(`/start i-${lastLink()}`, NADIA);
    expect(counter.text(NADIA)).toContain('the invitation can’t be used');
    expect(await roleOf()).toBeNull();
  });
});

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
