// Reads what is given in pages to its end.

/** Every row from the first page on, or the first `most` of them; `next` of a page is where the following one begins. */
export async function everyRow<Row, From = number>(
  page: (from: From | null) => Promise<{ readonly rows: readonly Row[]; readonly next: From | null }>,
  most = Infinity,
): Promise<readonly Row[]> {
  const rows: Row[] = [];
  let from: From | null = null;
  do {
    const read: Awaited<ReturnType<typeof page>> = await page(from);
    rows.push(...read.rows);
    from = read.next;
  } while (from !== null && rows.length < most);
  return rows.slice(0, most);
}
