// A program of the playground as a process of its own, in an empty folder with its own temporary files, so that what it
// leaves behind can be seen.
import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'vitest';

const ROOT = join(import.meta.dirname, '..', '..');

export interface Started {
  output(): string;
  /** Types a line. */
  type(line: string): void;
  endInput(): void;
  signal(name: NodeJS.Signals): void;
  /** Resolves when the output after `since` has this in it; rejects when the program ends before. */
  shows(text: string | RegExp, since?: number): Promise<void>;
  /** Resolves to the exit code. */
  readonly ended: Promise<number | null>;
  isRunning(): boolean;
  /** The process ids of what runs with its temporary folder: the bot. */
  bots(): Promise<number[]>;
  /** What lies in its temporary folder. */
  leftovers(): Promise<string[]>;
}

/** Starts a file of the project under the Node that runs the tests; ends it with the test. */
export async function start(
  { onTestFinished }: Pick<TestContext, 'onTestFinished'>,
  file: string,
  options: { args?: readonly string[]; env?: Readonly<Record<string, string>> } = {},
): Promise<Started> {
  const folder = await mkdtemp(join(tmpdir(), 'playground-test-'));
  const child = spawn(process.execPath, [join(ROOT, file), ...(options.args ?? [])], {
    cwd: folder,
    env: { PATH: process.env['PATH'] ?? '', LANG: 'C', TMPDIR: folder, ...options.env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let output = '';
  let isRunning = true;
  const watchers = new Set<() => void>();
  const wake = (): void => watchers.forEach((look) => look());
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
      wake();
    });
  const ended = new Promise<number | null>((resolve) =>
    child.once('close', (code) => {
      isRunning = false;
      resolve(code);
      wake();
    }),
  );
  onTestFinished(async () => {
    child.kill('SIGTERM');
    await ended;
    await rm(folder, { recursive: true, force: true });
  });

  const has = (text: string | RegExp, since: number): boolean =>
    typeof text === 'string' ? output.includes(text, since) : text.test(output.slice(since));

  return {
    output: () => output,
    type: (line) => void child.stdin.write(`${line}\n`),
    endInput: () => void child.stdin.end(),
    signal: (name) => void child.kill(name),
    ended,
    isRunning: () => isRunning,
    shows: (text, since = 0) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (!has(text, since) && isRunning) return;
          watchers.delete(look);
          if (has(text, since)) resolve();
          else reject(new Error(`It ended without showing ${String(text)}:\n${output}`));
        };
        watchers.add(look);
        look();
      }),
    bots: () => processesIn(folder),
    leftovers: () => readdir(folder),
  };
}

async function processesIn(folder: string): Promise<number[]> {
  const ids = (await readdir('/proc')).map(Number).filter((id) => id > 0);
  const settings = await Promise.all(
    ids.map(async (id) => ({ id, env: await readFile(`/proc/${id}/environ`, 'utf8').catch(() => '') })),
  );
  return settings.filter(({ env }) => env.includes(`DATA_DIR=${folder}`)).map(({ id }) => id);
}
