// A person's own price and balance in a group: behind a button, which shows them in an alert to its owner alone. It works
// wherever the bot may write, and whether or not Telegram showed the same thing in place before.

import type { Counter } from '../app/place-order.ts';
import { centimes, type Centimes } from '../domain/money.ts';
import type { Language } from '../domain/order.ts';
import type { Service } from '../domain/service.ts';
import { groupsSentences } from '../i18n/groups/index.ts';
import { sentences } from '../i18n/index.ts';
import { plainText, type Rich } from '../i18n/rich.ts';
import { buyerOf, type BotContext } from './context.ts';
import { featureButton, type Feature } from './feature.ts';
import { LONGEST_ALERT } from './group-code.ts';
import type { Stage } from './stage.ts';

const SEE_FIGURES = 'gsee';
const SEE_BALANCE = 'gbal';

interface Owned {
  readonly language: Language;
  readonly owner: number;
}

/** Under a confirmation; what is on the button can be read by everybody's app, so it says no more than the message. */
export const figuresButton = ({ language, owner }: Owned, service: Service, value: Centimes) =>
  featureButton(groupsSentences(language).buttons.figures, owner, SEE_FIGURES, [service, value]);

export const balanceButton = ({ language, owner }: Owned) =>
  featureButton(groupsSentences(language).buttons.balance, owner, SEE_BALANCE);

const serviceOf = (word: string | undefined): Service | undefined =>
  word === 'ADSL' || word === '4G' ? word : undefined;

const valueOf = (word: string | undefined): Centimes | undefined =>
  word !== undefined && /^[1-9][0-9]{0,11}$/.test(word) ? centimes(Number(word)) : undefined;

export function createGroupFigures(deps: {
  stage: Stage;
  counter: Pick<Counter, 'quote'>;
  /** What `/balance` says to this person. */
  balanceText: (ctx: BotContext) => Promise<Rich | string | undefined>;
}): Feature {
  const { stage, counter, balanceText } = deps;

  async function figuresText(ctx: BotContext, service: Service, value: Centimes): Promise<Rich | string> {
    const t = sentences(ctx.language);
    const buyer = buyerOf(ctx);
    const result = buyer === undefined ? undefined : await counter.quote(buyer, service, value);
    switch (result?.kind) {
      case 'quote':
        return groupsSentences(ctx.language).figures(result.quote.price, result.quote.balance);
      case 'short-balance':
        return t.short(result.missing, result.balance, result.price);
      case 'out-of-stock':
        return t.amountNotOffered;
      case 'not-sold':
        return t.amountNotSold;
      case 'barred':
        return t.barred;
      case 'paused':
        return t.paused(result.words);
      case 'shop-short':
      case 'provider-away':
      case undefined:
        return t.away;
    }
  }

  function show(ctx: BotContext, text: Rich | string): Promise<void> {
    const said = plainText(text);
    const { forPrivateChat } = groupsSentences(ctx.language);
    return stage.alert(ctx, said.length <= LONGEST_ALERT ? said : plainText(forPrivateChat));
  }

  return {
    pressedInGroups: [SEE_FIGURES, SEE_BALANCE],
    presses: {
      [SEE_FIGURES]: async (ctx, [kind, amount]) => {
        const [service, value] = [serviceOf(kind), valueOf(amount)];
        if (service === undefined || value === undefined) return stage.toast(ctx);
        await show(ctx, await figuresText(ctx, service, value));
      },
      [SEE_BALANCE]: async (ctx) => {
        const text = await balanceText(ctx);
        await (text === undefined ? stage.toast(ctx) : show(ctx, text));
      },
    },
  };
}
