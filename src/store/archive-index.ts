// Where each closed order lies in the archive: a few bytes per order in typed arrays, so that a shop's whole history
// fits in memory while its records stay on disk. One slot per order; a buyer's slots form a chain, newest to oldest.

import type { Ref } from '../domain/order.ts';
import type { ArchiveHead } from './archive-line.ts';
import type { LinePlace } from './month-files.ts';

/** An archived order by its number. */
export interface Numbered {
  readonly no: number;
  readonly place: LinePlace;
}

export interface ArchiveIndex {
  /** Adds an order; a reference that is known already moves to its later line. */
  add(head: ArchiveHead, place: LinePlace): void;
  find(ref: Ref): LinePlace | undefined;
  findNo(no: number): LinePlace | undefined;
  /** The order with the highest number below this one. */
  below(no: number): Numbered | undefined;
  /** All orders of a buyer, highest number first. */
  ofBuyer(buyer: number): readonly Numbered[];
  /** Orders that may have settled at or after a moment (epoch ms), highest number first; none that did is missing. */
  settledSince(at: number): readonly Numbered[];
  readonly size: () => number;
  /** The highest order number; 0 when there is none. */
  readonly highestNo: () => number;
  /** The same of one file. */
  highestIn(file: number): number;
}

interface Columns {
  readonly file: Uint16Array;
  readonly offset: Float64Array;
  readonly length: Uint32Array;
  readonly no: Uint32Array;
  /** When it settled, in whole seconds since the epoch. */
  readonly settled: Uint32Array;
  /** The slot before this one in its buyer's chain, plus one; 0 ends the chain. */
  readonly previous: Uint32Array;
  /** No column of the slots: all slots by rising number. */
  readonly byNo: Uint32Array;
}

function columns(size: number, from?: Columns): Columns {
  const made: Columns = {
    file: new Uint16Array(size),
    offset: new Float64Array(size),
    length: new Uint32Array(size),
    no: new Uint32Array(size),
    settled: new Uint32Array(size),
    previous: new Uint32Array(size),
    byNo: new Uint32Array(size),
  };
  if (from === undefined) return made;
  made.file.set(from.file);
  made.offset.set(from.offset);
  made.length.set(from.length);
  made.no.set(from.no);
  made.settled.set(from.settled);
  made.previous.set(from.previous);
  made.byNo.set(from.byNo);
  return made;
}

const inSeconds = (at: number): number => Math.floor(at / 1_000);

/** An empty index. */
export function archiveIndex(): ArchiveIndex {
  const slots = new Map<Ref, number>();
  const lastOf = new Map<number, number>();
  const highest: number[] = [];
  let table = columns(1024);

  function put(slot: number, { file, offset, length }: LinePlace): void {
    table.file[slot] = file;
    table.offset[slot] = offset;
    table.length[slot] = length;
    highest[file] = Math.max(highest[file] ?? 0, table.no[slot] ?? 0);
  }

  const placeOf = (slot: number): LinePlace => ({
    file: table.file[slot] ?? 0,
    offset: table.offset[slot] ?? 0,
    length: table.length[slot] ?? 0,
  });
  const noOf = (slot: number): number => table.no[slot] ?? 0;
  const numbered = (slot: number): Numbered => ({ no: noOf(slot), place: placeOf(slot) });

  /** How many of the first `size` numbers are below this one. */
  function countBelow(no: number, size = slots.size): number {
    let [from, to] = [0, size];
    while (from < to) {
      const middle = (from + to) >>> 1;
      if (noOf(table.byNo[middle] ?? 0) < no) from = middle + 1;
      else to = middle;
    }
    return from;
  }

  function addNew({ ref, no, buyer, settledAt }: ArchiveHead, place: LinePlace): void {
    const slot = slots.size;
    if (slot === table.no.length) table = columns(slot * 2, table);
    // Orders close nearly in the order of their numbers: there is little to move.
    const at = countBelow(no + 1, slot);
    table.byNo.copyWithin(at + 1, at, slot);
    table.byNo[at] = slot;
    slots.set(ref, slot);
    table.no[slot] = no;
    table.settled[slot] = inSeconds(settledAt);
    put(slot, place);
    table.previous[slot] = (lastOf.get(buyer) ?? -1) + 1;
    lastOf.set(buyer, slot);
  }

  return {
    add(head, place) {
      const known = slots.get(head.ref);
      if (known === undefined) addNew(head, place);
      else put(known, place);
    },
    find(ref) {
      const slot = slots.get(ref);
      return slot === undefined ? undefined : placeOf(slot);
    },
    findNo(no) {
      const slot = table.byNo[countBelow(no + 1) - 1];
      return slot === undefined || noOf(slot) !== no ? undefined : placeOf(slot);
    },
    below(no) {
      const slot = table.byNo[countBelow(no) - 1];
      return slot === undefined ? undefined : numbered(slot);
    },
    ofBuyer(buyer) {
      const found: Numbered[] = [];
      for (let next = (lastOf.get(buyer) ?? -1) + 1; next > 0; next = table.previous[next - 1] ?? 0)
        found.push(numbered(next - 1));
      // Orders close out of order: some wait two days.
      return found.sort((a, b) => b.no - a.no);
    },
    settledSince(at) {
      const found: Numbered[] = [];
      const since = inSeconds(at);
      for (let i = slots.size - 1; i >= 0; i -= 1) {
        const slot = table.byNo[i] ?? 0;
        if ((table.settled[slot] ?? 0) >= since) found.push(numbered(slot));
      }
      return found;
    },
    size: () => slots.size,
    highestNo: () => noOf(table.byNo[slots.size - 1] ?? -1),
    highestIn: (file) => highest[file] ?? 0,
  };
}
