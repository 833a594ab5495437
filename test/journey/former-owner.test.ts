// Somebody is no owner any more: what they allowed, promised and could answer is worth nothing from then on, in each
// language, and nobody loses a dinar by it.

import { beforeEach, describe, expect, it } from 'vitest';
import { dinars, ZERO } from '../../src/domain/money.ts';
import { LANGUAGES } from '../../src/i18n/index.ts';
import { castOf, CODE, firstOf, said, STOCK, type Cast } from './cast.ts';
import { booksAddUp } from './closing.ts';
import { dayForAll, MINUTE, type ShopDay } from './shop-day.ts';

let day: ShopDay;
dayForAll((opened) => (day = opened), { between: 15 * MINUTE, provider: { products: STOCK } });

describe.each(LANGUAGES)('in %s', (language) => {
  const cast = (): Cast => castOf(day, language);

  /** The shop goes on with these owners. */
  async function runBy(ids: readonly number[]): Promise<void> {
    await day.caughtUp();
    await day.bot().stop();
    await day.start({ env: { ADMIN_IDS: ids.join(',') } });
  }
  const everybody = (): number[] => [cast().owner.id, ...cast().colleagues.map(({ owner }) => owner.id)];
  const others = (): number[] => everybody().slice(1);
  beforeEach(() => runBy(everybody()));

  it('a group that they allowed is not served until an owner says so; orders paid there go on', async () => {
    const { owner, colleagues, t, groups, member } = cast();
    const karim = await member('agent', 'Karim', 2000);
    const [other] = colleagues;
    if (other === undefined) throw new Error('a second owner is needed');
    const members = [owner.id, other.owner.id, karim.id];
    const id = day.telegram.addGroup({ title: 'Counter', memberIds: members });
    const [there, theirs, ours] = [karim.in(id), owner.in(id), other.owner.in(id)];
    theirs.say('/allow');
    await theirs.sees(said(groups.served));
    there.say('/topup 036000020 1000');
    await there.press(said(t.buttons.confirm(dinars(1000))), await there.sees(/036 •• •• 20/u));
    await day.provider.until(() => day.accepted('036000020').at(-1)?.status === 'HANDLING');

    await runBy(others());
    const sent = day.sends('036000001');
    there.say('/topup 036000001 500');
    await there.sees(said(groups.lapsed));
    there.say('/topup 036000001 500');
    theirs.say('/allow');
    await day.caughtUp();
    expect(there.saw(said(groups.served))).toBe(false);
    expect(day.sends('036000001')).toBe(sent);
    karim.looksAway();
    day.provider.finish(day.accepted('036000020').at(-1)?.ref ?? '');
    await day.leapUntil(() => karim.saw(CODE), MINUTE / 6);

    ours.say('/allow');
    await ours.sees(said(other.words.groups.served));
    there.say('/topup 036000001 500');
    const card = await there.sees(/036 •• •• 01/u);
    karim.looksAway();
    await there.press(said(t.buttons.confirm(dinars(500))), card);
    await karim.sees(CODE);
    await cast().has(karim, 500);
    for (const one of [there, theirs, ours]) one.leave();
  });

  it('a link of theirs lets nobody in', async () => {
    const { people, link, newcomer } = cast();
    const token = await link('agent');
    await runBy(others());
    const nadia = newcomer('Nadia');
    nadia.say(`/start i-${token}`);
    await nadia.sees(said(people.join.expired));
  });

  it('a request that they were shown is answered by an owner alone, and they are a stranger to the shop', async () => {
    const { owner, colleagues, t, people, wallets, member } = cast();
    const [other] = colleagues;
    if (other === undefined) throw new Error('a second owner is needed');
    const nadia = await member('customer', 'Nadia');
    for (const one of [owner, other.owner]) one.looksAway();
    nadia.say('/deposit 700');
    const card = await owner.sees(firstOf(wallets.request(nadia.named, dinars(700), ZERO, 0)));
    const theirs = await other.owner.sees(
      firstOf(other.words.wallets.request(nadia.named, dinars(700), ZERO, 0)),
    );
    await nadia.sees(said(wallets.asked(dinars(700))));

    await runBy(others());
    await owner.press(said(wallets.buttons.put(dinars(700))), card);
    await cast().has(nadia, 0);
    for (const command of ['/prices', '/people', '/today', `/deposit ${nadia.id} 500`, '/balance']) {
      owner.say(command);
      const door = await owner.sees(said(t.stranger(owner.id)));
      expect(owner.buttons(door)).toEqual([[people.buttons.ask]]);
    }
    nadia.looksAway();
    await other.owner.press(said(other.words.wallets.buttons.put(dinars(700))), theirs);
    await nadia.sees(said(wallets.depositTold(dinars(700), dinars(700))));
  });
});

booksAddUp(() => day);
