// The program as its composition root puts it together, with settings of its own and a life that can be ended. Loaded only
// after the machine has been taken over, so that nothing of it has seen the real one.

/** A running instance. */
export interface RunningProgram {
  /** Resolves when it has stopped; rejects when it could not start. */
  readonly over: Promise<unknown>;
  /** Asks it to stop in order. */
  stop(): void;
}

export type Program = (ears: { readonly logged: (line: string) => void }) => RunningProgram;

const ENVIRONMENT = {
  BOT_TOKEN: '123456789:AAExampleExampleExampleExampleExample',
  TELEGRAM_API_ROOT: 'https://telegram.test',
  ONECLICK_API_KEY: 'sim-key-of-nobody',
  ONECLICK_API_URL: 'https://provider.test/v3',
  ADMIN_IDS: '11,12',
  ACCESS: 'invite',
  DATA_DIR: '/data',
  CARD_KEY: '00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff',
  DEFAULT_LANGUAGE: 'en',
  LOG_LEVEL: 'warn',
};

/** Loads the program as it is in `src`, with its shop in a folder or in a database. */
export async function loadProgram(databaseUrl?: string): Promise<Program> {
  const { runBot } = await import('../../src/main.ts');
  const { readConfig, secretsOf } = await import('../../src/config.ts');
  const { openVoice } = await import('../../src/logger.ts');
  // The program loads it itself, with its first life: the machine's pace is not to decide when.
  if (databaseUrl !== undefined) await import('../../src/store/postgres/open-shop.ts');
  const read = readConfig({ ...ENVIRONMENT, DATABASE_URL: databaseUrl });
  if (!read.ok) throw new Error(read.faults.join('\n'));
  const { config } = read;
  return ({ logged }) => {
    const { promise: ended, resolve } = Promise.withResolvers<number>();
    let isEnding = false;
    const end = (code: number): void => {
      isEnding = true;
      resolve(code);
    };
    const life = { ended, end, stopping: (): boolean => isEnding };
    const voice = openVoice({
      level: config.logLevel,
      secrets: secretsOf(config),
      write: logged,
      writeWords: logged,
    });
    return { over: runBot({ ...voice, config, life, clock: () => Date.now() }), stop: () => end(0) };
  };
}
