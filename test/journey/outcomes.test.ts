// How a purchase can end, as the person sees it, in the three languages.

import { describe, expect, it } from 'vitest';
import { booksAddUp } from './closing.ts';
import { buy, chooseLanguages } from './purchase.ts';
import { dayForAll, HOUR, MINUTE, type ShopDay } from './shop-day.ts';
import { readable, type Visitor } from './visitor.ts';

let day: ShopDay;
dayForAll((opened) => (day = opened), { prepare: chooseLanguages });

interface Said {
  readonly language: string;
  readonly speaker: 'owner' | 'patronne' | 'sahib';
  readonly value: number;
  readonly no: string;
  readonly progress: string;
  readonly again: string;
  readonly copy: string;
  readonly delivered: string;
  readonly proof: readonly string[];
  readonly refunded: string;
  readonly says: string;
  readonly queued: string;
  readonly wait: string;
  readonly word: string;
}

/** A value per language: the same line and value twice within ten minutes would be asked about. */
const LANGUAGES: readonly Said[] = [
  {
    ...{ language: 'English', speaker: 'owner', value: 500 },
    ...{ no: 'Order no.', progress: ': in progress', again: 'Again', copy: 'Copy the code' },
    delivered: ': recharged.',
    proof: ['Card code: ', 'Transaction number: ', 'Keep these as proof.'],
    refunded: ': not recharged; 490 DA is back in your balance.',
    says: 'The operator says: ',
    queued: 'is accepted; Algérie Télécom will apply it within 12 to 48 hours.',
    wait: 'We will tell you here. Do not order again.',
    word: 'the provider says PENDING_REVIEW, which is new.',
  },
  {
    ...{ language: 'French', speaker: 'patronne', value: 1000 },
    ...{ no: 'Commande n°', progress: ' : en cours', again: 'Encore', copy: 'Copier le code' },
    delivered: ' : ligne rechargée.',
    proof: ['Code de la carte : ', 'N° de transaction : ', 'Gardez-les comme preuve.'],
    refunded: ' : la recharge n’a pas abouti, 980 DA sont revenus sur votre solde.',
    says: 'L’opérateur indique : ',
    queued: 'acceptée : Algérie Télécom l’exécutera sous 12 à 48 h.',
    wait: 'Nous vous préviendrons ici, ne refaites pas la commande.',
    word: 'le fournisseur répond PENDING_REVIEW, un mot nouveau.',
  },
  {
    ...{ language: 'Arabic', speaker: 'sahib', value: 2000 },
    ...{ no: 'الطلب رقم', progress: ': قيد التنفيذ', again: 'مرة أخرى', copy: 'نسخ الرمز' },
    delivered: ': تم الشحن.',
    proof: ['رمز البطاقة: ', 'رقم العملية: ', 'احتفظ بهذه المعلومات دليلا على الشحن.'],
    refunded: ': لم يتم الشحن، وأُعيد مبلغ 1 960 دج إلى رصيدك.',
    says: 'يقول المتعامل: ',
    queued: 'مقبول ومبرمج لدى اتصالات الجزائر خلال 12 إلى 48 ساعة.',
    wait: 'سنخبرك هنا، لا تُعد الطلب.',
    word: 'يقول المزوّد PENDING_REVIEW، وهي كلمة جديدة.',
  },
];

const replies = (person: Visitor, to: number): string[] =>
  day.telegram
    .messages(person.chatId)
    .filter(({ from, replyTo }) => from.isBot && replyTo === to)
    .map(({ text }) => readable(text));

describe.each(LANGUAGES)('in $language', (said) => {
  const person = (): Visitor => day[said.speaker];

  it('a recharge that goes through ends with code, transaction number and date on the same message', async () => {
    const before = day.provider.balance();
    const no = await buy(person(), '036362608', said.value);
    const card = await person().sees(`${said.no} ${no}${said.delivered}`);
    const [order] = day.accepted('036362608').slice(-1);
    for (const words of said.proof) expect(readable(card.text)).toContain(words);
    expect(card.text).toContain(order?.cardCode);
    expect(card.text).toContain(order?.numTrans);
    const spoiler = card.entities.find(({ type }) => type === 'spoiler');
    expect(card.text.slice(spoiler?.offset, (spoiler?.offset ?? 0) + (spoiler?.length ?? 0))).toBe(
      order?.cardCode,
    );
    expect(person().buttons(card)).toEqual([[said.copy], [said.again]]);
    expect(await person().press(said.copy, card)).toEqual({ answered: false, copied: order?.cardCode });
    expect(day.provider.balance()).toBe(before - said.value * 0.98);
    expect(replies(person(), card.id)).toEqual([]);
    expect(day.sends('036362608')).toBe(day.accepted('036362608').length);
  });

  it('a recharge that the operator gives up brings the money back and says why', async () => {
    const before = day.provider.balance();
    const no = await buy(person(), '036000003', said.value);
    const card = await person().sees(`${said.no} ${no}${said.refunded}`);
    expect(readable(card.text)).toContain(`${said.says}تعذر شحن هذا الخط`);
    expect(person().buttons(card)).toEqual([[said.again]]);
    expect(day.provider.balance()).toBe(before);
    expect(day.sends('036000003')).toBe(day.accepted('036000003').length);
  });

  it('a recharge that is queued says how long, and a day later a new message tells its end', async () => {
    const no = await buy(person(), '036000004', said.value);
    const queued = await person().sees(`${said.no} ${no}`.concat(' ', said.queued));
    expect(readable(queued.text)).toContain(said.wait);
    await day.leap(20 * HOUR);
    const order = day.accepted('036000004').find(({ value }) => value === said.value);
    expect(order?.status).toBe('QUEUED');
    person().looksAway();
    day.provider.finish(order?.ref ?? '');
    const end = new RegExp(`^✅ ${said.no} ${no}${said.delivered}$`, 'u');
    await day.leapUntil(() => person().saw(end), HOUR / 2);
    const told = await person().sees(end);
    expect(told.replyTo).toBe(queued.id);
    const card = day.telegram.messages(person().chatId).find(({ id }) => id === queued.id);
    expect(card?.text).toContain(order?.cardCode);
    expect(replies(person(), queued.id)).toHaveLength(1);
  });

  it('a status word that nobody knows keeps the order open, and every owner hears of it once', async () => {
    const no = await buy(person(), '036000005', said.value);
    await person().sees(`${said.no} ${no}${said.progress}`);
    const about = (one: Visitor): string[] =>
      one.texts().filter((text) => text.includes('PENDING_REVIEW') && text.includes(` ${no}`));
    const everyone = [day.owner, day.patronne, day.sahib];
    await day.telegram.until(() => everyone.every((one) => about(one).length === 1));
    expect(about(person())[0]).toContain(said.word);
    await day.leap(10 * MINUTE);
    await day.leap(10 * MINUTE);
    expect(
      person()
        .texts()
        .some((text) => text.includes(`${said.no} ${no}${said.progress}`)),
    ).toBe(true);
    person().looksAway();
    day.provider.finish(day.accepted('036000005').find(({ value }) => value === said.value)?.ref ?? '');
    await day.leapUntil(() => person().saw(`${said.no} ${no}${said.delivered}`), 5 * MINUTE);
    expect(everyone.map((one) => about(one).length)).toEqual([1, 1, 1]);
  });
});

booksAddUp(() => day);
