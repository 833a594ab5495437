// Text as bytes for a file that is written over and over: packed into memory that is used again, because a shop writes its
// open orders hundreds of times a minute and garbage of their size each time is what a process grows by.

/** Something whose JSON is kept beside it. */
interface Written {
  readonly text: string;
}

/** A JSON list in pieces, one line for each. */
export function listOf(written: Iterable<Written>): readonly string[] {
  const pieces: string[] = [];
  for (const { text } of written) pieces.push(pieces.length === 0 ? '[\n' : ',\n', text);
  return pieces.length === 0 ? ['[]'] : [...pieces, '\n]'];
}

/** UTF-8 takes no more bytes for one of JavaScript's characters. */
const MOST_BYTES = 3;

/** Packs pieces of text into bytes, which are valid until the next packing. */
export function createPacking(): (pieces: readonly string[]) => Buffer {
  let memory = Buffer.alloc(0);

  function grow(used: number, more: number): void {
    const larger = Buffer.allocUnsafe(Math.max(memory.length * 2, used + more));
    memory.copy(larger, 0, 0, used);
    memory = larger;
  }

  return (pieces) => {
    let used = 0;
    for (const piece of pieces) {
      const most = piece.length * MOST_BYTES;
      if (used + most > memory.length) grow(used, most);
      used += memory.write(piece, used);
    }
    return memory.subarray(0, used);
  };
}
