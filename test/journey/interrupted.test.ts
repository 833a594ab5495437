// What an owner decides in the middle of somebody's purchase counts at once, in each language: frozen, removed, another
// price, sales paused. Open orders are never touched by it.

import { describe, expect, it } from 'vitest';
import { dinars, ZERO } from '../../src/domain/money.ts';
import { LANGUAGES } from '../../src/i18n/index.ts';
import type { ChatMessage } from '../../src/playground/telegram/stand-in.ts';
import { castOf, CODE, firstOf, said, STOCK, type Cast, type Guest } from './cast.ts';
import { booksAddUp } from './closing.ts';
import { quote } from './purchase.ts';
import { dayForAll, MINUTE, type ShopDay } from './shop-day.ts';

let day: ShopDay;
dayForAll((opened) => (day = opened), { between: 15 * MINUTE, provider: { products: STOCK } });

describe.each(LANGUAGES)('in %s', (language) => {
  const cast = (): Cast => castOf(day, language);

  async function frozen(guest: Guest, isFrozen: boolean): Promise<void> {
    const { owner, people } = cast();
    const { freeze, unfreeze } = people.buttons;
    await owner.press(isFrozen ? freeze : unfreeze, await cast().cardOf(guest));
    await guest.sees(said(isFrozen ? people.told.frozen : people.told.unfrozen));
  }

  async function removed(guest: Guest): Promise<void> {
    const { owner, people } = cast();
    await owner.press(people.buttons.remove, await cast().cardOf(guest));
    await owner.press(people.buttons.removeYes, await owner.sees(/⚠️/u));
    await guest.sees(said(people.door.removed));
  }

  /** What the person pays at face value. */
  const pay = (guest: Guest, card: ChatMessage, value: number) =>
    guest.press(said(cast().t.buttons.pay(dinars(value))), card);

  it('frozen between the confirmation and the press: nothing is sent, nothing is taken', async () => {
    const { t, member } = cast();
    const nadia = await member('customer', 'Nadia', 3000);
    const sent = day.sends('036000001');
    const card = await quote(nadia, '036000001', 1000);
    await frozen(nadia, true);
    await pay(nadia, card, 1000);
    await nadia.sees(said(t.barred));
    await cast().has(nadia, 3000);
    nadia.say('/topup 036000001 500');
    await nadia.sees(said(t.barred));
    expect(day.sends('036000001')).toBe(sent);
    await frozen(nadia, false);
    await pay(nadia, await quote(nadia, '036000001', 1000), 1000);
    await nadia.sees(CODE);
    await cast().has(nadia, 2000);
  });

  it('frozen with an order open: the order goes on to its end', async () => {
    const { t, member } = cast();
    const karim = await member('agent', 'Karim', 1000);
    await pay(karim, await quote(karim, '036000020', 1000), 1000);
    await day.provider.until(() => day.accepted('036000020').at(-1)?.status === 'HANDLING');
    await frozen(karim, true);
    await cast().has(karim, 0, 1000);
    karim.looksAway();
    day.provider.finish(day.accepted('036000020').at(-1)?.ref ?? '');
    await day.leapUntil(() => karim.saw(CODE), MINUTE / 6);
    expect(karim.saw(said(t.barred))).toBe(false);
    await cast().has(karim, 0);
  });

  it('removed between the confirmation and the press: nothing is sent, and the money stays on the books', async () => {
    const { owner, t, people, member } = cast();
    const nadia = await member('customer', 'Nadia', 3000);
    const sent = day.sends('036000001');
    const card = await quote(nadia, '036000001', 1000);
    await removed(nadia);
    expect((await pay(nadia, card, 1000)).text).toBe(said(t.barred));
    nadia.say('036000001');
    await nadia.sees(said(people.door.removed));
    await day.caughtUp();
    expect(day.sends('036000001')).toBe(sent);
    await owner.press(people.buttons.letIn.customer, await cast().cardOf(nadia));
    await nadia.sees(said(people.told.letIn.customer));
    await cast().has(nadia, 3000);
  });

  it('removed with an order open: a refund comes back to a wallet that is kept', async () => {
    const { owner, people, member } = cast();
    const nadia = await member('customer', 'Nadia', 1000);
    await pay(nadia, await quote(nadia, '036000020', 1000), 1000);
    await day.provider.until(() => day.accepted('036000020').at(-1)?.status === 'HANDLING');
    await removed(nadia);
    nadia.looksAway();
    day.provider.refund(day.accepted('036000020').at(-1)?.ref ?? '');
    await day.leapUntil(() => nadia.saw(/↩️/u), MINUTE / 6);
    await owner.press(people.buttons.letIn.agent, await cast().cardOf(nadia));
    await nadia.sees(said(people.told.letIn.agent));
    await cast().has(nadia, 1000);
  });

  it('another price between the confirmation and the press is said and asked about, never taken', async () => {
    const { owner, t, people, desk, member } = cast();
    const nadia = await member('customer', 'Nadia', 3000);
    const card = await quote(nadia, '036000001', 1000);
    await owner.press(people.buttons.price, await cast().cardOf(nadia));
    await owner.press(desk.buttons.setOwn, await owner.sees(nadia.name));
    await owner.sees(said(desk.prices.askPerson(nadia.name)));
    owner.say('+3%');
    await owner.sees(
      firstOf(
        desk.prices.person({
          name: nadia.name,
          role: 'customer',
          own: null,
          ofRole: { kind: 'fixed', amount: ZERO },
          belowCost: false,
        }),
      ),
    );
    await pay(nadia, card, 1000);
    const again = await nadia.sees(said(t.priceChanged(dinars(1030))));
    await cast().has(nadia, 3000);
    await pay(nadia, again, 1030);
    await nadia.sees(CODE);
    await cast().has(nadia, 1970);
  });

  it('sales paused between the confirmation and the press: the owner’s words are read, and nothing is taken', async () => {
    const { owner, t, desk, member } = cast();
    const karim = await member('agent', 'Karim', 2000);
    const card = await quote(karim, '036000001', 500);
    owner.say('/pause 20:00');
    await owner.sees(said(desk.pause.paused('20:00')));
    await pay(karim, card, 500);
    await karim.sees(said(t.paused('20:00')));
    await cast().has(karim, 2000);
    owner.say('/resume');
    await owner.sees(said(desk.pause.resumed));
    await pay(karim, await quote(karim, '036000001', 500), 500);
    await karim.sees(CODE);
    await cast().has(karim, 1500);
  });
});

booksAddUp(() => day);
