// How somebody comes to buy here, in each language: by an owner's link, or by asking; and links that let nobody in.

import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../src/i18n/index.ts';
import type { GivenRole } from '../../src/domain/shop.ts';
import { castOf, firstOf, said, type Cast } from './cast.ts';
import { booksAddUp } from './closing.ts';
import { dayForAll, HOUR, type ShopDay } from './shop-day.ts';

const ROLES: readonly GivenRole[] = ['agent', 'customer'];

let day: ShopDay;
dayForAll((opened) => (day = opened));

describe.each(LANGUAGES)('in %s', (language) => {
  const cast = (): Cast => castOf(day, language);
  const menuOf = (person: number): string[] =>
    day.telegram.commandsFor(person, person).map(({ command, description }) => `${command}: ${description}`);

  it.each(ROLES)('an owner’s link lets one %s in, once, as a text and as a picture', async (role) => {
    const { owner, people, t, link, newcomer } = cast();
    const token = await link(role);
    const picture = await owner.sees(firstOf(people.picture(role, 0)));
    expect(picture.media).toBe('photo');
    const [nadia, omar] = [newcomer('Nadia'), newcomer('Omar')];
    owner.looksAway();
    nadia.say(`/start i-${token}`);
    const welcome = await nadia.sees(said(people.told.letIn[role]));
    expect(nadia.buttons(welcome)).toEqual([[t.buttons.recharge]]);
    await owner.sees(said(people.joined(nadia, role)));
    await day.telegram.until(() => menuOf(nadia.id).includes(`deposit: ${t.commands.deposit}`));
    expect(menuOf(nadia.id).includes(`transfer: ${t.commands.transfer}`)).toBe(role === 'agent');
    await nadia.press(t.buttons.recharge, welcome);
    await nadia.sees(said(t.askService));

    omar.say(`/start i-${token}`);
    const late = await omar.sees(said(people.join.used));
    expect(omar.buttons(late)).toEqual([[people.buttons.ask]]);
    omar.say('/topup 036000001 500');
    await omar.sees(said(t.stranger(omar.id)));
    nadia.say(`/start i-${token}`);
    await nadia.sees(said(people.join['is-member']));
  });

  it('a link lets nobody in who made it, who guesses one, or who comes after three days', async () => {
    const { owner, people, t, link, newcomer } = cast();
    const token = await link('agent');
    owner.say(`/start i-${token}`);
    await owner.sees(said(people.join['own-invite']));
    const guesser = newcomer('Guesser');
    guesser.say(`/start i-${token.slice(0, -1)}`);
    await guesser.sees(said(people.join['no-such-invite']));
    await day.leap(73 * HOUR);
    const sleeper = newcomer('Sleeper');
    sleeper.say(`/start i-${token}`);
    await sleeper.sees(said(people.join.expired));
    sleeper.say('036000001');
    await sleeper.sees(said(t.stranger(sleeper.id)));
  });

  it('a stranger asks; each owner reads it in their own language, one answers, and all see who', async () => {
    const { owner, colleagues, people, t, newcomer } = cast();
    const lina = newcomer('Lina');
    lina.say('/start');
    const door = await lina.sees(said(t.stranger(lina.id)));
    for (const one of [owner, ...colleagues.map((colleague) => colleague.owner)]) one.looksAway();
    await lina.press(people.buttons.ask, door);
    await lina.sees(said(people.door.asked));
    const card = await owner.sees(said(people.asks(lina)));
    const theirs = await Promise.all(
      colleagues.map((one) => one.owner.sees(said(one.words.people.asks(lina)))),
    );
    lina.say('036000001');
    await lina.sees(said(people.door.waiting));
    lina.looksAway();
    await owner.press(people.buttons.answer.customer, card);
    await lina.sees(said(people.told.letIn.customer));
    await owner.sees(firstOf(people.answered(lina, 'customer', null)));
    for (const [i, one] of colleagues.entries()) {
      const told = await one.owner.sees(firstOf(one.words.people.answered(lina, 'customer', null)));
      expect(told.id).toBe(theirs[i]?.id);
    }
    lina.say('/topup');
    await lina.sees(said(t.askService));
  });

  it('a stranger who was refused stays outside, whatever is sent or pressed', async () => {
    const { owner, people, t, newcomer } = cast();
    const sami = newcomer('Sami');
    sami.say('/start');
    const door = await sami.sees(said(t.stranger(sami.id)));
    owner.looksAway();
    await sami.press(people.buttons.ask, door);
    const card = await owner.sees(said(people.asks(sami)));
    sami.looksAway();
    await owner.press(people.buttons.answer.refused, card);
    await sami.sees(firstOf(people.door.refused(sami.id, 0)));
    for (const text of ['/topup 036000001 500', '/balance', '/prices', '/people', '036000001', 'hello']) {
      sami.say(text);
      await sami.sees(firstOf(people.door.refused(sami.id, 0)));
    }
    const again = await day.telegram.pressStale(sami.id, sami.id, door.id, `d:${sami.id.toString(36)}:pask`);
    expect(again.answered).toBe(true);
    await day.caughtUp();
    expect(owner.saw(said(people.asks(sami)))).toBe(false);
  });
});

booksAddUp(() => day);
