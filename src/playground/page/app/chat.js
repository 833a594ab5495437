// The open chat: its head, its messages, and the line to write in.
import { ask } from './connection.js';
import { createComposer } from './composer.js';
import { avatar, button, el, icon } from './dom.js';
import { titleOf } from './list.js';
import { createLog } from './log.js';
import { menu, trying } from './notice.js';
import { go, route } from './route.js';
import { chatOf, personOf, world } from './store.js';
import { words } from './words.js';

function standing(chat) {
  const t = words();
  if (!world.isUp) return t.offline;
  if ((world.typing.get(chat.id) ?? 0) > Date.now()) return t.typing;
  if (chat.bot === 'blocked') return t.blocked;
  if (chat.kind === 'private') return t.bot;
  const names = chat.memberIds.map((id) => personOf(id)?.name).filter(Boolean);
  return `${t.members(chat.memberIds.length + 1)} · ${names.join(t.dir === 'rtl' ? '، ' : ', ')}`;
}

function actions(chat) {
  const t = words();
  const item = (label, action, danger = false) => ({
    label,
    danger,
    press: () => void trying(() => ask(action)),
  });
  if (chat.kind === 'private')
    return chat.bot === 'blocked'
      ? [item(t.unblock, { do: 'unblock', as: route.as })]
      : [item(t.block, { do: 'block', as: route.as }, true)];
  return ['kicked', 'left'].includes(chat.bot)
    ? [item(t.add, { do: 'add-bot', chat: chat.id })]
    : [item(t.kick, { do: 'kick-bot', chat: chat.id }, true)];
}

/** Creates the chat in its place. */
export function createChat(place) {
  const composer = createComposer();
  const log = createLog({
    reply: composer.reply,
    edit: composer.edit,
    say: (text) => void composer.say(text),
  });
  const head = el('header', {});
  place.replaceChildren(head, log.place, composer.place);
  const status = el('span.status', {});

  function drawHead() {
    const t = words();
    const chat = chatOf(route.chat);
    const more = button(
      'quiet',
      { 'aria-label': t.chatActions, 'aria-haspopup': 'menu', onclick: () => menu(more, actions(chat)) },
      icon('more'),
    );
    head.replaceChildren(
      button('quiet.back', { 'aria-label': t.back, onclick: () => go({ view: 'list' }) }, icon('back')),
      avatar(chat.id, titleOf(chat), chat.kind === 'private'),
      el('span.lines', {}, el('h2', {}, el('bdi', {}, titleOf(chat))), status),
      button(
        'quiet.to-shop',
        { onclick: () => go({ view: route.view === 'shop' ? 'chat' : 'shop' }) },
        icon('shop'),
        el('span', {}, t.shop),
      ),
      more,
    );
    drawStatus();
  }

  function drawStatus() {
    const chat = chatOf(route.chat);
    const text = chat ? standing(chat) : '';
    if (status.textContent !== text) status.textContent = text;
    status.classList.toggle('busy', text === words().typing);
  }
  setInterval(() => world.picture && drawStatus(), 500);

  return {
    write: composer.write,
    drawStatus,
    drawHead() {
      drawHead();
      composer.draw();
    },
    drawAll() {
      place.setAttribute('aria-label', titleOf(chatOf(route.chat)));
      drawHead();
      composer.draw();
      log.drawAll();
    },
    draw(message) {
      log.draw(message);
      composer.draw();
      drawStatus();
    },
  };
}
