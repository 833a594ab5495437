// What the provider once said of the key in use, in `provider.json`: the mark on the messages must not wait for a provider
// that is away. The key itself is not kept, only what tells it from another one.

import { createHash } from 'node:crypto';
import { join } from 'node:path';
import * as z from 'zod';
import type { Place } from './disk.ts';
import { openReplaceable } from './replaceable-file.ts';
import { readVersioned } from './versioned-json.ts';

export const PROVIDER_FILE = 'provider.json';

export interface KeyMemory {
  /** Whether the key is a sandbox's; undefined while the provider has never said so of this very key. */
  sandbox(): boolean | undefined;
  /** On disk when it resolves; throws StoreFault when it can't be. */
  keep(sandbox: boolean): Promise<void>;
}

export interface OpenedKeyMemory {
  readonly memory: KeyMemory;
  readonly close: () => Promise<void>;
}

/** What was said of the key with this fingerprint. */
export interface KnownKey {
  key: string;
  sandbox: boolean;
}

const fileSchema = z.object({ version: z.literal(1), key: z.string(), sandbox: z.boolean() });

/** What tells a key from another one. */
export const fingerprint = (apiKey: string): string =>
  createHash('sha256').update(apiKey).digest('hex').slice(0, 16);

export const readKnownKey = (text: string, file: string): KnownKey =>
  readVersioned(text, { file, schema: fileSchema, not: 'not what is known of a key' });

export const writeKnownKey = ({ sandbox, key }: KnownKey): readonly string[] => [
  JSON.stringify({ version: 1, key, sandbox }),
  '\n',
];

/** Opens `provider.json` for one key; what was said of another key is forgotten as soon as there is something to keep. */
export async function openKeyMemory({
  dir,
  clock,
  files,
  apiKey,
}: Place & { readonly apiKey: string }): Promise<OpenedKeyMemory> {
  const path = join(dir, PROVIDER_FILE);
  const key = fingerprint(apiKey);
  const file = await openReplaceable<KnownKey>({
    path,
    parse: (text) => readKnownKey(text, path),
    pieces: writeKnownKey,
    empty: { key: '', sandbox: false },
    copy: (known) => ({ ...known }),
    clock,
    durable: false,
    ...(files && { files }),
  });
  const known = (): boolean | undefined => (file.now().key === key ? file.now().sandbox : undefined);
  return {
    memory: {
      sandbox: known,
      keep: (sandbox) =>
        file.edit((draft) => {
          const isNews = draft.key !== key || draft.sandbox !== sandbox;
          draft.key = key;
          draft.sandbox = sandbox;
          return isNews;
        }),
    },
    close: file.close,
  };
}
