// Pure: a wallet's entries as a file for a spreadsheet. Amounts are plain decimals; what people have written can't be
// taken for a formula.

import type { Centimes } from '../domain/money.ts';
import type { WalletsSentences } from '../i18n/wallets/index.ts';

/** One line of the file, as it is shown. */
export interface FileRow {
  /** Epoch ms. */
  readonly at: number;
  readonly kind: keyof WalletsSentences['fileKinds'];
  /** The order's number, where there is one. */
  readonly no: number | null;
  readonly amount: Centimes;
  /** What could be spent after it. */
  readonly balance: Centimes;
  readonly note: string;
}

/** Without it a spreadsheet takes Arabic and accents for something else. */
const BYTE_ORDER_MARK = '\uFEFF';

const ALGIERS = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Africa/Algiers',
  dateStyle: 'short',
  timeStyle: 'short',
});

/** `-980.00`. */
function decimal(amount: Centimes): string {
  const [whole, cents] = [Math.trunc(Math.abs(amount) / 100), Math.abs(amount) % 100];
  return `${amount < 0 ? '-' : ''}${whole}.${String(cents).padStart(2, '0')}`;
}

/** A text in a cell: quoted, and harmless where a spreadsheet would begin to reckon. */
function cell(text: string): string {
  const harmless = /^[\s\p{Cf}]*[=+\-@\t\r|]/u.test(text) ? `'${text}` : text;
  return /[",;\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** The file's text, oldest entry first. */
export function walletFile(t: WalletsSentences, rows: readonly FileRow[]): string {
  const { date, what, order, amount, balance, note } = t.file;
  const table = [
    [date, what, order, amount, balance, note].map(cell),
    ...rows.map((row) => [
      ALGIERS.format(row.at),
      cell(t.fileKinds[row.kind]),
      row.no === null ? '' : String(row.no),
      decimal(row.amount),
      decimal(row.balance),
      cell(row.note),
    ]),
  ];
  return `${BYTE_ORDER_MARK}${table.map((line) => line.join(',')).join('\r\n')}\r\n`;
}
