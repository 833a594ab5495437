// /people: who may buy here, by role and page by page, or found by a piece of the name.

import { findMembers } from '../app/find-members.ts';
import type { Known } from '../app/members.ts';
import type { Tab } from '../i18n/people/facts.ts';
import { lines, type Rich } from '../i18n/rich.ts';
import { senderOf, type BotContext } from './context.ts';
import { featureButton, idOf, type Feature } from './feature.ts';
import type { PersonCard } from './people-card.ts';
import { inviteRow } from './people-invite.ts';
import { words, type PeopleParts } from './people-parts.ts';
import type { View } from './view.ts';

const A_PAGE = 8;

const LETTERS: Readonly<Record<string, Tab>> = { a: 'agent', c: 'customer', o: 'outside' };
const TABS: readonly Tab[] = ['agent', 'customer', 'outside'];

const tabOf = ({ member }: Known): Tab => member.role ?? 'outside';

const isAsking = ({ ask }: Known): boolean => ask?.answer === null;

/** Those who wait for an answer come first. */
const inTab = (all: readonly Known[], tab: Tab): readonly Known[] =>
  all.filter((known) => tabOf(known) === tab).toSorted((a, b) => Number(isAsking(b)) - Number(isAsking(a)));

/** Where the list opens: at whoever waits for an answer, or at the first role that anybody has. */
const firstTab = (all: readonly Known[]): Tab =>
  all.some(isAsking)
    ? 'outside'
    : (TABS.find((tab) => all.some((known) => tabOf(known) === tab)) ?? 'customer');

export function createPeopleList(parts: PeopleParts & { card: PersonCard }): Feature {
  const { stage, members, accounts, card } = parts;

  const to = (ctx: BotContext, label: string, words: readonly (string | number)[]) =>
    featureButton(label, senderOf(ctx), 'plist', words);

  /** A button for each person, with what is on the wallet. */
  const personRows = (ctx: BotContext, people: readonly Known[]) =>
    Promise.all(
      people.map(async ({ member: person }) => {
        const { balance } = await accounts.balance(person.id);
        const isMarked = person.role !== null && person.frozen;
        const label = words(ctx).buttons.person(person, balance, isMarked);
        return [featureButton(label, senderOf(ctx), 'pcard', [person.id])];
      }),
    );

  async function pageView(ctx: BotContext, all: readonly Known[], tab: Tab, wanted: number): Promise<View> {
    const t = words(ctx);
    if (all.length === 0) return { text: t.nobody, rows: [inviteRow(ctx)] };
    const people = inTab(all, tab);
    const pages = Math.max(1, Math.ceil(people.length / A_PAGE));
    const page = Math.min(Math.max(0, wanted), pages - 1);
    const letter = tab.charAt(0);
    const { previous, next, tab: tabLabel } = t.buttons;
    const turns = [
      ...(page > 0 ? [to(ctx, previous, [letter, page - 1])] : []),
      ...(page < pages - 1 ? [to(ctx, next, [letter, page + 1])] : []),
    ];
    const others = TABS.filter((one) => one !== tab).flatMap((one) => {
      const { length } = inTab(all, one);
      return length === 0 ? [] : [to(ctx, tabLabel(one, length), [one.charAt(0), 0])];
    });
    return {
      text: lines(
        t.listTitle(tab, people.length),
        pages === 1 ? null : t.page(page + 1, pages),
        all.length > A_PAGE ? t.listHint : null,
      ),
      rows: [
        ...(await personRows(ctx, people.slice(page * A_PAGE, (page + 1) * A_PAGE))),
        ...[turns, others, inviteRow(ctx)],
      ],
    };
  }

  async function find(ctx: BotContext, text: string): Promise<View> {
    const t = words(ctx);
    const all = await members.everybody();
    const meant = findMembers(
      all.map(({ member }) => member),
      text,
    );
    const found = all.filter(({ member }) => meant.includes(member));
    const [only] = found;
    if (only === undefined) return { text: t.notFound, rows: [[to(ctx, t.buttons.back, [])]] };
    if (found.length === 1) return card.draw({ owner: senderOf(ctx), language: ctx.language }, only);
    const shown = found.slice(0, A_PAGE);
    const title: Rich | string = t.found(shown.length, found.length);
    return {
      text: title,
      rows: [...(await personRows(ctx, shown)), [to(ctx, t.buttons.back, [])]],
    };
  }

  return {
    ownerCommands: {
      people: async (ctx, text) => {
        if (text.trim() !== '') return stage.say(ctx, await find(ctx, text));
        const all = await members.everybody();
        await stage.say(ctx, await pageView(ctx, all, firstTab(all), 0));
      },
    },
    ownerPresses: {
      /** A tab and its page; or `p` and a person, for the page where that person stands. */
      plist: async (ctx, [letter = '', page = '0', person]) => {
        const all = await members.everybody();
        const tab = LETTERS[letter] ?? firstTab(all);
        const at = inTab(all, tab).findIndex(({ member }) => member.id === idOf(person));
        const wanted = page === 'p' ? Math.floor(Math.max(0, at) / A_PAGE) : Number(page);
        await stage.redraw(ctx, await pageView(ctx, all, tab, Number.isSafeInteger(wanted) ? wanted : 0));
      },
    },
  };
}
