// The chats of the person one is, newest first.
import { avatar, button, el, icon, refill } from './dom.js';
import { clock } from './dates.js';
import { go, route } from './route.js';
import { chatsOf, messagesFor, world } from './store.js';
import { serviceText } from './service.js';
import { words } from './words.js';

/** How a chat is called by somebody who is in it: the bot's name in private. */
export const titleOf = (chat) => (chat.kind === 'private' ? world.picture.bot.name : chat.title);

function covered({ text, entities }) {
  return entities
    .filter(({ type }) => type === 'spoiler')
    .reduce(
      (all, { offset, length }) => all.slice(0, offset) + '▒'.repeat(length) + all.slice(offset + length),
      text,
    );
}

/** A message in a few words; what it hides stays hidden. */
export function brief(message) {
  const t = words();
  if (message.text !== '') return covered(message).replaceAll(/\s+/g, ' ');
  return message.media ? (message.fileName ?? t[message.media]) : serviceText(message);
}

function preview(chat) {
  const last = messagesFor(route.as, chat.id).at(-1);
  if (!last) return { who: '', text: words().noMessages, at: '' };
  const who = chat.kind === 'private' ? '' : last.from.name;
  return { who, text: brief(last), at: clock(last.date) };
}

function row(chat) {
  const { who, text, at } = preview(chat);
  const unread = world.unread.get(`${route.as}:${chat.id}`) ?? 0;
  return button(
    'chat-row',
    {
      'aria-current': chat.id === route.chat ? 'true' : undefined,
      'data-chat': chat.id,
      onclick: () => go({ chat: chat.id, view: 'chat' }),
    },
    avatar(chat.id, titleOf(chat), chat.kind === 'private'),
    el(
      'span.lines',
      {},
      el('span.top', {}, el('span.title', {}, el('bdi', {}, titleOf(chat))), el('span.at', {}, at)),
      el(
        'span.bottom',
        {},
        // Each in its own direction, or a name in another script would turn the line around and hide its beginning.
        el(
          'span.preview',
          {},
          who && el('span.who', {}, el('bdi', {}, who), ':'),
          el('bdi', {}, text.slice(0, 90)),
        ),
        unread > 0 && el('span.badge', { 'aria-label': words().unread(unread) }, String(unread)),
      ),
    ),
  );
}

const newest = (chat) => messagesFor(route.as, chat.id).at(-1)?.date ?? 0;

/** Draws the list into its place. */
export function drawList(place) {
  const t = words();
  place.setAttribute('aria-label', t.chats);
  const chats = chatsOf(route.as).toSorted((a, b) => newest(b) - newest(a));
  refill(place, 'data-chat', [
    el(
      'header',
      {},
      el('h1', {}, t.chats),
      button('quiet.to-shop', { onclick: () => go({ view: 'shop' }) }, icon('shop'), t.shop),
    ),
    ...chats.map(row),
  ]);
}
