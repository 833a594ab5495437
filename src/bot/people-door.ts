// The door of the private chat: whoever is not let in hears why and what to do, may ask once, or comes in by an invitation.

import type { JoinNo } from '../app/invites.ts';
import type { Standing } from '../app/standing.ts';
import { isForgotten, quietUntil } from '../domain/door.ts';
import { sentences } from '../i18n/index.ts';
import { plainText, type Rich } from '../i18n/rich.ts';
import { parse } from './callback-data.ts';
import { invitationIn, personFrom, personOf, senderOf, type BotContext } from './context.ts';
import { featureButton } from './feature.ts';
import type { Asks } from './people-asks.ts';
import { rechargeRow, words, type PeopleParts, type Tell } from './people-parts.ts';
import type { View } from './view.ts';

/** A refusal after which a stranger may still ask the shop. */
const MAY_ASK: readonly JoinNo[] = ['no-such-invite', 'used', 'expired'];

export function createDoor(parts: PeopleParts & { tell: Tell; asks: Asks }) {
  const { stage, members, standings, publishMenu, clock, asks } = parts;

  const askRow = (ctx: BotContext) => [
    featureButton(words(ctx).buttons.ask, senderOf(ctx), 'pask', [], 'primary'),
  ];

  /** Why somebody without a role may not ask now; undefined for who may. */
  function notAsking(ctx: BotContext, standing: Standing): Rich | string | undefined {
    const { door } = words(ctx);
    if (standing.role !== null) return undefined;
    const { member, ask } = standing;
    if (member !== undefined) return door.removed;
    if (ask === undefined || isForgotten(ask, clock())) return undefined;
    const until = quietUntil(ask, clock());
    return until === undefined ? door.waiting : door.refused(ask.id, until);
  }

  /** What somebody without a role reads; only who may ask has a button for it. */
  function outsideView(ctx: BotContext): View {
    const text = notAsking(ctx, ctx.standing);
    if (text !== undefined) return { text, toStranger: true };
    const id = senderOf(ctx);
    return { text: sentences(ctx.language).stranger(id), rows: [askRow(ctx)], toStranger: true };
  }

  async function join(ctx: BotContext, token: string, known: () => Promise<void>): Promise<void> {
    const user = personOf(ctx.update);
    if (user === undefined) return;
    const joined = await members.join(personFrom(user), token);
    const t = words(ctx);
    if (joined.kind === 'refused') {
      // Where access is open, whoever came with a link that opens nothing comes in all the same.
      const standing = await standings.meet(personFrom(user));
      const isIn = standing.role !== null;
      const canAsk = !isIn && notAsking(ctx, standing) === undefined && MAY_ASK.includes(joined.why);
      const rows = canAsk ? [askRow(ctx)] : isIn ? [rechargeRow(user.id, ctx.language)] : [];
      return stage.say(ctx, { text: t.join[joined.why], rows, toStranger: !isIn });
    }
    await known();
    const { member, by, ask: open } = joined;
    const text = t.told.letIn[member.role ?? 'customer'];
    await stage.say(ctx, { text, rows: [rechargeRow(user.id, ctx.language)] });
    await publishMenu(user.id, ctx.language).catch(() => undefined);
    await asks.joined(member, by, open);
  }

  async function ask(ctx: BotContext, known: () => Promise<void>): Promise<void> {
    const user = personOf(ctx.update);
    if (user === undefined) return;
    const person = personFrom(user);
    const { door, join: joins } = words(ctx);
    const asking = await members.ask(person);
    const text =
      asking.kind === 'turned-away'
        ? door.refused(person.id, asking.until)
        : {
            asked: door.asked,
            waiting: door.waiting,
            'is-member': joins['is-member'],
            removed: door.removed,
            full: door.full(person.id),
          }[asking.kind];
    await stage.redraw(ctx, { text, toStranger: true });
    if (asking.kind !== 'asked') return;
    await known();
    await asks.announce(person, asking);
  }

  /** A press by somebody without a role: of a button that was drawn for them before, or of somebody else's. */
  async function onPress(ctx: BotContext, known: () => Promise<void>): Promise<void> {
    const press = parse(ctx.callbackQuery?.data ?? '');
    if (press === undefined || press.owner !== ctx.from?.id)
      return stage.toast(ctx, sentences(ctx.language).notYours);
    if (press.kind === 'do' && press.verb === 'pask') return ask(ctx, known);
    await stage.alert(ctx, plainText(sentences(ctx.language).barred));
  }

  return {
    /** In private: somebody who is not let in has written or pressed, or anybody follows an invitation. */
    atDoor: async (ctx: BotContext, known: () => Promise<void>): Promise<void> => {
      if (ctx.callbackQuery !== undefined) return onPress(ctx, known);
      if (ctx.message === undefined) return;
      const token = invitationIn(ctx);
      await (token === undefined ? stage.say(ctx, outsideView(ctx)) : join(ctx, token, known));
    },
  };
}
