// Draws a text with its entities. Offsets count UTF-16 units, as JavaScript does.
import { el } from './dom.js';
import { copy } from './copying.js';
import { moment } from './dates.js';
import { words } from './words.js';

const PLAIN = {
  bold: 'b',
  italic: 'i',
  underline: 'u',
  strikethrough: 's',
  blockquote: 'blockquote',
  expandable_blockquote: 'blockquote',
};

/**
 * @param {{text: string, entities: object[]}} message
 * @param {{open: (url: string) => void, command: (text: string) => void, shown: Set<string>, key: string}} hands
 * @returns {Node[]}
 */
export function drawText({ text, entities }, hands) {
  const sorted = entities
    .map((entity, order) => ({ ...entity, order }))
    .sort((a, b) => a.offset - b.offset || b.length - a.length || a.order - b.order);
  return drawRange(text, sorted, 0, text.length, hands);
}

function drawRange(text, entities, from, to, hands) {
  const nodes = [];
  let at = from;
  while (entities.length > 0) {
    const [entity, ...rest] = entities;
    const start = Math.max(at, entity.offset);
    const end = Math.min(to, entity.offset + entity.length);
    const inside = rest.filter((one) => one.offset < end);
    entities = rest.filter((one) => one.offset >= end);
    if (end <= start) continue;
    if (start > at) nodes.push(...drawPlain(text.slice(at, start), hands));
    const draw = () => drawRange(text, inside, start, end, hands);
    nodes.push(drawEntity(entity, text.slice(start, end), draw, hands));
    at = end;
  }
  if (at < to) nodes.push(...drawPlain(text.slice(at, to), hands));
  return nodes;
}

/** Text without entities; an address in it can be pressed all the same, as Telegram finds it by itself. */
function drawPlain(text, { open }) {
  const parts = text.split(/(https?:\/\/[^\s\u2066-\u2069]*[^\s\u2066-\u2069.,;:!?)])/u);
  return parts.map((part, at) => (at % 2 === 0 ? part : pressable('a.link', () => open(part), part, 'link')));
}

function drawEntity(entity, own, draw, hands) {
  const tag = PLAIN[entity.type];
  if (tag) return el(tag, {}, draw());
  switch (entity.type) {
    case 'spoiler':
      return spoiler(entity, own, draw, hands);
    case 'code':
      return pressable('code', () => copy(own), draw());
    case 'pre':
      return el('pre', {}, el('code', {}, own));
    case 'text_link':
      return pressable('a.link', () => hands.open(entity.url), draw(), 'link');
    case 'url':
      return pressable('a.link', () => hands.open(own), own, 'link');
    case 'bot_command':
      return pressable('a.link', () => hands.command(own), own);
    case 'date_time': {
      const shown = moment(entity.unix_time, entity.date_time_format, own);
      const live = entity.date_time_format === 'r' ? { 'data-relative': entity.unix_time } : {};
      return el('time', { ...live, datetime: new Date(entity.unix_time * 1000).toISOString() }, shown);
    }
    case 'mention':
    case 'text_mention':
    case 'hashtag':
    case 'cashtag':
    case 'email':
    case 'phone_number':
      return el('span.link', {}, draw());
    default:
      return el('span', {}, draw());
  }
}

function pressable(tag, press, content, role = 'button') {
  const keys = (event) => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    press();
  };
  return el(tag, { role, tabindex: 0, onclick: press, onkeydown: keys }, content);
}

function spoiler(entity, own, draw, { shown, key }) {
  const name = `${key}:${entity.offset}:${own}`;
  if (shown.has(name)) return el('span.spoiler.shown', {}, draw());
  const cover = pressable('span.spoiler', () => reveal(), el('span', { 'aria-hidden': true }, own));
  cover.setAttribute('aria-label', words().hidden);
  const reveal = () => {
    shown.add(name);
    cover.replaceWith(el('span.spoiler.shown', { tabindex: -1 }, draw()));
  };
  return cover;
}
