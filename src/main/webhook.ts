// The webhook of the settings, as Telegram is told of it and as the port serves it.

import type { Config } from '../config.ts';
import { webhookAt } from '../http/webhook.ts';

/** What Telegram calls, where that arrives, and what it shows. */
export interface Webhook {
  readonly url: string;
  readonly path: string;
  readonly secret: string;
}

/** Undefined where Telegram is asked. */
export const webhookOf = ({ webhookUrl, webhookSecret }: Config): Webhook | undefined =>
  webhookUrl === undefined || webhookSecret === undefined
    ? undefined
    : { ...webhookAt(webhookUrl), secret: webhookSecret };
