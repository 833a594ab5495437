// Where each closed order lies in the archive: a few bytes per order in typed arrays, so that a shop's whole history
// fits in memory while its records stay on disk. One slot per order; a buyer's slots form a chain, newest to oldest.

import type { Ref } from '../domain/order.ts';

/** Where a line lies: the number of its file, its first byte, and its length in bytes without the line end. */
export interface LinePlace {
  readonly file: number;
  readonly offset: number;
  readonly length: number;
}

export interface ArchiveIndex {
  /** Adds an order; a reference that is known already moves to its later line. */
  add(ref: Ref, no: number, buyer: number, place: LinePlace): void;
  find(ref: Ref): LinePlace | undefined;
  findNo(no: number): LinePlace | undefined;
  /** The places of a buyer's orders with the highest numbers, highest first, leaving out the numbers in `except`. */
  newest(
    buyer: number,
    limit: number,
    except: ReadonlySet<number>,
  ): readonly { no: number; place: LinePlace }[];
  readonly size: () => number;
  /** The highest order number; 0 when there is none. */
  readonly highestNo: () => number;
}

interface Columns {
  readonly file: Uint16Array;
  readonly offset: Float64Array;
  readonly length: Uint32Array;
  readonly no: Uint32Array;
  /** The slot before this one in its buyer's chain, plus one; 0 ends the chain. */
  readonly previous: Uint32Array;
}

function columns(size: number, from?: Columns): Columns {
  const made: Columns = {
    file: new Uint16Array(size),
    offset: new Float64Array(size),
    length: new Uint32Array(size),
    no: new Uint32Array(size),
    previous: new Uint32Array(size),
  };
  if (from === undefined) return made;
  made.file.set(from.file);
  made.offset.set(from.offset);
  made.length.set(from.length);
  made.no.set(from.no);
  made.previous.set(from.previous);
  return made;
}

/** An empty index. */
export function archiveIndex(): ArchiveIndex {
  const slots = new Map<Ref, number>();
  const lastOf = new Map<number, number>();
  let table = columns(1024);
  let highest = 0;

  function put(slot: number, { file, offset, length }: LinePlace): void {
    table.file[slot] = file;
    table.offset[slot] = offset;
    table.length[slot] = length;
  }

  const at = (slot: number): LinePlace => ({
    file: table.file[slot] ?? 0,
    offset: table.offset[slot] ?? 0,
    length: table.length[slot] ?? 0,
  });

  function addNew(ref: Ref, no: number, buyer: number, place: LinePlace): void {
    const slot = slots.size;
    if (slot === table.no.length) table = columns(slot * 2, table);
    slots.set(ref, slot);
    put(slot, place);
    table.no[slot] = no;
    table.previous[slot] = (lastOf.get(buyer) ?? -1) + 1;
    lastOf.set(buyer, slot);
    highest = Math.max(highest, no);
  }

  return {
    add(ref, no, buyer, place) {
      const known = slots.get(ref);
      if (known === undefined) addNew(ref, no, buyer, place);
      else put(known, place);
    },
    find(ref) {
      const slot = slots.get(ref);
      return slot === undefined ? undefined : at(slot);
    },
    findNo(no) {
      const slot = table.no.subarray(0, slots.size).lastIndexOf(no);
      return slot < 0 ? undefined : at(slot);
    },
    newest(buyer, limit, except) {
      // Orders close out of order (some wait two days), so the whole chain is looked at and the best kept, in order.
      const best: { no: number; slot: number }[] = [];
      for (let next = (lastOf.get(buyer) ?? -1) + 1; next > 0; next = table.previous[next - 1] ?? 0) {
        const no = table.no[next - 1] ?? 0;
        if (except.has(no) || (best.length >= limit && no < (best.at(-1)?.no ?? 0))) continue;
        const behind = best.findIndex((one) => one.no < no);
        best.splice(behind < 0 ? best.length : behind, 0, { no, slot: next - 1 });
        if (best.length > limit) best.pop();
      }
      return best.map(({ no, slot }) => ({ no, place: at(slot) }));
    },
    size: () => slots.size,
    highestNo: () => highest,
  };
}
