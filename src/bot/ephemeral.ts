// What only one person of a group may read, shown to that person in place. Telegram does not say whether it was seen, so
// whatever is shown here can be had in another way too, and a card code is never shown so: it goes to the private chat, or
// to an alert. No server is trusted with it unproved: the first message says nothing private, and becomes private only by a
// change, once its answer has shown that nobody else sees it.

import type { Api } from 'grammy';
import type { Clock } from '../app/ports.ts';
import type { Language } from '../domain/order.ts';
import { groupsSentences } from '../i18n/groups/index.ts';
import { bodyOf } from './chat.ts';
import type { BotContext } from './context.ts';
import { createEphemeralCalls, receiverIn, type Receiver, type Words } from './ephemeral-call.ts';
import type { View } from './view.ts';

/** Takes a message off the screen of whoever sees it. */
export type TakeBack = () => void;

export interface Ephemeral {
  /**
   * Shows a text to the person of the update and to nobody else in the group; buttons are left out. Undefined when that is
   * not possible now, or in a private chat: then it has to be said in another way. Never throws.
   */
  show(ctx: BotContext, view: View): Promise<TakeBack | undefined>;
}

/** A server may be replaced by an older one; it proves itself again when it was not asked for so long. */
const PROOF_LASTS_MS = 10 * 60_000;
/** How long the bot's standing in a group is taken for what it was. */
const STANDING_LASTS_MS = 10 * 60_000;

interface Standing {
  readonly until: number;
  readonly mayBegin: Promise<boolean>;
}

export function createEphemeral(deps: {
  api: Api;
  sandbox: () => boolean;
  clock: Clock;
  log: { warn(message: string): void };
}): Ephemeral {
  const { api, sandbox, clock, log } = deps;
  const words = (language: Language, view: View): Words => bodyOf(language, view, sandbox());
  const calls = createEphemeralCalls(api);
  /** Groups, and whether the bot may speak there to one person unasked: an administrator may. */
  const standings = new Map<number, Standing>();
  let provedUntil = -Infinity;
  let isTooOld = false;

  function standingIn(chatId: number): Standing {
    const known = standings.get(chatId);
    if (known !== undefined && clock() < known.until) return known;
    const asked = { until: clock() + STANDING_LASTS_MS, mayBegin: calls.isAdministrator(chatId) };
    standings.set(chatId, asked);
    return asked;
  }

  /** A press, and a message that only the bot saw, may be answered by any bot. */
  const mayTry = async ({ chatId, press, answers }: Receiver): Promise<boolean> =>
    !isTooOld && (press !== null || answers !== null || (await standingIn(chatId).mayBegin));

  /** The message's id once it says what it should. */
  async function deliver(to: Receiver, language: Language, view: View): Promise<number | undefined> {
    const isProved = clock() < provedUntil;
    const first = isProved ? view : { text: groupsSentences(language).preparing };
    const id = await begin(to, words(language, first), view);
    if (id === undefined || isProved) return id;
    if (await calls.change(to, id, words(language, view), view.weight)) return id;
    void calls.remove(to, id);
    return undefined;
  }

  async function begin(to: Receiver, said: Words, { weight }: View): Promise<number | undefined> {
    const sent = await calls.send(to, said, weight);
    if (sent.kind === 'to-everybody') {
      isTooOld = true;
      log.warn('the Bot API server knows no ephemeral messages; what is private is said in other ways');
    }
    if (sent.kind !== 'to-one') return undefined;
    provedUntil = clock() + PROOF_LASTS_MS;
    return sent.id;
  }

  return {
    show: async (ctx, view) => {
      const to = receiverIn(ctx);
      if (to === undefined || !(await mayTry(to))) return undefined;
      const id = await deliver(to, ctx.language, view);
      return id === undefined ? undefined : () => void calls.remove(to, id);
    },
  };
}
