// All mutants, and where each was seen to fail.

import { MENDED } from './mended.ts';
import type { Mutant } from './mutant.ts';
import { SAFEGUARDS } from './safeguards.ts';

export const MUTANTS: readonly Mutant[] = [...SAFEGUARDS, ...MENDED];

/** A seed that shows what a safeguard is for, where the first ones don't. */
export const FOUND_AT: Readonly<Record<string, number>> = {
  'a purchase is sent again under a new reference': 15,
  'the journal and the archive are not synced': 28,
  'the transport repeats the POST of a purchase': 36,
  'handled updates are forgotten': 40,
  'a request for credit can be approved twice': 80,
  'updates and flows are keyed by the chat alone': 150,
  'a lost answer counts as a refusal': 36,
  '"not found" is believed at once': 15,
  'an order found half sent after a crash is simply sent again': 27,
  'a wallet may be overspent': 124,
  'messages are not looked at again after a restart': 94,
  'a refused key does not stop the traffic': 72,
  'the journal keeps the lines of a write that failed': 483,
};
