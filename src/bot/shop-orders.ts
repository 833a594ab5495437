// `/orders` for owners: everybody's orders by state, line or person, a page at a time; each opens its story.

import { dayOf } from '../app/day.ts';
import { findMembers } from '../app/find-members.ts';
import type { Members } from '../app/members.ts';
import type { OrderDesk } from '../app/order-desk.ts';
import type { Clock, OrderFilter } from '../app/ports.ts';
import type { Order, StateName } from '../domain/order.ts';
import { digitsOf, isLine, readLine, type Line } from '../domain/service.ts';
import { deskSentences } from '../i18n/desk/index.ts';
import type { ListName } from '../i18n/desk/facts.ts';
import { lines } from '../i18n/rich.ts';
import { senderOf, type BotContext } from './context.ts';
import { featureButton, idOf, type Feature } from './feature.ts';
import { MARKS } from './order-card.ts';
import type { Stage } from './stage.ts';
import { inRows, type View } from './view.ts';

const PAGE = 8;
/** People to choose from when a name fits several. */
const MOST_PEOPLE = 8;

const NAMES = ['all', 'open', 'today'] as const;
type Named = (typeof NAMES)[number];
const STATES: readonly StateName[] = [
  ...(['confirmed', 'sending', 'unknown', 'handling', 'queued', 'review'] as const),
  ...(['fulfilled', 'refunded', 'rejected'] as const),
];
/** The states that owners look for most have a button of their own. */
const OFTEN: readonly StateName[] = ['queued', 'review'];

/** Which orders are asked for, as the buttons carry it: a name, a state, `l<line>` or `p<person>`. */
type Wish = Named | { readonly state: StateName } | { readonly line: Line } | { readonly person: number };

function wordOf(wish: Wish): string {
  if (typeof wish === 'string') return wish;
  if ('state' in wish) return wish.state;
  return 'line' in wish ? `l${wish.line}` : `p${wish.person}`;
}

function wishOf(word = ''): Wish | undefined {
  const state = STATES.find((one) => one === word);
  const name = NAMES.find((one) => one === word);
  if (state !== undefined) return { state };
  if (name !== undefined) return name;
  const rest = word.slice(1);
  if (word.startsWith('l') && (isLine('ADSL', rest) || isLine('4G', rest))) return { line: rest };
  const person = word.startsWith('p') ? idOf(rest) : undefined;
  return person === undefined ? undefined : { person };
}

export function createShopOrders(deps: {
  stage: Stage;
  desk: OrderDesk;
  members: Members;
  clock: Clock;
}): Feature {
  const { stage, desk, members, clock } = deps;
  const t = (ctx: BotContext) => deskSentences(ctx.language);

  function filterOf(wish: Wish): OrderFilter {
    if (typeof wish === 'object') return 'person' in wish ? { buyer: wish.person } : wish;
    return { all: {}, open: { open: true }, today: { since: dayOf(clock()) } }[wish];
  }

  async function nameOf(wish: Wish, rows: readonly Order[]): Promise<ListName> {
    if (typeof wish === 'string' || !('person' in wish)) return wish;
    const member = (await members.all()).find(({ id }) => id === wish.person);
    return { person: member?.name ?? rows[0]?.buyerName ?? String(wish.person) };
  }

  async function list(ctx: BotContext, wish: Wish, before: number | null): Promise<View> {
    const { rows, next } = await desk.list(senderOf(ctx), filterOf(wish), before, PAGE);
    const { orders: s, buttons: b } = t(ctx);
    const today = dayOf(clock());
    const listed = rows.map((order) =>
      lines(s.row(order, MARKS[order.state.name], order.confirmedAt >= today)),
    );
    const go = (text: string, words: readonly (string | number)[]) =>
      featureButton(text, senderOf(ctx), 'hlist', words);
    const paging = [
      ...(before === null ? [] : [go(b.newest, [wordOf(wish)])]),
      ...(next === null ? [] : [go(b.older, [wordOf(wish), next])]),
    ];
    return {
      text: lines(s.title(await nameOf(wish, rows)), ...(listed.length === 0 ? [s.none] : listed)),
      rows: [
        ...inRows(
          rows.map(({ no }) => featureButton(String(no), senderOf(ctx), 'horder', [no])),
          4,
        ),
        paging,
        NAMES.filter((name) => name !== wish).map((name) => go(b.lists[name], [name])),
        [
          ...OFTEN.filter((state) => state !== wordOf(wish)).map((state) => go(b.state(state), [state])),
          featureButton(b.byState, senderOf(ctx), 'hstates'),
        ],
      ],
    };
  }

  function chooseState(ctx: BotContext): View {
    const { orders: s, buttons: b } = t(ctx);
    const states = STATES.map((state) => featureButton(b.state(state), senderOf(ctx), 'hlist', [state]));
    return {
      text: s.whichState,
      rows: [...inRows(states, 2), [featureButton(b.back, senderOf(ctx), 'hlist', ['all'])]],
    };
  }

  /** A list by its name or its state, as it stands in the record or on its button. */
  function namedBy(ctx: BotContext, text: string): Wish | undefined {
    const word = text.toLowerCase();
    const { lists, state } = t(ctx).buttons;
    const says = (label: string): boolean => label.toLowerCase() === word;
    const name = NAMES.find((one) => one === word || says(lists[one]));
    const found = STATES.find((one) => one === word || says(state(one)));
    return name ?? (found === undefined ? undefined : { state: found });
  }

  /** Everything the text may mean: a line, or people. */
  async function meant(text: string): Promise<readonly Wish[]> {
    const people = findMembers(await members.all(), text).slice(0, MOST_PEOPLE);
    if (people.length > 0) return people.map(({ id }) => ({ person: id }));
    for (const service of ['ADSL', '4G'] as const) {
      const reading = readLine(service, text);
      if (reading.ok) return [{ line: reading.line }];
    }
    const id = idOf(digitsOf(text));
    return id === undefined ? [] : [{ person: id }];
  }

  async function choose(ctx: BotContext, wishes: readonly Wish[]): Promise<View> {
    const buttons = wishes.map(async (wish) => {
      const name = await nameOf(wish, []);
      const label = typeof name === 'object' && 'person' in name ? name.person : wordOf(wish);
      return [featureButton(t(ctx).buttons.person(label), senderOf(ctx), 'hlist', [wordOf(wish)])];
    });
    return { text: t(ctx).orders.which, rows: await Promise.all(buttons) };
  }

  async function orders(ctx: BotContext, text: string): Promise<void> {
    const asked = text.trim();
    const named = asked === '' ? 'all' : namedBy(ctx, asked);
    if (named !== undefined) return stage.say(ctx, await list(ctx, named, null));
    const [wish, ...others] = await meant(asked);
    if (wish === undefined) return stage.say(ctx, { text: t(ctx).orders.notUnderstood });
    await stage.say(
      ctx,
      others.length > 0 ? await choose(ctx, [wish, ...others]) : await list(ctx, wish, null),
    );
  }

  return {
    ownerCommands: { orders },
    ownerPresses: {
      hlist: async (ctx, [word, before]) => {
        const wish = wishOf(word) ?? 'all';
        await stage.redraw(ctx, await list(ctx, wish, idOf(before) ?? null));
      },
      hstates: (ctx) => stage.redraw(ctx, chooseState(ctx)),
    },
  };
}
