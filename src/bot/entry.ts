// The ways into a purchase: a command, a bare number, a button. Whatever flow was running under the key gives way.

import type { Store } from '../app/ports.ts';
import { dinars } from '../domain/money.ts';
import { westernDigits } from '../domain/service.ts';
import { stepOfNumber } from './answers.ts';
import { BUY } from './buy.ts';
import { keyOf, placeOf, type BotContext } from './context.ts';
import type { Prompts } from './prompts.ts';
import { MENU, type Start, type Step } from './steps.ts';

/** What `/topup` and the text behind it mean; without a number it is the menu. `1000`, `1 000` and `1000 DA` are amounts. */
export function stepOfTopup(text: string): Step {
  const words = westernDigits(text)
    .trim()
    .replace(/\s*(?:da|dzd|دج)$/iu, '')
    .split(/\s+/u);
  const whole = stepOfNumber(words.join(' '), null);
  if (whole !== undefined) return whole;
  const readings = [1, 2].flatMap((size) => {
    const amount = words.slice(-size).join('');
    if (!/^[1-9]\d{0,5}$/.test(amount)) return [];
    return stepOfNumber(words.slice(0, -size).join(' '), dinars(Number(amount))) ?? [];
  });
  return readings.find((step) => step.to === 'find') ?? readings[0] ?? MENU;
}

export interface Entry {
  /** Starts a purchase; `inPlace` redraws the message whose button was pressed. */
  enter(ctx: BotContext, first: Step, inPlace: boolean): Promise<void>;
  /** Starts the purchase of an earlier order again, up to its confirmation. */
  again(ctx: BotContext, no: number): Promise<boolean>;
  /** The running flow and where its prompt stands; undefined when none runs. */
  running(ctx: BotContext): { readonly promptId: number | null } | undefined;
  /** Ends the running flow, if there is one; its prompt loses its buttons. */
  leave(ctx: BotContext): Promise<boolean>;
}

export function createEntry(deps: { prompts: Prompts; store: Store; newFlow: () => string }): Entry {
  const { prompts, store, newFlow } = deps;

  async function leave(ctx: BotContext): Promise<boolean> {
    const wasRunning = Object.keys(ctx.conversation.active()).length > 0;
    await ctx.conversation.exitAll();
    const key = keyOf(ctx.update);
    if (key !== undefined && prompts.of(key)?.messageId !== ctx.callbackQuery?.message?.message_id)
      prompts.retire(key);
    return wasRunning;
  }

  async function enter(ctx: BotContext, first: Step, inPlace: boolean): Promise<void> {
    if (ctx.from === undefined || placeOf(ctx.update) === undefined) return;
    await leave(ctx);
    const promptId = inPlace ? (ctx.callbackQuery?.message?.message_id ?? null) : null;
    const beganWith = ctx.message?.message_id ?? null;
    const start: Start = { flow: newFlow(), owner: ctx.from.id, promptId, beganWith, first };
    await ctx.conversation.enter(BUY, start);
  }

  return {
    leave,
    enter,
    running: (ctx) => {
      const active = Object.keys(ctx.conversation.active());
      const key = keyOf(ctx.update);
      if (active.length === 0 || key === undefined) return undefined;
      // Only a purchase has a prompt of its own; a question leaves the one before it behind.
      return { promptId: active.includes(BUY) ? (prompts.of(key)?.messageId ?? null) : null };
    },
    again: async (ctx, no) => {
      const order = await store.byNo(no);
      if (order === undefined || order.buyer !== ctx.from?.id) return false;
      const { service, line, value } = order;
      await enter(ctx, { to: 'find', service, text: line, value }, false);
      return true;
    },
  };
}
