// The real, unmodified bot as a child process. It is told nothing but its settings, and is never left behind.
import { spawn } from 'node:child_process';
import { join } from 'node:path';

const START = join(import.meta.dirname, '..', 'start.js');
const LINES_KEPT = 20;
const STOP_PATIENCE_MS = 3000;

/** A running bot. */
export type BotProcess = {
  /** What it printed last, oldest first. */
  readonly lastLines: () => readonly string[];
  /** Resolves to how it ended, in words; never rejects. */
  readonly ended: Promise<string>;
  /** Ends it on the spot, as a power cut would. */
  readonly kill: () => Promise<void>;
  /** Lets it finish what it has in hand, then ends it. */
  readonly stop: () => Promise<void>;
};

/** Starts the bot with exactly this environment; `folder` keeps it away from a `.env` that lies about. */
export function startBotProcess(env: Readonly<Record<string, string>>, folder: string): BotProcess {
  const child = spawn(process.execPath, [START], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let printed = '';
  const keep = (chunk: string): void => {
    printed = `${printed}${chunk}`.split('\n').slice(-LINES_KEPT).join('\n');
  };
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', keep);

  const lastResort = (): void => void child.kill('SIGKILL');
  process.once('exit', lastResort);
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(`could not be started: ${error.message}`));
    child.once('close', (code, signal) =>
      resolve(signal ? `was ended by ${signal}` : `ended with code ${code}`),
    );
  }).finally(() => void process.removeListener('exit', lastResort));

  const kill = async (): Promise<void> => {
    child.kill('SIGKILL');
    await ended;
  };
  return {
    lastLines: () => printed.split('\n').filter((line) => line !== ''),
    ended,
    kill,
    async stop() {
      child.kill('SIGTERM');
      const impatience = setTimeout(() => void kill(), STOP_PATIENCE_MS);
      await ended;
      clearTimeout(impatience);
    },
  };
}
