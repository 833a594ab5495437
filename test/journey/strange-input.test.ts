// Everything that is not what was asked for gets a kind line or nothing, never a crash and never a purchase.

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { booksAddUp } from './closing.ts';
import { CARD, quote } from './purchase.ts';
import { MINUTE, openDay, type ShopDay } from './shop-day.ts';
import { visitor } from './visitor.ts';

const STRANGER = 700_200;
const KIND =
  /^(I did not recognise a line number\.|Send the line number as a text message|What would you like to recharge\?|Line found|This counter|Send a line number|Add the order number|There is no such order|There is nothing to cancel|Cancelled)/u;

let day: ShopDay;
beforeAll(async () => {
  day = await openDay();
  day.telegram.addPerson({ id: STRANGER, firstName: 'Stranger', languageCode: 'en' });
});
beforeEach(async () => {
  await day.leap(MINUTE);
  day.owner.say('/cancel');
  await day.owner.sees(/^(Cancelled|There is nothing)/u);
});
afterAll(async () => {
  await day.close();
});

/** Shows that the bot still listens and that no answer to what came before is under way. */
async function stillThere(): Promise<void> {
  day.owner.say('/help');
  await day.owner.sees('/topup 036362608 1000');
}

describe('out of any purchase', () => {
  it('a sticker, a voice message and a photo are asked to be text', async () => {
    const { telegram, owner } = day;
    for (const send of [
      () => telegram.sendSticker(owner.id, owner.chatId),
      () => telegram.sendVoice(owner.id, owner.chatId),
      () => telegram.sendPhoto(owner.id, owner.chatId, '036362608'),
    ]) {
      owner.looksAway();
      send();
      await owner.sees('Send the line number as a text message, in digits.');
    }
  });

  it('an edited message is not taken for a new one', async () => {
    const said = day.owner.say('good morning');
    await day.owner.sees(KIND);
    const before = day.owner.texts().length;
    day.telegram.editOwn(day.owner.id, day.owner.chatId, said.id, '036362608');
    await stillThere();
    expect(day.owner.texts()).toHaveLength(before + 1);
  });

  it.each([
    ['ten kilobytes of text', 'x'.repeat(10_240)],
    ['ten kilobytes of digits', '036362608 '.repeat(1_024)],
    ['an unknown command', '/refund 1000'],
    ['a command of another bot', '/settings@other_bot'],
    ['a payload nobody made', '/start ref_123'],
    ['an order link with a wrong number', '/start order-'],
    ['an order link with words', '/start order-abc'],
    ['half a command', '/'],
    ['markup', '<b>036</b> *x* `y` [z](tg://user?id=1)'],
    ['an emoji', '👍'],
    ['odd white space', '\u200F\u2067 \u00A0'],
    ['a null in the text', 'a\u0000b'],
  ])('%s', async (_, text) => {
    day.owner.say(text);
    await day.owner.sees(KIND);
  });

  it('a forwarded command is a command like any other, and buys nothing by itself', async () => {
    day.owner.say('/topup 036362608 500', { forwarded: true });
    await day.owner.sees(CARD);
    expect(day.provider.orders()).toEqual([]);
  });
});

describe('in the middle of a purchase', () => {
  it('a sticker is asked to be text, and the same question comes again', async () => {
    day.owner.say('/topup');
    await day.owner.press('ADSL / Fibre', await day.owner.sees('What would you like'));
    await day.owner.sees('ADSL / Fibre. Send');
    day.owner.looksAway();
    day.telegram.sendSticker(day.owner.id, day.owner.chatId);
    await day.owner.sees('Send the line number as a text message, in digits.');
    day.owner.say('036362608');
    await day.owner.sees('Line found: 036 36 26 08');
    day.owner.looksAway();
    day.telegram.sendVoice(day.owner.id, day.owner.chatId);
    await day.owner.sees('Press a button above, or send another line number.');
    await day.owner.press('500 DA');
    await day.owner.sees(CARD);
  });

  it('ten kilobytes at every question leave the flow alive', async () => {
    const long = 'لا أعرف '.repeat(1_280);
    day.owner.say('/topup');
    await day.owner.sees('What would you like');
    day.owner.say(long);
    const menu = await day.owner.sees('That is not a line number.');
    await day.owner.press('ADSL / Fibre', menu);
    await day.owner.sees('ADSL / Fibre. Send');
    day.owner.say(long);
    await day.owner.sees('That is not a line number.');
    day.owner.say('036362608');
    await day.owner.sees('Line found');
    day.owner.say(long);
    await day.owner.press('500 DA', await day.owner.sees('This amount is not in stock.'));
    await day.owner.sees(CARD);
    day.owner.say(long);
    const card = await day.owner.sees('Press a button above');
    expect(day.owner.buttons(card)[0]).toEqual(['✅ Pay 490 DA']);
  });

  it('answers far beyond any sensible number leave one question open, that still takes a number', async () => {
    day.owner.say('/topup');
    await day.owner.sees('What would you like');
    for (let times = 0; times < 100; times += 1) {
      if (times % 20 === 19) await day.leap(MINUTE);
      day.owner.say('what?');
      await day.owner.sees('That is not a line number.');
    }
    day.owner.say('036362608');
    await day.owner.sees('Line found');
    await stillThere();
  });
});

describe('callback data that no button carries', () => {
  it.each([
    '',
    'x',
    'b:zz',
    'b:::',
    'p:1',
    't:!!',
    'a:zz:1',
    'o:1:1:f:1',
    '\u0000',
    '0'.repeat(64),
    '{"a":1}',
  ])('"%s" is answered', async (data) => {
    const message = day.owner.last();
    const answer = await day.telegram.pressStale(day.owner.id, day.owner.chatId, message.id, data);
    expect(answer.answered).toBe(true);
    expect(answer.text).toMatch(/^(This button is no longer in use|⛔ This button belongs)/u);
    await stillThere();
  });

  it('a forged "pay" inside a running purchase buys nothing, and the confirmation stands', async () => {
    const card = await quote(day.owner, '036362608', 500);
    const pay = card.keyboard[0]?.[0]?.callback_data ?? '';
    const forged = pay.replace(/:p:.*/u, ':p:forged00000000');
    expect(forged).not.toBe(pay);
    const { answered } = await day.telegram.pressStale(day.owner.id, day.owner.chatId, card.id, forged);
    expect(answered).toBe(true);
    expect(day.owner.buttons(day.owner.last())).toEqual(day.owner.buttons(card));
    await stillThere();
    expect(day.provider.orders()).toEqual([]);
  });

  it('a colleague’s buttons do nothing in other hands', async () => {
    const card = await quote(day.owner, '036362608', 500);
    const pay = card.keyboard[0]?.[0]?.callback_data ?? '';
    const hers = day.patronne.last();
    const answer = await day.telegram.pressStale(day.patronne.id, day.patronne.chatId, hers.id, pay);
    expect(answer.text).toBe('⛔ Ce bouton est réservé à la personne qui commande.');
    expect(day.provider.orders()).toEqual([]);
  });
});

describe('a stranger', () => {
  it.each(['/start', '036362608', '/topup 036362608 500', '/balance', 'hello'])(
    'who says "%s" is told his number, and may ask to be let in',
    async (text) => {
      const stranger = visitor(day.telegram, STRANGER);
      stranger.say(text);
      const told = await stranger.sees(`To buy here, give the shop your Telegram number: ${STRANGER}`);
      expect(told.keyboard.flat().map((one) => one.text)).toEqual(['Ask to be let in']);
      stranger.leave();
    },
  );

  it('cannot press what is not his', async () => {
    const card = await quote(day.owner, '036362608', 500);
    const pay = card.keyboard[0]?.[0]?.callback_data ?? '';
    const answer = await day.telegram.pressStale(STRANGER, STRANGER, 1, pay);
    expect(answer.text).toBe('⛔ This button belongs to the person who is ordering.');
    expect(day.provider.orders()).toEqual([]);
  });
});

booksAddUp(() => day);
