// The one port: whether the bot is well, its figures, and the door through which Telegram brings updates.

import { backlogOf } from '../app/backlog.ts';
import type { Topups } from '../app/ports.ts';
import type { Pulse } from '../app/pulse.ts';
import type { Intake } from '../bot/intake.ts';
import { healthRoutes } from '../http/health.ts';
import type { Metrics } from '../http/metrics.ts';
import { serveHttp, type HttpServer } from '../http/server.ts';
import { webhookRoutes, type IncomingUpdate } from '../http/webhook.ts';
import type { Ground } from './ground.ts';
import { webhookOf } from './webhook.ts';

/** Longer than one long poll plus a retry, and than two looks after the webhook. */
const TELEGRAM_SILENT_MS = 150_000;
/** Shorter than what owners are told of: whoever watches the figures wants to know first. */
const PROVIDER_SILENT_MS = 60_000;
/** Longer than it takes to take over the orders of a process that has died. */
const WORKER_LATE_MS = 120_000;

/** Undefined where no port is asked for. Throws UnusablePort. */
export async function openPort(
  { config, log, folder, life, clock }: Ground,
  parts: {
    readonly metrics: Metrics;
    readonly intake: Pick<Intake, 'lastAnswerAt' | 'waiting'>;
    readonly receive?: (update: IncomingUpdate) => Promise<void>;
    readonly topups: Pick<Topups, 'halted'>;
    readonly pulse: Pick<Pulse, 'silentSince'>;
    readonly isStoreFit: () => Promise<boolean>;
  },
): Promise<HttpServer | undefined> {
  const { metrics, intake, receive, topups, pulse, isStoreFit } = parts;
  if (config.port === undefined) return undefined;
  const backlog = async () => backlogOf(await folder.store.active(), clock());
  const heardLately = (at: number | undefined): boolean => clock() - (at ?? -Infinity) < TELEGRAM_SILENT_MS;
  const health = healthRoutes({
    serving: () => !life.stopping(),
    store: isStoreFit,
    telegram: () => {
      const at = intake.lastAnswerAt();
      return at === 'elsewhere' ? undefined : heardLately(at);
    },
    provider: () => !topups.halted() && clock() - (pulse.silentSince() ?? clock()) < PROVIDER_SILENT_MS,
    worker: async () => (await backlog()).lateMs < WORKER_LATE_MS,
  });
  const { updates } = folder;
  const figures = metrics.routes({
    ...{ backlog, updatesWaiting: () => intake.waiting() },
    ...(updates.kind === 'shared' && { unhandled: () => updates.lanes.unhandled() }),
  });
  const webhook = webhookOf(config);
  const door =
    webhook === undefined || receive === undefined
      ? {}
      : webhookRoutes({
          ...webhook,
          receive,
          failed: (error) => log.warn({ err: error }, 'an update was not taken; Telegram brings it again'),
          dropped: (why) => log.warn({ why }, 'what Telegram brought was dropped'),
        });
  return serveHttp({
    ...{ host: config.host, port: config.port },
    routes: metrics.timed({ ...health, ...figures, ...door }),
    failed: (error) => log.error({ err: error }, 'a request to our port failed'),
  });
}
