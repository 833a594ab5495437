// Moments as people read them, and the relative ones kept current.
import { words } from './words.js';

const cache = new Map();

function format(kind, options, Make = Intl.DateTimeFormat) {
  const { locale } = words();
  const key = `${locale} ${kind}`;
  if (!cache.has(key)) cache.set(key, new Make(locale, options));
  return cache.get(key);
}

const CLOCK = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' };

/** `19:42` */
export const clock = (seconds) => format('clock', CLOCK).format(seconds * 1000);

/** `19:42:07` */
export const exact = (ms) => format('exact', { ...CLOCK, second: '2-digit' }).format(ms);

/** Today, yesterday, or the date. */
export function day(seconds) {
  const date = new Date(seconds * 1000);
  const daysAgo = Math.round((new Date().setHours(0, 0, 0, 0) - date.setHours(0, 0, 0, 0)) / 86_400_000);
  if (daysAgo === 0) return words().today;
  if (daysAgo === 1) return words().yesterday;
  return format('day', { day: 'numeric', month: 'long' }).format(seconds * 1000);
}

const UNITS = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
];

function relative(seconds) {
  const away = Math.round(seconds - Date.now() / 1000);
  const [unit, size] = UNITS.find(([, length]) => Math.abs(away) >= length) ?? UNITS[3];
  return format('relative', { numeric: 'auto' }, Intl.RelativeTimeFormat).format(
    Math.trunc(away / size),
    unit,
  );
}

const SHAPES = {
  w: { weekday: 'long' },
  d: { day: '2-digit', month: '2-digit', year: 'numeric' },
  D: { day: 'numeric', month: 'long', year: 'numeric' },
  t: CLOCK,
  T: { ...CLOCK, second: '2-digit' },
};

/** A date entity: `r` is relative, otherwise any of w d D t T; without a format the sender's own text stands. */
export function moment(seconds, shape, own) {
  if (shape === 'r') return relative(seconds);
  const wanted = [...(shape ?? '')].filter((letter) => letter in SHAPES);
  if (wanted.length === 0) return own;
  return format(shape, Object.assign({}, ...wanted.map((letter) => SHAPES[letter]))).format(seconds * 1000);
}

// Only the text nodes change, so that nothing is read out or redrawn.
setInterval(() => {
  for (const time of document.querySelectorAll('time[data-relative]')) {
    const text = relative(Number(time.dataset.relative));
    if (time.textContent !== text) time.textContent = text;
  }
}, 1000);
