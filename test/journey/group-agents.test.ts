// Agents and customers order in a group, each on their own wallet, in each language: masked for everybody, the code, the
// price and the balance for the buyer alone, and several of them at once.

import { describe, expect, it } from 'vitest';
import { dinars, ZERO } from '../../src/domain/money.ts';
import { LANGUAGES } from '../../src/i18n/index.ts';
import type { ChatMessage } from '../../src/playground/telegram/stand-in.ts';
import { line } from '../domain/an-order.ts';
import { castOf, CODE, firstOf, said, STOCK, type Cast, type Guest } from './cast.ts';
import { booksAddUp } from './closing.ts';
import { dayForAll, MINUTE, type ShopDay } from './shop-day.ts';
import { readable, type Visitor } from './visitor.ts';

let day: ShopDay;
// Groups may be written to twenty times a minute at the most.
dayForAll((opened) => (day = opened), { between: 15 * MINUTE, speed: 20, provider: { products: STOCK } });

describe.each(LANGUAGES)('in %s', (language) => {
  const cast = (): Cast => castOf(day, language);

  /** A group to which the owner adds the bot, and the people in it as they stand there. */
  async function groupOf(guests: readonly Guest[], topics = 0): Promise<{ id: number; topics: number[] }> {
    const { owner, groups } = cast();
    const id = day.telegram.addGroup({
      title: 'Counter',
      isForum: topics > 0,
      memberIds: [owner.id, ...guests.map((guest) => guest.id)],
    });
    const there = owner.in(id);
    day.telegram.kickBot(id);
    day.telegram.addBot(id);
    await there.sees(said(groups.served));
    there.leave();
    return {
      id,
      topics: Array.from({ length: topics }, (_, n) => day.telegram.addTopic(id, `Branch ${n + 1}`)),
    };
  }

  const masked = (number: string, service: 'ADSL' | '4G', value: number): string => {
    const facts = {
      service,
      line: line(number, service),
      value: dinars(value),
      price: dinars(value),
    } as const;
    return said(cast().t.quote({ ...facts, balance: null, masked: true }));
  };

  const confirm = (value: number): string => said(cast().t.buttons.confirm(dinars(value)));

  async function oneLine(person: Visitor, number: string, service: 'ADSL' | '4G', value: number) {
    person.say(`/topup ${number} ${value}`);
    return person.sees(masked(number, service, value));
  }

  /** Guided: the number is asked for by a reply. */
  async function guided(person: Visitor, number: string, value: number): Promise<ChatMessage> {
    const { t } = cast();
    person.say('/topup');
    await person.press(t.buttons.service('ADSL'), await person.sees(said(t.askService)));
    const asked = await person.sees(said(t.askNumber('ADSL')));
    expect(asked.forceReply).toBe(true);
    person.say(number, { replyTo: asked.id });
    await person.press(said(t.buttons.amount(dinars(value), null)), await person.sees(said(t.chooseAmount)));
    return person.sees(masked(number, 'ADSL', value));
  }

  it('in one line and one press: the group sees it masked, the code comes in private', async () => {
    const { t, groups, member } = cast();
    const nadia = await member('customer', 'Nadia', 2000);
    const group = await groupOf([nadia]);
    const there = nadia.in(group.id);
    const card = await oneLine(there, '036000001', 'ADSL', 1000);
    const figures = await there.press(groups.buttons.figures, card);
    expect(readable(figures.text ?? '')).toBe(said(groups.figures(dinars(1000), dinars(2000))));
    nadia.looksAway();
    await there.press(confirm(1000), card);
    const code = await nadia.sees(CODE);
    expect(code.text).toContain(day.accepted('036000001').at(-1)?.cardCode);
    const done = await there.sees('✅');
    expect(done.id).toBe(card.id);
    expect(done.text).toContain('Nadia');
    there.say('/statement');
    await there.sees(said(groups.forPrivateChat));
    there.say('/balance');
    const balance = await there.sees(said(t.walletBalance(dinars(1000), ZERO, ZERO)));
    expect(balance.ephemeral?.receiverId).toBe(nadia.id);
    await cast().has(nadia, 1000);
    there.leave();
  });

  it('two agents in the middle of their own purchases, each with their own buttons, number, code and wallet', async () => {
    const { t, member } = cast();
    const [karim, samir] = [await member('agent', 'Karim', 1500), await member('agent', 'Samir', 2500)];
    const group = await groupOf([karim, samir]);
    const [one, two] = [karim.in(group.id), samir.in(group.id)];
    const [mine, theirs] = await Promise.all([
      guided(one, '036000001', 500),
      oneLine(two, '213470000001', '4G', 2000),
    ]);
    expect((await two.press(confirm(500), mine)).text).toBe(t.notYours);
    expect((await one.press(confirm(2000), theirs)).text).toBe(t.notYours);
    for (const guest of [karim, samir]) guest.looksAway();
    await Promise.all([one.press(confirm(500), mine), two.press(confirm(2000), theirs)]);
    const codes = await Promise.all([karim.sees(CODE), samir.sees(CODE)]);
    expect(codes[0].text).toContain(day.accepted('036000001').at(-1)?.cardCode);
    expect(codes[1].text).toContain(day.accepted('213470000001').at(-1)?.cardCode);
    await cast().has(karim, 1000);
    await cast().has(samir, 500);
    for (const there of [one, two]) there.leave();
  });

  it('in topics: everything stays in the topic where it was begun', async () => {
    const { member } = cast();
    const [karim, samir] = [await member('agent', 'Karim', 500), await member('agent', 'Samir', 500)];
    const group = await groupOf([karim, samir], 2);
    const [one, two] = [karim.in(group.id, group.topics[0]), samir.in(group.id, group.topics[1])];
    const [mine, theirs] = await Promise.all([
      oneLine(one, '036000001', 'ADSL', 500),
      guided(two, '036362608', 500),
    ]);
    expect([mine.threadId, theirs.threadId]).toEqual(group.topics);
    await Promise.all([one.press(confirm(500), mine), two.press(confirm(500), theirs)]);
    await Promise.all([one.sees('✅'), two.sees('✅')]);
    await cast().has(karim, 0);
    await cast().has(samir, 0);
    for (const there of [one, two]) there.leave();
  });

  it('too little money: no figure in the group; asked for, approved, and the confirmation comes back there', async () => {
    const { owner, t, wallets, member } = cast();
    const karim = await member('agent', 'Karim', 300);
    const group = await groupOf([karim]);
    const there = karim.in(group.id);
    owner.looksAway();
    there.say('/topup 036000001 1000');
    const short = await there.sees(said(t.shortInGroup));
    await there.press(wallets.buttons.askMissing(null), short);
    const card = await owner.sees(firstOf(wallets.request(karim.named, dinars(700), ZERO, 0)));
    await there.sees(firstOf(wallets.askedMissing(null, null)));
    there.looksAway();
    karim.looksAway();
    await owner.press(said(wallets.buttons.put(dinars(700))), card);
    await karim.sees(said(wallets.depositTold(dinars(700), dinars(1000))));
    const back = await there.sees(masked('036000001', 'ADSL', 1000));
    await there.press(confirm(1000), back);
    await karim.sees(CODE);
    await cast().has(karim, 0);
    there.leave();
  });

  it('a code whose buyer can’t be written to waits behind a button that shows it to nobody else', async () => {
    const { t, groups, member } = cast();
    const [karim, samir] = [await member('agent', 'Karim', 500), await member('agent', 'Samir')];
    const group = await groupOf([karim, samir]);
    const [one, two] = [karim.in(group.id), samir.in(group.id)];
    const card = await oneLine(one, '036000001', 'ADSL', 500);
    day.telegram.block(karim.id);
    await one.press(confirm(500), card);
    const waits = await one.sees(said(groups.codeWaits));
    const code = day.accepted('036000001').at(-1)?.cardCode ?? '-';
    expect((await two.press(groups.buttons.showCode, waits)).text).toBe(t.notYours);
    const shown = await one.press(groups.buttons.showCode, waits);
    expect(shown).toMatchObject({ alert: true });
    expect(shown.text).toContain(code);
    day.telegram.unblock(karim.id);
    await cast().has(karim, 0);
    for (const there of [one, two]) there.leave();
  });

  it('a stranger there is sent to the private chat, once, and can press nothing', async () => {
    const { t, groups, member, newcomer } = cast();
    const [karim, omar] = [await member('agent', 'Karim', 500), newcomer('Omar')];
    const group = await groupOf([karim, omar]);
    const [there, theirs] = [karim.in(group.id), omar.in(group.id)];
    theirs.say('/topup 036000001 500');
    const sent = await theirs.sees(said(groups.writeInPrivate));
    expect(theirs.buttons(sent)).toEqual([[groups.buttons.openChat]]);
    theirs.say('/topup 036000001 500');
    const card = await oneLine(there, '036362608', 'ADSL', 500);
    expect(theirs.saw(said(groups.writeInPrivate))).toBe(false);
    expect((await theirs.press(confirm(500), card)).text).toBe(t.notYours);
    await there.press(t.buttons.cancel, card);
    await there.sees(said(t.cancelled));
    await cast().has(karim, 500);
    for (const one of [there, theirs]) one.leave();
  });

  // The last of a language: the bot remembers for long that a server is an old one.
  it('on a server that shows nothing to one person alone, the group still reads nothing private', async () => {
    const { t, member } = cast();
    day.telegram.knowEphemeral(false);
    const nadia = await member('customer', 'Nadia', 1500);
    const there = nadia.in((await groupOf([nadia])).id);
    const card = await oneLine(there, '036000001', 'ADSL', 1000);
    await there.press(confirm(1000), card);
    await nadia.sees(CODE);
    there.say('/balance');
    await there.sees(said(t.balanceInGroup));
    await cast().has(nadia, 500);
    day.telegram.knowEphemeral(true);
    await day.caughtUp();
    await day.bot().kill();
    await day.start();
    there.leave();
  });
});

booksAddUp(() => day);
