// A bad setting is one line that names the variable, what is wrong and an example; a secret is never repeated.

import { describe, expect, it } from 'vitest';
import { EXAMPLES, readConfig, secretsOf } from '../src/config.ts';

const GOOD = {
  BOT_TOKEN: '123456789:AAExampleExampleExampleExampleExample',
  ONECLICK_API_KEY: 'a-key-of-the-shop',
  ADMIN_IDS: '123456789,987654321',
};

function faultsOf(env: Readonly<Record<string, string | undefined>>): readonly string[] {
  const result = readConfig(env);
  return result.ok ? [] : result.faults;
}

function configOf(env: Readonly<Record<string, string | undefined>>) {
  const result = readConfig(env);
  if (!result.ok) throw new Error(result.faults.join('\n'));
  return result.config;
}

describe('the settings', () => {
  it('that must be there are few; the rest has defaults', () => {
    expect(configOf(GOOD)).toEqual({
      botToken: GOOD.BOT_TOKEN,
      telegramApiRoot: 'https://api.telegram.org',
      apiKey: GOOD.ONECLICK_API_KEY,
      apiUrl: 'https://api.oneclickdz.com/v3',
      rate: { perSecond: 2, burst: 5 },
      ownerIds: [123456789, 987654321],
      access: 'invite',
      dataDir: 'data',
      cardKey: undefined,
      language: 'ar',
      logLevel: 'info',
      port: undefined,
      host: '127.0.0.1',
      databaseUrl: undefined,
      webhookUrl: undefined,
      webhookSecret: undefined,
    });
  });

  it('count as absent when they are empty or blank, as in an unfilled .env', () => {
    const blank = { TELEGRAM_API_ROOT: '', DATA_DIR: '  ', PORT: '', CARD_KEY: '\t', LOG_LEVEL: undefined };
    expect(configOf({ ...GOOD, ...blank })).toEqual(configOf(GOOD));
  });

  it('of other programs are nobody’s business', () => {
    expect(configOf({ ...GOOD, PATH: '/bin', BOT_TOKEN_OLD: 'x' })).toEqual(configOf(GOOD));
  });

  it.each([
    ['TELEGRAM_API_ROOT', 'http://127.0.0.1:8081/', { telegramApiRoot: 'http://127.0.0.1:8081' }],
    ['ONECLICK_API_URL', 'http://localhost:9000/v3/', { apiUrl: 'http://localhost:9000/v3' }],
    ['ONECLICK_RATE', '0.5', { rate: { perSecond: 0.5, burst: 5 } }],
    ['ADMIN_IDS', ' 5; 6 7,5 ', { ownerIds: [5, 6, 7] }],
    ['CARD_KEY', 'ab'.repeat(32), { cardKey: 'ab'.repeat(32) }],
    ['CARD_KEY', `${'A'.repeat(43)}=`, { cardKey: `${'A'.repeat(43)}=` }],
    ['DEFAULT_LANGUAGE', 'fr', { language: 'fr' }],
    ['LOG_LEVEL', 'silent', { logLevel: 'silent' }],
    ['PORT', '65535', { port: 65535 }],
    ['LISTEN_HOST', '0.0.0.0', { host: '0.0.0.0' }],
    ['LISTEN_HOST', '::', { host: '::' }],
    ['DATA_DIR', ' /srv/counter ', { dataDir: '/srv/counter' }],
    ['WEBHOOK_SECRET', 'a-secret_of-the-shop', { webhookSecret: 'a-secret_of-the-shop' }],
  ])('%s=%s is understood', (name, text, expected) => {
    expect(configOf({ ...GOOD, [name]: text })).toMatchObject(expected);
  });
});

describe('a shop that grows', () => {
  const CARD_KEY = 'ab'.repeat(32);
  const DATABASE_URL = 'postgres://counter:p%40ss-word@db:5432/counter?sslmode=require';

  it('is kept in a database, with a card key that every copy is given', () => {
    expect(configOf({ ...GOOD, CARD_KEY, DATABASE_URL })).toMatchObject({ databaseUrl: DATABASE_URL });
    expect(faultsOf({ ...GOOD, DATABASE_URL })).toEqual([
      `CARD_KEY is missing beside DATABASE_URL: every copy of the bot has to open the same card codes. Example: ${EXAMPLES.CARD_KEY}`,
    ]);
  });

  it.each([
    'https://bot.example.com',
    'https://bot.example.com:8443/hook',
    'http://127.0.0.1:9000',
    'http://localhost',
  ])('is called by Telegram at %s', (WEBHOOK_URL) => {
    expect(configOf({ ...GOOD, PORT: '8080', WEBHOOK_URL })).toMatchObject({ webhookUrl: WEBHOOK_URL });
    expect(faultsOf({ ...GOOD, WEBHOOK_URL })).toEqual([
      `PORT is missing beside WEBHOOK_URL: that is where Telegram is let in. Example: ${EXAMPLES.PORT}`,
    ]);
  });

  it('has a secret for Telegram that all copies agree on and that tells nothing of the token', () => {
    const env = { ...GOOD, PORT: '8080', WEBHOOK_URL: 'https://bot.example.com/' };
    const { webhookSecret = '' } = configOf(env);
    expect(webhookSecret).toMatch(/^[\w-]{64}$/);
    expect(configOf({ ...env, PORT: '8081' }).webhookSecret).toBe(webhookSecret);
    expect(configOf({ ...env, BOT_TOKEN: `${GOOD.BOT_TOKEN}x` }).webhookSecret).not.toBe(webhookSecret);
    expect(GOOD.BOT_TOKEN).not.toContain(webhookSecret);
  });

  it('keeps to itself the address of its database, the password in it as it is, and what Telegram knows', () => {
    const env = { ...GOOD, CARD_KEY, DATABASE_URL, WEBHOOK_SECRET: 'a-secret-of-the-shop' };
    expect(secretsOf(configOf(env))).toEqual([
      ...[GOOD.BOT_TOKEN, GOOD.ONECLICK_API_KEY, CARD_KEY, 'a-secret-of-the-shop'],
      ...[DATABASE_URL, 'p%40ss-word', 'p@ss-word'],
    ]);
    const inQuery = { ...env, DATABASE_URL: 'postgresql://db/counter?user=counter&password=hunter22' };
    expect(secretsOf(configOf(inQuery))).toContain('hunter22');
  });
});

describe('a fault', () => {
  it.each(['BOT_TOKEN', 'ONECLICK_API_KEY', 'ADMIN_IDS'] as const)('%s is missing', (name) => {
    expect(faultsOf({ ...GOOD, [name]: undefined })).toEqual([
      `${name} is missing. Example: ${EXAMPLES[name]}`,
    ]);
    expect(faultsOf({ ...GOOD, [name]: '  ' })).toHaveLength(1);
  });

  it.each([
    ['BOT_TOKEN', 'not-a-token'],
    ['BOT_TOKEN', '123456789:short'],
    ['TELEGRAM_API_ROOT', 'api.telegram.org'],
    ['TELEGRAM_API_ROOT', 'ftp://api.telegram.org'],
    ['TELEGRAM_API_ROOT', 'https://user:word@api.telegram.org'],
    ['TELEGRAM_API_ROOT', 'https://api.telegram.org?x'],
    ['TELEGRAM_API_ROOT', 'https://api.telegram.org/#'],
    ['TELEGRAM_API_ROOT', 'https://api.tele\ngram.org'],
    ['ONECLICK_API_URL', 'https://user@api.oneclickdz.com/v3'],
    ['ONECLICK_API_URL', 'https://api.oneclickdz.com/?/v3'],
    ['ADMIN_IDS', '9007199254740992'],
    ['DATA_DIR', 'da\nta'],
    ['DATA_DIR', 'da\u0000ta'],
    ['ONECLICK_API_KEY', 'two words'],
    ['ONECLICK_API_KEY', 'clé-avec-accent'],
    ['ONECLICK_API_URL', 'https://api.oneclickdz.com'],
    ['ONECLICK_API_URL', 'oneclickdz'],
    ['ONECLICK_RATE', '0'],
    ['ONECLICK_RATE', 'fast'],
    ['ONECLICK_BURST', '-1'],
    ['ADMIN_IDS', '@owner'],
    ['ADMIN_IDS', '123,abc'],
    ['ADMIN_IDS', ',;'],
    ['ADMIN_IDS', '0'],
    ['CARD_KEY', 'too-short'],
    ['DEFAULT_LANGUAGE', 'de'],
    ['LOG_LEVEL', 'loud'],
    ['PORT', '0'],
    ['PORT', '65536'],
    ['PORT', 'http'],
    ['LISTEN_HOST', 'everywhere'],
    ['LISTEN_HOST', '10.0.0.300'],
    ['DATABASE_URL', 'mysql://counter@db/counter'],
    ['DATABASE_URL', 'postgresql://db'],
    ['DATABASE_URL', 'postgresql:///counter'],
    ['DATABASE_URL', 'postgresql://counter:%zz@db/counter'],
    ['DATABASE_URL', 'postgresql://counter:pass word@db/counter'],
    ['WEBHOOK_URL', 'http://bot.example.com'],
    ['WEBHOOK_URL', 'https://bot.example.com:9000'],
    ['WEBHOOK_URL', 'https://bot.example.com/?x'],
    ['WEBHOOK_SECRET', 'too-short'],
    ['WEBHOOK_SECRET', 'sixteen letters but spaces'],
  ] as const)('%s=%s is one line with the variable, what is wrong and an example', (name, text) => {
    const beside = { CARD_KEY: 'ab'.repeat(32), PORT: '8080' };
    const faults = faultsOf({ ...GOOD, ...beside, [name]: text });
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(new RegExp(`^${name} (is|does) not [^\n]+\\. Example: [^\n]+$`));
    expect(faults[0]).toContain(EXAMPLES[name]);
  });

  it('never comes alone when there are several', () => {
    const faults = faultsOf({ BOT_TOKEN: 'x', ADMIN_IDS: 'me', PORT: 'y', LOG_LEVEL: 'z' });
    const named = faults.map((line) => line.split(' ')[0]);
    expect(named.toSorted()).toEqual(['ADMIN_IDS', 'BOT_TOKEN', 'LOG_LEVEL', 'ONECLICK_API_KEY', 'PORT']);
  });

  it('never repeats a value, least of all a secret', () => {
    const odd = 'zzz secret value zzz';
    const env = Object.fromEntries(Object.keys(EXAMPLES).map((name) => [name, odd]));
    const faults = faultsOf(env);
    // A folder may have nearly any name.
    expect(faults).toHaveLength(Object.keys(EXAMPLES).length - 1);
    expect(faults.join('\n')).not.toContain('secret value');
  });
});

it('every example is itself a good setting, where it is one', () => {
  // These say how to get the value; showing one would invite its use.
  const inWords = new Set(['ONECLICK_API_KEY', 'CARD_KEY', 'WEBHOOK_SECRET']);
  const examples = Object.entries(EXAMPLES).filter(([name]) => !inWords.has(name));
  const cardKey = { CARD_KEY: 'ab'.repeat(32) };
  expect(faultsOf({ ...GOOD, ...cardKey, ...Object.fromEntries(examples) })).toEqual([]);
});
