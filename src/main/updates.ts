// How what people say comes in: Telegram is asked for it, or brings it to the port.

import { createIntake, type Intake, type IntakeOptions } from '../bot/intake.ts';
import { createWebhookIntake, type WebhookIntake } from '../bot/webhook-intake.ts';
import type { WebhookApi } from '../bot/webhook-source.ts';
import type { Config } from '../config.ts';
import { webhookOf } from './webhook.ts';

export interface Updates {
  readonly intake: Intake;
  /** Takes what Telegram brings; absent where it is asked. */
  readonly receive?: WebhookIntake['receive'];
}

export type UpdatesOptions = IntakeOptions & { readonly api: IntakeOptions['api'] & WebhookApi };

export function openUpdates(config: Config, options: UpdatesOptions): Updates {
  const webhook = webhookOf(config);
  if (webhook === undefined) return { intake: createIntake(options) };
  const intake = createWebhookIntake({ ...options, ...webhook });
  return { intake, receive: intake.receive };
}
