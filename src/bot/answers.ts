// What a person answers, read: which updates belong to a running purchase, and what a typed number or amount means.

import type { Context } from 'grammy';
import { digitsOf, guessLine, westernDigits } from '../domain/service.ts';
import { parse, type BuyAction } from './callback-data.ts';
import { repliesToUs } from './context.ts';
import type { OfferButton } from './screens.ts';
import type { Step } from './steps.ts';

export type Answer =
  | { readonly kind: 'press'; readonly action: BuyAction }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'other' };

/** What an update says to this flow; undefined when it is meant for somebody else. */
export function answerIn(ctx: Context, flow: string): Answer | undefined {
  const data = ctx.callbackQuery?.data;
  if (data !== undefined) {
    const press = parse(data);
    return press?.kind === 'buy' && press.flow === flow && press.owner === ctx.from?.id
      ? { kind: 'press', action: press.action }
      : undefined;
  }
  const { message } = ctx;
  if (message === undefined) return undefined;
  if (message.chat.type !== 'private' && !repliesToUs(ctx)) return undefined;
  const { text } = message;
  // A picture may carry a command below it: that of a payment slip, in the middle of a purchase that lacks money.
  if ((text ?? message.caption)?.startsWith('/') === true) return undefined;
  return text === undefined ? { kind: 'other' } : { kind: 'text', text };
}

/** An order's number as people type it: `1042`, `#1042`, `n° 1042`, in whichever digits. */
export function readOrderNo(text: string): number | undefined {
  const digits = /^\s*(?:#|n°)?\s*([0-9]{1,9})\s*$/iu.exec(westernDigits(text))?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** What a bare number means, if it is one: straight to the line when its form leaves no doubt about the service. */
export function stepOfNumber(text: string, value: number | null): Step | undefined {
  const guess = guessLine(text);
  switch (guess.kind) {
    case 'certain':
      return { to: 'find', service: guess.service, text: guess.line, value };
    case 'doubtful':
      return { to: 'service', digits: guess.digits, value, note: null };
    case 'no-line':
      return undefined;
  }
}

/** An amount typed instead of pressed: whole dinars that are on the screen. */
export function stepOfAmount(
  step: Extract<Step, { to: 'value' }>,
  offers: readonly OfferButton[],
  text: string,
): Step {
  const value = Number(digitsOf(text) ?? NaN) * 100;
  const offered = offers.some((offer) => offer.value === value);
  return offered
    ? { ...step, to: 'confirm', value, note: null }
    : { ...step, note: { say: 'amount-not-offered' } };
}
