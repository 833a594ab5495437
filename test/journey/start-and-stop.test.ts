// How the process starts, refuses to start, and stops.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startProcess } from '../process/bot-process.ts';
import { buy } from './purchase.ts';
import { IN_A_DATABASE, MINUTE, openDay, type ShopDay } from './shop-day.ts';

const SECRETS = {
  BOT_TOKEN: '7000001:abcdefghijklmnopqrstuvwxyz0123456789',
  ONECLICK_API_KEY: 'pk-secret-of-the-shop',
};

// Left out on PostgreSQL: no shop is opened.
describe.skipIf(IN_A_DATABASE)('a bad setting ends the process with a line per fault', () => {
  let dataDir: string;
  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'settings-'));
  });
  afterAll(() => rm(dataDir, { recursive: true, force: true }));

  const good = (): Readonly<Record<string, string>> => ({
    ...SECRETS,
    ADMIN_IDS: '500100',
    DATA_DIR: dataDir,
  });

  it.each<[string, Readonly<Record<string, string>>, readonly string[]]>([
    [
      'no key and no owners',
      { ONECLICK_API_KEY: '', ADMIN_IDS: '' },
      ['ONECLICK_API_KEY is missing. Example: ', 'ADMIN_IDS is missing. Example: 123456789,987654321'],
    ],
    [
      'a token that is none',
      { BOT_TOKEN: 'hunter2-hunter2' },
      ['BOT_TOKEN is not a bot token from @BotFather. Example: 123456789:'],
    ],
    ['a key with a space', { ONECLICK_API_KEY: 'pk secret' }, ['ONECLICK_API_KEY is not a key']],
    [
      'owners by name',
      { ADMIN_IDS: '@boss' },
      ['ADMIN_IDS is not a list of Telegram user ids. Example: 123456789,987654321'],
    ],
    [
      'an address without /v3',
      { ONECLICK_API_URL: 'https://api.oneclickdz.com' },
      ['ONECLICK_API_URL does not end in /v3. Example: https://api.oneclickdz.com/v3'],
    ],
    [
      'an address that is none',
      { TELEGRAM_API_ROOT: 'telegram' },
      ['TELEGRAM_API_ROOT is not an http(s) address without user name, "?" and "#". Example: https://'],
    ],
    [
      'a short card key',
      { CARD_KEY: 'deadbeef' },
      ['CARD_KEY is not a 32-byte key. Example: 64 hexadecimal digits'],
    ],
    [
      'a language we do not speak',
      { DEFAULT_LANGUAGE: 'de' },
      ['DEFAULT_LANGUAGE is not ar, fr or en. Example: ar'],
    ],
    [
      'four at once',
      { PORT: '99999', LOG_LEVEL: 'loud', ONECLICK_RATE: '-1', ONECLICK_BURST: 'many' },
      [
        'PORT is not a port',
        'LOG_LEVEL is not a log level',
        'ONECLICK_RATE is not a number above 0',
        'ONECLICK_BURST is not a number above 0',
      ],
    ],
  ])('%s', async (_, env, lines) => {
    const bot = startProcess({ ...good(), ...env });
    expect(await bot.ended).not.toBe(0);
    const printed = bot.output().trim().split('\n');
    expect(printed).toHaveLength(lines.length);
    for (const line of lines) expect(printed.some((one) => one.startsWith(line))).toBe(true);
    for (const secret of ['hunter2', 'pk secret', 'deadbeef', ...Object.values(SECRETS)])
      expect(bot.output()).not.toContain(secret);
  });

  it('within two seconds, on a machine that has them', async () => {
    const times: number[] = [];
    // The best of three: other work on the machine is not what is measured.
    while (times.length < 3 && Math.min(...times) >= 2_000) {
      const began = performance.now();
      await startProcess({ ...good(), ADMIN_IDS: '' }).ended;
      times.push(performance.now() - began);
    }
    expect(Math.min(...times)).toBeLessThan(2_000);
  });
});

describe('one counter', () => {
  let day: ShopDay;
  beforeAll(async () => {
    day = await openDay();
  });
  afterAll(() => day.close());

  // Left out on PostgreSQL: a database is there for several.
  it.skipIf(IN_A_DATABASE)(
    'a second bot in the same folder is refused with a clear line, and the first goes on',
    async () => {
      const second = startProcess(day.env);
      expect(await second.ended).toBe(1);
      const lines = second.output().trim().split('\n');
      expect(lines).toHaveLength(1);
      expect(lines[0]).toContain(day.dataDir);
      expect(lines[0]).not.toMatch(/Error|at \w/u);
      const no = await buy(day.owner, '036362608', 500);
      await day.owner.sees(`✅ Order no. ${no}: recharged.`);
    },
  );

  it('a bot token that another copy uses ends the process with a clear line', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'second-'));
    day.telegram.faultNext({
      method: 'getUpdates',
      fault: {
        kind: 'status',
        code: 409,
        description:
          'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
      },
    });
    const second = startProcess({ ...day.env, DATABASE_URL: '', DATA_DIR: dataDir });
    const ended = await Promise.race([second.ended, day.bot().ended]);
    expect(ended).toBe(1);
    expect(second.output() + day.bot().output()).toContain('another copy of this bot is running');
    await second.kill();
    await day.bot().kill();
    await day.start();
    await rm(dataDir, { recursive: true, force: true });
  });

  it('SIGTERM ends it at once with 0, also with an order under way, which goes on after the next start', async () => {
    const no = await buy(day.owner, '036000020', 1000);
    await day.owner.sees('in progress');
    const began = performance.now();
    await day.bot().stop();
    expect(await day.bot().ended).toBe(0);
    expect(performance.now() - began).toBeLessThan(2_000);
    day.provider.finish(day.accepted('036000020')[0]?.ref ?? '');
    await day.start();
    await day.leapUntil(() => day.owner.saw(`✅ Order no. ${no}: recharged.`), MINUTE / 6);
    expect(day.sends('036000020')).toBe(1);
  });

  it('SIGTERM in the middle of a lost answer: the order is looked up after the next start, not sent again', async () => {
    const no = await buy(day.owner, '036000006', 1000);
    await day.provider.until(() => day.accepted('036000006').length === 1);
    day.bot().child.kill('SIGTERM');
    await day.leap(MINUTE);
    await day.bot().ended;
    await day.start();
    await day.leapUntil(() => day.owner.saw(`✅ Order no. ${no}: recharged.`), MINUTE / 6);
    expect(day.sends('036000006')).toBe(1);
  });

  it('prints neither the token nor the key nor a card code, whatever happened', () => {
    const printed = day.bot().output();
    expect(printed).not.toContain(day.telegram.token);
    expect(printed).not.toContain(day.provider.key);
    for (const { cardCode } of day.provider.orders()) expect(printed).not.toContain(cardCode);
  });

  it('adds up to the centime', async () => {
    const books = await day.count();
    expect(books).toMatchObject({ exit: 0, held: 0, openTotal: 0, duplicates: 0 });
    expect(books.taken).toBe(books.providerTook);
  });
});
