// Run in place of the journeys on PostgreSQL where the machine has none: says so.

import { describe } from 'vitest';

describe.skip('all journeys on PostgreSQL (left out: no PostgreSQL on this machine)', () => undefined);
