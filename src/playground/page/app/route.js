// Who one is and what one looks at, kept in the address: a reload stays there, two windows can be two people, and the
// back button of a phone goes back.
import { chatsOf, personOf, tell, world } from './store.js';

export const route = { as: 0, chat: 0, view: 'chat' };

const VIEWS = ['list', 'chat', 'shop'];

/** The address of a place. */
export const hashOf = ({ as, chat, view }) => `#as=${as}&chat=${chat}&view=${view}`;

function read() {
  const wanted = new URLSearchParams(location.hash.slice(1));
  const as = Number(wanted.get('as'));
  const person = personOf(as) ?? world.picture.people[0];
  const chat = Number(wanted.get('chat'));
  const isIn = chatsOf(person.id).some(({ id }) => id === chat);
  const view = wanted.get('view');
  Object.assign(route, {
    as: person.id,
    chat: isIn ? chat : person.id,
    view: VIEWS.includes(view) ? view : 'chat',
  });
}

/** Goes somewhere; what is not said stays. */
export function go(change) {
  history.pushState(null, '', hashOf({ ...route, ...change }));
  arrive();
}

/** Takes up what the address says. */
export function arrive() {
  if (!world.picture) return;
  read();
  seen();
  tell({ kind: 'route' });
}

/** Marks the open chat as read. */
export function seen() {
  world.unread.delete(`${route.as}:${route.chat}`);
}

addEventListener('popstate', arrive);
addEventListener('hashchange', arrive);
