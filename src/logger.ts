// One JSON line per fact, and the plain word to the person at the terminal; from both, whatever could be a secret is taken
// out before it is written.

import { pino, type Logger } from 'pino';

export type { Logger };

/** Errors are logged by name, code and message; a payload or a request that rides on one never is. */
function plainError(error: unknown): unknown {
  if (!(error instanceof Error)) return { name: typeof error };
  const code = 'code' in error && typeof error.code === 'string' ? { code: error.code } : {};
  const cause = error.cause === undefined ? {} : { cause: plainError(error.cause) };
  return { name: error.name, message: error.message, ...code, ...cause, stack: error.stack };
}

function blotter(given: readonly string[]): (text: string) => string {
  const secrets = given
    .filter((secret) => secret.length >= 4)
    .flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1)]);
  return (text) => secrets.reduce((blotted, secret) => blotted.replaceAll(secret, '[hidden]'), text);
}

/** `secrets` are blotted out of every line, wherever they turn up. Writes to stdout unless told otherwise. */
export function createLogger(options: {
  level: string;
  secrets: readonly string[];
  write?: (line: string) => void;
  /** What every line of this moment names besides its own. */
  about?: () => object;
}): Logger {
  const write = options.write ?? ((line: string) => void process.stdout.write(line));
  const blot = blotter(options.secrets);
  return pino(
    {
      level: options.level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: { err: plainError },
      // A copy, for what a line has of its own is put into it.
      mixin: () => ({ ...options.about?.() }),
      formatters: { level: (label) => ({ level: label }) },
    },
    { write: (line: string) => write(blot(line)) },
  );
}

/** What the process says of itself: facts for the log, and single lines for the person at the terminal. */
export interface Voice {
  readonly log: Logger;
  /** One line on stderr, whatever the log level. */
  readonly say: (words: string) => void;
  /** Why the bot can't go on: for the log and for the person at the terminal. */
  readonly giveUp: (why: string, details?: object) => void;
}

/** `secrets` are blotted out of everything. Writes to stdout and stderr unless told otherwise. */
export function openVoice(options: {
  level: string;
  secrets: readonly string[];
  write?: (line: string) => void;
  writeWords?: (line: string) => void;
  about?: () => object;
}): Voice {
  const { writeWords = (line: string) => void process.stderr.write(line) } = options;
  const log = createLogger(options);
  const blot = blotter(options.secrets);
  // A message of somebody else's may run over several lines; the first one says what it is about.
  const say = (words: string): void =>
    writeWords(
      `${blot(words)
        .split(/[\r\n]/u, 1)
        .join('')}\n`,
    );
  return {
    log,
    say,
    giveUp: (why, details = {}) => {
      log.fatal(details, why);
      say(why);
    },
  };
}

/** An error's own words, for a line that says what it stopped. */
export const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : typeof error);
