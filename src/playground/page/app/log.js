// The messages of the open chat. Only what changed is drawn anew, so that what is new is read out once and nobody loses
// their place.
import { button, el, icon } from './dom.js';
import { drawMessage } from './bubble.js';
import { day } from './dates.js';
import { route } from './route.js';
import { isFor, keyOf, messagesFor } from './store.js';
import { words } from './words.js';

const NEAR_PX = 80;

/** Creates the log; `hands` are what a person can do with a message. */
export function createLog(hands) {
  const list = el('div.log', { role: 'log', 'aria-live': 'polite', tabindex: 0 });
  const toEnd = button('to-end', { hidden: true, onclick: () => scrollToEnd(true) }, icon('down'));
  const place = el('div.log-frame', {}, list, toEnd);
  let missed = 0;

  const isNearEnd = () => list.scrollHeight - list.scrollTop - list.clientHeight < NEAR_PX;

  function scrollToEnd(isSmooth = false) {
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    list.scrollTo({ top: list.scrollHeight, behavior: isSmooth && !calm ? 'smooth' : 'instant' });
  }

  function showMissed() {
    toEnd.hidden = isNearEnd();
    if (toEnd.hidden) missed = 0;
    toEnd.setAttribute('aria-label', words().toNewest);
    toEnd.querySelector('.badge')?.remove();
    if (missed > 0) toEnd.append(el('span.badge', {}, String(missed)));
  }
  list.addEventListener('scroll', showMissed, { passive: true });
  // A keyboard that opens on a phone, or a reply bar, must not hide the newest message.
  let wasNearEnd = true;
  list.addEventListener('scroll', () => (wasNearEnd = isNearEnd()), { passive: true });
  new ResizeObserver(() => {
    if (wasNearEnd) scrollToEnd();
  }).observe(list);

  const find = (key) => list.querySelector(`[data-key="${key}"]`);
  const own = { ...hands, goTo };

  function goTo(key) {
    const element = find(key);
    element?.scrollIntoView({ block: 'center' });
    element?.classList.add('found');
    setTimeout(() => element?.classList.remove('found'), 1500);
  }

  function dayMark(message) {
    const name = day(message.date);
    const marks = list.querySelectorAll('.day');
    if (marks.item(marks.length - 1)?.textContent === name) return;
    list.append(el('div.day', {}, el('span', {}, name)));
  }

  function append(message) {
    dayMark(message);
    list.append(drawMessage(message, own));
  }

  function dropEmptyDays() {
    for (const mark of list.querySelectorAll('.day'))
      if (!mark.nextElementSibling || mark.nextElementSibling.matches('.day')) mark.remove();
  }

  return {
    place,
    /** Draws the whole chat. */
    drawAll() {
      // What was there before is not news.
      list.setAttribute('aria-live', 'off');
      list.setAttribute('aria-label', words().messages);
      list.replaceChildren();
      const messages = messagesFor(route.as, route.chat);
      if (messages.length === 0) list.append(el('div.notice.empty', {}, el('span', {}, words().noMessages)));
      for (const message of messages) append(message);
      missed = 0;
      scrollToEnd();
      showMissed();
      requestAnimationFrame(() => list.setAttribute('aria-live', 'polite'));
    },
    /** Puts one new, changed or deleted message in its place. */
    draw(message) {
      if (!isFor(route.as, message)) return;
      const old = find(keyOf(message));
      const follows = isNearEnd() || message.from.id === route.as;
      if (message.deleted) {
        old?.remove();
        dropEmptyDays();
      } else if (old) {
        replace(old, drawMessage(message, own));
      } else {
        list.querySelector('.empty')?.remove();
        append(message);
        if (!follows) missed += 1;
      }
      if (follows) scrollToEnd();
      showMissed();
    },
  };

  function replace(old, fresh) {
    const hadFocus = old.contains(document.activeElement);
    fresh.classList.add('changed');
    old.replaceWith(fresh);
    if (hadFocus) (fresh.querySelector('.key:not(:disabled)') ?? list).focus({ preventScroll: true });
  }
}
