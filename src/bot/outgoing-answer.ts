// Telegram's answers as the outgoing side reads and makes them: how long it wants to be left alone, and a refusal in its
// own words for calls that are not worth sending meanwhile.

import { readJson } from './outgoing-call.ts';
import type { Outcome } from './outgoing-transport.ts';

type Answer = Extract<Outcome, { kind: 'answer' }>;

const HEADERS = { 'content-type': 'application/json' };

/** Ms that a 429 asks for, one second when it doesn't say; undefined for any other outcome. */
export function penaltyMs(outcome: Outcome): number | undefined {
  if (outcome.kind === 'failed' || outcome.status !== 429) return undefined;
  const { parameters } = readJson(outcome.text);
  const named = typeof parameters === 'object' && parameters !== null && 'retry_after' in parameters;
  const seconds = named ? Number(parameters.retry_after) : 1;
  return (Number.isFinite(seconds) && seconds > 0 ? seconds : 1) * 1000;
}

/** Whether nobody knows what became of the call: no answer, or the server broke. */
export const isDoubtful = (outcome: Outcome): boolean => outcome.kind === 'failed' || outcome.status >= 500;

/** A response for one caller; several may be made of one answer. */
export const responseOf = ({ status, text }: Answer): Response =>
  new Response(text, { status, headers: HEADERS });

/** The refusal that Telegram would give, without asking it. */
export function tooManyRequests(waitMs: number): Response {
  const seconds = Math.ceil(waitMs / 1000);
  const body = {
    ok: false,
    error_code: 429,
    description: `Too Many Requests: retry after ${seconds}`,
    parameters: { retry_after: seconds },
  };
  return Response.json(body, { status: 429 });
}
