// What the page itself says: all of it in every language, and nothing that is said nowhere.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { testNumbers } from '../../src/playground/oneclickdz/server.ts';
import { NEXT_KINDS } from '../../src/playground/web/outcomes.ts';

const APP = join(import.meta.dirname, '..', '..', 'src', 'playground', 'page', 'app');
const LANGUAGES = ['en', 'fr', 'ar'] as const;

type Language = (typeof LANGUAGES)[number];

/** By path (`role.owner`): each sentence, made with 3 where it needs something. */
type Sentences = ReadonlyMap<string, string>;

function flat(words: unknown, path: readonly string[] = []): [string, string][] {
  if (typeof words === 'string') return [[path.join('.'), words]];
  if (typeof words === 'function') return [[path.join('.'), String(Reflect.apply(words, undefined, [3]))]];
  if (typeof words !== 'object' || words === null)
    throw new Error(`No sentence: ${path.join('.')} ${String(words)}`);
  return Object.entries(words).flatMap(([name, part]) => flat(part, [...path, name]));
}

async function read(language: Language): Promise<Sentences> {
  const module: unknown = await import(join(APP, 'words', `${language}.js`));
  const words: unknown = Reflect.get(Object(module), language);
  return new Map(flat(words));
}

let said: Record<Language, Sentences>;
beforeAll(async () => {
  const [en, fr, ar] = await Promise.all([read('en'), read('fr'), read('ar')]);
  said = { en, fr, ar };
});

const keys = (language: Language, under = '') =>
  [...said[language].keys()].filter((key) => key.startsWith(under));

it.each(['fr', 'ar'] as const)('has the same sentences in %s as in English', (language) => {
  expect(keys(language).toSorted()).toEqual(keys('en').toSorted());
});

it('says in Arabic nothing without an Arabic word, and no Eastern digits', () => {
  const technical = ['dir', 'locale'];
  for (const [key, sentence] of said.ar) {
    if (!technical.includes(key)) expect(sentence, key).toMatch(/\p{Script=Arabic}/u);
    expect(sentence, key).not.toMatch(/[٠-٩۰-۹]/u);
  }
});

describe.each(LANGUAGES)('in %s', (language) => {
  it('tells what every line to try does', () => {
    const behaviours = new Set(testNumbers.map(({ behaviour }) => `behaviours.${behaviour}`));
    expect(new Set(keys(language, 'behaviours.'))).toEqual(behaviours);
  });

  it('tells what every choice for the next order does', () => {
    const kinds = ['', ...NEXT_KINDS].map((kind) => `nextKinds.${kind}`);
    expect(keys(language, 'nextKinds.').toSorted()).toEqual(kinds.toSorted());
  });
});

it('says everything it has words for, and has words for everything it says', () => {
  const files = readdirSync(APP).filter((name) => name.endsWith('.js') && name !== 'words.js');
  const code = files.map((name) => readFileSync(join(APP, name), 'utf8')).join('\n');
  const used = new Set([...code.matchAll(/\b(?:t|words\(\))\.(\w+)/gu)].map(([, name]) => name ?? ''));
  const known = new Set(keys('en').map((key) => key.split('.')[0] ?? ''));
  expect([...used].filter((name) => !known.has(name))).toEqual([]);
  // Chosen by a name that comes from the server, or read from the words as a whole.
  const chosen = ['finish', 'refund', 'queue', 'photo', 'document', 'sticker', 'voice', 'locale'];
  expect([...known].filter((name) => !used.has(name) && !chosen.includes(name))).toEqual([]);
});
