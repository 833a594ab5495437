// The line one writes in, with what goes with it: the reply bar, the command menu, the bot's reply keyboard, and the
// START or UNBLOCK button where writing is not possible yet.
import { ask } from './connection.js';
import { button, el, icon } from './dom.js';
import { brief } from './list.js';
import { menu, trying } from './notice.js';
import { chatOf, commandsFor, keyOf, messagesFor } from './store.js';
import { route } from './route.js';
import { words } from './words.js';

/** A question that wants its answer as a reply from this person: the newest one they have not written after. */
function openQuestion(dismissed) {
  const isPrivate = chatOf(route.chat)?.kind === 'private';
  const messages = messagesFor(route.as, route.chat);
  const mine = messages.findLastIndex(({ from }) => from.id === route.as);
  const question = messages.slice(mine + 1).findLast(({ forceReply }) => forceReply);
  if (!question || dismissed.has(`${question.chatId}:${keyOf(question)}`)) return undefined;
  const toMe = messages.some(({ id, from }) => id === question.replyTo && from.id === route.as);
  return isPrivate || toMe ? question : undefined;
}

function replyKeyboard() {
  const last = messagesFor(route.as, route.chat).findLast(
    ({ from, replyKeyboard: keys, removesKeyboard }) => from.isBot && (keys || removesKeyboard),
  );
  return last?.replyKeyboard;
}

/** Creates the composer. */
export function createComposer() {
  const field = el('textarea', { rows: 1, dir: 'auto', maxlength: 4096, autocomplete: 'off' });
  const place = el('footer.composer', {});
  const bar = el('div.reply-bar', { hidden: true });
  const commands = el('div.commands', { role: 'listbox', hidden: true });
  const dismissed = new Set();
  /** @type {{message: object, how: 'reply' | 'edit' | 'asked'} | undefined} */
  let about;
  let isKeyboardOpen = true;

  async function say(text) {
    const replyTo = about && about.how !== 'edit' ? { replyTo: about.message.id } : {};
    await trying(() => ask({ do: 'say', as: route.as, chat: route.chat, text, ...replyTo }));
  }

  async function send() {
    const text = field.value.trim();
    if (text === '') return;
    field.value = '';
    fit();
    showCommands();
    const now = about;
    if (now?.how === 'edit') {
      const { chatId: chat, id: message } = now.message;
      await trying(() => ask({ do: 'edit', as: route.as, chat, message, text }));
    } else await say(text);
    if (about === now) setAbout(undefined);
  }

  function fit() {
    // A field without text has no direction of its own, and its placeholder is in the page's.
    field.dir = field.value === '' ? words().dir : 'auto';
    field.style.height = 'auto';
    field.style.height = `${Math.min(field.scrollHeight, 160)}px`;
  }

  function setAbout(next) {
    about = next;
    const t = words();
    bar.hidden = !next;
    field.placeholder = (next?.how === 'asked' && next.message.placeholder) || t.write;
    field.setAttribute('aria-label', field.placeholder);
    if (!next) return bar.replaceChildren();
    const title = next.how === 'edit' ? t.editing : t.replyingTo(next.message.from.name);
    bar.replaceChildren(
      icon('reply'),
      el(
        'span.lines',
        {},
        el('b', {}, title),
        el('span.words', {}, el('bdi', {}, brief(next.message).slice(0, 90))),
      ),
      button('quiet', { 'aria-label': t.cancelReply, onclick: dismiss }, icon('close')),
    );
  }

  function dismiss() {
    if (about?.how === 'asked') dismissed.add(`${about.message.chatId}:${keyOf(about.message)}`);
    if (about?.how === 'edit') field.value = '';
    setAbout(undefined);
    field.focus();
  }

  function choose({ command }) {
    field.value = '';
    showCommands();
    void say(`/${command}`);
    field.focus();
  }

  function showCommands(all = false) {
    const typed = /^\/(\w*)$/.exec(field.value)?.[1];
    const fitting = commandsFor(route.as, route.chat).filter(
      ({ command }) => all || (typed !== undefined && command.startsWith(typed.toLowerCase())),
    );
    commands.hidden = fitting.length === 0;
    commands.setAttribute('aria-label', words().commands);
    commands.replaceChildren(
      ...fitting.map((one) =>
        button(
          'command',
          { role: 'option', 'aria-selected': 'false', onclick: () => choose(one) },
          el('bdi.name', {}, `/${one.command}`),
          el('span.description', { dir: 'auto' }, one.description),
        ),
      ),
    );
  }

  field.addEventListener('input', () => {
    fit();
    showCommands();
  });
  field.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      void send();
    }
    if (event.key === 'Escape') {
      if (commands.hidden) dismiss();
      else commands.hidden = true;
    }
    if (event.key === 'ArrowUp' && !commands.hidden) {
      event.preventDefault();
      commands.lastElementChild.focus();
    }
  });
  commands.addEventListener('keydown', (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === 'Escape') commands.hidden = true;
    if (event.key === 'Escape' || (step === 1 && document.activeElement === commands.lastElementChild))
      field.focus();
    else if (step) {
      event.preventDefault();
      const all = [...commands.children];
      all.at((all.indexOf(document.activeElement) + step) % all.length).focus();
    }
  });

  function attach(event) {
    const t = words();
    const item = (what) => ({
      label: t[what],
      press: () => void trying(() => ask({ do: 'send', as: route.as, chat: route.chat, what })),
    });
    menu(event.currentTarget, [item('photo'), item('sticker'), item('voice')]);
  }

  function keys() {
    const rows = replyKeyboard();
    if (!rows || !isKeyboardOpen) return null;
    return el(
      'div.reply-keyboard',
      { role: 'group', 'aria-label': words().keyboard },
      rows.map((row) =>
        el(
          'div.keys',
          {},
          row.map((text) => button('', { dir: 'auto', onclick: () => void say(text) }, text)),
        ),
      ),
    );
  }

  const toggleCommands = () => {
    if (commands.hidden) showCommands(true);
    else commands.hidden = true;
    commands.firstElementChild?.focus();
  };

  function line() {
    const t = words();
    const toggle = button(
      'quiet',
      {
        'aria-label': t.keyboard,
        'aria-expanded': String(isKeyboardOpen),
        onclick: () => ((isKeyboardOpen = !isKeyboardOpen), draw()),
      },
      icon('keys'),
    );
    return el(
      'div.line',
      {},
      commandsFor(route.as, route.chat).length > 0 &&
        button('quiet.to-commands', { 'aria-label': t.commands, onclick: toggleCommands }, icon('slash')),
      field,
      replyKeyboard() && toggle,
      button('quiet', { 'aria-label': t.attach, 'aria-haspopup': 'menu', onclick: attach }, icon('clip')),
      button('send', { 'aria-label': t.send, onclick: () => void send() }, icon('send')),
    );
  }

  let drawn = '';

  /** Draws it for the open chat; what is being written stays when only messages changed. */
  function draw() {
    const t = words();
    const chat = chatOf(route.chat);
    const isSame = drawn === `${route.as}:${route.chat}`;
    const hadFocus = document.activeElement === field;
    drawn = `${route.as}:${route.chat}`;
    if (!isSame) {
      field.value = '';
      about = undefined;
      commands.hidden = true;
    }
    if (chat.kind === 'private' && chat.bot !== 'member') {
      const isBlocked = chat.bot === 'blocked';
      const act = { do: isBlocked ? 'unblock' : 'start', as: route.as };
      const press = () => void trying(() => ask(act));
      place.replaceChildren(
        el('p.hint', {}, isBlocked ? t.blocked : t.welcome),
        button('big.solid', { onclick: press }, isBlocked ? t.unblock : t.start),
      );
      return;
    }
    const question = openQuestion(dismissed);
    if (question) setAbout({ message: question, how: 'asked' });
    else setAbout(about?.how === 'asked' ? undefined : about);
    place.replaceChildren(...[commands, bar, line(), keys()].filter(Boolean));
    fit();
    if (hadFocus) field.focus();
  }

  return {
    place,
    draw,
    say,
    focus: () => field.focus(),
    /** Puts a text in the field without sending it. */
    write(text) {
      field.value = text;
      fit();
      field.focus();
    },
    reply(message) {
      setAbout({ message, how: 'reply' });
      field.focus();
    },
    edit(message) {
      setAbout({ message, how: 'edit' });
      field.value = message.text;
      fit();
      field.focus();
    },
  };
}
