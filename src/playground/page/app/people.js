// The people one can be: one press and one is somebody else; a second window can be yet another.
import { avatar, button, el, icon, refill } from './dom.js';
import { go, hashOf, route } from './route.js';
import { chatsOf, world } from './store.js';
import { words } from './words.js';

const LETTERS = { ar: 'ع', fr: 'FR', en: 'EN' };

const unreadOf = (id) =>
  chatsOf(id).reduce((sum, chat) => sum + (world.unread.get(`${id}:${chat.id}`) ?? 0), 0);

function personButton({ id, name, role, language }) {
  const unread = id === route.as ? 0 : unreadOf(id);
  return button(
    'person',
    {
      'aria-pressed': String(id === route.as),
      'data-person': id,
      onclick: () => go({ as: id, chat: id }),
    },
    el('span.face', {}, avatar(id, name), el('span.language', {}, LETTERS[language] ?? language)),
    el('span.name', { dir: 'auto' }, name),
    el('span.role', {}, words().role[role]),
    unread > 0 && el('span.badge', { 'aria-label': words().unread(unread) }, String(unread)),
  );
}

/** Draws the row of people into its place. */
export function drawPeople(place) {
  const t = words();
  place.setAttribute('aria-label', t.people);
  const link = ({ id, name }) =>
    el(
      'a.second',
      { href: `/${hashOf({ as: id, chat: id, view: 'chat' })}`, target: '_blank', title: t.newWindow(name) },
      icon('window'),
      el('span.off-screen', {}, t.newWindow(name)),
    );
  refill(
    place,
    'data-person',
    world.picture.people.map((person) => el('div.seat', {}, personButton(person), link(person))),
  );
}
