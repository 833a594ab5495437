// Single things that all processes on a database must agree on, by name.

import * as z from 'zod';
import { isCardCheck, makeCardCheck } from '../card-check.ts';
import { fingerprint, type KeyMemory } from '../key-memory.ts';
import type { Vault } from '../../app/ports.ts';
import type { Database, Query } from './database.ts';

const CARD_CHECK = 'card-check';
const PROVIDER_KEY = 'provider-key';

const factRow = z.object({ value: z.unknown() });
const keyFact = z.object({ key: z.string(), sandbox: z.boolean() });

const READ = 'SELECT value FROM facts WHERE name = $1';

async function factOf(rows: Query['rows'], name: string): Promise<unknown> {
  return (await rows(factRow, READ, [name]))[0]?.value;
}

/** Whether the vault's key is the one that sealed the codes so far; the first key ever is. */
export async function hasRightKey({ write }: Database, vault: Vault): Promise<boolean> {
  return write(async (query) => {
    const first = JSON.stringify(makeCardCheck(vault));
    await query.run('INSERT INTO facts VALUES ($1, $2) ON CONFLICT DO NOTHING', [CARD_CHECK, first]);
    const kept = await factOf(query.rows, CARD_CHECK);
    return typeof kept === 'string' && isCardCheck(vault, kept);
  });
}

/** What the provider once said of a key; what it said of another one is forgotten as soon as there is something to keep. */
export async function keyMemoryOf({ read, write }: Database, apiKey: string): Promise<KeyMemory> {
  const key = fingerprint(apiKey);
  const known = keyFact.safeParse(await factOf(read, PROVIDER_KEY)).data;
  let sandbox = known?.key === key ? known.sandbox : undefined;
  return {
    sandbox: () => sandbox,
    keep: async (next) => {
      if (next === sandbox) return;
      const sql = 'INSERT INTO facts VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value';
      await write((query) => query.run(sql, [PROVIDER_KEY, JSON.stringify({ key, sandbox: next })]));
      sandbox = next;
    },
  };
}
