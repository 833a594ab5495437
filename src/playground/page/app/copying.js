// Puts a text on the clipboard and says so; where the browser forbids it, shows the text to take by hand.
import { el } from './dom.js';
import { alert, toast } from './notice.js';
import { words } from './words.js';

export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    toast(words().copied);
  } catch {
    if (copyByHand(text)) toast(words().copied);
    else alert(`${words().copyFailed}\n${text}`);
  }
}

function copyByHand(text) {
  const field = el('textarea', { readonly: true, class: 'off-screen', value: text });
  document.body.append(field);
  field.select();
  const isDone = document.execCommand('copy');
  field.remove();
  return isDone;
}
