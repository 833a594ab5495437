// A table that the bot sent as a file, read as a spreadsheet would.

import type { TelegramStandIn } from '../../src/playground/telegram/stand-in.ts';

const isFile = (value: unknown): value is { readonly text: string } =>
  typeof value === 'object' && value !== null && 'text' in value && typeof value.text === 'string';

/** The rows of the first file that a chat was sent from now on, its mark of encoding left out. */
export function nextSheet(
  telegram: TelegramStandIn,
  chatId: number,
): Promise<readonly (readonly string[])[]> {
  const seen = telegram.calls.length;
  const text = (): string | undefined =>
    telegram.calls
      .slice(seen)
      .filter(({ method, payload }) => method === 'sendDocument' && Number(payload['chat_id']) === chatId)
      .flatMap(({ payload }) => Object.values(payload).filter(isFile))[0]?.text;
  return telegram.until(text, { what: `chat ${chatId} to be sent a file` }).then((found) =>
    found
      .replace('\uFEFF', '')
      .split('\r\n')
      .filter((row) => row !== '')
      .map((row) => row.split(';')),
  );
}

/** Whole and broken dinars of a cell, in centimes. */
export const centimesIn = (cell = ''): number => Math.round(Number(cell.replace(',', '.')) * 100);
