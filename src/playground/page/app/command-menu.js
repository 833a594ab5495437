// The bot's commands, in the language of the person one is: all of them from their button, the fitting ones from the
// first slash on.
import { button, el } from './dom.js';
import { route } from './route.js';
import { commandsFor } from './store.js';
import { words } from './words.js';

const ARROWS = { ArrowDown: 1, ArrowUp: -1 };

/** Creates the menu above `field`; `choose` gets the command somebody takes. */
export function createCommandMenu(field, choose) {
  const place = el('div.commands', { role: 'listbox', hidden: true });

  const draw = ({ command, description }) =>
    button(
      'command',
      { role: 'option', 'aria-selected': 'false', onclick: () => choose(command) },
      el('bdi.name', {}, `/${command}`),
      el('span.description', { dir: 'auto' }, description),
    );

  function show(isWanted) {
    const fitting = commandsFor(route.as, route.chat).filter(isWanted);
    place.hidden = fitting.length === 0;
    place.setAttribute('aria-label', words().commands);
    place.replaceChildren(...fitting.map(draw));
  }

  place.addEventListener('keydown', (event) => {
    const step = ARROWS[event.key];
    const isPastEnd = step === 1 && document.activeElement === place.lastElementChild;
    if (event.key === 'Escape') place.hidden = true;
    if (event.key === 'Escape' || isPastEnd) field.focus();
    else if (step) {
      event.preventDefault();
      const all = [...place.children];
      all.at((all.indexOf(document.activeElement) + step) % all.length).focus();
    }
  });

  return {
    place,
    isOpen: () => !place.hidden,
    hide: () => (place.hidden = true),
    /** Shows what fits the text in the field. */
    follow() {
      const typed = /^\/(\w*)$/.exec(field.value)?.[1].toLowerCase();
      show(({ command }) => typed !== undefined && command.startsWith(typed));
    },
    /** Opens it with everything, or closes it. */
    toggle() {
      if (place.hidden) show(() => true);
      else place.hidden = true;
      place.firstElementChild?.focus();
    },
    /** Goes into it from the field below. */
    enter: () => place.lastElementChild.focus(),
  };
}
