// The buttons under a message: colours, copying, links, disabled ones, and a spinner until the bot has answered.
import { ask } from './connection.js';
import { copy } from './copying.js';
import { button, el, icon } from './dom.js';
import { follow } from './links.js';
import { alert, toast, trying } from './notice.js';
import { route } from './route.js';
import { words } from './words.js';

async function press(pressed, message, row, column) {
  pressed.setAttribute('aria-busy', 'true');
  const ref = message.ephemeral ? { ephemeral: message.ephemeral.id } : message.id;
  const answer = await trying(() =>
    ask({ do: 'press', as: route.as, chat: message.chatId, message: ref, row, column }),
  );
  pressed.removeAttribute('aria-busy');
  if (!answer) return;
  if (answer.url) await follow(answer.url);
  if (!answer.text) return;
  if (answer.alert) await alert(answer.text);
  else toast(answer.text);
}

function draw(message, key, row, column) {
  const mark = key.copy_text ? icon('copy') : key.url ? icon('link') : null;
  const act = (event) => {
    if (pressed.getAttribute('aria-busy') === 'true') return;
    if (key.copy_text) void copy(key.copy_text.text);
    else if (key.url) void follow(key.url);
    else void press(event.currentTarget, message, row, column);
  };
  const pressed = button(
    key.style ? `key.${key.style}` : 'key',
    { onclick: act, disabled: key.disabled !== undefined, dir: 'auto' },
    el('span.label', {}, key.text),
    mark,
  );
  return pressed;
}

/** The keyboard of a message, or nothing. */
export function drawKeyboard(message) {
  if (message.keyboard.length === 0) return null;
  return el(
    'div.keyboard',
    { role: 'group', 'aria-label': words().buttonsUnder },
    message.keyboard.map((keys, row) =>
      el(
        'div.keys',
        {},
        keys.map((key, column) => draw(message, key, row, column)),
      ),
    ),
  );
}
