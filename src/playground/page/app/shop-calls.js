// The HTTP calls between the bot and the provider as they happen, newest first. The key never comes here: the server
// masks it.
import { exact } from './dates.js';
import { el } from './dom.js';
import { world } from './store.js';
import { words } from './words.js';

function kindOf(status) {
  if (typeof status !== 'number') return status === 'pending' ? 'pending' : 'bad';
  return status < 400 ? 'good' : 'bad';
}

function statusText(status) {
  const t = words();
  return { pending: t.waiting, hanging: t.hanging, dropped: t.dropped }[status] ?? String(status);
}

/** The request as it was sent, the key masked. */
function request({ method, path, query, body, key }) {
  const search = new URLSearchParams(query).toString();
  const head = `${method} /v3${path}${search === '' ? '' : `?${search}`}\nX-Access-Token: ${key === '' ? '–' : key}`;
  return body === undefined || body === null ? head : `${head}\n\n${JSON.stringify(body, null, 2)}`;
}

function row(call) {
  const status = el('bdi', { class: `status ${kindOf(call.status)}` }, statusText(call.status));
  return el(
    'details.call',
    { 'data-call': call.seq },
    el(
      'summary',
      { dir: 'ltr' },
      el('time', { datetime: new Date(call.at).toISOString() }, exact(call.at)),
      el('b', {}, call.method),
      el('span.path', {}, call.path),
      status,
    ),
    el('pre', { dir: 'ltr', tabindex: 0 }, request(call)),
  );
}

/** Creates the card. */
export function createCallLog() {
  const t = words();
  const list = el('div.calls');
  const none = el('p.hint', {}, t.noCalls);
  const drawn = new Map();

  return {
    place: el('section.card', { 'aria-label': t.log }, el('h3', {}, t.log), none, list),
    draw() {
      const { calls } = world.picture;
      none.hidden = calls.length > 0;
      const present = new Set(calls.map(({ seq }) => seq));
      for (const [seq, { element }] of drawn) {
        if (present.has(seq)) continue;
        element.remove();
        drawn.delete(seq);
      }
      for (const call of calls) {
        const old = drawn.get(call.seq);
        if (old?.status === call.status) continue;
        if (old) old.element.querySelector('.status').replaceWith(row(call).querySelector('.status'));
        else {
          const element = row(call);
          list.prepend(element);
          drawn.set(call.seq, { element });
        }
        drawn.get(call.seq).status = call.status;
      }
    },
  };
}
