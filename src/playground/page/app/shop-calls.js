// The HTTP calls between the bot and the provider as they happen, newest first, each with both sides of it. Keys never
// come here: the server masks them.
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

const drawStatus = ({ status }) => el('bdi', { class: `status ${kindOf(status)}` }, statusText(status));

function address({ path, query }) {
  const search = new URLSearchParams(query).toString();
  return search === '' ? path : `${path}?${search}`;
}

/** The request as it was sent. */
function requestText(call) {
  const { method, body, key } = call;
  const head = `${method} /v3${address(call)}\nX-Access-Token: ${key === '' ? '–' : key}`;
  return body === undefined || body === null ? head : `${head}\n\n${JSON.stringify(body, null, 2)}`;
}

/** The answer as far as the server keeps it, or why there is none. */
function answerText({ status, reply }) {
  const t = words();
  if (status === 'pending') return t.waiting;
  if (typeof status !== 'number') return t.noAnswer;
  const headers = Object.entries(reply?.headers ?? {}).map(([name, value]) => `${name}: ${value}`);
  const head = [`HTTP ${status}`, ...headers].join('\n');
  return reply ? `${head}\n\n${reply.text}${reply.isCut ? `\n${t.cutShort}` : ''}` : head;
}

const side = (name, title, text) =>
  el(
    `div.${name}`,
    {},
    el('h4', {}, title),
    el('pre', { dir: 'auto', tabindex: 0, 'aria-label': title }, text),
  );

const drawAnswer = (call) => side('answer', words().theAnswer, answerText(call));

function drawCall(call) {
  return el(
    'details.call',
    { 'data-call': call.seq },
    el(
      'summary',
      { dir: 'ltr' },
      el('time', { datetime: new Date(call.at).toISOString() }, exact(call.at)),
      el('b', {}, call.method),
      el('span.path', {}, address(call)),
      drawStatus(call),
    ),
    side('request', words().theRequest, requestText(call)),
    drawAnswer(call),
  );
}

/** Shows what has become of a call without closing it under somebody who reads. */
function renew(element, call) {
  element.querySelector('.status').replaceWith(drawStatus(call));
  element.querySelector('.answer').replaceWith(drawAnswer(call));
}

/** Creates the card. */
export function createCallLog() {
  const t = words();
  const list = el('div.calls');
  const none = el('p.hint', {}, t.noCalls);
  const drawn = new Map();

  function dropGone(calls) {
    const present = new Set(calls.map(({ seq }) => seq));
    for (const [seq, { element }] of drawn) {
      if (present.has(seq)) continue;
      element.remove();
      drawn.delete(seq);
    }
  }

  return {
    place: el('section.card', { 'aria-label': t.log }, el('h3', {}, t.log), none, list),
    draw() {
      const { calls } = world.picture;
      none.hidden = calls.length > 0;
      dropGone(calls);
      for (const call of calls) {
        const old = drawn.get(call.seq);
        if (old?.status === call.status) continue;
        const element = old?.element ?? drawCall(call);
        if (old) renew(element, call);
        else list.prepend(element);
        drawn.set(call.seq, { element, status: call.status });
      }
    },
  };
}
