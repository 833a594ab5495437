// Groups: where the shop serves, who may say so, and the one polite line everywhere else. What a group is asked comes
// here before anybody is listened to.

import type { Groups, GroupStanding } from '../app/groups.ts';
import type { RevealCode } from '../app/reveal-code.ts';
import type { Standings } from '../app/standing.ts';
import { groupsSentences } from '../i18n/groups/index.ts';
import { sentences } from '../i18n/index.ts';
import { commandIn, personOf, senderOf, speaksToUs, type BotContext } from './context.ts';
import type { Feature } from './feature.ts';
import { createShowCode } from './group-code.ts';
import { createGroupList, openedView, putOutView } from './group-list.ts';
import type { Stage } from './stage.ts';
import type { View } from './view.ts';

export interface GroupSide {
  readonly feature: Feature;
  /** What happens in a group before anybody is listened to; false when the shop does not serve there. */
  readonly atGroup: (ctx: BotContext) => Promise<boolean>;
  /** Somebody who is not let in, where others read along. */
  readonly strangerInGroup: (ctx: BotContext) => Promise<void>;
  /** Sends a person with a command that is for the private chat there. */
  readonly toPrivateChat: (ctx: BotContext) => Promise<void>;
}

/** Strangers who were told once; more than ever write between two restarts. */
const MOST_TOLD = 10_000;

const isIn = ({ status, ...more }: { readonly status: string; readonly is_member?: boolean }): boolean =>
  ['member', 'administrator', 'creator'].includes(status) || more.is_member === true;

export function createGroupSide(deps: {
  stage: Stage;
  groups: Groups;
  standings: Pick<Standings, 'isOwner' | 'ownerIds'>;
  reveal: RevealCode;
  /** The bot's user name, for links; undefined until Telegram has told it. */
  botName: () => string | undefined;
}): GroupSide {
  const { stage, groups, standings, reveal, botName } = deps;
  const t = (ctx: BotContext) => groupsSentences(ctx.language);
  const showCode = createShowCode({ stage, reveal });
  const list = createGroupList({ stage, groups });
  const told = new Set<string>();
  const titleOf = (ctx: BotContext): string => ctx.chat?.title ?? '';

  async function tellOff(ctx: BotContext, id: number, standing: GroupStanding): Promise<void> {
    if (!(await groups.mayTellOff(id, titleOf(ctx)))) return;
    await stage.say(ctx, {
      text: standing === 'lapsed' ? t(ctx).lapsed : t(ctx).notServed,
      toStranger: true,
    });
  }

  /** An owner opens the group, and has the way back in private; false when it was open already. */
  async function open(ctx: BotContext, by: number, id: number): Promise<boolean> {
    const outcome = await groups.allow(by, id, titleOf(ctx));
    if (outcome.kind !== 'done') return false;
    const opened = { group: outcome.record, lapsed: false };
    await stage.tell(by, (language) => openedView(by, opened, language));
    return true;
  }

  /** The bot was put out of a group: the shop sells there no more until it is back, and owners should know. */
  async function onPutOut(ctx: BotContext, id: number): Promise<void> {
    if ((await groups.standing(id)) !== 'served') return;
    await groups.leave(id);
    const title = titleOf(ctx);
    await Promise.all(
      standings.ownerIds.map((owner) => stage.tell(owner, (language) => putOutView(owner, title, language))),
    );
  }

  /** The bot was added or removed, or its rights changed. An owner who adds it allows the group at once. */
  async function onOwnStanding(ctx: BotContext, id: number): Promise<void> {
    const change = ctx.myChatMember;
    if (change === undefined || isIn(change.new_chat_member) === isIn(change.old_chat_member)) return;
    if (!isIn(change.new_chat_member)) return onPutOut(ctx, id);
    const by = change.from.id;
    if (standings.isOwner(by)) await open(ctx, by, id);
    const standing = await groups.standing(id);
    await (standing === 'served' ? stage.say(ctx, { text: t(ctx).served }) : tellOff(ctx, id, standing));
  }

  /** News about the group itself; false when somebody says or presses something. */
  async function onNews(ctx: BotContext, id: number): Promise<boolean> {
    if (ctx.myChatMember !== undefined) {
      await onOwnStanding(ctx, id);
      return true;
    }
    const { migrate_to_chat_id: to, migrate_from_chat_id: from } = ctx.message ?? {};
    if (to !== undefined) await groups.move(id, to);
    else if (from !== undefined) await groups.move(from, id);
    return to !== undefined || from !== undefined;
  }

  async function atGroup(ctx: BotContext): Promise<boolean> {
    const { chat } = ctx;
    if (chat === undefined || chat.type === 'private') return true;
    if (chat.type === 'channel' || (await onNews(ctx, chat.id)) || (await showCode(ctx))) return false;
    const standing = await groups.standing(chat.id);
    if (standing === 'served') return true;
    if (ctx.callbackQuery !== undefined) {
      await stage.toast(ctx, t(ctx).notServedHere);
      return false;
    }
    if (commandIn(ctx) === 'allow' && standings.isOwner(personOf(ctx.update)?.id ?? 0)) return true;
    if (speaksToUs(ctx)) await tellOff(ctx, chat.id, standing);
    return false;
  }

  /** A view with a button that opens the private chat. */
  function withLink(ctx: BotContext, view: View): View {
    const name = botName();
    if (name === undefined) return view;
    return { ...view, rows: [[{ text: t(ctx).buttons.openChat, url: `https://t.me/${name}?start=group` }]] };
  }

  async function strangerInGroup(ctx: BotContext): Promise<void> {
    if (ctx.callbackQuery !== undefined) return stage.toast(ctx, sentences(ctx.language).notYours);
    const who = `${ctx.chat?.id ?? 0}:${personOf(ctx.update)?.id ?? 0}`;
    if (!speaksToUs(ctx) || told.has(who)) return;
    told.add(who);
    const [oldest] = told;
    if (told.size > MOST_TOLD && oldest !== undefined) told.delete(oldest);
    await stage.say(ctx, withLink(ctx, { text: t(ctx).writeInPrivate, toStranger: true }));
  }

  async function allow(ctx: BotContext): Promise<void> {
    const { chat } = ctx;
    if (chat === undefined || chat.type === 'private') return stage.say(ctx, { text: t(ctx).allowInGroup });
    const isNew = await open(ctx, senderOf(ctx), chat.id);
    await stage.say(ctx, { text: isNew ? t(ctx).served : t(ctx).servedAlready });
  }

  return {
    feature: { ...list, ownerCommands: { ...list.ownerCommands, allow }, inGroups: ['allow'] },
    atGroup,
    strangerInGroup,
    toPrivateChat: (ctx) => stage.say(ctx, withLink(ctx, { text: t(ctx).forPrivateChat })),
  };
}
