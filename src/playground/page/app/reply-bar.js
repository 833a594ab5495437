// What the next text is about: the message it answers or changes, or the question the bot wants answered. Shown as a
// bar over the line one writes in.
import { button, el, icon } from './dom.js';
import { brief } from './list.js';
import { route } from './route.js';
import { chatOf, keyOf, messagesFor } from './store.js';
import { words } from './words.js';

const nameOf = (message) => `${message.chatId}:${keyOf(message)}`;

/** A question that wants its answer as a reply from this person: the newest one they have not written after. */
function openQuestion(dismissed) {
  const isPrivate = chatOf(route.chat)?.kind === 'private';
  const messages = messagesFor(route.as, route.chat);
  const mine = messages.findLastIndex(({ from }) => from.id === route.as);
  const question = messages.slice(mine + 1).findLast(({ forceReply }) => forceReply);
  if (!question || dismissed.has(nameOf(question))) return undefined;
  const toMe = messages.some(({ id, from }) => id === question.replyTo && from.id === route.as);
  return isPrivate || toMe ? question : undefined;
}

/** Creates the bar; `changed` hears what it shows after every change, `closed` what it showed when somebody closes it. */
export function createReplyBar(changed, closed) {
  const place = el('div.reply-bar', { hidden: true });
  const dismissed = new Set();
  /** @type {{message: object, how: 'reply' | 'edit' | 'asked'} | undefined} */
  let about;

  function set(next) {
    about = next;
    place.hidden = !next;
    place.replaceChildren(...(next ? content(next) : []));
    changed(next);
  }

  function content({ message, how }) {
    const t = words();
    return [
      icon('reply'),
      el(
        'span.lines',
        {},
        el('b', {}, how === 'edit' ? t.editing : t.replyingTo(message.from.name)),
        el('span.words', {}, el('bdi', {}, brief(message).slice(0, 90))),
      ),
      button('quiet', { 'aria-label': t.cancelReply, onclick: dismiss }, icon('close')),
    ];
  }

  function dismiss() {
    const was = about;
    if (was?.how === 'asked') dismissed.add(nameOf(was.message));
    set(undefined);
    closed(was);
  }

  return {
    place,
    about: () => about,
    set,
    dismiss,
    /** Takes up the bot's question, or drops one that is no longer open. */
    follow() {
      const question = openQuestion(dismissed);
      if (question) set({ message: question, how: 'asked' });
      else set(about?.how === 'asked' ? undefined : about);
    },
  };
}
