// Settings of any shape: each fault is one line that names the setting, says what is wrong and shows an example; no line
// holds a value. What is taken can be used. A few are tried on the real process: it ends with those lines alone.

import * as fc from 'fast-check';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { EXAMPLES, readConfig, secretsOf } from '../../src/config.ts';
import { parseCardKey } from '../../src/store/card-key.ts';
import { startProcess } from '../process/bot-process.ts';
import { oddText } from './odd.ts';
import { runs } from './runs.ts';

const NAMES = Object.keys(EXAMPLES);
const GOOD = {
  BOT_TOKEN: '123456789:AAExampleExampleExampleExampleExample',
  ONECLICK_API_KEY: 'a-key-of-the-shop',
  ADMIN_IDS: '123456789,987654321',
};
/** Stands in every odd value; a line that repeats a value holds it. */
const MARK = 'ZqX9';

const numbers = fc.oneof(
  fc.constantFrom(
    '0',
    '-0',
    '-1',
    '1e3',
    '0x10',
    '1.5',
    '00080',
    '٨٠٨٠',
    '８０８０',
    '65536',
    '9'.repeat(16),
    'NaN',
  ),
  fc.integer().map(String),
);
const addresses = fc.oneof(
  fc.webUrl({ withQueryParameters: true, withFragments: true }),
  fc.constantFrom(
    `postgresql://counter:${MARK}@db/counter`,
    `postgres://${MARK}`,
    'https://bot.example.com',
    'http://localhost:88/hook/',
    'https://',
    'http:///v3',
    'https://x/v3?y',
    'https://x/#/v3',
    'https://x y/v3',
    'javascript:alert(1)',
  ),
  fc.constantFrom(
    `https://${MARK}:${MARK}@x/v3`,
    `https://${MARK}@x`,
    'file:///etc/passwd',
    'HTTPS://X/V3',
    '//x/v3',
  ),
);
const value = fc.oneof(
  numbers,
  addresses,
  oddText,
  fc.constantFrom(
    'invite',
    'OPEN',
    'fr',
    'FR',
    'trace',
    'constructor',
    '__proto__',
    'true',
    'null',
    '{}',
    '[]',
  ),
  fc.constantFrom(
    'a'.repeat(43),
    '0'.repeat(64),
    'g'.repeat(64),
    '7'.repeat(1_000_000),
    '5,6;7 8',
    ',',
    '7,-7',
  ),
  fc.string({ unit: 'binary', maxLength: 40 }),
  oddText.map((text) => `${MARK}${text}${MARK}`),
);

const environment = fc
  .tuple(
    fc.boolean(),
    fc.dictionary(fc.constantFrom(...NAMES, 'PATH', '__proto__', 'bot_token'), value, { maxKeys: 9 }),
  )
  .map(([isGood, odd]): Record<string, string> => ({ ...(isGood ? GOOD : {}), ...odd }));

const LINE = /^([A-Z_]+) (?:is|does|has) [^\n\r]+\. Example: [^\n\r]+$/u;

function expectLines(lines: readonly string[]): void {
  expect(lines.length).toBeGreaterThan(0);
  const named = lines.map((line) => LINE.exec(line)?.[1]);
  for (const name of named) expect(NAMES, lines.join('\n')).toContain(name);
  const said = lines.join('\n');
  expect(said).not.toContain(MARK);
}

const isPlainAddress = (text: string): boolean => {
  const { protocol, username, password, search, hash } = new URL(text);
  return /^https?:$/.test(protocol) && [username, password, search, hash].every((part) => part === '');
};

test('any settings at all are taken and can be used, or are told in one line each', () => {
  fc.assert(
    fc.property(environment, (env) => {
      const read = readConfig(env);
      if (!read.ok) {
        expectLines(read.faults);
        return;
      }
      const { config } = read;
      expect(config.ownerIds.every((id) => Number.isSafeInteger(id) && id > 0)).toBe(true);
      expect(new Set(config.ownerIds).size).toBe(config.ownerIds.length);
      const { perSecond, burst } = config.rate;
      expect(perSecond > 0 && perSecond <= 1000 && burst >= 1 && burst <= 1000).toBe(true);
      expect([config.telegramApiRoot, config.apiUrl].every(isPlainAddress)).toBe(true);
      expect(config.apiUrl).toMatch(/\/v3$/u);
      if (config.cardKey !== undefined) expect(parseCardKey(config.cardKey)).toHaveLength(32);
      expect(config.port ?? 1).toSatisfy(
        (port: number) => Number.isInteger(port) && port > 0 && port < 65_536,
      );
      expect(config.dataDir).not.toMatch(/[\u0000\r\n]/u);
      expect(secretsOf(config)).toContain(config.botToken);
      if (config.databaseUrl !== undefined) {
        expect(config.cardKey).toBeDefined();
        expect(secretsOf(config)).toContain(config.databaseUrl);
      }
      if (config.webhookUrl !== undefined) {
        expect(isPlainAddress(config.webhookUrl)).toBe(true);
        expect(config.port).toBeDefined();
        expect(config.webhookSecret).toMatch(/^[\w-]{16,256}$/u);
      }
      expect(() => new Headers({ 'x-access-token': config.apiKey })).not.toThrow();
    }),
    runs(6_000),
  );
});

let dataDir: string;
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'hostile-'));
});
afterAll(() => rm(dataDir, { recursive: true, force: true }));

test('the process that is started with bad settings ends with these lines, no stack, no secret', async () => {
  const speakable = environment
    .map((env) =>
      Object.fromEntries(
        Object.entries(env).map(([name, text]) => [name, text.replaceAll('\u0000', '').slice(0, 9_999)]),
      ),
    )
    .filter((env) => (env['BOT_TOKEN'] ?? '').trim() !== '' && !readConfig({ ...env, DATA_DIR: 'x' }).ok);
  await fc.assert(
    fc.asyncProperty(speakable, async (env) => {
      const bot = startProcess({ ...env, DATA_DIR: dataDir });
      expect(await bot.ended).toBe(1);
      expectLines(bot.complaints());
      expect(bot.output()).not.toMatch(/^\s+at |node:internal/mu);
    }),
    { ...runs(3), endOnFailure: true },
  );
});
