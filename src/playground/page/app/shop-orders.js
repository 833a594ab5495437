// The orders the provider has accepted, newest first; an open one can be delivered, refunded or queued by hand.
import { ask } from './connection.js';
import { exact } from './dates.js';
import { button, el, refill } from './dom.js';
import { toast, trying } from './notice.js';
import { world } from './store.js';
import { words } from './words.js';

const ENDED = new Set(['FULFILLED', 'REFUNDED']);

function row({ id, type, number, value, status, ref, acceptedAt }) {
  const t = words();
  const end = async (what) => {
    const isDone = await trying(() => ask({ do: what, order: id }).then(() => true));
    if (isDone && status === 'QUEUED') toast(t.askedLater);
  };
  const act = (what) => button('', { 'data-act': `${what} ${id}`, onclick: () => void end(what) }, t[what]);
  return el(
    'li',
    { 'data-order': id },
    el(
      'div.top',
      {},
      el('bdi.what', {}, `${type} · ${number} · ${value} DA`),
      el('bdi', { class: `status ${status}` }, status),
    ),
    el(
      'div.under',
      {},
      el('time', { datetime: new Date(acceptedAt).toISOString() }, exact(acceptedAt)),
      ' · ',
      el('bdi', {}, ref),
    ),
    !ENDED.has(status) &&
      el(
        'div.row',
        { role: 'group', 'aria-label': t.orderHint },
        act('finish'),
        act('refund'),
        status !== 'QUEUED' && act('queue'),
      ),
  );
}

/** Creates the card. */
export function createOrders() {
  const t = words();
  const list = el('ul.orders');
  const none = el('p.hint', {}, t.noOrders);
  return {
    place: el('section.card', { 'aria-label': t.orders }, el('h3', {}, t.orders), none, list),
    draw() {
      none.hidden = world.picture.orders.length > 0;
      refill(list, 'data-act', world.picture.orders.toReversed().map(row));
    },
  };
}
