// A table as a file for spreadsheets. They open it in the right letters because of the mark at its beginning, in columns
// because of the semicolons that French settings expect, and no cell of it is run as a formula.

const BYTE_ORDER_MARK = '\uFEFF';

const isNumber = (cell: string): boolean => /^-?[0-9]+(?:[.,][0-9]+)?$/.test(cell);

/** What a spreadsheet would take for a formula is shown as the text it is. */
const harmless = (cell: string): string =>
  /^[\s\p{Cf}]*[=+\-@\t\r|%]/u.test(cell) && !isNumber(cell) ? `'${cell}` : cell;

function cellOf(cell: string | number): string {
  const text = harmless(String(cell).replace(/[\u2066-\u2069\u200E\u200F]/gu, ''));
  return /[";,\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The rows as text: one line each, with a mark of its encoding before the first. */
export const csvOf = (rows: readonly (readonly (string | number)[])[]): string =>
  `${BYTE_ORDER_MARK}${rows.map((row) => `${row.map(cellOf).join(';')}\r\n`).join('')}`;
