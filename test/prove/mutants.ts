// All mutants, and where each was seen to fail.

import { MENDED } from './mended.ts';
import type { Mutant } from './mutant.ts';
import { POSTGRES_SAFEGUARDS } from './postgres-safeguards.ts';
import { SAFEGUARDS } from './safeguards.ts';

/** Of the program on a folder. */
export const MUTANTS: readonly Mutant[] = [...SAFEGUARDS, ...MENDED];

export const ALL_MUTANTS: readonly Mutant[] = [...MUTANTS, ...POSTGRES_SAFEGUARDS];

/** A seed that shows what a safeguard is for, where the first ones don't. */
export const FOUND_AT: Readonly<Record<string, number>> = {
  'a purchase is sent again under a new reference': 141,
  'the journal and the archive are not synced': 24,
  'the transport repeats the POST of a purchase': 36,
  'handled updates are forgotten': 40,
  'a request for credit can be approved twice': 28,
  'updates and flows are keyed by the chat alone': 150,
  'a lost answer counts as a refusal': 36,
  '"not found" is believed at once': 161,
  'an order found half sent after a crash is simply sent again': 91,
  'a step decided on an older revision is taken': 39,
  'a wallet may be overspent': 124,
  'messages are not looked at again after a restart': 89,
  'a refused key does not stop the traffic': 118,
  'a request for credit that comes again is a new one': 28,
};
