// The database of one process of the simulator, on a real server: its clock is the world's, it can be put back to the base
// shop, and what is committed in it can be read from outside the world.

import { openLine, type Address, type Line } from './real-line.ts';
import { faultIn, question, valuesIn } from './wire.ts';

export interface RealDatabase {
  /** For the program's settings. */
  readonly url: string;
  /** A connection in the state of a new one. */
  borrow(): Promise<Line>;
  /** Ends what the connection's client has begun: another one may have it. Nothing may be under way on it. */
  giveBack(line: Line): Promise<void>;
  /** Processes of the server that wait for a lock which nobody gives back by itself. */
  readonly blocked: () => Promise<ReadonlySet<number>>;
  /** Runs one statement outside of the world. */
  ask(sql: string): Promise<readonly (readonly (string | null)[])[]>;
  /** What is there now is what every history begins with. */
  keepBase(): Promise<void>;
  restore(): Promise<void>;
  close(): Promise<void>;
}

/** Named last, the server's own functions give way to those of the world's clock. */
const SESSION = '-c search_path=public,sim,pg_catalog -c jit=off';

const MAKE = `
  CREATE SCHEMA base;
  CREATE SCHEMA sim;
  CREATE FUNCTION sim.now() RETURNS timestamptz STABLE LANGUAGE sql
    AS $$ SELECT current_setting('sim.now')::timestamptz $$;
  CREATE FUNCTION sim.clock_timestamp() RETURNS timestamptz VOLATILE LANGUAGE sql
    AS $$ SELECT current_setting('sim.clock')::timestamptz $$;`;

const KEEP = `
  DO $$
  DECLARE one text;
  BEGIN
    FOR one IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
      EXECUTE format('CREATE TABLE base.%1$I AS TABLE public.%1$I', one);
    END LOOP;
    CREATE TABLE sim.numbers AS SELECT sequencename AS name, last_value AS last FROM pg_sequences WHERE schemaname = 'public';
  END $$`;

const RESTORE = `
  DO $$
  DECLARE one text;
  BEGIN
    EXECUTE (SELECT 'TRUNCATE ' || string_agg(format('public.%I', tablename), ', ') || ' RESTART IDENTITY'
      FROM pg_tables WHERE schemaname = 'public');
    FOR one IN SELECT tablename FROM pg_tables WHERE schemaname = 'base' LOOP
      EXECUTE format('INSERT INTO public.%1$I OVERRIDING SYSTEM VALUE SELECT * FROM base.%1$I', one);
    END LOOP;
    PERFORM setval(format('public.%I', name)::regclass, last) FROM sim.numbers WHERE last IS NOT NULL;
  END $$`;

/** Longer than the server takes to see that some wait for each other in a circle (deadlock_timeout). */
const BLOCKED = `SELECT pid FROM pg_locks WHERE NOT granted AND waitstart < clock_timestamp() - interval '20 ms'`;

async function ask(line: Line, sql: string): Promise<(string | null)[][]> {
  const { frames } = await line.ask(question(sql));
  const fault = frames.find(({ type }) => type === 'E');
  if (fault !== undefined) throw new Error(`the database said: ${faultIn(fault).message}`);
  return frames.filter(({ type }) => type === 'D').map(valuesIn);
}

/** One question after the other. */
function inTurn(line: Line): (sql: string) => Promise<(string | null)[][]> {
  let last: Promise<unknown> = Promise.resolve();
  return (sql) => {
    const mine = last.then(() => ask(line, sql));
    last = mine.catch(() => undefined);
    return mine;
  };
}

/** Makes a database of that name on a server. */
export async function openRealDatabase(server: string, name: string): Promise<RealDatabase> {
  const { hostname, port, username, pathname } = new URL(server);
  const at = (database: string): Address => ({
    host: hostname,
    port: Number(port),
    user: username,
    database,
  });
  const first = await openLine(at(pathname.slice(1)), '');
  await ask(first, `CREATE DATABASE ${name}`);
  await first.close();
  const home = await openLine(at(name), '');
  const outside = inTurn(home);
  await outside(MAKE);
  const free: Line[] = [];

  return {
    url: new URL(`/${name}`, server).href,
    borrow: async () => free.pop() ?? openLine(at(name), SESSION),
    async giveBack(line) {
      if (line.isClosed()) return;
      // Neither takes part in a transaction: they are two questions.
      await line.ask(Buffer.concat([question('ROLLBACK'), question('DISCARD ALL')]), 2);
      free.push(line);
    },
    blocked: async () => new Set((await outside(BLOCKED)).map(([pid]) => Number(pid))),
    ask: outside,
    async keepBase() {
      await outside(KEEP);
    },
    async restore() {
      await outside(RESTORE);
    },
    async close() {
      await Promise.all([...free, home].map((line) => line.close()));
    },
  };
}
