// The short words a bot can say over the chat: a toast that goes by itself, an alert that waits for OK.
import { button, el } from './dom.js';
import { words } from './words.js';

const LASTS_MS = 4000;

/** Shows a line for a few seconds. */
export function toast(text) {
  const line = el('div.toast', { dir: 'auto' }, text);
  document.getElementById('toasts').append(line);
  setTimeout(() => line.remove(), LASTS_MS);
}

function dialog(text, buttons) {
  return new Promise((resolve) => {
    const box = el(
      'dialog.alert',
      { 'aria-label': text, onclose: () => (box.remove(), resolve(box.returnValue)) },
      el('p', { dir: 'auto' }, text),
      el(
        'div.row',
        {},
        buttons.map(({ label, value, style }) =>
          button(style ?? '', { onclick: () => box.close(value) }, label),
        ),
      ),
    );
    document.body.append(box);
    box.showModal();
  });
}

/** Shows a text until it is confirmed. */
export const alert = (text) => dialog(text, [{ label: words().ok, value: 'ok', style: 'solid' }]);

/** Asks for a yes. */
export const confirm = async (text, yes) =>
  (await dialog(text, [
    { label: words().cancel, value: '' },
    { label: yes, value: 'yes', style: 'solid.danger' },
  ])) === 'yes';

/** Runs something and says what the server had against it. */
export async function trying(work) {
  try {
    return await work();
  } catch (error) {
    toast(error.message);
    return undefined;
  }
}

/** A small menu beside the button that opened it. */
export function menu(anchor, items) {
  const list = el(
    'div.menu',
    { role: 'menu', popover: 'auto' },
    items.map(({ label, press, danger }) =>
      button(
        danger ? 'danger' : '',
        { role: 'menuitem', onclick: () => (list.hidePopover(), press()) },
        label,
      ),
    ),
  );
  list.addEventListener('toggle', ({ newState }) => newState === 'closed' && list.remove());
  list.addEventListener('keydown', (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const all = [...list.children];
    all[(all.indexOf(document.activeElement) + step + all.length) % all.length].focus();
  });
  document.body.append(list);
  list.showPopover();
  const at = anchor.getBoundingClientRect();
  const box = list.getBoundingClientRect();
  const left = document.dir === 'rtl' ? at.left : at.right - box.width;
  const top = at.bottom + box.height > innerHeight ? at.top - box.height : at.bottom;
  list.style.left = `${Math.max(8, Math.min(left, innerWidth - box.width - 8))}px`;
  list.style.top = `${Math.max(8, top)}px`;
  list.firstElementChild?.focus();
}
