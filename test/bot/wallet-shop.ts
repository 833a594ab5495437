// People with wallets for the tests: an agent who reads French, a customer who reads English, and what they do first.

import { dinars } from '../../src/domain/money.ts';
import { newMember, type GivenRole } from '../../src/domain/shop.ts';
import { OWNER, type Counter } from './open-counter.ts';

export const AGENT = 21;
export const CUSTOMER = 22;

/** Lets somebody in, as an owner would. */
export async function letIn(
  { telegram, shop }: Counter,
  person: { id: number; name: string; username?: string; role: GivenRole; languageCode?: string },
): Promise<void> {
  const { id, name, role, username, languageCode = 'en' } = person;
  telegram.addPerson({
    ...{ id, firstName: name, languageCode },
    ...(username === undefined ? {} : { username }),
  });
  const member = newMember({ id, name, username: username ?? null }, shop.clock.now());
  await shop.store.change({ puts: [{ ...member, role, rev: 1 }], entries: [], audit: [] });
}

/** Karim the agent and Nadia the customer, who have both opened the chat. */
export async function openWallets(counter: Counter): Promise<void> {
  await letIn(counter, { id: AGENT, name: 'Karim', role: 'agent', languageCode: 'fr' });
  await letIn(counter, { id: CUSTOMER, name: 'Nadia', username: 'nadia', role: 'customer' });
  for (const person of [OWNER, 8, AGENT, CUSTOMER]) await counter.say('/start', person);
}

/** Puts dinars on a wallet without a word. */
export async function fill({ cases }: Counter, person: number, amount: number): Promise<void> {
  const move = { by: OWNER, person, kind: 'deposit', amount: dinars(amount), reason: '' } as const;
  const result = await cases.accounts.byOwner(cases.accounts.newMove(), move);
  if (result.kind !== 'moved') throw new Error(`not moved: ${result.kind}`);
}

/** In dinars. */
export const balanceOf = async ({ cases }: Counter, person: number): Promise<number> =>
  (await cases.accounts.balance(person)).balance / 100;

/** What the bot has written in a chat, with plain spaces and no isolates. */
export const textsIn = (counter: Counter, chatId: number): string[] =>
  counter
    .messages(chatId)
    .map(({ text }) => text.replace(/[\u00A0\u202F]/g, ' ').replace(/[\u2068\u2069]/g, ''));
