// Who one can be on the page, and the group in which several of them can buy at once.
import { people } from '../people.ts';
import type { TelegramStandIn } from '../telegram/server.ts';
import type { PagePerson } from './wire.ts';

/** Everybody one can be, the owner first. */
export const pagePeople: readonly PagePerson[] = people.map(
  ({ id, firstName: name, languageCode: language, role }) => ({ id, name, language, role }),
);

/** Adds whoever is missing, and the group when there is none. */
export function setScene(telegram: TelegramStandIn): void {
  const present = new Set(telegram.people().map(({ id }) => id));
  for (const { id, firstName, languageCode } of people)
    if (!present.has(id)) telegram.addPerson({ id, firstName, languageCode });
  if (telegram.chats().some(({ kind }) => kind !== 'private')) return;
  const memberIds = people.filter(({ role }) => role !== 'stranger').map(({ id }) => id);
  telegram.addGroup({ title: 'Comptoir · المحل', type: 'supergroup', memberIds });
}
