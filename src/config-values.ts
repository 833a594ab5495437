// What each setting may look like, and what is wrong with it otherwise, in words that follow its name.

import { isIP } from 'node:net';
import * as z from 'zod';

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

/** Text that a percent sign may hide; undefined when it hides nothing that can be read. */
export function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

function isDatabase(text: string): boolean {
  if (!/^postgres(?:ql)?:\/\//.test(text) || !URL.canParse(text) || /[\s\p{Cc}]/u.test(text)) return false;
  const { hostname, pathname, username, password } = new URL(text);
  return hostname !== '' && pathname.length > 1 && decoded(username + password + pathname) !== undefined;
}

/** The ports on which Telegram calls; none is 443. */
const TELEGRAM_PORTS: ReadonlySet<string> = new Set(['', '80', '88', '443', '8443']);

/** Telegram calls over HTTPS alone. Its stand-in on this machine may call without. */
function isWebhook(text: string): boolean {
  if (!isAddress(text)) return false;
  const { protocol, hostname, port } = new URL(text);
  const isHere = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
  return isHere || (protocol === 'https:' && TELEGRAM_PORTS.has(port));
}

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

/** Every setting by its name, with what it is when nothing is said. */
export const Environment = z.object({
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
  CARD_KEY: z.string().regex(hex64OrBase64, 'is not a 32-byte key').optional(),
  DATABASE_URL: z
    .string()
    .refine(isDatabase, 'is not a postgresql:// address with a host and the name of a database')
    .optional(),
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
  LISTEN_HOST: z
    .string()
    .refine((text) => isIP(text) !== 0, 'is not an IP address')
    .default('127.0.0.1'),
  WEBHOOK_URL: url
    .refine(isWebhook, 'is not an https address on a port that Telegram calls (443, 80, 88, 8443)')
    .optional(),
  WEBHOOK_SECRET: z
    .string()
    .regex(/^[\w-]{16,256}$/, 'is not 16 to 256 letters, digits, "_" and "-"')
    .optional(),
});
