// What nobody sends who means well: texts that turn the words around them, numbers at the edge of what a number can be, and
// JSON of any shape.

import * as fc from 'fast-check';

/** Characters that are not seen, turn what follows, join what they stand between, or are half a character. */
const MARKS = [
  ...['\u200B', '\u200C', '\u200D', '\u2060', '\uFEFF', '\u00AD', '\u180E', '\u034F', '\u3164', '\u2800'],
  ...['\u200E', '\u200F', '\u061C', '\u202A', '\u202B', '\u202C', '\u202D', '\u202E'],
  ...['\u2066', '\u2067', '\u2068', '\u2069', '\u2028', '\u2029', '\u0085', '\u0000', '\u0007', '\u001B[31m'],
  ...[
    '\uD800',
    '\uDBFF',
    '\uDC00',
    '\uDFFF',
    '\uFFFE',
    '\uFFFF',
    '\u{10FFFF}',
    '\u{E0001}',
    '\u0301',
    '\u0336',
  ],
  ...['\n', '\r\n', '\t', ' ', '\u00A0', '\u3000'],
];

const WORDS = [
  ...[
    '036362608',
    '٠٣٦٣٦٢٦٠٨',
    '۰۳۶۳۶۲۶۰۸',
    '０３６３６２６０８',
    '+213 36 36 26 08',
    '0472731602',
    '0555123456',
  ],
  ...[
    '500',
    '1000',
    '1e3',
    '0x10',
    '-300',
    '−300',
    '1.000,50',
    '²³',
    'Ⅷ',
    '½',
    '٫',
    '9'.repeat(20),
    'NaN',
    '-0',
  ],
  ...['1001', '#1001', 'n°1001', '21', '22', '@nadia', '@NADIA', '@', 'Karim', 'p22', 'open', 'all', 'agent'],
  ...['كريم', 'ⴰⵣⵓⵍ', '東京', 'हिन्दी', 'ไทย', 'Ǟ̴̢̛', '👨‍👩‍👧‍👦', '🇩🇿', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', 'ﷺ', 'İ', 'ß', 'ﬃ'],
  ...[
    '<b>',
    '</b>',
    '<a href="tg://user?id=7">x</a>',
    '&lt;',
    '*x*',
    '_',
    '`',
    '[z](tg://user?id=7)',
    '||x||',
  ],
  ...['${7*7}', '{{7*7}}', '%s%n', "'; --", '"', '\\', '__proto__', 'constructor', 'toString', '../../etc'],
  ...['/start', '/topup', '/pay', '=1+1', '@SUM(A1)', '+1', ';', ','],
];

const piece = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...WORDS) },
  { weight: 4, arbitrary: fc.constantFrom(...MARKS) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 8 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 8 }) },
  // Units of UTF-16 by themselves: halves of characters among them.
  {
    weight: 1,
    arbitrary: fc
      .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 4 })
      .map((units) => String.fromCharCode(...units)),
  },
);

/** A few pieces behind each other, with blanks or without. */
export const oddText: fc.Arbitrary<string> = fc
  .tuple(fc.array(piece, { maxLength: 7 }), fc.constantFrom('', ' ', ' ', '\n'))
  .map(([pieces, between]) => pieces.join(between));

/** The same, now and then as long as a message can be. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  { weight: 8, arbitrary: oddText },
  {
    weight: 1,
    arbitrary: oddText.map((text) => `${text}x`.repeat(4096).slice(0, 4096)),
  },
);

/** Numbers that are none, or hardly. */
export const oddNumber: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    0,
    -0,
    -1,
    1.5,
    2 ** 31,
    2 ** 32,
    2 ** 52 - 1,
    2 ** 53,
    1e21,
    -1e21,
    5e-324,
    1e308,
  ),
  fc.constantFrom<unknown>('NaN', 'Infinity', '-1', '1e9', '0x1F', '٥٠٠', '', ' ', '1,000', '9'.repeat(400)),
  fc.double({ noNaN: true }),
  fc.maxSafeInteger(),
);

/** Any JSON at all, shallow or deep. */
export const oddJson: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(null, true, false, '', [], {}, [[]], [null], { a: null }),
  oddNumber,
  oddText,
  fc.jsonValue({ maxDepth: 3 }),
  fc.integer({ min: 20, max: 400 }).map((depth): unknown => {
    let deep: unknown = null;
    for (let i = 0; i < depth; i += 1) deep = i % 2 === 0 ? [deep] : { x: deep };
    return deep;
  }),
);

/** Something done to one place of a JSON value; the steps choose the way there. */
export interface Bend {
  readonly steps: readonly number[];
  readonly how: 'drop' | 'replace' | 'add' | 'wrap';
  readonly name: string;
  readonly value: unknown;
}

export const bend: fc.Arbitrary<Bend> = fc.record({
  steps: fc.array(fc.nat(40), { minLength: 1, maxLength: 5 }),
  how: fc.constantFrom('drop', 'replace', 'replace', 'replace', 'add', 'wrap'),
  name: fc.constantFrom('__proto__', 'constructor', 'text', 'from', 'chat', 'id', 'data', 'message', 'x', ''),
  value: oddJson,
});

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

function bendAt(value: unknown, steps: readonly number[], { how, name, value: put }: Bend): unknown {
  if (!isObject(value)) return put;
  const keys = Object.keys(value);
  const [first = 0, ...rest] = steps;
  const key = keys[first % Math.max(1, keys.length)];
  if (key === undefined) return put;
  const inner = value[key];
  // `defineProperty`, because the name may be `__proto__`.
  const set = (at: string, to: unknown): void =>
    void Object.defineProperty(value, at, {
      value: to,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  if (rest.length > 0 && isObject(inner) && Object.keys(inner).length > 0)
    set(key, bendAt(inner, rest, { steps, how, name, value: put }));
  else if (how === 'drop') Reflect.deleteProperty(value, key);
  else if (how === 'add') set(name, put);
  else if (how === 'wrap') set(key, [inner]);
  else set(key, put);
  return value;
}

/** A JSON value with something done to it in places, as it comes over the wire. */
export function bent(value: unknown, bends: readonly Bend[]): unknown {
  let out: unknown = JSON.parse(JSON.stringify(value));
  for (const one of bends) out = bendAt(out, one.steps, one);
  return JSON.parse(JSON.stringify(out ?? null));
}
