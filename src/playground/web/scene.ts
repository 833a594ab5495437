// Who one can be on the page, and the group in which two of them can buy at once.
import { arabic, english, french, people } from '../people.ts';
import type { TelegramStandIn } from '../telegram/server.ts';
import type { PagePerson } from './wire.ts';

const ROLES: ReadonlyMap<number, PagePerson['role']> = new Map([
  [arabic.id, 'owner'],
  [french.id, 'agent'],
  [english.id, 'customer'],
]);

const ORDER = ['owner', 'agent', 'customer', 'stranger'];

/** Adds whoever is missing, and the group when there is none. */
export function setScene(telegram: TelegramStandIn): void {
  const present = new Set(telegram.people().map(({ id }) => id));
  for (const { id, firstName, languageCode } of people)
    if (!present.has(id)) telegram.addPerson({ id, firstName, languageCode });
  if (telegram.chats().every(({ kind }) => kind === 'private')) openGroup(telegram);
}

/** A group to which its owner adds the bot, as in real life: that is what makes the shop serve there. */
function openGroup(telegram: TelegramStandIn): void {
  const memberIds = [arabic.id, french.id, english.id];
  const group = telegram.addGroup({ title: 'Comptoir · المحل', type: 'supergroup', memberIds });
  telegram.kickBot(group);
  telegram.addBot(group);
}

/** Everybody one can be, the owner first. */
export function pagePeople(telegram: TelegramStandIn): PagePerson[] {
  return telegram
    .people()
    .map(({ id, first_name: name, language_code: language = 'en' }) => ({
      id,
      name,
      language,
      role: ROLES.get(id) ?? 'stranger',
    }))
    .sort((a, b) => ORDER.indexOf(a.role) - ORDER.indexOf(b.role));
}
