// Talks to the stand-in as a program without a library would: bare fetch, bare JSON.
import { onTestFinished } from 'vitest';
import { z } from 'zod';
import { startTelegramStandIn } from '../../../src/playground/telegram/server.ts';
import type { TelegramStandIn, TelegramStandInOptions } from '../../../src/playground/telegram/server.ts';

const answerShape = z.strictObject({
  ok: z.boolean(),
  result: z.unknown().optional(),
  error_code: z.int().optional(),
  description: z.string().optional(),
  parameters: z
    .strictObject({ retry_after: z.int().optional(), migrate_to_chat_id: z.int().optional() })
    .optional(),
});

/** An answer of the API; `result` is looked at with matchers only. */
export type Answer = z.infer<typeof answerShape>;

export const AMINA = 101;
export const BILAL = 102;

/** A stand-in with two people, closed when the test ends. */
export async function telegramWithTwoPeople(options: TelegramStandInOptions = {}): Promise<TelegramStandIn> {
  const telegram = await startTelegramStandIn(options);
  onTestFinished(() => telegram.close());
  telegram.addPerson({ id: AMINA, firstName: 'Amina', languageCode: 'ar', username: 'amina' });
  telegram.addPerson({ id: BILAL, firstName: 'Bilal', lastName: 'K.', languageCode: 'fr' });
  return telegram;
}

/** The address of a method. */
export function addressOf(telegram: TelegramStandIn, method: string): string {
  return `${telegram.apiRoot}/bot${telegram.token}/${method}`;
}

/** Calls a method with JSON. */
export async function call(telegram: TelegramStandIn, method: string, payload: object = {}): Promise<Answer> {
  const response = await fetch(addressOf(telegram, method), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(payload),
  });
  return answerShape.parse(await response.json());
}

/** Calls a method that must succeed with a message, and gives its id. */
export async function sentId(
  telegram: TelegramStandIn,
  payload: object,
  method = 'sendMessage',
): Promise<number> {
  const answer = await call(telegram, method, payload);
  if (!answer.ok) throw new Error(answer.description);
  const { result } = answer;
  if (typeof result !== 'object' || result === null || !('message_id' in result))
    throw new Error('no message');
  return Number(result.message_id);
}

/** A clock that stands still until it is moved. */
export function movableClock(start = Date.UTC(2026, 9, 1, 12)) {
  let at = start;
  return {
    now: () => at,
    advance(ms: number): void {
      at += ms;
    },
  };
}

/** A keyboard of one button. */
export function oneButton(button: object): object {
  return { inline_keyboard: [[button]] };
}
