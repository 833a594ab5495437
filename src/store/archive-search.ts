// Looking for closed orders by what they are about. The newest are read one by one; when those are not enough, whole
// files are gone through without parsing a line that can't be it, so that an owner's search holds up nobody's purchase.

import type { Order } from '../domain/order.ts';
import type { ArchiveIndex, Numbered } from './archive-index.ts';
import type { ArchiveHead } from './archive-line.ts';
import { monthOf, type LinePlace, type MonthFiles } from './month-files.ts';
import type { OrderRecord } from './order-record.ts';

export interface ArchiveQuery {
  /** Only orders with a lower number. */
  readonly below: number;
  /** At most so many, those with the highest numbers. */
  readonly limit: number;
  /** Numbers to leave out. */
  readonly except: ReadonlySet<number>;
  readonly buyer?: number | undefined;
  /** Orders that settled before this can't be it. Epoch ms. */
  readonly since?: number | undefined;
  /** What the JSON of every order that may be it contains. */
  readonly traces: readonly string[];
  readonly fits: (order: Order) => boolean;
}

export interface Searchable {
  readonly index: ArchiveIndex;
  readonly months: MonthFiles<ArchiveHead>;
  readonly read: (place: LinePlace) => Promise<OrderRecord>;
}

/** So many orders are read one by one before files are gone through: most pages are filled by the newest. */
const FIRST_LOOK = 100;

/** Highest number first. What closes meanwhile may be missed, nothing else. */
function* candidates(index: ArchiveIndex, { below, buyer, since }: ArchiveQuery): Generator<Numbered> {
  if (buyer !== undefined) yield* index.ofBuyer(buyer).filter(({ no }) => no < below);
  else if (since !== undefined) yield* index.settledSince(since).filter(({ no }) => no < below);
  else for (let one = index.below(below); one !== undefined; one = index.below(one.no)) yield one;
}

/** The orders of one file that may be it. */
async function sift({ index, months }: Searchable, file: number, query: ArchiveQuery): Promise<Numbered[]> {
  const { below, buyer, since = 0, except } = query;
  const traces = query.traces.map((text) => Buffer.from(text));
  const found: Numbered[] = [];
  await months.visit(file, ({ head, bytes }, place) => {
    if (head.no >= below || head.settledAt < since || except.has(head.no)) return;
    if (buyer !== undefined && head.buyer !== buyer) return;
    if (!traces.every((trace) => bytes.includes(trace))) return;
    // An order that was closed twice counts where it was closed last.
    const known = index.find(head.ref);
    if (known?.file === file && known.offset === place.offset) found.push({ no: head.no, place });
  });
  return found;
}

/** Goes through the files, and reads a candidate once no other file can hold a higher number. */
async function searchFiles(archive: Searchable, query: ArchiveQuery): Promise<readonly OrderRecord[]> {
  const { index, months, read } = archive;
  const oldest = query.since === undefined ? '' : monthOf(query.since);
  const files = [...months.months().entries()]
    .filter(([, month]) => month >= oldest)
    .map(([file]) => ({ file, highest: index.highestIn(file) }))
    .sort((a, b) => b.highest - a.highest);
  const found: OrderRecord[] = [];
  let pool: Numbered[] = [];
  for (const [i, { file }] of files.entries()) {
    const beyond = files[i + 1]?.highest ?? 0;
    pool = [...pool, ...(await sift(archive, file, query))].sort((a, b) => a.no - b.no);
    for (let next = pool.at(-1); next !== undefined && next.no > beyond; next = pool.at(-1)) {
      pool.pop();
      const record = await read(next.place);
      if (query.fits(record.order)) found.push(record);
      if (found.length >= query.limit) return found;
    }
  }
  return found;
}

/** Whether what is looked for may lie anywhere in the archive; of what settled lately nearly everything is wanted. */
const isScattered = ({ since, traces }: ArchiveQuery): boolean => since === undefined || traces.length > 0;

/** Highest number first; a damaged line that is looked at rejects with DamagedFile. */
export async function searchArchive(
  archive: Searchable,
  query: ArchiveQuery,
): Promise<readonly OrderRecord[]> {
  const found: OrderRecord[] = [];
  let looked = 0;
  for (const { no, place } of candidates(archive.index, query)) {
    if (found.length >= query.limit) return found;
    if (query.except.has(no)) continue;
    if (looked === FIRST_LOOK && isScattered(query)) {
      const rest = { ...query, below: no + 1, limit: query.limit - found.length };
      return [...found, ...(await searchFiles(archive, rest))];
    }
    looked += 1;
    const record = await archive.read(place);
    if (query.fits(record.order)) found.push(record);
  }
  return found;
}
