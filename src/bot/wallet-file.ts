// Pure: a wallet's entries as a table for a spreadsheet. Amounts are plain numbers; a centime, where there is one, stands
// behind the comma that goes with the semicolons of the file.

import type { Centimes } from '../domain/money.ts';
import type { WalletsSentences } from '../i18n/wallets/index.ts';
import { csvOf } from './csv.ts';

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

const ALGIERS = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Africa/Algiers',
  dateStyle: 'short',
  timeStyle: 'short',
});

/** `-980`, `980,50`. */
function decimal(amount: Centimes): string {
  const [whole, cents] = [Math.trunc(Math.abs(amount) / 100), Math.abs(amount) % 100];
  const fraction = cents === 0 ? '' : `,${String(cents).padStart(2, '0')}`;
  return `${amount < 0 ? '-' : ''}${whole}${fraction}`;
}

/** The file's text, oldest entry first. */
export function walletFile(t: WalletsSentences, rows: readonly FileRow[]): string {
  const { date, what, order, amount, balance, note } = t.file;
  return csvOf([
    [date, what, order, amount, balance, note],
    ...rows.map((row) => [
      ...[ALGIERS.format(row.at), t.fileKinds[row.kind], row.no ?? ''],
      ...[decimal(row.amount), decimal(row.balance), row.note],
    ]),
  ]);
}
