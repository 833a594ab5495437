// The environment, parsed once and whole. All faults are reported together: the variable, what is wrong, an example.
// No value of a secret is ever repeated.

import { createHmac } from 'node:crypto';
import type * as z from 'zod';
import { decoded, Environment } from './config-values.ts';
import type { Language } from './domain/order.ts';

export interface Config {
  readonly botToken: string;
  readonly telegramApiRoot: string;
  readonly apiKey: string;
  readonly apiUrl: string;
  /** Requests to the provider, for all copies of the bot together. */
  readonly rate: { readonly perSecond: number; readonly burst: number };
  /** Telegram ids of the people who own the shop. */
  readonly ownerIds: readonly number[];
  /** Whether everybody is a customer, or only who was let in. */
  readonly access: 'invite' | 'open';
  readonly dataDir: string;
  readonly cardKey: string | undefined;
  /** Where the shop is kept instead of the folder; several copies of the bot may share it. It holds a password. */
  readonly databaseUrl: string | undefined;
  readonly language: Language;
  readonly logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';
  /** Port of webhook, health check and metrics; undefined for none. Given wherever a webhook is. */
  readonly port: number | undefined;
  /** The address at which that port is open: this machine alone knows the usual one. */
  readonly host: string;
  /** Where Telegram brings its updates, without a slash at its end; undefined: the bot asks for them. */
  readonly webhookUrl: string | undefined;
  /** What Telegram proves itself with; the same for all copies of the bot. Given wherever a webhook is. */
  readonly webhookSecret: string | undefined;
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
  | 'CARD_KEY'
  | 'DATABASE_URL'
  | 'DEFAULT_LANGUAGE'
  | 'LOG_LEVEL'
  | 'PORT'
  | 'LISTEN_HOST'
  | 'WEBHOOK_URL'
  | 'WEBHOOK_SECRET';

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
  CARD_KEY: '64 hexadecimal digits, made by: openssl rand -hex 32',
  DATABASE_URL: 'postgresql://counter:password@localhost:5432/counter',
  DEFAULT_LANGUAGE: 'ar',
  LOG_LEVEL: 'info',
  PORT: '8080',
  LISTEN_HOST: '127.0.0.1',
  WEBHOOK_URL: 'https://bot.example.com',
  WEBHOOK_SECRET: '64 hexadecimal digits, made by: openssl rand -hex 32',
};

/** What another setting makes necessary, and what for. */
const NEEDED: readonly { readonly name: Names; readonly by: Names; readonly why: string }[] = [
  { name: 'CARD_KEY', by: 'DATABASE_URL', why: 'every copy of the bot has to open the same card codes' },
  { name: 'PORT', by: 'WEBHOOK_URL', why: 'that is where Telegram is let in' },
];

const nameOf = (path: PropertyKey | undefined): Names | undefined =>
  Object.keys(EXAMPLES).find((name): name is Names => name === path);

function faultLine(issue: z.core.$ZodIssue, given: ReadonlySet<string>): string {
  const name = nameOf(issue.path[0]);
  if (name === undefined) return 'the environment could not be read';
  const what = given.has(name) ? issue.message : 'is missing';
  return `${name} ${what}. Example: ${EXAMPLES[name]}`;
}

const missingBeside = (given: ReadonlySet<string>): readonly string[] =>
  NEEDED.filter(({ name, by }) => given.has(by) && !given.has(name)).map(
    ({ name, by, why }) => `${name} is missing beside ${by}: ${why}. Example: ${EXAMPLES[name]}`,
  );

/** Copies of the bot share its token, so they agree on this without being told; it tells nothing of the token. */
const secretFrom = (botToken: string): string =>
  createHmac('sha256', botToken).update('secret of the webhook').digest('hex');

/** Reads the settings of the real bot. Empty variables count as absent, as in an unfilled `.env`. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): ConfigResult {
  const given = Object.fromEntries(
    Object.entries(env).flatMap(([name, text]) =>
      nameOf(name) === undefined || text === undefined || text.trim() === '' ? [] : [[name, text.trim()]],
    ),
  );
  const parsed = Environment.safeParse(given);
  const seen = new Set(Object.keys(given));
  const malformed = parsed.success ? [] : parsed.error.issues.map((issue) => faultLine(issue, seen));
  const faults = [...new Set([...malformed, ...missingBeside(seen)])];
  if (!parsed.success || faults.length > 0) return { ok: false, faults };
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
      cardKey: e.CARD_KEY,
      language: e.DEFAULT_LANGUAGE,
      logLevel: e.LOG_LEVEL,
      port: e.PORT,
      host: e.LISTEN_HOST,
      databaseUrl: e.DATABASE_URL,
      webhookUrl: e.WEBHOOK_URL,
      webhookSecret: e.WEBHOOK_SECRET ?? (e.WEBHOOK_URL === undefined ? undefined : secretFrom(e.BOT_TOKEN)),
    },
  };
}

/** The password of an address, as it is written there and as the server knows it, and the address itself. */
function secretsIn(address: string): readonly string[] {
  const { password, searchParams } = new URL(address);
  const written = [password, searchParams.get('password') ?? ''].filter((one) => one !== '');
  return [address, ...written.flatMap((one) => [one, decoded(one) ?? one])];
}

/** What must never be printed, of these settings. */
export const secretsOf = (config: Config): readonly string[] => {
  const { botToken, apiKey, cardKey, webhookSecret, databaseUrl } = config;
  const single = [botToken, apiKey, cardKey, webhookSecret].filter((secret) => secret !== undefined);
  return [...single, ...(databaseUrl === undefined ? [] : secretsIn(databaseUrl))];
};
