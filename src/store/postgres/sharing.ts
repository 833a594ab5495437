// What the processes on one database share besides what they sell: see app/sharing.ts.

import type { Sharing } from '../../app/sharing.ts';
import { createClaims } from './claims.ts';
import type { Database } from './database.ts';
import { openTraffic, type TrafficDeps } from './traffic.ts';

/** Before the listener is started. Throws StoreFault. `holder`: what this process is called. */
export const openSharing = async (
  deps: TrafficDeps & { readonly database: Database; readonly holder: string },
): Promise<Sharing> => ({
  traffic: await openTraffic(deps),
  claims: createClaims(deps.database, deps.holder),
});
