// Opening time: Telegram is asked what the bot is called and the provider whose key it was given; then people may speak.

import type { Bot } from 'grammy';
import type { Language } from '../domain/order.ts';
import type { BotContext } from './context.ts';
import { isTokenRefused } from './failures.ts';
import type { Intake } from './intake.ts';
import { publishMenus, type MenuOwner } from './menus.ts';
import type { SandboxMark } from './sandbox-mark.ts';

/** How long the door stays shut for the provider to say whose a new key is. */
const KEY_PATIENCE_MS = 3_000;

export interface Opening {
  readonly bot: Pick<Bot<BotContext>, 'init' | 'isInited' | 'api' | 'botInfo'>;
  readonly intake: Pick<Intake, 'run'>;
  readonly mark: Pick<SandboxMark, 'isKnown' | 'learn'>;
  readonly shopLanguage: Language;
  /** Who gets the owners' menu in the private chat. */
  readonly owners?: readonly MenuOwner[];
  /** Repeats a task until it succeeds, until its error is hopeless, or until the process ends. */
  readonly patiently: (task: () => Promise<unknown>, hopeless?: (error: unknown) => boolean) => Promise<void>;
  readonly sleep: (ms: number) => Promise<void>;
  readonly stopping: () => boolean;
  readonly opened: (username: string) => void;
  /** Telegram knows no bot with this token. */
  readonly refused: () => void;
}

/** Resolves when updates are taken, the token was refused, or the process ends. */
export async function openForBusiness(opening: Opening): Promise<void> {
  const {
    bot,
    intake,
    mark,
    shopLanguage,
    owners = [],
    patiently,
    sleep,
    stopping,
    opened,
    refused,
  } = opening;
  const isNewKey = !mark.isKnown();
  const asked = Promise.withResolvers<undefined>();
  // While the key is refused this costs no request; after a blocked address it is the probe.
  void patiently(() => mark.learn().finally(() => asked.resolve(undefined)));
  await patiently(() => bot.init(), isTokenRefused);
  // The very first words to an owner should say already whether anything is really recharged.
  if (isNewKey && bot.isInited()) await Promise.race([asked.promise, sleep(KEY_PATIENCE_MS)]);
  if (stopping()) return;
  if (!bot.isInited()) {
    refused();
    return;
  }
  opened(bot.botInfo.username);
  void intake.run();
  void patiently(() => publishMenus(bot.api, shopLanguage, owners));
}
