// The door of the private chat: whoever is not let in hears why and what to do, may ask once, or comes in by an invitation.

import type { JoinNo } from '../app/members.ts';
import type { Standing } from '../app/standing.ts';
import { sentences } from '../i18n/index.ts';
import { parse } from './callback-data.ts';
import { personFrom, personOf, type BotContext } from './context.ts';
import { featureButton } from './feature.ts';
import type { Asks } from './people-asks.ts';
import { rechargeRow, words, type PeopleParts, type Tell } from './people-parts.ts';
import type { View } from './view.ts';

/** The invitation that a link carries; undefined for any other message. */
function tokenIn(ctx: BotContext): string | undefined {
  return /^\/start(?:@\w+)?\s+i-(\S{1,62})$/.exec(ctx.message?.text ?? '')?.[1];
}

/** A refusal after which a stranger may still ask the shop. */
const MAY_ASK: readonly JoinNo[] = ['no-such-invite', 'used', 'expired'];

export function createDoor(parts: PeopleParts & { tell: Tell; asks: Asks }) {
  const { stage, members, publishMenu, asks } = parts;

  const askRow = (ctx: BotContext) => [
    featureButton(words(ctx).buttons.ask, ctx.from?.id ?? 0, 'pask', [], 'primary'),
  ];

  /** What somebody without a role reads; only who never asked has a button for it. */
  function outsideView(ctx: BotContext, standing: Standing): View {
    const id = ctx.from?.id ?? 0;
    const { door } = words(ctx);
    const member = standing.role === null ? standing.member : undefined;
    if (member === undefined)
      return { text: sentences(ctx.language).stranger(id), rows: [askRow(ctx)], toStranger: true };
    if (member.askedAt !== null) return { text: door.waiting, toStranger: true };
    return { text: member.frozen ? door.removed : door.refused(id), toStranger: true };
  }

  async function join(ctx: BotContext, token: string): Promise<void> {
    const user = personOf(ctx.update);
    if (user === undefined) return;
    const joined = await members.join(personFrom(user), token);
    const t = words(ctx);
    if (joined.kind === 'refused') {
      const { standing } = ctx;
      const isIn = standing.role !== null;
      const canAsk = standing.role === null && standing.member === undefined && MAY_ASK.includes(joined.why);
      const rows = canAsk ? [askRow(ctx)] : isIn ? [rechargeRow(user.id, ctx.language)] : [];
      return stage.say(ctx, { text: t.join[joined.why], rows, toStranger: !isIn });
    }
    const { member, by } = joined;
    const text = t.told.letIn[member.role ?? 'customer'];
    await stage.say(ctx, { text, rows: [rechargeRow(user.id, ctx.language)] });
    await publishMenu(user.id, ctx.language).catch(() => undefined);
    await asks.joined(member, by);
  }

  async function ask(ctx: BotContext): Promise<void> {
    const user = personOf(ctx.update);
    if (user === undefined) return;
    const person = personFrom(user);
    const { door, join: joins } = words(ctx);
    const asked = await members.ask(person);
    const text = {
      asked: door.asked,
      waiting: door.waiting,
      'is-member': joins['is-member'],
      refused: door.refused(person.id),
      removed: door.removed,
    }[asked === 'turned-away' ? 'refused' : asked];
    await stage.redraw(ctx, { text, toStranger: true });
    if (asked === 'asked') await asks.announce(person);
  }

  /** A press by somebody without a role: of a button that was drawn for them before, or of somebody else's. */
  async function onPress(ctx: BotContext): Promise<void> {
    const press = parse(ctx.callbackQuery?.data ?? '');
    if (press === undefined || press.owner !== ctx.from?.id)
      return stage.toast(ctx, sentences(ctx.language).notYours);
    if (press.kind === 'do' && press.verb === 'pask') return ask(ctx);
    const { barred } = sentences(ctx.language);
    await stage.alert(ctx, typeof barred === 'string' ? barred : barred.text);
  }

  return {
    /** In private: somebody who is not let in has written or pressed, or anybody follows an invitation. */
    atDoor: async (ctx: BotContext): Promise<void> => {
      if (ctx.callbackQuery !== undefined) return onPress(ctx);
      if (ctx.message === undefined) return;
      const token = tokenIn(ctx);
      await (token === undefined ? stage.say(ctx, outsideView(ctx, ctx.standing)) : join(ctx, token));
    },
  };
}
