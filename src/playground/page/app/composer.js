// The line one writes in, with what goes with it: the reply bar, the command menu, the bot's reply keyboard, and the
// START or UNBLOCK button where writing is not possible yet.
import { createCommandMenu } from './command-menu.js';
import { ask } from './connection.js';
import { button, el, icon } from './dom.js';
import { menu, trying } from './notice.js';
import { createReplyBar } from './reply-bar.js';
import { route } from './route.js';
import { chatOf, commandsFor, messagesFor, personOf } from './store.js';
import { words } from './words.js';

const TALLEST_PX = 160;

function replyKeyboard() {
  const last = messagesFor(route.as, route.chat).findLast(
    ({ from, replyKeyboard: keys, removesKeyboard }) => from.isBot && (keys || removesKeyboard),
  );
  return last?.replyKeyboard;
}

function attach(event) {
  const t = words();
  const item = (what) => ({
    label: t[what],
    press: () => void trying(() => ask({ do: what, as: route.as, chat: route.chat })),
  });
  menu(event.currentTarget, [item('photo'), item('sticker'), item('voice')]);
}

/** What stands in place of the line where nothing can be written yet. */
function drawDoor(chat) {
  const t = words();
  const isBlocked = chat.bot === 'blocked';
  const act = { do: isBlocked ? 'unblock' : 'start', as: route.as };
  const press = () => void trying(() => ask(act));
  return [
    el('p.hint', {}, isBlocked ? t.blocked : t.welcome[personOf(route.as).role]),
    button('big.solid', { onclick: press }, isBlocked ? t.unblock : t.start),
  ];
}

/** Creates the composer. */
export function createComposer() {
  const field = el('textarea', { rows: 1, dir: 'auto', maxlength: 4096, autocomplete: 'off' });
  const place = el('footer.composer', {});
  const commands = createCommandMenu(field, (command) => {
    write('');
    void say(`/${command}`);
  });
  const bar = createReplyBar(
    (about) => {
      field.placeholder = (about?.how === 'asked' && about.message.placeholder) || words().write;
      field.setAttribute('aria-label', field.placeholder);
    },
    (was) => write(was?.how === 'edit' ? '' : field.value),
  );
  let isKeyboardOpen = true;
  let drawn = '';

  async function say(text) {
    const about = bar.about();
    const replyTo = about && about.how !== 'edit' ? { replyTo: about.message.id } : {};
    await trying(() => ask({ do: 'say', as: route.as, chat: route.chat, text, ...replyTo }));
  }

  async function send() {
    const text = field.value.trim();
    if (text === '') return;
    write('');
    const about = bar.about();
    if (about?.how === 'edit') {
      const { chatId: chat, id: message } = about.message;
      await trying(() => ask({ do: 'edit', as: route.as, chat, message, text }));
    } else await say(text);
    if (bar.about() === about) bar.set(undefined);
  }

  /** Puts a text in the field without sending it. */
  function write(text) {
    field.value = text;
    fit();
    commands.follow();
    field.focus();
  }

  function fit() {
    // A field without text has no direction of its own, and its placeholder is in the page's.
    field.dir = field.value === '' ? words().dir : 'auto';
    field.style.height = 'auto';
    field.style.height = `${Math.min(field.scrollHeight, TALLEST_PX)}px`;
  }

  field.addEventListener('input', () => {
    fit();
    commands.follow();
  });
  field.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      void send();
    }
    if (event.key === 'Escape') {
      if (commands.isOpen()) commands.hide();
      else bar.dismiss();
    }
    if (event.key === 'ArrowUp' && commands.isOpen()) {
      event.preventDefault();
      commands.enter();
    }
  });

  function keys() {
    const rows = replyKeyboard();
    if (!rows || !isKeyboardOpen) return null;
    const key = (text) => button('', { dir: 'auto', onclick: () => void say(text) }, text);
    return el(
      'div.reply-keyboard',
      { role: 'group', 'aria-label': words().keyboard },
      rows.map((row) => el('div.keys', {}, row.map(key))),
    );
  }

  function keyboardToggle() {
    const toggle = () => {
      isKeyboardOpen = !isKeyboardOpen;
      draw();
    };
    return button(
      'quiet',
      { 'aria-label': words().keyboard, 'aria-expanded': String(isKeyboardOpen), onclick: toggle },
      icon('keys'),
    );
  }

  function line() {
    const t = words();
    return el(
      'div.line',
      {},
      commandsFor(route.as, route.chat).length > 0 &&
        button(
          'quiet.to-commands',
          { 'aria-label': t.commands, onclick: () => commands.toggle() },
          icon('slash'),
        ),
      field,
      replyKeyboard() && keyboardToggle(),
      button('quiet', { 'aria-label': t.attach, 'aria-haspopup': 'menu', onclick: attach }, icon('clip')),
      button('send', { 'aria-label': t.send, onclick: () => void send() }, icon('send')),
    );
  }

  /** Draws it for the open chat; what is being written stays when only messages changed. */
  function draw() {
    const chat = chatOf(route.chat);
    const hadFocus = document.activeElement === field;
    if (drawn !== `${route.as}:${route.chat}`) {
      drawn = `${route.as}:${route.chat}`;
      field.value = '';
      bar.set(undefined);
      commands.hide();
    }
    const isEmpty = messagesFor(route.as, route.chat).length === 0;
    if (chat.kind === 'private' && (isEmpty || chat.bot !== 'member')) {
      place.replaceChildren(...drawDoor(chat));
      return;
    }
    bar.follow();
    place.replaceChildren(...[commands.place, bar.place, line(), keys()].filter(Boolean));
    fit();
    if (hadFocus) field.focus();
  }

  function takeUp(message, how) {
    bar.set({ message, how });
    write(how === 'edit' ? message.text : field.value);
  }

  return {
    place,
    draw,
    say,
    write,
    reply: (message) => takeUp(message, 'reply'),
    edit: (message) => takeUp(message, 'edit'),
  };
}
