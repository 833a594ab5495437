// What the tests run inside the page. As text, since the rest of the project knows no browser.

/** Gives a function's call as an expression for the page. */
export const inPage = (source: string, ...values: readonly unknown[]): string =>
  `(${source})(${values.map((value) => JSON.stringify(value)).join(', ')})`;

/** Elements that reach beyond the screen and cannot be scrolled to, in words. */
export const overflowing = `() =>
  [...document.querySelectorAll('body *')]
    .filter((one) => one.checkVisibility() && !one.closest('pre, .off-screen, .role, .toast'))
    .filter((one) => getComputedStyle(one.parentElement).textOverflow !== 'ellipsis')
    .filter((one) => {
      const { left, right, width } = one.getBoundingClientRect();
      return width > 1 && (left < -1 || right > innerWidth + 1);
    })
    .map((one) => one.tagName + '.' + one.className + ' ' + one.textContent.slice(0, 40))`;

/** From now on keeps in \`waits\` how many ms passed between each new message and its first painted frame. */
export const watchPixels = `() => {
  globalThis.waits = [];
  const log = document.querySelector('.log');
  new MutationObserver(() => {
    const at = Number(log.querySelector('.message:last-child').dataset.at);
    requestAnimationFrame(() => setTimeout(() => waits.push(Date.now() - at)));
  }).observe(log, { childList: true });
}`;

/** The colours of the buttons under messages: what they stand on, and what is written on them. */
export const keyColours =
  "[...document.querySelectorAll('.key')].map((one) => getComputedStyle(one).backgroundColor)";
export const keyInks = "[...document.querySelectorAll('.key')].map((one) => getComputedStyle(one).color)";

/** On which side of its box each line of the newest bot message stands. */
export const lineSides = `() => {
  const text = [...document.querySelectorAll('.message:not(.own) .text')].at(-1);
  const box = text.getBoundingClientRect();
  const node = text.firstChild;
  const end = node.textContent.indexOf('\\n');
  return [[0, end], [end + 1, end + 5]].map(([from, to]) => {
    const range = document.createRange();
    range.setStart(node, from);
    range.setEnd(node, to);
    const line = range.getBoundingClientRect();
    return box.right - line.right <= line.left - box.left ? 'right' : 'left';
  });
}`;

export const readClipboard = 'navigator.clipboard.readText()';
export const clearClipboard = "navigator.clipboard.writeText('')";
