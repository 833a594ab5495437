// One JSON line per fact, with whatever could be a secret taken out before it is written.

import { pino, type Logger } from 'pino';

export type { Logger };

/** Errors are logged by name, code and message; a payload or a request that rides on one never is. */
function plainError(error: unknown): unknown {
  if (!(error instanceof Error)) return { name: typeof error };
  const code = 'code' in error && typeof error.code === 'string' ? { code: error.code } : {};
  const cause = error.cause === undefined ? {} : { cause: plainError(error.cause) };
  return { name: error.name, message: error.message, ...code, ...cause, stack: error.stack };
}

/** `secrets` are blotted out of every line, wherever they turn up. Writes to stdout unless told otherwise. */
export function createLogger(options: {
  level: string;
  secrets: readonly string[];
  write?: (line: string) => void;
}): Logger {
  const secrets = options.secrets
    .filter((secret) => secret.length >= 4)
    .flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1)]);
  const write = options.write ?? ((line: string) => void process.stdout.write(line));
  const blot = (line: string): string =>
    secrets.reduce((text, secret) => text.replaceAll(secret, '[hidden]'), line);
  return pino(
    {
      level: options.level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: { err: plainError },
      formatters: { level: (label) => ({ level: label }) },
    },
    { write: (line: string) => write(blot(line)) },
  );
}
