// The environment, parsed once and whole. All faults are reported together: the variable, what is wrong, an example.
// No value of a secret is ever repeated.

import * as z from 'zod';
import type { Language } from './domain/order.ts';

export interface Config {
  readonly botToken: string;
  readonly telegramApiRoot: string;
  readonly apiKey: string;
  readonly apiUrl: string;
  /** Requests to the provider, for the whole process. */
  readonly rate: { readonly perSecond: number; readonly burst: number };
  /** Telegram ids of the people who own the shop. */
  readonly ownerIds: readonly number[];
  /** Whether everybody is a customer, or only who was let in. */
  readonly access: 'invite' | 'open';
  readonly dataDir: string;
  /** Where the shop is kept instead of the folder; several copies of the bot may share it. It holds a password. */
  readonly databaseUrl: string | undefined;
  readonly cardKey: string | undefined;
  readonly language: Language;
  readonly logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';
  /** Port of the health check; undefined for none. */
  readonly port: number | undefined;
}

export type ConfigResult =
  { readonly ok: true; readonly config: Config } | { readonly ok: false; readonly faults: readonly string[] };

type Names =
  | 'BOT_TOKEN'
  | 'TELEGRAM_API_ROOT'
  | 'ONECLICK_API_KEY'
  | 'ONECLICK_API_URL'
  | 'ONECLICK_RATE'
  | 'ONECLICK_BURST'
  | 'ADMIN_IDS'
  | 'ACCESS'
  | 'DATA_DIR'
  | 'DATABASE_URL'
  | 'CARD_KEY'
  | 'DEFAULT_LANGUAGE'
  | 'LOG_LEVEL'
  | 'PORT';

/** What a right value looks like, for the person who has to write it. */
export const EXAMPLES: Record<Names, string> = {
  BOT_TOKEN: '123456789:AAExampleExampleExampleExampleExample',
  TELEGRAM_API_ROOT: 'https://api.telegram.org',
  ONECLICK_API_KEY: 'the key shown once at enterprise.oneclickdz.com/api-keys',
  ONECLICK_API_URL: 'https://api.oneclickdz.com/v3',
  ONECLICK_RATE: '2',
  ONECLICK_BURST: '5',
  ADMIN_IDS: '123456789,987654321',
  ACCESS: 'invite',
  DATA_DIR: 'data',
  DATABASE_URL: 'postgresql://counter:password@localhost:5432/counter',
  CARD_KEY: '64 hexadecimal digits, made by: openssl rand -hex 32',
  DEFAULT_LANGUAGE: 'ar',
  LOG_LEVEL: 'info',
  PORT: '8080',
};

/** Paths are put behind it: what stands behind a path, or is refused by every fetch, has no place in it. */
function isAddress(text: string): boolean {
  if (!URL.canParse(text) || /[\s\p{Cc}?#]/u.test(text)) return false;
  const { protocol, username, password } = new URL(text);
  return /^https?:$/.test(protocol) && username === '' && password === '';
}

const url = z
  .string()
  .refine(isAddress, 'is not an http(s) address without user name, "?" and "#"')
  .transform((text) => text.replace(/\/+$/, ''));

const positive = (most: number) =>
  z
    .string()
    .refine((text) => /^\d{1,5}(\.\d{1,3})?$/.test(text) && Number(text) > 0 && Number(text) <= most, {
      message: `is not a number above 0 and up to ${most}`,
    })
    .transform(Number);

const ids = z
  .string()
  .transform((text) => text.split(/[\s,;]+/).filter((id) => id !== ''))
  .refine(
    (list) =>
      list.length > 0 && list.every((id) => /^[1-9]\d{0,15}$/.test(id) && Number.isSafeInteger(Number(id))),
    {
      message: 'is not a list of Telegram user ids',
    },
  )
  .transform((list) => [...new Set(list.map(Number))]);

const hex64OrBase64 = /^(?:[0-9a-fA-F]{64}|[A-Za-z0-9+/_-]{43}=?)$/;

const Environment = z.object({
  BOT_TOKEN: z.string('is missing').regex(/^\d{3,16}:[\w-]{20,}$/, 'is not a bot token from @BotFather'),
  TELEGRAM_API_ROOT: url.default('https://api.telegram.org'),
  ONECLICK_API_KEY: z
    .string('is missing')
    .regex(/^[\x21-\x7e]{4,512}$/, 'is not a key: it has spaces or odd characters'),
  ONECLICK_API_URL: url
    .refine((text) => text.endsWith('/v3'), 'does not end in /v3')
    .default('https://api.oneclickdz.com/v3'),
  ONECLICK_RATE: positive(1000).default(2),
  ONECLICK_BURST: positive(1000)
    .refine((burst) => burst >= 1, 'is less than 1, which lets nothing through')
    .default(5),
  ADMIN_IDS: ids,
  ACCESS: z.enum(['invite', 'open'], 'is not invite or open').default('invite'),
  DATA_DIR: z
    .string()
    .regex(/^\P{Cc}+$/u, 'is not a name that a folder can have')
    .default('data'),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(?:ql)?:\/\/\S+$/, 'is not a postgresql:// address')
    .optional(),
  CARD_KEY: z.string().regex(hex64OrBase64, 'is not a 32-byte key').optional(),
  DEFAULT_LANGUAGE: z.enum(['ar', 'fr', 'en'], 'is not ar, fr or en').default('ar'),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], 'is not a log level')
    .default('info'),
  PORT: z
    .string()
    .refine(
      (text) => /^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= 65535,
      'is not a port (1–65535)',
    )
    .transform(Number)
    .optional(),
});

const nameOf = (path: PropertyKey | undefined): Names | undefined =>
  Object.keys(EXAMPLES).find((name): name is Names => name === path);

function faultLine(issue: z.core.$ZodIssue, given: ReadonlySet<string>): string {
  const name = nameOf(issue.path[0]);
  if (name === undefined) return 'the environment could not be read';
  const what = given.has(name) ? issue.message : 'is missing';
  return `${name} ${what}. Example: ${EXAMPLES[name]}`;
}

/** Reads the settings of the real bot. Empty variables count as absent, as in an unfilled `.env`. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): ConfigResult {
  const given = Object.fromEntries(
    Object.entries(env).flatMap(([name, text]) =>
      nameOf(name) === undefined || text === undefined || text.trim() === '' ? [] : [[name, text.trim()]],
    ),
  );
  const parsed = Environment.safeParse(given);
  if (!parsed.success) {
    const seen = new Set(Object.keys(given));
    return { ok: false, faults: [...new Set(parsed.error.issues.map((issue) => faultLine(issue, seen)))] };
  }
  const e = parsed.data;
  return {
    ok: true,
    config: {
      botToken: e.BOT_TOKEN,
      telegramApiRoot: e.TELEGRAM_API_ROOT,
      apiKey: e.ONECLICK_API_KEY,
      apiUrl: e.ONECLICK_API_URL,
      rate: { perSecond: e.ONECLICK_RATE, burst: e.ONECLICK_BURST },
      ownerIds: e.ADMIN_IDS,
      access: e.ACCESS,
      dataDir: e.DATA_DIR,
      databaseUrl: e.DATABASE_URL,
      cardKey: e.CARD_KEY,
      language: e.DEFAULT_LANGUAGE,
      logLevel: e.LOG_LEVEL,
      port: e.PORT,
    },
  };
}

/** What must never be printed, of these settings. */
export const secretsOf = ({ botToken, apiKey, cardKey, databaseUrl }: Config): readonly string[] =>
  [botToken, apiKey, cardKey, databaseUrl].filter((secret) => secret !== undefined);
