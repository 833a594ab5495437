// One message: who, what it answers, its text, when, and the buttons under it.
import { ask } from './connection.js';
import { copy } from './copying.js';
import { clock } from './dates.js';
import { button, el, icon } from './dom.js';
import { drawKeyboard } from './keyboard.js';
import { follow } from './links.js';
import { brief } from './list.js';
import { menu, trying } from './notice.js';
import { drawText } from './rich-text.js';
import { route } from './route.js';
import { serviceText } from './service.js';
import { chatOf, keyOf } from './store.js';
import { words } from './words.js';

/** Spoilers somebody has opened; they stay open while the page does. */
const shown = new Set();

function actions(message, hands) {
  const t = words();
  const isOwn = message.from.id === route.as;
  const items = [];
  if (!message.ephemeral) items.push({ label: t.reply, press: () => hands.reply(message) });
  if (message.text !== '') items.push({ label: t.copy, press: () => void copy(message.text) });
  if (isOwn && message.text !== '' && !message.ephemeral)
    items.push({ label: t.edit, press: () => hands.edit(message) });
  if (!message.ephemeral)
    items.push({
      label: t.remove,
      danger: true,
      press: () => void trying(() => ask({ do: 'delete', chat: message.chatId, message: message.id })),
    });
  return items;
}

function quote(message, hands) {
  // Ephemeral messages have no ordinary id to be found by.
  if (message.replyTo === undefined || message.replyTo === 0) return null;
  const quoted = chatOf(message.chatId)?.messages.find(({ id }) => id === message.replyTo);
  if (!quoted) return el('div.quote', {}, el('span', {}, words().deletedQuote));
  return button(
    'quote',
    { onclick: () => hands.goTo(keyOf(quoted)), title: words().goToQuoted },
    el('span.author', {}, el('bdi', {}, quoted.from.name)),
    el('span.words', {}, el('bdi', {}, brief(quoted).slice(0, 80))),
  );
}

function meta(message) {
  const t = words();
  const edited = message.editDate === undefined ? null : el('span.edited', {}, t.edited);
  const date = new Date(message.date * 1000).toISOString();
  const time = el('time', { datetime: date }, clock(message.date));
  // A bot reads at once.
  return el('span.meta', {}, edited, edited && ' ', time, message.from.id === route.as && icon('ticks'));
}

function body(message, hands) {
  const t = words();
  const media =
    message.media &&
    el('div.media', {}, icon(message.media), el('bdi', {}, message.fileName ?? t[message.media]));
  const text = drawText(message, {
    open: (url) => void follow(url),
    command: (command) => hands.say(command),
    shown,
    key: `${message.chatId}:${keyOf(message)}`,
  });
  // A float, so that it takes the rest of the last line, or a line of its own, in either direction.
  return [media, el('div.text', { dir: 'auto' }, text, meta(message))];
}

/** Draws a message. `hands` are what a person can do with it. */
export function drawMessage(message, hands) {
  const key = keyOf(message);
  if (message.service) {
    return el('div.notice', { 'data-key': key }, el('span', {}, serviceText(message)));
  }
  const t = words();
  const isOwn = message.from.id === route.as;
  const isGroup = chatOf(message.chatId)?.kind !== 'private';
  const more = button(
    'more',
    { 'aria-label': t.actions, 'aria-haspopup': 'menu', onclick: () => menu(more, actions(message, hands)) },
    icon('down'),
  );
  const bubble = el(
    'div.bubble',
    {
      oncontextmenu: (event) => {
        if (event.target.closest('button, code, a')) return;
        event.preventDefault();
        menu(more, actions(message, hands));
      },
    },
    isGroup && !isOwn && el('span.author', {}, el('bdi', {}, message.from.name)),
    message.ephemeral && el('div.only-you', {}, t.onlyYou),
    message.forwarded && el('div.forwarded', {}, t.forwarded),
    quote(message, hands),
    body(message, hands),
    more,
  );
  const reactions = message.reactions.map((emoji) => el('span', {}, emoji));
  return el(
    isOwn ? 'div.message.own' : 'div.message',
    { 'data-key': key, 'data-at': message.at },
    bubble,
    reactions.length > 0 && el('div.reactions', {}, reactions),
    drawKeyboard(message),
  );
}
