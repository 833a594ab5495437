// People for the desk's tests: a customer and an agent with money, and what they have been sent.

import { dinars } from '../../src/domain/money.ts';
import type { Order } from '../../src/domain/order.ts';
import { newMember, type GivenRole } from '../../src/domain/shop.ts';
import { found, NOW } from '../domain/an-order.ts';
import { OWNER, type Counter } from './open-counter.ts';

export const KARIM = 20;
export const NADIA = 30;

/** Lets somebody in, with money enough. */
async function admit(counter: Counter, id: number, name: string, role: GivenRole): Promise<void> {
  counter.telegram.addPerson({ id, firstName: name, languageCode: 'en' });
  const username = name.toLowerCase();
  const member = { ...newMember({ id, name, username }, NOW), username: null, role, rev: 1 };
  await counter.shop.store.change({
    puts: [member],
    entries: [
      {
        ...({ id: `first-${id}`, account: `wallet:${id}`, kind: 'deposit', amount: dinars(50_000) } as const),
        ...{ at: NOW, by: String(OWNER), reason: 'cash', ref: `first-${id}` },
      },
    ],
    audit: [],
  });
}

/** Karim the agent and Nadia the customer. */
export async function admitBoth(counter: Counter): Promise<void> {
  await admit(counter, KARIM, 'Karim', 'agent');
  await admit(counter, NADIA, 'Nadia', 'customer');
}

/** An order that the provider shows with another number: only a person can judge it. */
export async function inReview(counter: Counter): Promise<Order> {
  const order = await counter.shop.buy();
  await counter.shop.advance(order);
  const review = await counter.shop.record(order.ref, found('fulfilled', { number: '036000000' }));
  if (review === undefined) throw new Error('the order is not in review');
  return review;
}

let forged = 0;

/** Presses a button that stands nowhere (any more): `data` is what it would carry. */
export async function forgeData(
  counter: Counter,
  person: number,
  data: string,
  chatId = person,
): Promise<void> {
  if (chatId > 0) counter.telegram.start(person);
  await counter.handle();
  forged += 1;
  const chat =
    chatId > 0
      ? ({ id: chatId, type: 'private', first_name: 'X' } as const)
      : ({ id: chatId, type: 'supergroup', title: 'Counter' } as const);
  await counter.bot.handleUpdate({
    update_id: 900_000 + forged,
    callback_query: {
      id: `forged-${forged}`,
      from: { id: person, is_bot: false, first_name: 'X', language_code: 'en' },
      ...{ chat_instance: '1', data },
      message: { message_id: 999_999, date: 0, chat },
    },
  });
}

/** The same with a feature's verb and words. */
export const forge = (counter: Counter, person: number, verb: string, ...words: string[]): Promise<void> =>
  forgeData(counter, person, ['d', person.toString(36), verb, ...words].join(':'));
