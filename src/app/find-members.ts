// Finds the people that an owner means: by Telegram number, by @name, or by a piece of their name, however it is written.

import type { Member } from '../domain/shop.ts';
import { westernDigits } from '../domain/service.ts';

/** Case, accents, vowel marks and the spellings that people mix up do not count. */
const folded = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/[\p{M}\p{Cf}ـ]/gu, '')
    .replace(/ة/gu, 'ه')
    .replace(/ى/gu, 'ي')
    .toLowerCase()
    .replace(/\s+/gu, ' ')
    .trim();

/** Whether that is the person's whole name. */
export const isCalled = ({ name }: Pick<Member, 'name'>, text: string): boolean =>
  folded(name) !== '' && folded(name) === folded(text);

/** Those whom the text may mean, in the order they came; an exact number or @name means one person alone. */
export function findMembers(members: readonly Member[], text: string): readonly Member[] {
  const wanted = folded(westernDigits(text));
  const bare = wanted.replace(/^@/, '');
  if (bare === '') return [];
  const exact = members.filter(({ id, username }) => String(id) === bare || username?.toLowerCase() === bare);
  if (exact.length > 0) return exact;
  return members.filter(
    ({ name, username }) =>
      username?.toLowerCase().includes(bare) === true ||
      (!wanted.startsWith('@') && folded(name).includes(wanted)),
  );
}
