// The README is part of the product: what it names must exist, and its tables must say what the code says.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { EXAMPLES } from '../src/config.ts';
import { testNumbers } from '../src/playground/oneclickdz/server.ts';

const ROOT = join(import.meta.dirname, '..');
const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
const { scripts } = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')));

const section = (title: string): string => {
  const from = readme.indexOf(`\n## ${title}\n`);
  expect(from, title).toBeGreaterThan(-1);
  const to = readme.indexOf('\n## ', from + 1);
  return readme.slice(from, to === -1 ? undefined : to);
};

describe('the README', () => {
  test('explains every setting, and no other', () => {
    const named = [...section('Settings').matchAll(/^\| `([A-Z_]+)`\s*\|/gm)].map(([, name]) => name);
    expect(named.toSorted()).toEqual(Object.keys(EXAMPLES).toSorted());
  });

  test('agrees with .env.example on the settings there are', () => {
    const example = readFileSync(join(ROOT, '.env.example'), 'utf8');
    const named = [...example.matchAll(/^#? ?([A-Z][A-Z_]+)=/gm)].map(([, name]) => name);
    expect(new Set(named)).toEqual(new Set(Object.keys(EXAMPLES)));
  });

  test('lists the stand-in’s test numbers as they are', () => {
    const listed = [...section('The stand-in’s test numbers').matchAll(/^\| `(\d+)`\s*\| `(\d+)`\s*\|/gm)];
    const numbers = listed.flatMap(([, adsl, lte]) => [adsl, lte]).toSorted();
    expect(numbers).toEqual(testNumbers.map(({ number }) => number).toSorted());
  });

  test('maps a tree that exists', () => {
    const named = [...section('The map').matchAll(/^ {2}([a-z0-9]+(?:\.[a-z]+|\/)) /gm)].map(
      ([, name]) => name ?? '',
    );
    expect(named.length).toBeGreaterThan(8);
    for (const name of named) expect(existsSync(join(ROOT, 'src', name)), name).toBe(true);
  });

  test('names for each promise a test that exists', () => {
    const rows = section('The promises, and what proves them')
      .split('\n')
      .filter((line) => /^\| \d /.test(line));
    expect(rows).toHaveLength(8);
    for (const row of rows) {
      const files = [...row.matchAll(/`(test\/[^`]+)`/g)].map(([, file]) => file ?? '');
      expect(files.length, row).toBeGreaterThan(0);
      for (const file of files) expect(existsSync(join(ROOT, file)), file).toBe(true);
    }
  });

  test('names for each threat a defence and a test that exists', () => {
    const table = section('Operating it').split('| threat')[1]?.split('\n\n')[0] ?? '';
    const rows = table
      .split('\n')
      .slice(2)
      .filter((row) => row !== '');
    expect(rows.length).toBeGreaterThanOrEqual(10);
    for (const row of rows) {
      const files = [...row.matchAll(/`(test\/[^`]+)`/g)].map(([, file]) => file ?? '');
      expect(files.length, row).toBeGreaterThan(0);
      for (const file of files) expect(existsSync(join(ROOT, file)), file).toBe(true);
    }
  });

  test('gives commands that the package knows, and pictures that are there', () => {
    const commands = [...readme.matchAll(/npm (?:run )?([a-z:]+(?:-[a-z]+)*)/g)].map(
      ([, name]) => name ?? '',
    );
    for (const name of commands)
      if (!['ci', 'audit'].includes(name)) expect(Object.keys(scripts), name).toContain(name);
    const pictures = [...readme.matchAll(/!\[[^\]]*\]\(([^)]+)\)|<img [^>]*src="([^"]+)"/g)].map(
      ([, shown, sized]) => shown ?? sized ?? '',
    );
    expect(pictures.length).toBeGreaterThan(0);
    for (const path of pictures) expect(existsSync(join(ROOT, path)), path).toBe(true);
  });
});
