// Loaded before the bot with `--import`: sees every change that the process makes below DATA_DIR, writes it down in
// DISK_LOG, and ends the process by SIGKILL before, halfway through or after the one that KILL_AT names.

import { appendFileSync } from 'node:fs';
import fs from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { relative, resolve } from 'node:path';

type Work = () => Promise<unknown>;

interface Operation {
  readonly verb: string;
  readonly path: string;
  readonly run: Work;
  /** The same with half of the bytes, for those that write bytes. */
  readonly half?: Work;
  /** What is being written, where that is known. */
  readonly data?: unknown;
}

const root = resolve(process.env['DATA_DIR'] ?? '.');
const log = process.env['DISK_LOG'];
const target = process.env['KILL_AT'];
const phase = process.env['KILL_PHASE'] ?? 'before';

const counts = new Map<string, number>();
/** Which states of orders a file's last write held: the steps after it (sync, link, rename) belong to that write. */
const contents = new Map<string, string>();
const paths = new WeakMap<object, string>();

const isBelow = (path: unknown): path is string =>
  typeof path === 'string' && !relative(root, resolve(path)).startsWith('..');

/** A file's name without what differs from run to run. */
const nameOf = (path: string): string =>
  (relative(root, resolve(path)) || 'folder')
    .replace(/^bot\.lock\..*/, 'bot.lock.*')
    .replace(/\d{4}-\d{2}\.jsonl/, 'month.jsonl');

let lastBase = '';

/** The name that a file and its temporary and previous copies share; the folder's sync belongs to the write before it. */
function baseOf(file: string): string {
  if (file !== 'folder') lastBase = file.replace(/\.(?:tmp|prev)$/, '');
  return lastBase;
}

const statesIn = (text: string): string =>
  [...text.matchAll(/"state":\{"name":"([a-z]+)"/g)].map(([, name]) => name).join('+');

function write(line: object): void {
  if (log !== undefined) appendFileSync(log, `${JSON.stringify(line)}\n`);
}

function die(name: string, states: string): never {
  write({ killed: true, name, phase, states });
  process.kill(process.pid, 'SIGKILL');
  throw new Error('killed');
}

async function watched({ verb, path, run, half, data }: Operation): Promise<unknown> {
  const file = nameOf(path);
  const bare = `${verb} ${file}`;
  const count = (counts.get(bare) ?? 0) + 1;
  counts.set(bare, count);
  if (typeof data === 'string' || Buffer.isBuffer(data))
    contents.set(baseOf(file), statesIn(data.toString()));
  const name = `${bare}#${count}`;
  const states = verb === 'open' ? '' : (contents.get(baseOf(file)) ?? '');
  write({ name, states, halves: half !== undefined });
  if (name !== target) return run();
  if (phase === 'before') return die(name, states);
  // A change that the disk refuses (a file that isn't there) is a moment like any other.
  await (phase === 'half' && half !== undefined ? half() : run()).catch(() => undefined);
  return die(name, states);
}

function realOf(owner: object, name: string) {
  const real: unknown = Reflect.get(owner, name);
  if (typeof real !== 'function') throw new Error(`there is no ${name} to watch`);
  return (self: unknown, args: readonly unknown[]): Promise<unknown> =>
    Promise.resolve(Reflect.apply(real, self, args));
}

const halfOf = (data: unknown): string | Buffer | undefined => {
  if (typeof data === 'string') return data.slice(0, data.length / 2);
  return Buffer.isBuffer(data) ? data.subarray(0, data.length / 2) : undefined;
};

/** The calls that change the folder by a path; for those with two, the second one is where it shows. */
function watchPaths(): void {
  for (const verb of [
    'rename',
    'link',
    'unlink',
    'mkdir',
    'copyFile',
    'rm',
    'truncate',
    'writeFile',
    'appendFile',
  ]) {
    const real = realOf(fs, verb);
    const replacement = (...args: readonly unknown[]): Promise<unknown> => {
      const [first, second, ...rest] = args;
      const path = isBelow(second) && verb !== 'writeFile' && verb !== 'appendFile' ? second : first;
      if (!isBelow(path)) return real(fs, args);
      const cut = verb === 'writeFile' || verb === 'appendFile' ? halfOf(second) : undefined;
      return watched({
        verb,
        path,
        run: () => real(fs, args),
        ...(cut === undefined ? {} : { data: second, half: () => real(fs, [first, cut, ...rest]) }),
      });
    };
    Object.assign(fs, { [verb]: replacement });
  }
}

function watchOpen(): void {
  const real = realOf(fs, 'open');
  const remember = async (path: string, args: readonly unknown[]): Promise<unknown> => {
    const handle = await real(fs, args);
    if (typeof handle === 'object' && handle !== null) paths.set(handle, path);
    return handle;
  };
  Object.assign(fs, {
    open: (...args: readonly unknown[]): Promise<unknown> => {
      const [path, flag] = args;
      if (!isBelow(path)) return real(fs, args);
      const run = (): Promise<unknown> => remember(path, args);
      return typeof flag === 'string' && /[wa+]/.test(flag) ? watched({ verb: 'open', path, run }) : run();
    },
  });
}

/** What half of a handle's write is: fewer bytes of the same. */
function halfArguments(
  verb: string,
  [data, offset, length, ...rest]: readonly unknown[],
): unknown[] | undefined {
  if (verb === 'write' && typeof length === 'number') return [data, offset, Math.floor(length / 2), ...rest];
  const cut = verb === 'writeFile' || verb === 'appendFile' ? halfOf(data) : undefined;
  return cut === undefined ? undefined : [cut, offset, length, ...rest];
}

async function watchHandles(): Promise<void> {
  await using handle = await fs.open('/dev/null', 'r');
  const prototype: unknown = Object.getPrototypeOf(handle);
  if (typeof prototype !== 'object' || prototype === null) throw new Error('a file handle has no prototype');
  for (const verb of ['write', 'writeFile', 'appendFile', 'sync', 'datasync', 'truncate', 'chmod']) {
    const real = realOf(prototype, verb);
    const replacement = function (this: object, ...args: readonly unknown[]): Promise<unknown> {
      const path = paths.get(this);
      if (path === undefined) return real(this, args);
      const cut = halfArguments(verb, args);
      return watched({
        verb,
        path,
        run: () => real(this, args),
        ...(cut === undefined ? {} : { data: args[0], half: () => real(this, cut) }),
      });
    };
    Object.defineProperty(prototype, verb, { value: replacement, configurable: true, writable: true });
  }
}

await watchHandles();
watchPaths();
watchOpen();
syncBuiltinESMExports();
