// A person asks the shop for credit, with a picture of the payment slip if there is one: by command, in answer to a
// question, or by the button of a purchase that lacks money.

import type { Accounts } from '../app/accounts.ts';
import { readAmount } from '../domain/amount.ts';
import { walletsSentences, type WalletsSentences } from '../i18n/wallets/index.ts';
import { senderOf, type BotContext } from './context.ts';
import type { Entry } from './entry.ts';
import type { Answered, Feature, Reply } from './feature.ts';
import type { Stage } from './stage.ts';
import { faultView } from './wallet-amount.ts';
import { ASK_MISSING, cancelButton, letGoButton } from './wallet-buttons.ts';
import type { WalletRequests } from './wallet-requests.ts';

const HOW_MUCH = 'wmuch';

export interface WalletCredit {
  readonly feature: Feature;
  /** `/deposit` of an agent or a customer. */
  readonly ask: (ctx: BotContext, text: string) => Promise<void>;
}

export function createWalletCredit(deps: {
  stage: Stage;
  accounts: Accounts;
  entry: Entry;
  requests: WalletRequests;
}): WalletCredit {
  const { stage, accounts, entry, requests } = deps;
  const words = (ctx: BotContext): WalletsSentences => walletsSentences(ctx.language);
  /** An update that comes twice asks once. */
  const idOfRequest = (ctx: BotContext): string => `u${ctx.update.update_id}`;

  /** Reads an amount with its picture, and asks for it. `slip` was sent before. */
  async function answered(ctx: BotContext, [slip]: readonly string[], reply: Reply): Promise<Answered> {
    const t = words(ctx);
    const photo = reply.photo ?? slip ?? null;
    const kept = photo === null ? [] : [photo];
    if (reply.text.trim() === '') return { again: { text: t.slipHere }, words: kept };
    const reading = readAmount(reply.text);
    if (!reading.ok) return { again: faultView(t, reading.fault), words: kept };
    const { amount } = reading;
    const id = idOfRequest(ctx);
    const result = await accounts.ask({ id, person: senderOf(ctx), amount, slip: photo });
    const text =
      result.kind === 'refused'
        ? t.notAsked[result.why]
        : (await requests.bring(id))
          ? t.asked(amount)
          : t.nobodyReached;
    await stage.say(ctx, { text });
    return 'done';
  }

  async function ask(ctx: BotContext, text: string): Promise<void> {
    const t = words(ctx);
    const photo = ctx.message?.photo?.at(-1)?.file_id ?? null;
    const rows = [[cancelButton(t, senderOf(ctx))]];
    const isBare = text.trim() === '' && photo === null;
    const reply = isBare ? { again: { text: t.howMuchCredit } } : await answered(ctx, [], { text, photo });
    if (reply === 'done') return;
    await stage.ask(ctx, { verb: HOW_MUCH, words: reply.words ?? [] }, { ...reply.again, rows });
  }

  /** What a kept purchase lacks is asked for; the purchase itself rests until the answer. */
  async function askMissing(ctx: BotContext, [flow = '']: readonly string[]): Promise<void> {
    const t = words(ctx);
    const person = senderOf(ctx);
    const result = await accounts.askMissing(idOfRequest(ctx), person, flow);
    if (result.kind === 'not-kept') return stage.toast(ctx, t.notKept);
    await stage.toast(ctx);
    await entry.leave(ctx);
    if (result.kind === 'refused') return stage.redraw(ctx, { text: t.notAsked[result.why] });
    if (result.kind === 'asked' && !(await requests.bring(result.request.id)))
      return stage.redraw(ctx, { text: t.nobodyReached });
    const { missing, until } = result.kept;
    const shown = ctx.chat?.type === 'private' ? missing : null;
    const rows = [[letGoButton(ctx.language, person, flow)]];
    await stage.redraw(ctx, { text: t.askedMissing(shown, until), rows });
  }

  return {
    ask,
    feature: {
      presses: { [ASK_MISSING]: askMissing },
      pressedInGroups: [ASK_MISSING],
      answers: { [HOW_MUCH]: answered },
    },
  };
}
