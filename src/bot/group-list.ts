// `/groups`: owners see in private where the shop serves, and take that back group by group, after a second yes.

import type { AllowedGroup, Groups } from '../app/groups.ts';
import type { Language } from '../domain/order.ts';
import { cut, oneLine } from '../domain/text.ts';
import { groupsSentences } from '../i18n/groups/index.ts';
import { lines, type Rich } from '../i18n/rich.ts';
import { senderOf, type BotContext } from './context.ts';
import { featureButton, idOf, type Feature } from './feature.ts';
import type { Stage } from './stage.ts';
import type { View } from './view.ts';

const PAGE = 8;

/** Of a group's title, in characters. */
const LONGEST_TITLE = 40;

const shortened = (title: string): string => cut(oneLine(title), LONGEST_TITLE);
const titleOf = ({ group }: AllowedGroup): string => shortened(group.title);

const allButton = (owner: number, language: Language) =>
  featureButton(groupsSentences(language).buttons.all, owner, 'glist', [0]);

interface Listed {
  readonly language: Language;
  readonly owner: number;
  readonly page: number;
  /** What has just happened. */
  readonly news: Rich | string | null;
}

/** One page of the list; each group with the button that takes its allowance back. */
function groupListView(all: readonly AllowedGroup[], { language, owner, page, news }: Listed): View {
  const t = groupsSentences(language);
  if (all.length === 0) return { text: lines(news, t.listEmpty) };
  const last = Math.ceil(all.length / PAGE) - 1;
  const at = Math.min(page, last);
  const shown = all.slice(at * PAGE, (at + 1) * PAGE);
  const turn = (text: string, to: number) =>
    to < 0 || to > last ? [] : [featureButton(text, owner, 'glist', [to])];
  return {
    text: lines(
      news,
      t.listTitle,
      ...shown.map((one) => (one.lapsed ? t.groupLapsed(titleOf(one)) : t.group(titleOf(one), one.group.at))),
    ),
    rows: [
      ...shown.map((one) => [featureButton(t.buttons.revoke(titleOf(one)), owner, 'goff', [one.group.id])]),
      [...turn(t.buttons.newer, at - 1), ...turn(t.buttons.older, at + 1)],
    ],
  };
}

/** What an owner reads in private who has just opened a group: where else the shop serves, and the way back. */
export function openedView(owner: number, group: AllowedGroup, language: Language): View {
  const t = groupsSentences(language);
  return {
    text: t.nowServed(titleOf(group)),
    rows: [
      [featureButton(t.buttons.revoke(titleOf(group)), owner, 'goff', [group.group.id])],
      [allButton(owner, language)],
    ],
  };
}

/** What owners read when the bot was put out of a group. */
export const putOutView = (owner: number, title: string, language: Language): View => ({
  text: groupsSentences(language).putOut(shortened(title)),
  rows: [[allButton(owner, language)]],
});

/** The command and the buttons of the list. */
export function createGroupList({ stage, groups }: { stage: Stage; groups: Groups }): Feature {
  async function view(ctx: BotContext, page: number, news: Listed['news'] = null): Promise<View> {
    return groupListView(await groups.allowed(senderOf(ctx)), {
      ...{ language: ctx.language, owner: senderOf(ctx), page, news },
    });
  }

  const named = async (ctx: BotContext, id: number | undefined): Promise<AllowedGroup | undefined> =>
    (await groups.allowed(senderOf(ctx))).find(({ group }) => group.id === id);

  async function ask(ctx: BotContext, [word]: readonly string[]): Promise<void> {
    const t = groupsSentences(ctx.language);
    const group = await named(ctx, idOf(word));
    if (group === undefined) return stage.redraw(ctx, await view(ctx, 0, t.listChanged));
    const { id } = group.group;
    await stage.redraw(ctx, {
      text: t.sure(titleOf(group)),
      rows: [
        [featureButton(t.buttons.revokeSure, senderOf(ctx), 'goffyes', [id], 'danger')],
        [featureButton(t.buttons.back, senderOf(ctx), 'glist', [0])],
      ],
    });
  }

  async function revoke(ctx: BotContext, [word]: readonly string[]): Promise<void> {
    const t = groupsSentences(ctx.language);
    const group = await named(ctx, idOf(word));
    const outcome = group === undefined ? undefined : await groups.revoke(senderOf(ctx), group.group.id);
    const news = group !== undefined && outcome?.kind === 'done' ? t.revoked(titleOf(group)) : t.listChanged;
    await stage.redraw(ctx, await view(ctx, 0, news));
  }

  return {
    ownerCommands: { groups: async (ctx) => stage.say(ctx, await view(ctx, 0)) },
    ownerPresses: {
      glist: async (ctx, [page = '0']) =>
        stage.redraw(ctx, await view(ctx, /^[0-9]{1,4}$/.test(page) ? Number(page) : 0)),
      goff: ask,
      goffyes: revoke,
    },
  };
}
