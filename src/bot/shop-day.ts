// The shop's day for owners: `/today`, `/pause` and `/resume` of sales, and `/threshold` below which they hear about the
// shop's credit.

import type { Day } from '../app/day.ts';
import { LONGEST_WORDS, type HouseRules } from '../app/house.ts';
import type { Standings } from '../app/standing.ts';
import { readAmount } from '../domain/amount.ts';
import type { Role } from '../domain/shop.ts';
import { deskSentences } from '../i18n/desk/index.ts';
import type { DeskSentences } from '../i18n/desk/en.ts';
import { lines, type Rich } from '../i18n/rich.ts';
import { personFrom, senderOf, type BotContext } from './context.ts';
import type { Feature } from './feature.ts';
import type { Stage } from './stage.ts';

const ROLES: readonly Role[] = ['owner', 'agent', 'customer'];

export function createShopDay(deps: {
  stage: Stage;
  house: HouseRules;
  day: Day;
  standings: Pick<Standings, 'ownerIds'>;
}): Feature {
  const { stage, house, day, standings } = deps;
  const t = (ctx: BotContext) => deskSentences(ctx.language);
  const say = (ctx: BotContext, ...all: (Rich | string)[]): Promise<void> =>
    stage.say(ctx, { text: lines(...all) });

  /** The other owners hear who did it. */
  async function tellOthers(
    ctx: BotContext,
    text: (t: DeskSentences, who: string) => Rich | string,
  ): Promise<void> {
    const who = ctx.from === undefined ? String(senderOf(ctx)) : personFrom(ctx.from).name;
    const others = standings.ownerIds.filter((owner) => owner !== senderOf(ctx));
    await Promise.all(
      others.map((owner) => stage.tell(owner, (language) => ({ text: text(deskSentences(language), who) }))),
    );
  }

  async function today(ctx: BotContext): Promise<void> {
    const [sums, { paused }] = await Promise.all([day.today(senderOf(ctx)), house.now()]);
    if (sums === undefined) return;
    const s = t(ctx).today;
    const roles = ROLES.filter((role) => sums.byRole[role].count > 0);
    await say(
      ctx,
      s.title(sums.from),
      s.sold(sums.all),
      s.money(sums.all),
      ...roles.map((role) => s.byRole(role, sums.byRole[role])),
      s.returned(sums.returned),
      s.open(sums.open),
      ...(paused === null ? [] : [s.paused(paused.at)]),
    );
  }

  async function pause(ctx: BotContext, text: string): Promise<void> {
    const words = text.trim();
    const s = t(ctx).pause;
    if (words.length > LONGEST_WORDS) return say(ctx, s.tooLong(LONGEST_WORDS));
    const { kind } = await house.pause(senderOf(ctx), words);
    await say(ctx, s.paused(words));
    if (kind === 'done') await tellOthers(ctx, (t, who) => t.pause.pausedBy(who, words));
  }

  async function resume(ctx: BotContext): Promise<void> {
    const { kind } = await house.resume(senderOf(ctx));
    await say(ctx, kind === 'done' ? t(ctx).pause.resumed : t(ctx).pause.notPaused);
    if (kind === 'done') await tellOthers(ctx, (t, who) => t.pause.resumedBy(who));
  }

  async function sayThreshold(ctx: BotContext): Promise<void> {
    const { threshold } = await house.now();
    const s = t(ctx).threshold;
    await say(ctx, threshold === null ? s.none : s.set(threshold), s.usage);
  }

  async function threshold(ctx: BotContext, text: string): Promise<void> {
    if (text.trim() === '') return sayThreshold(ctx);
    const reading = readAmount(text);
    if (!reading.ok && reading.fault !== 'zero') return say(ctx, t(ctx).threshold.wrong(reading.fault));
    await house.setThreshold(senderOf(ctx), reading.ok ? reading.amount : null);
    await sayThreshold(ctx);
  }

  return { ownerCommands: { today, pause, resume, threshold } };
}
