// What can be set at the provider: the shop's balance, whether it answers at all, and what the next order will be.
import { ask } from './connection.js';
import { button, el } from './dom.js';
import { trying } from './notice.js';
import { world } from './store.js';
import { words } from './words.js';

const act = (action) => void trying(() => ask(action));

/** Sets a field unless somebody is writing in it. */
export function fill(field, value) {
  if (document.activeElement !== field) field.value = String(value);
}

const MODES = { off: false, on: true, drop: 'drop' };

function balanceField() {
  const field = el('input', {
    type: 'number',
    min: 0,
    step: 'any',
    dir: 'ltr',
    inputmode: 'decimal',
    onchange: () =>
      field.checkValidity() && field.value !== '' && act({ do: 'balance', dinars: Number(field.value) }),
  });
  return field;
}

function lineToTry({ number, behaviour }, write) {
  const t = words();
  return el(
    'li',
    {},
    button(
      'quiet.line-number',
      { 'aria-label': t.useLine(number), onclick: () => write(number) },
      el('bdi', {}, number),
    ),
    el('span', {}, t.behaviours[behaviour]),
  );
}

function linesToTry(write) {
  const services = Map.groupBy(world.picture.lines, ({ service }) => service);
  return el(
    'details.lines-to-try',
    {},
    el('summary', {}, words().lines),
    [...services].flatMap(([service, lines]) => [
      el('h4', {}, el('bdi', {}, service)),
      el('ul', {}, ...lines.map((line) => lineToTry(line, write))),
    ]),
  );
}

/** Creates the card. */
export function createProvider(write) {
  const t = words();
  const balance = balanceField();
  const answers = el(
    'select',
    { onchange: () => act({ do: 'outage', mode: MODES[answers.value] }) },
    Object.keys(MODES).map((mode) => el('option', { value: mode }, t.outage[mode])),
  );
  const seconds = el('input', { type: 'number', min: 0, max: 86_400, step: 'any', dir: 'ltr', value: '3' });
  const next = el(
    'select',
    {},
    Object.entries(t.nextKinds).map(([kind, label]) => el('option', { value: kind }, label)),
  );
  const setNext = () => {
    const chosen = next.value === '' ? null : { kind: next.value, afterSeconds: Number(seconds.value) || 0 };
    act({ do: 'next', next: chosen });
  };
  next.addEventListener('change', setNext);
  seconds.addEventListener('change', () => next.value !== '' && setNext());
  const place = el(
    'section.card',
    { 'aria-label': t.provider },
    el('h3', {}, t.provider),
    el('label', {}, el('span', {}, t.balance), balance),
    el('label', {}, el('span', {}, t.answers), answers),
    el(
      'div.pair',
      {},
      el('label.wide', {}, el('span', {}, t.next), next),
      el('label', {}, el('span', {}, t.after), seconds),
    ),
    linesToTry(write),
  );
  return {
    place,
    draw() {
      const { shop } = world.picture;
      fill(balance, shop.balance);
      answers.value = Object.keys(MODES).find((mode) => MODES[mode] === shop.outage);
      answers.classList.toggle('set', shop.outage !== false);
      next.value = shop.next?.kind ?? '';
      next.classList.toggle('set', shop.next !== null);
      if (shop.next) fill(seconds, shop.next.afterSeconds);
    },
  };
}
