// Who is in the playground: one of each kind of people that the bot knows, in three languages.

/** Who somebody is to the shop when the playground opens. */
export type Role = 'owner' | 'agent' | 'customer' | 'stranger';

/** A person of the playground; `key` is what `:as` takes. */
export type PlaygroundPerson = {
  readonly key: string;
  readonly id: number;
  readonly firstName: string;
  readonly languageCode: string;
  readonly role: Role;
};

export const arabic: PlaygroundPerson = {
  key: 'ar',
  id: 500_102,
  firstName: 'سمير',
  languageCode: 'ar',
  role: 'owner',
};

export const french: PlaygroundPerson = {
  key: 'fr',
  id: 500_101,
  firstName: 'Nadia',
  languageCode: 'fr',
  role: 'agent',
};

export const english: PlaygroundPerson = {
  key: 'en',
  id: 500_100,
  firstName: 'Sam',
  languageCode: 'en',
  role: 'customer',
};

export const guest: PlaygroundPerson = {
  key: 'guest',
  id: 500_200,
  firstName: 'Karim',
  languageCode: 'fr',
  role: 'stranger',
};

/** The owner first, the stranger last. */
export const people: readonly PlaygroundPerson[] = [arabic, french, english, guest];

/** What each kind of people can do, after a name and a comma. */
export const standing: Readonly<Record<Role, string>> = {
  owner: 'owner: buys at cost on the shop’s money, and runs the shop',
  agent: 'agent: sells from a wallet, at the price for agents',
  customer: 'customer: buys from a wallet, at the face value',
  stranger: 'nobody here yet: has to ask to be let in',
};

/** The person to begin with: the one who speaks the language of the terminal, else the English one. */
export function personForTerminal(env: Readonly<Record<string, string | undefined>>): PlaygroundPerson {
  const locale = [env['LC_ALL'], env['LC_MESSAGES'], env['LANG']].find((name) => name);
  return people.find(({ key }) => key === locale?.slice(0, 2)) ?? english;
}
