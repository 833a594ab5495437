// Builds elements. Every string becomes a text node: what people and the bot write is never read as HTML.

/**
 * @param {string} tag a tag name, with classes behind dots: `button.primary`
 * @param {Record<string, unknown>} [props] attributes; `on…` names are listeners, true and false switch an attribute
 * @param {...(Node | string | null | undefined | false | Array<Node | string | null>)} children
 * @returns {HTMLElement}
 */
export function el(tag, props = {}, ...children) {
  const [name, ...classes] = tag.split('.');
  const element = document.createElement(name);
  if (classes.length > 0) element.className = classes.join(' ');
  for (const [key, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith('on')) element.addEventListener(key.slice(2), value);
    else if (key === 'value') element.value = value;
    else element.setAttribute(key, value === true ? '' : String(value));
  }
  element.append(
    ...children.flat().filter((child) => child !== null && child !== undefined && child !== false),
  );
  return element;
}

/** Fills a place anew without taking the focus from the button somebody is on; `name` tells its buttons apart. */
export function refill(place, name, children) {
  const focused = place.contains(document.activeElement) ? document.activeElement.getAttribute(name) : null;
  place.replaceChildren(...children);
  if (focused !== null) place.querySelector(`[${name}="${focused}"]`)?.focus();
}

/** A real button that submits nothing. */
export const button = (classes, props, ...children) =>
  el(`button${classes === '' ? '' : `.${classes}`}`, { type: 'button', ...props }, ...children);

const PATHS = {
  back: 'M15 5l-7 7 7 7',
  more: 'M12 6h.01M12 12h.01M12 18h.01',
  send: 'M5 4l15 8-15 8 3-8zM8 12h6',
  ticks: 'M2 13l4 4 9-10M11 16l1 1 9-10',
  clip: 'M8 12l5-5a3 3 0 014 4l-7 7a5 5 0 01-7-7l7-7',
  slash: 'M15 4L9 20',
  close: 'M6 6l12 12M18 6L6 18',
  down: 'M6 9l6 6 6-6',
  reply: 'M10 7L5 12l5 5M5 12h9a5 5 0 015 5',
  window: 'M14 4h6v6M20 4l-9 9M18 14v5H5V6h5',
  link: 'M8 16l8-8M9 8h7v7',
  copy: 'M9 9h10v10H9zM5 15V5h10',
  shop: 'M4 10l1-5h14l1 5M5 10v9h14v-9M4 10h16M10 19v-5h4v5',
  keys: 'M4 7h16v10H4zM8 11h.01M12 11h.01M16 11h.01M8 14h8',
  photo: 'M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M9 9h.01',
  document: 'M7 3h7l4 4v14H7zM14 3v4h4',
  sticker: 'M5 5h14v9l-5 5H5zM19 14h-5v5M9 10h.01M13 10h.01',
  voice: 'M12 4v9M9 7v4M15 7v4M6 10a6 6 0 0012 0M12 16v4',
};

/** A line drawing; it says nothing to a screen reader, the button around it does. */
export function icon(name) {
  const space = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(space, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('class', `icon icon-${name}`);
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(space, 'path');
  path.setAttribute('d', PATHS[name]);
  svg.append(path);
  return svg;
}

const COLOURS = ['#b3404a', '#a5571b', '#6a4fb3', '#2a7a3b', '#1f7385', '#2c68b0', '#a83f79'];

/** The round picture of a person or chat: a letter on a colour of its own. */
export function avatar(id, title, isBot = false) {
  const circle = el('span.avatar', { 'aria-hidden': true }, isBot ? '⚡\uFE0E' : ([...title][0] ?? '?'));
  circle.style.backgroundColor = isBot ? '#1a6fc4' : COLOURS[Math.abs(id) % COLOURS.length];
  return circle;
}
