// Who is in the playground. The first three own the shop, one per language; the last has no business there.

/** A person of the playground; `key` is what `:as` takes. */
export type PlaygroundPerson = {
  readonly key: string;
  readonly id: number;
  readonly firstName: string;
  readonly languageCode: string;
  readonly isOwner: boolean;
};

export const english: PlaygroundPerson = {
  key: 'en',
  id: 500_100,
  firstName: 'Sam',
  languageCode: 'en',
  isOwner: true,
};

export const french: PlaygroundPerson = {
  key: 'fr',
  id: 500_101,
  firstName: 'Nadia',
  languageCode: 'fr',
  isOwner: true,
};

export const arabic: PlaygroundPerson = {
  key: 'ar',
  id: 500_102,
  firstName: 'سمير',
  languageCode: 'ar',
  isOwner: true,
};

const guest: PlaygroundPerson = {
  key: 'guest',
  id: 500_200,
  firstName: 'Karim',
  languageCode: 'fr',
  isOwner: false,
};

export const people: readonly PlaygroundPerson[] = [english, french, arabic, guest];

/** The person to begin with: the owner who speaks the language of the terminal, else the English one. */
export function personForTerminal(env: Readonly<Record<string, string | undefined>>): PlaygroundPerson {
  const locale = [env['LC_ALL'], env['LC_MESSAGES'], env['LANG']].find((name) => name);
  return people.find(({ key }) => key === locale?.slice(0, 2)) ?? english;
}
