// `/orders` for owners: everybody's orders by state, line or person, a page at a time; each opens its story.

import { dayOf } from '../app/day.ts';
import { findMembers } from '../app/find-members.ts';
import type { Members } from '../app/members.ts';
import type { OrderDesk } from '../app/order-desk.ts';
import type { Clock, OrderFilter } from '../app/ports.ts';
import type { Order } from '../domain/order.ts';
import { digitsOf, isLine, readLine, type Line } from '../domain/service.ts';
import { deskSentences } from '../i18n/desk/index.ts';
import type { ListName } from '../i18n/desk/en.ts';
import { lines } from '../i18n/rich.ts';
import type { BotContext } from './context.ts';
import { featureButton, idOf, type Feature } from './feature.ts';
import { MARKS } from './order-card.ts';
import type { Stage } from './stage.ts';
import { inRows, type View } from './view.ts';

const PAGE = 8;
/** People to choose from when a name fits several. */
const MOST_PEOPLE = 8;

const NAMES = ['all', 'open', 'today', 'review', 'queued'] as const;
type Named = (typeof NAMES)[number];

const isNamed = (word: string): word is Named => NAMES.some((name) => name === word);

/** Which orders are asked for, as the buttons carry it: a name, `l<line>` or `p<person>`. */
type Wish = Named | { readonly line: Line } | { readonly person: number };

const wordOf = (wish: Wish): string =>
  typeof wish === 'string' ? wish : 'line' in wish ? `l${wish.line}` : `p${wish.person}`;

function wishOf(word = ''): Wish | undefined {
  if (isNamed(word)) return word;
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
  const by = (ctx: BotContext): number => ctx.from?.id ?? 0;

  function filterOf(wish: Wish): OrderFilter {
    if (typeof wish === 'object') return 'line' in wish ? { line: wish.line } : { buyer: wish.person };
    const filters: Record<Named, OrderFilter> = {
      all: {},
      open: { open: true },
      today: { since: dayOf(clock()) },
      review: { state: 'review' },
      queued: { state: 'queued' },
    };
    return filters[wish];
  }

  async function nameOf(wish: Wish, rows: readonly Order[]): Promise<ListName> {
    if (typeof wish === 'string' || 'line' in wish) return wish;
    const member = (await members.all()).find(({ id }) => id === wish.person);
    return { person: member?.name ?? rows[0]?.buyerName ?? String(wish.person) };
  }

  async function list(ctx: BotContext, wish: Wish, before: number | null): Promise<View> {
    const { rows, next } = await desk.list(by(ctx), filterOf(wish), before, PAGE);
    const { orders: s, buttons: b } = t(ctx);
    const listed = rows.map((order) => lines(s.row(order, MARKS[order.state.name])));
    const go = (text: string, words: readonly (string | number)[]) =>
      featureButton(text, by(ctx), 'hlist', words);
    const paging = [
      ...(before === null ? [] : [go(b.newest, [wordOf(wish)])]),
      ...(next === null ? [] : [go(b.older, [wordOf(wish), next])]),
    ];
    return {
      text: lines(s.title(await nameOf(wish, rows)), ...(listed.length === 0 ? [s.none] : listed)),
      rows: [
        ...inRows(
          rows.map(({ no }) => featureButton(String(no), by(ctx), 'horder', [no])),
          4,
        ),
        paging,
        ...inRows(
          NAMES.filter((name) => name !== wish).map((name) => go(b.lists[name], [name])),
          2,
        ),
      ],
    };
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
      return [featureButton(t(ctx).buttons.person(label), by(ctx), 'hlist', [wordOf(wish)])];
    });
    return { text: t(ctx).orders.which, rows: await Promise.all(buttons) };
  }

  async function orders(ctx: BotContext, text: string): Promise<void> {
    const asked = text.trim();
    const word = asked.toLowerCase();
    if (asked === '' || isNamed(word))
      return stage.say(ctx, await list(ctx, isNamed(word) ? word : 'all', null));
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
    },
  };
}
