// A PostgreSQL server of its own for a test file: in a temporary folder, on a free port, gone afterwards. Where the machine
// has none, the suites that need it say so and are left out.

import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { access, chown, mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';

const run = promisify(execFile);

export interface PostgresServer {
  readonly url: string;
  /** Of the process that all others of the server are children of. */
  pid(): number;
  /** Kills every connection to it, as a network that breaks does. */
  cut(): Promise<void>;
  /** Stops it at once, as a power cut does; `start` brings it back on the same port. */
  crash(): Promise<void>;
  start(): Promise<void>;
  close(): Promise<void>;
}

const PACKAGED = '/usr/lib/postgresql';

/** The folder of the server's programs, if this machine has them. */
export async function findPostgres(): Promise<string | undefined> {
  const versions = await readdir(PACKAGED).catch(() => []);
  const packaged = versions.sort((a, b) => Number(b) - Number(a)).map((one) => join(PACKAGED, one, 'bin'));
  for (const folder of [...packaged, ...(process.env['PATH'] ?? '').split(delimiter)]) {
    const isThere = await access(join(folder, 'initdb')).then(
      () => true,
      () => false,
    );
    if (isThere) return folder;
  }
  return undefined;
}

export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  if (address === null || typeof address === 'string') throw new TypeError('no port was given');
  return address.port;
}

/** The server refuses to run as root: then it runs as nobody. */
const NOBODY = 65_534;
const AS_WHOM = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url });
  try {
    await client.connect();
    await client.end();
    return true;
  } catch {
    return false;
  }
}

async function untilItAnswers(url: string, server: ChildProcess): Promise<void> {
  while (!(await answers(url))) {
    if (server.exitCode !== null) throw new Error('PostgreSQL did not start');
    await sleep(50);
  }
}

/** Starts one from the programs in a folder. `durable`: what it commits is on the disk, as it is in a shop; `more`: settings, as `name=value`. */
export async function startPostgres(
  programs: string,
  { durable = false, more = [] }: { readonly durable?: boolean; readonly more?: readonly string[] } = {},
): Promise<PostgresServer> {
  const dir = await mkdtemp(join(tmpdir(), 'postgres-'));
  if (AS_WHOM.uid !== undefined) await chown(dir, AS_WHOM.uid, AS_WHOM.gid);
  const data = join(dir, 'data');
  const options = { ...AS_WHOM, cwd: dir };
  await run(
    join(programs, 'initdb'),
    ['-D', data, '-U', 'counter', '-A', 'trust', '-E', 'UTF8', '--no-sync'],
    options,
  );
  const port = await freePort();
  const url = `postgresql://counter@127.0.0.1:${port}/postgres`;
  const settings = [
    `port=${port}`,
    'listen_addresses=127.0.0.1',
    `unix_socket_directories=${dir}`,
    `fsync=${durable ? 'on' : 'off'}`,
    ...more,
  ];
  let server: ChildProcess | undefined;

  async function start(): Promise<void> {
    const args = ['-D', data, ...settings.flatMap((one) => ['-c', one])];
    server = spawn(join(programs, 'postgres'), args, { ...options, stdio: 'ignore' });
    await untilItAnswers(url, server);
  }
  async function stop(signal: NodeJS.Signals): Promise<void> {
    if (server?.exitCode !== null) return;
    server.kill(signal);
    await once(server, 'exit');
  }
  await start();
  return {
    url,
    start,
    pid: () => server?.pid ?? 0,
    cut: async () => {
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      await client.query(
        'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND usename = current_user',
      );
      await client.end();
    },
    // Told to quit at once, it writes nothing more down.
    crash: () => stop('SIGQUIT'),
    close: async () => {
      await stop('SIGINT');
      await rm(dir, { recursive: true, force: true });
    },
  };
}
