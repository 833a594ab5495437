// The provider: its client, whether it answers, and which kind of key this is.

import { createPulse } from '../app/pulse.ts';
import { createSandboxMark } from '../bot/sandbox-mark.ts';
import { createTopups, type HaltDetail } from '../oneclickdz/client.ts';
import type { Ground } from './ground.ts';

export function openProvider(
  { config, log, folder, clock, metrics }: Ground,
  halted: (detail: HaltDetail) => void,
) {
  const pulse = createPulse(clock);
  const topups = createTopups({
    ...{ apiKey: config.apiKey, baseUrl: config.apiUrl, rate: config.rate },
    shared: folder.sharing?.traffic,
    onHalt: (detail) => {
      log.error({ detail }, 'the provider refuses us; all its traffic has stopped');
      halted(detail);
    },
    log: (fact) => {
      log.debug(fact, 'provider');
      metrics.providerAnswered(fact);
      // An answer that refuses us is none that shows the provider at work for us.
      pulse.heard(fact.status !== undefined && fact.status < 500 && !topups.halted());
    },
  });
  const failed = (error: unknown): void => log.warn({ err: error }, 'the kind of the key was not kept');
  const mark = createSandboxMark({ topups, memory: folder.keyMemory, failed });
  return { topups: { ...topups, offers: mark.offers }, mark, pulse };
}
