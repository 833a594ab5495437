// What the program keeps, read by nobody's rules but the promises'; from its disk: the order book, the archive, the journal.

import type { MemoryDisk } from './memory-disk.ts';

/** As far as the checks read a stored order. */
export interface StoredOrder {
  readonly ref: string;
  readonly no: number;
  readonly buyer: number;
  readonly account: string;
  readonly price: number;
  readonly cost: number;
  readonly value: number;
  readonly line: string;
  readonly state: { readonly name: string; readonly code?: string | null };
  readonly message: { readonly chatId: number; readonly messageId: number | null; readonly ended: boolean };
}

export interface StoredRecord {
  readonly order: StoredOrder;
  readonly entries: readonly { readonly id: string }[];
}

export interface Wallet {
  readonly put: number;
  readonly held: number;
  readonly taken: number;
}

export interface HotFile {
  readonly seq: number;
  readonly books: { readonly held: number; readonly taken: number };
  readonly wallets: readonly (readonly [string, Wallet])[];
  readonly shop: readonly {
    readonly kind: string;
    readonly id: string | number;
    readonly amount?: number;
    readonly person?: number;
    readonly ceiling?: number;
  }[];
  readonly orders: readonly StoredRecord[];
}

const FOLDER = '/data';
export const HOT = `${FOLDER}/orders.json`;
const ENDS = new Set(['fulfilled', 'refunded', 'rejected']);

export const isEnded = ({ state }: StoredOrder): boolean => ENDS.has(state.name);

const has = (value: unknown, ...names: readonly string[]): value is object =>
  typeof value === 'object' && value !== null && names.every((name) => name in value);
export const isHotFile = (value: unknown): value is HotFile =>
  has(value, 'books', 'wallets', 'shop', 'orders');
export const isRecord = (value: unknown): value is StoredRecord => has(value, 'order', 'entries');

function parse(bytes: Buffer): HotFile | 'torn' {
  try {
    const stored: unknown = JSON.parse(bytes.toString('utf8'));
    return isHotFile(stored) ? stored : 'torn';
  } catch {
    return 'torn';
  }
}

export interface Book {
  /** As the program sees it now. */
  now(): HotFile | undefined;
  /** As a power cut would leave it at least. */
  durable(): HotFile | undefined;
  closed(): readonly StoredRecord[];
  /** The lines of the journal that count (of a file: whole ones that the state knows). */
  journal(file: HotFile | undefined): string;
}

export interface DiskBook extends Book {
  /** An order book in bytes; undefined when it can't be read. */
  read(bytes: Buffer | undefined): HotFile | undefined;
}

export function openBook(disk: () => MemoryDisk): DiskBook {
  const parsed = new WeakMap<Buffer, HotFile | 'torn'>();
  function read(bytes: Buffer | undefined): HotFile | undefined {
    if (bytes === undefined) return undefined;
    const known = parsed.get(bytes) ?? parse(bytes);
    parsed.set(bytes, known);
    return known === 'torn' ? undefined : known;
  }

  const files = (folder: string): string =>
    [...(disk().image().get(`${FOLDER}/${folder}`) ?? [])]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([, bytes]) => bytes.toString('utf8'))
      .join('');

  return {
    read,
    now: () => read(disk().contents(HOT)),
    durable: () => read(disk().durable(HOT)),
    closed() {
      const byRef = new Map<string, StoredRecord>();
      for (const line of files('archive').split('\n')) {
        if (line === '') continue;
        const record: unknown = JSON.parse(line.slice(line.indexOf('\t') + 1));
        if (isRecord(record)) byRef.set(record.order.ref, record);
      }
      return [...byRef.values()];
    },
    journal: (file) =>
      files('journal')
        .split('\n')
        .slice(0, -1)
        // Behind its sum a line says how many came before it.
        .filter((line) => Number(line.replace(/^~\S+ /u, '').split(' ', 1)[0]) < (file?.seq ?? 0))
        .join('\n'),
  };
}
