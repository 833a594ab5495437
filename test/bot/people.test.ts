// Who comes in and how: by an invitation, and in which language.

import { describe, expect, it } from 'vitest';
import decodeQR from 'qr/decode.js';
import { INVITE_MS } from '../../src/domain/door.ts';
import { qrPicture } from '../../src/bot/people-qr.ts';
import { KARIM, lettingIn, NADIA } from './letting-in.ts';
import { COLLEAGUE, counterForEach, OWNER, type Counter } from './open-counter.ts';
import { readPng } from './read-png.ts';

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
