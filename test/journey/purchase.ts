// A purchase in a few taps, for the journeys that are about something else.

import type { ChatMessage } from '../../src/playground/telegram/stand-in.ts';
import type { ShopDay } from './shop-day.ts';
import { readable, type Visitor } from './visitor.ts';

/** The confirmation card in any of the three languages, and an order's number on a card. */
export const CARD = /Check, then pay\.|Vérifiez, puis payez\.|تحقق ثم ادفع\./u;
const NUMBER = /(?:no\.|n°|رقم) (\d+)/u;

/** Everything the bot takes in one line, up to the confirmation. */
export async function quote(person: Visitor, number: string, value: number): Promise<ChatMessage> {
  person.say(`/topup ${number} ${value}`);
  return person.sees(CARD);
}

/** Every owner picks the language of his phone, so that what the bot writes unasked is in it, too. */
export async function chooseLanguages({ owner, patronne, sahib }: ShopDay): Promise<void> {
  const choices = [
    { person: owner, name: 'English', set: 'From now on in English.' },
    { person: patronne, name: 'Français', set: 'Désormais en français.' },
    { person: sahib, name: 'العربية', set: 'من الآن بالعربية.' },
  ];
  for (const { person, name, set } of choices) {
    person.say('/language');
    await person.press(name, await person.sees('Français'));
    await person.sees(set);
  }
}

/** The whole purchase in one go; gives the order's number once it is on the screen. */
export async function buy(person: Visitor, number: string, value: number): Promise<string> {
  const card = await quote(person, number, value);
  await person.press('✅', card);
  return orderNo(await person.sees(NUMBER));
}

/** The number on an order's card. */
export function orderNo({ text }: ChatMessage): string {
  const no = NUMBER.exec(readable(text))?.[1];
  if (no === undefined) throw new Error(`no order number in "${text}"`);
  return no;
}
