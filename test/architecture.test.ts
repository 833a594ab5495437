// The shape of the source: who may import whom, who may read the environment, and what every file owes its reader.

import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

const SRC = join(import.meta.dirname, '..', 'src');

interface Source {
  /** From `src`, with forward slashes. */
  readonly path: string;
  readonly text: string;
  /** Without comments. */
  readonly code: string;
  /** Files of ours, as paths from `src`. */
  readonly imports: readonly string[];
  readonly packages: readonly string[];
}

const IMPORT = /^(?:import|export|\})[^'"]*\bfrom '([^']+)'|^import '([^']+)'|\bimport\('([^']+)'\)/gm;

function read(path: string): Source {
  const text = readFileSync(join(SRC, path), 'utf8');
  const code = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|[^:'"`\\])\/\/.*$/gm, '$1');
  const named = [...code.matchAll(IMPORT)].map(([, from, bare, late]) => from ?? bare ?? late ?? '');
  const ours = named.filter((name) => name.startsWith('.'));
  return {
    path,
    text,
    code,
    imports: ours.map((name) => relative(SRC, normalize(join(SRC, dirname(path), name)))),
    packages: named.filter((name) => !name.startsWith('.') && !name.startsWith('node:')),
  };
}

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => /\.[jt]s$/.test(path) && !path.startsWith('playground/page/'))
  .map(read);

/** `domain/money.ts` → `domain`, `worker.ts` → `worker`. */
const partOf = (path: string): string =>
  path.includes('/') ? path.slice(0, path.indexOf('/')) : path.replace(/\..*$/, '');

/** What each part may import besides itself. Parts that are missing here may not exist. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  domain: [],
  app: ['domain'],
  i18n: ['domain'],
  oneclickdz: ['app', 'domain'],
  store: ['app', 'domain'],
  bot: ['app', 'domain', 'i18n'],
  worker: ['app', 'domain'],
  http: ['app', 'domain'],
  'config-values': [],
  config: ['config-values', 'domain'],
  logger: [],
  'until-done': [],
  'move-store': ['app', 'store'],
  main: [
    'app',
    'bot',
    'config',
    'domain',
    'http',
    'i18n',
    'logger',
    'oneclickdz',
    'store',
    'until-done',
    'worker',
  ],
  start: ['main', 'move-store', 'playground'],
  playground: ['main'],
};

/** Where each package is known. */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  grammy: ['bot', 'main'],
  'grammy/types': ['bot'],
  '@grammyjs/conversations': ['bot'],
  ky: ['oneclickdz'],
  lowdb: ['store'],
  'lowdb/node': ['store'],
  pg: ['store'],
  pino: ['logger'],
  'prom-client': ['http'],
  qr: ['bot'],
  zod: ['bot', 'config', 'config-values', 'http', 'oneclickdz', 'playground', 'store'],
};

it('there is something to look at', () => {
  expect(files.length).toBeGreaterThan(50);
  expect(files.flatMap(({ imports }) => imports).length).toBeGreaterThan(100);
});

describe.each(files)('$path', ({ path, text, code, imports, packages }) => {
  const part = partOf(path);

  it('imports only what its part may know', () => {
    const allowed = [part, ...(MAY_IMPORT[part] ?? [])];
    expect(MAY_IMPORT, `the part ${part} has no place in the layout`).toHaveProperty(part);
    expect(imports.filter((other) => !allowed.includes(partOf(other)))).toEqual([]);
  });

  it('knows only the packages of its part', () => {
    expect(packages.filter((name) => PACKAGES[name]?.includes(part) !== true)).toEqual([]);
  });

  it('opens with its reason', () => {
    expect(text.replace(/^#!.*\n/, '')).toMatch(/^\/\/ \S.{20,}/);
  });

  it('fits its budget', () => {
    expect(text.split('\n').length - 1).toBeLessThanOrEqual(300);
  });

  it('has a name of the trade', () => {
    expect(path).toMatch(/^([a-z0-9]+(-[a-z0-9]+)*\/)*[a-z0-9]+(-[a-z0-9]+)*\.(ts|js)$/);
    expect(path).not.toMatch(/util|helper|manager|misc|common/);
  });

  it('reads the environment only where the bot is put together', () => {
    if (!['main', 'start', 'playground'].includes(part)) expect(code).not.toMatch(/process\.env|loadEnvFile/);
  });

  it('does nothing when it is imported', () => {
    if (['start', 'playground'].includes(part)) return;
    expect(code).not.toMatch(/^(await|setTimeout|setInterval|process|console|void)\b/m);
  });
});

describe.each(files.filter(({ path }) => path.startsWith('domain/')))('$path is pure', ({ code }) => {
  it.each([
    'await',
    'async',
    'Promise',
    'Date.now',
    'new Date',
    'Math.random',
    'randomUUID',
    'process',
    'console',
    'setTimeout',
  ])('no %s', (impure) => {
    expect(code).not.toMatch(new RegExp(`\\b${impure.replace('.', '\\.')}\\b`));
  });
});

it('only the bot speaks: sentences are used nowhere else', () => {
  const speakers = files.filter(({ imports }) => imports.some((other) => other.startsWith('i18n/')));
  const parts = new Set(speakers.map(({ path }) => partOf(path)));
  // The composition root asks for a client's language, nothing more.
  expect(parts).toEqual(new Set(['bot', 'i18n', 'main']));
  for (const { code } of files.filter(({ path }) => partOf(path) === 'main'))
    expect(code).not.toMatch(/\bsentences\b/);
});

it('the bot listens at one port, and one file opens it', () => {
  const listening = files.filter(
    ({ path, code }) => !path.startsWith('playground/') && /\bcreateServer\b|\.listen\(/.test(code),
  );
  expect(listening.map(({ path }) => path)).toEqual(['http/server.ts']);
});

it('the stand-ins know nothing of the bot, and one composition starts everything', () => {
  const outward = files.filter(
    ({ path, imports }) =>
      path.startsWith('playground/') && imports.some((other) => partOf(other) === 'main'),
  );
  expect(outward.filter(({ path }) => /^playground\/(telegram|oneclickdz)\//.test(path))).toEqual([]);
});
